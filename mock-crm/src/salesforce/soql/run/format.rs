//! Values as `FORMAT` shows them: to a user of the locale `en_US`, in UTC. The forms are unverified.

use jiff::civil::Date;
use jiff::tz::Offset;

use crate::query::Value;
use crate::salesforce::answer;
use crate::salesforce::schema::Kind;

/// Appends a value as a text, or null.
pub(super) fn push_formatted(json: &mut Vec<u8>, value: &Value<'_>, kind: Kind) {
    match formatted(value, kind) {
        Some(text) => answer::push_text(json, &text),
        None => json.extend_from_slice(b"null"),
    }
}

/// The text of a value; `None` for null.
pub(super) fn formatted(value: &Value<'_>, kind: Kind) -> Option<String> {
    Some(match value {
        Value::Null => return None,
        Value::Boolean(value) => value.to_string(),
        Value::Number(value) => number(*value, kind),
        Value::Text(text) if kind == Kind::Date => date(text),
        Value::Text(text) => text.to_string(),
        Value::Instant(at) => {
            let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::MAX);
            let at = Offset::UTC.to_datetime(at);
            let half = if at.hour() < 12 { "AM" } else { "PM" };
            let hour = (at.hour() + 11) % 12 + 1;
            let (day, minute) = (numbers(at.date()), at.minute());
            format!("{day}, {hour}:{minute:02} {half}")
        }
    })
}

fn date(text: &str) -> String {
    text.parse::<Date>()
        .map_or_else(|_| text.to_owned(), numbers)
}

/// `1/31/2026`
fn numbers(day: Date) -> String {
    format!("{}/{}/{}", day.month(), day.day(), day.year())
}

/// `$1,234.50`
fn number(value: f64, kind: Kind) -> String {
    let text = match kind {
        Kind::Currency => format!("{:.2}", value.abs()),
        _ => value.abs().to_string(),
    };
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, format!(".{fraction}")),
        None => (text.as_str(), String::new()),
    };
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let (before, after) = match kind {
        Kind::Currency => ("$", ""),
        Kind::Percent => ("", "%"),
        _ => ("", ""),
    };
    format!("{sign}{before}{grouped}{fraction}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Timestamp;

    #[track_caller]
    fn check(value: Value<'_>, kind: Kind, expected: &str) {
        let mut json = Vec::new();
        push_formatted(&mut json, &value, kind);
        assert_eq!(String::from_utf8(json).unwrap(), expected);
    }

    #[test]
    fn values_are_shown_as_in_the_united_states() {
        let at = Timestamp::parse("2026-01-31T15:04:05Z").unwrap();
        check(
            Value::Instant(at),
            Kind::DateTime,
            r#""1/31/2026, 3:04 PM""#,
        );
        check(
            Value::Text("2026-01-31".into()),
            Kind::Date,
            r#""1/31/2026""#,
        );
        check(
            Value::Number(-1234567.5),
            Kind::Currency,
            r#""-$1,234,567.50""#,
        );
        check(Value::Number(1000.0), Kind::Int, r#""1,000""#);
        check(Value::Number(999.5), Kind::Percent, r#""999.5%""#);
        check(Value::Null, Kind::Int, "null");
    }
}
