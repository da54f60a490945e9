//! The one place where time is read.

use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// An instant: milliseconds since 1970-01-01T00:00:00Z, which is as fine as either vendor's wire goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// `2026-01-01T00:00:03.000Z`: HubSpot's form, and the one of the control API.
    pub fn iso(self) -> impl fmt::Display {
        Iso {
            at: self,
            zone: "Z",
        }
    }

    /// `2026-01-01T00:00:03.000+0000`: Salesforce's REST form.
    pub fn iso_without_colon(self) -> impl fmt::Display {
        Iso {
            at: self,
            zone: "+0000",
        }
    }

    /// Reads ISO 8601 with an offset (`Z`, `+00:00`, `+0000`); `None` where the text is no instant.
    pub fn parse(text: &str) -> Option<Self> {
        text.parse::<jiff::Timestamp>()
            .ok()
            .or_else(|| {
                jiff::fmt::strtime::parse("%Y-%m-%dT%H:%M:%S%.f%z", text)
                    .and_then(|parsed| parsed.to_timestamp())
                    .ok()
            })
            .map(|at| Self(at.as_millisecond()))
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)),
        )
    }
}

struct Iso {
    at: Timestamp,
    zone: &'static str,
}

impl fmt::Display for Iso {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = jiff::Timestamp::from_millisecond(self.at.0).unwrap_or(jiff::Timestamp::MAX);
        let civil = jiff::tz::Offset::UTC.to_datetime(at);
        // By hand, since each create writes an instant or two and the formatting machinery takes longer than parsing the body.
        let mut text = *b"0000-00-00T00:00:00.000";
        put(&mut text[0..4], civil.year());
        put(&mut text[5..7], civil.month().into());
        put(&mut text[8..10], civil.day().into());
        put(&mut text[11..13], civil.hour().into());
        put(&mut text[14..16], civil.minute().into());
        put(&mut text[17..19], civil.second().into());
        put(&mut text[20..23], civil.millisecond());
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())?;
        f.write_str(self.zone)
    }
}

/// Writes a number's last digits over a text; years before 0 have no form on either wire.
fn put(digits: &mut [u8], number: i16) {
    let mut rest = number.unsigned_abs();
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
}

/// The clock of one org or portal, or of the server.
#[derive(Debug)]
pub enum Clock {
    /// The machine's time.
    Real,
    /// Stands still until it is advanced: the same requests then give the same bytes.
    Fixed(AtomicI64),
}

impl Clock {
    /// A clock that stands at `at` until [`Clock::advance`] moves it.
    pub fn fixed(at: Timestamp) -> Self {
        Self::Fixed(AtomicI64::new(at.0))
    }

    /// The present instant.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::Real => wall_clock(),
            Self::Fixed(at) => Timestamp(at.load(Ordering::Relaxed)),
        }
    }

    /// Moves a fixed clock forward. A real clock can't be moved: `false`.
    pub fn advance(&self, by: Duration) -> bool {
        match self {
            Self::Real => false,
            Self::Fixed(at) => {
                let milliseconds = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
                at.fetch_add(milliseconds, Ordering::Relaxed);
                true
            }
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the one place")]
fn wall_clock() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_vendor_gets_its_own_form_of_the_same_instant() {
        let at = Timestamp(1_767_225_603_000);

        assert_eq!(at.iso().to_string(), "2026-01-01T00:00:03.000Z");
        assert_eq!(
            at.iso_without_colon().to_string(),
            "2026-01-01T00:00:03.000+0000"
        );
    }

    #[test]
    fn every_offset_form_that_clients_send_is_read() {
        for text in [
            "2026-01-01T00:00:03Z",
            "2026-01-01T00:00:03.000Z",
            "2026-01-01T00:00:03+00:00",
            "2026-01-01T00:00:03.000+0000",
            "2026-01-01T01:00:03+0100",
        ] {
            assert_eq!(
                Timestamp::parse(text),
                Some(Timestamp(1_767_225_603_000)),
                "{text}"
            );
        }
        assert_eq!(Timestamp::parse("2026-01-01"), None);
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn a_fixed_clock_moves_only_when_told() {
        let clock = Clock::fixed(Timestamp(5));

        assert!(clock.advance(Duration::from_millis(7)));

        assert_eq!(clock.now(), Timestamp(12));
        assert_eq!(clock.now(), Timestamp(12));
    }
}
