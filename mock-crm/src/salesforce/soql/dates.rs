//! Date literals: names of periods, relative to now. SOQL reference, "Date Formats and Date Literals". Days are those
//! of UTC, since users of the mock have no time zones of their own.

use jiff::civil::{Date, date};
use jiff::tz::Offset;
use jiff::{Span, ToSpan};

use crate::clock::Timestamp;

/// A period: its first day, and the first day after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) first: Date,
    pub(super) end: Date,
}

impl Period {
    pub(super) fn instants(self) -> (Timestamp, Timestamp) {
        (midnight(self.first), midnight(self.end))
    }
}

fn midnight(day: Date) -> Timestamp {
    let at = Offset::UTC.to_timestamp(day.at(0, 0, 0, 0));
    Timestamp(at.map_or(0, |at| at.as_millisecond()))
}

/// The day of an instant.
pub(super) fn day_of(at: Timestamp) -> Date {
    jiff::Timestamp::from_millisecond(at.0)
        .map_or(date(1970, 1, 1), |at| Offset::UTC.to_datetime(at).date())
}

/// The years of dates. Salesforce, "Valid Date Formats".
const YEARS: std::ops::RangeInclusive<i16> = 1700..=4000;

/// The most units that a literal counts: no date is further away.
const FURTHEST: i64 = 4_000_000;

/// The period of a literal; `None` where the name is none, or the result is no date.
pub(super) fn period(name: &str, count: Option<i64>, now: Timestamp) -> Option<Period> {
    let today = day_of(now);
    let name = name.to_ascii_uppercase();
    if count.is_some_and(|count| !(0..=FURTHEST).contains(&count)) {
        return None;
    }
    let period = match (name.as_str(), count) {
        ("TODAY", None) => days(today, 0, 1),
        ("YESTERDAY", None) => days(today, -1, 0),
        ("TOMORROW", None) => days(today, 1, 2),
        ("LAST_90_DAYS", None) => days(today, -90, 1),
        ("NEXT_90_DAYS", None) => days(today, 1, 91),
        ("LAST_N_DAYS", Some(n)) => days(today, -n, 1),
        ("NEXT_N_DAYS", Some(n)) => days(today, 1, n + 1),
        ("N_DAYS_AGO", Some(n)) => days(today, -n, 1 - n),
        (name, count) => units(name, count, today),
    };
    period
        .filter(|period| YEARS.contains(&period.first.year()) && YEARS.contains(&period.end.year()))
}

fn days(today: Date, first: i64, end: i64) -> Option<Period> {
    let day = |distance: i64| today.checked_add(Span::new().try_days(distance).ok()?).ok();
    Some(Period {
        first: day(first)?,
        end: day(end)?,
    })
}

/// `LAST_WEEK`, `THIS_MONTH`, `NEXT_N_QUARTERS:n`, `N_YEARS_AGO:n`, … A fiscal year is taken to be a calendar year.
fn units(name: &str, count: Option<i64>, today: Date) -> Option<Period> {
    let name = ["QUARTER", "YEAR"]
        .iter()
        .fold(name.to_owned(), |name, unit| {
            name.replace(&format!("FISCAL_{unit}"), unit)
        });
    let (first, end, unit) = match count {
        None => {
            let (which, unit) = name.split_once('_')?;
            let at = match which {
                "LAST" => -1,
                "THIS" => 0,
                "NEXT" => 1,
                _ => return None,
            };
            (at, at + 1, unit.to_owned())
        }
        Some(n) => {
            if let Some(unit) = name.strip_prefix("LAST_N_") {
                (-n, 0, unit.strip_suffix('S')?.to_owned())
            } else if let Some(unit) = name.strip_prefix("NEXT_N_") {
                (1, n + 1, unit.strip_suffix('S')?.to_owned())
            } else {
                let unit = name.strip_prefix("N_")?.strip_suffix("S_AGO")?;
                (-n, 1 - n, unit.to_owned())
            }
        }
    };
    let (start, months) = match unit.as_str() {
        "WEEK" => {
            // Weeks start on Sunday, as in the United States.
            let since = i64::from(today.weekday().to_sunday_zero_offset());
            let start = today.checked_sub(since.days()).ok()?;
            return days(start, first.checked_mul(7)?, end.checked_mul(7)?);
        }
        "MONTH" => (today.first_of_month(), 1),
        "QUARTER" => {
            let month = (today.month() - 1) / 3 * 3 + 1;
            (date(today.year(), month, 1), 3)
        }
        "YEAR" => (date(today.year(), 1, 1), 12),
        _ => return None,
    };
    let at = |n: i64| {
        start
            .checked_add(Span::new().try_months(n.checked_mul(months)?).ok()?)
            .ok()
    };
    Some(Period {
        first: at(first)?,
        end: at(end)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, count: Option<i64>, first: Date, end: Date) {
        // 2026-02-11 is a Wednesday.
        let now = Timestamp::parse("2026-02-11T10:00:00Z").unwrap();
        assert_eq!(
            period(name, count, now),
            Some(Period { first, end }),
            "{name}"
        );
    }

    #[test]
    fn periods_are_those_of_the_calendar() {
        check("today", None, date(2026, 2, 11), date(2026, 2, 12));
        check("LAST_N_DAYS", Some(10), date(2026, 2, 1), date(2026, 2, 12));
        check("THIS_WEEK", None, date(2026, 2, 8), date(2026, 2, 15));
        check("LAST_MONTH", None, date(2026, 1, 1), date(2026, 2, 1));
        check("NEXT_QUARTER", None, date(2026, 4, 1), date(2026, 7, 1));
        check("N_YEARS_AGO", Some(1), date(2025, 1, 1), date(2026, 1, 1));
        assert_eq!(period("SOMEDAY", None, Timestamp(0)), None);
        for count in [i64::MAX, i64::MIN, -1, FURTHEST] {
            for name in ["LAST_N_DAYS", "NEXT_N_YEARS", "N_WEEKS_AGO"] {
                assert_eq!(period(name, Some(count), Timestamp(0)), None);
            }
        }
    }
}
