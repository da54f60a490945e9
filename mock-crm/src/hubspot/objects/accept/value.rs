//! The stored form of one value. Every value is a text, as it is on the wire.

use std::borrow::Cow;

use super::Problem;
use crate::clock::Timestamp;
use crate::hubspot::catalog::{Kind, Property};

/// The form in which the value is kept.
pub(super) fn stored<'a>(
    property: &Property,
    value: Cow<'a, str>,
) -> Result<Cow<'a, str>, Problem> {
    if value.is_empty() {
        return Ok(value);
    }
    if property.kind != Kind::String && value.trim().len() != value.len() {
        let message = format!("{value} has leading or trailing whitespace");
        return Err(Problem::new(
            &property.name,
            "LEADING_TRAILING_WHITESPACE",
            message,
        ));
    }
    match property.kind {
        Kind::String if property.name == "email" => email(property, value),
        Kind::String | Kind::PhoneNumber | Kind::Owner => Ok(value),
        Kind::Number => number(property, value),
        Kind::Bool => flag(property, value),
        Kind::Enumeration => option(property, value),
        Kind::DateTime => datetime(property, value),
        Kind::Date => date(property, value),
    }
}

fn email<'a>(property: &Property, value: Cow<'a, str>) -> Result<Cow<'a, str>, Problem> {
    let valid = value.split_once('@').is_some_and(|(local, domain)| {
        let labels = domain.split('.').all(|label| !label.is_empty());
        !local.is_empty() && labels && domain.contains('.') && !domain.contains('@')
    });
    if !valid || value.bytes().any(|byte| byte <= b' ' || byte == 0x7f) {
        let message = format!("Email address {value} is invalid");
        return Err(Problem::new(&property.name, "INVALID_EMAIL", message));
    }
    let lower = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    match value.bytes().all(lower) {
        true => Ok(value),
        false => Ok(value.to_lowercase().into()),
    }
}

fn number<'a>(property: &Property, value: Cow<'a, str>) -> Result<Cow<'a, str>, Problem> {
    match value.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(value),
        _ => Err(not_a_long(property, &value)),
    }
}

fn not_a_long(property: &Property, value: &str) -> Problem {
    Problem::new(
        &property.name,
        "INVALID_LONG",
        format!("{value} was not a valid long."),
    )
}

fn flag<'a>(property: &Property, value: Cow<'a, str>) -> Result<Cow<'a, str>, Problem> {
    match value.to_ascii_lowercase().as_str() {
        "true" => Ok("true".into()),
        "false" => Ok("false".into()),
        _ => Err(not_allowed(property, &value, "true, false")),
    }
}

/// One option, or several with semicolons between them where the field is a set of checkboxes.
fn option<'a>(property: &Property, value: Cow<'a, str>) -> Result<Cow<'a, str>, Problem> {
    let allowed = |one: &str| property.options.iter().any(|option| option.value == one);
    let valid = match &*property.field_type {
        "checkbox" => value.split(';').all(allowed),
        _ => allowed(&value),
    };
    if valid {
        return Ok(value);
    }
    let options: Vec<&str> = property
        .options
        .iter()
        .map(|option| &*option.value)
        .collect();
    let options = options.join(", ");
    if ["dealstage", "hs_pipeline_stage"].contains(&&*property.name) {
        let message = format!(
            "{value} is not a valid pipeline stage ID. Valid options are: pipelineId=default : [{options}]"
        );
        return Err(Problem::new(&property.name, "INVALID_OPTION", message));
    }
    Err(not_allowed(property, &value, &options))
}

fn not_allowed(property: &Property, value: &str, options: &str) -> Problem {
    let message = format!("{value} was not one of the allowed options: [{options}]");
    Problem::new(&property.name, "INVALID_OPTION", message)
}

fn datetime<'a>(property: &Property, value: Cow<'a, str>) -> Result<Cow<'a, str>, Problem> {
    let at = instant(&value).ok_or_else(|| not_a_long(property, &value))?;
    match &*property.name {
        // Recorded answers give it back as it was sent.
        "hs_timestamp" => Ok(value),
        _ => Ok(at.iso().to_string().into()),
    }
}

/// A day: kept as text of the day, since its instant is midnight UTC by definition.
fn date<'a>(property: &Property, value: Cow<'a, str>) -> Result<Cow<'a, str>, Problem> {
    let midnight = |day: &str| Timestamp::parse(&format!("{day}T00:00:00Z"));
    if value.len() == 10 && midnight(&value).is_some() {
        return Ok(value);
    }
    let at = instant(&value).ok_or_else(|| not_a_long(property, &value))?;
    let text = at.iso().to_string();
    match text.split_once('T') {
        Some((day, "00:00:00.000Z")) => Ok(day.to_owned().into()),
        _ => {
            // The code is known, the text is not.
            let message = format!("{value} is not at midnight UTC");
            Err(Problem::new(&property.name, "INVALID_DATE", message))
        }
    }
}

/// The years that the wire has a form for, in milliseconds since 1970: 1 to 9999.
const YEARS: std::ops::RangeInclusive<i64> = -62_135_596_800_000..=253_402_300_799_999;

/// ISO 8601 or milliseconds since 1970; a day alone is its midnight.
pub(crate) fn instant(value: &str) -> Option<Timestamp> {
    let milliseconds = || value.parse().ok().map(Timestamp);
    let midnight = || Timestamp::parse(&format!("{value}T00:00:00Z"));
    Timestamp::parse(value)
        .or_else(milliseconds)
        .or_else(midnight)
        .filter(|at| YEARS.contains(&at.0))
}
