//! Values of fields, as a write brings them: checked by the field's type and put into the form in which they are kept.

use std::borrow::Cow;

use super::body::Given;
use super::error::ApiError;
use super::schema::{Field, Flags, Kind, Schema};
use crate::clock::Timestamp;
use crate::ids::SalesforceId;

/// The value in the form in which bodies keep it. `Null`: the field is cleared.
pub(super) fn checked<'a>(
    schema: &Schema,
    field: &Field,
    given: Given<'a>,
) -> Result<Given<'a>, ApiError> {
    match (field.kind, given) {
        // A checkbox is on or off.
        (Kind::Boolean, Given::Null) => Err(wrong_type(field, "null")),
        (_, Given::Null) => Ok(Given::Null),
        (_, given @ (Given::Object(_) | Given::List(_))) => Err(not_deserialized(field, &given)),
        (Kind::Boolean, given) => boolean(field, given),
        (Kind::Int, given) => integer(field, given),
        (Kind::Double | Kind::Currency | Kind::Percent, given) => number(field, given),
        (Kind::Date, given) => date(field, given),
        (Kind::DateTime, given) => instant(field, given),
        (Kind::Id | Kind::Reference, given) => reference(schema, field, given),
        (_, given) => text(field, given),
    }
}

fn text<'a>(field: &Field, given: Given<'a>) -> Result<Given<'a>, ApiError> {
    let Given::Text(text) = given else {
        return Err(not_deserialized(field, &given));
    };
    let text = trimmed(text);
    if text.is_empty() {
        return Ok(Given::Null);
    }
    // Counting characters is for texts that may be too long only.
    if text.len() > field.length as usize && text.chars().count() > field.length as usize {
        return Err(ApiError::StringTooLong {
            label: field.label.to_string(),
            field: field.name.to_string(),
            value: text.into_owned(),
            length: field.length,
        });
    }
    if field.kind == Kind::Email && !is_email(&text) {
        return Err(ApiError::InvalidEmail {
            label: field.label.to_string(),
            field: field.name.to_string(),
            value: text.into_owned(),
        });
    }
    let restricted = field.kind == Kind::Picklist && field.flags.has(Flags::RESTRICTED);
    if restricted && !field.values.iter().any(|value| *value == text) {
        return Err(ApiError::RestrictedPicklist {
            label: field.label.to_string(),
            field: field.name.to_string(),
            value: text.into_owned(),
        });
    }
    Ok(Given::Text(text))
}

/// White space at the end is not kept.
fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    let length = text.trim_end().len();
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..length]),
        Cow::Owned(mut text) => {
            text.truncate(length);
            Cow::Owned(text)
        }
    }
}

/// One `@`, something before it, a dotted name behind it, and no white space. Salesforce's own test is not published.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else {
        return false;
    };
    let labels = || host.split('.');
    let letters =
        |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    !name.is_empty()
        && !name
            .chars()
            .any(|c| c.is_whitespace() || "@,;<>()\"".contains(c))
        && labels().count() > 1
        && labels().all(letters)
}

fn boolean<'a>(field: &Field, given: Given<'a>) -> Result<Given<'a>, ApiError> {
    match given {
        Given::Boolean(value) => Ok(Given::Boolean(value)),
        Given::Text(text) if text.eq_ignore_ascii_case("true") => Ok(Given::Boolean(true)),
        Given::Text(text) if text.eq_ignore_ascii_case("false") => Ok(Given::Boolean(false)),
        given => Err(not_deserialized(field, &given)),
    }
}

fn integer<'a>(field: &Field, given: Given<'a>) -> Result<Given<'a>, ApiError> {
    let number = match &given {
        Given::Integer(number) => Some(*number),
        Given::Number(number) if number.fract() == 0.0 => Some(*number as i64),
        Given::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    match number {
        Some(number) if i32::try_from(number).is_ok() => Ok(Given::Integer(number)),
        Some(_) => Err(outside_range(field, &given)),
        None => Err(not_deserialized(field, &given)),
    }
}

fn number<'a>(field: &Field, given: Given<'a>) -> Result<Given<'a>, ApiError> {
    let number = match &given {
        Given::Integer(number) => Some(*number as f64),
        Given::Number(number) => Some(*number),
        Given::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    match number.filter(|number: &f64| number.is_finite()) {
        Some(number) if number.abs() < LARGEST => Ok(Given::Number(number)),
        Some(_) => Err(outside_range(field, &given)),
        None => Err(not_deserialized(field, &given)),
    }
}

/// Numbers have at most 18 digits before the point. Custom fields with fewer digits are not simulated.
const LARGEST: f64 = 1e18;

fn date<'a>(field: &Field, given: Given<'a>) -> Result<Given<'a>, ApiError> {
    match given {
        Given::Text(text) if text.is_empty() => Ok(Given::Null),
        // A day may come as an instant, too; what counts is its day.
        Given::Text(text)
            if text.get(..10).is_some_and(is_date)
                && (text.len() == 10 || Timestamp::parse(&text).is_some()) =>
        {
            Ok(Given::Text(Cow::Owned(text[..10].to_owned())))
        }
        given => Err(not_deserialized(field, &given)),
    }
}

fn is_date(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok()
}

fn instant<'a>(field: &Field, given: Given<'a>) -> Result<Given<'a>, ApiError> {
    match &given {
        Given::Text(text) if text.is_empty() => Ok(Given::Null),
        Given::Text(text) => Timestamp::parse(text)
            .map(|at| Given::Text(Cow::Owned(at.iso_without_colon().to_string())))
            .ok_or_else(|| not_deserialized(field, &given)),
        _ => Err(not_deserialized(field, &given)),
    }
}

/// An id of one of the objects that the field refers to. Whether there is such a record is asked later.
fn reference<'a>(schema: &Schema, field: &Field, given: Given<'a>) -> Result<Given<'a>, ApiError> {
    let Given::Text(text) = given else {
        return Err(not_deserialized(field, &given));
    };
    if text.is_empty() {
        return Ok(Given::Null);
    }
    let id = SalesforceId::parse(&text).filter(|id| {
        let object = schema.by_prefix(id.prefix());
        object.is_some_and(|object| field.referenced().any(|name| name == object.name))
    });
    match id {
        Some(id) if *text == *id.as_str() => Ok(Given::Text(text)),
        Some(id) => Ok(Given::Text(Cow::Owned(id.to_string()))),
        None => Err(incorrect_id(field, &text)),
    }
}

pub(super) fn incorrect_id(field: &Field, value: &str) -> ApiError {
    ApiError::IncorrectIdType {
        label: field.label.to_string(),
        field: field.name.to_string(),
        value: value.to_owned(),
    }
}

fn wrong_type(field: &Field, value: &str) -> ApiError {
    ApiError::WrongType {
        label: field.label.to_string(),
        field: field.name.to_string(),
        value: value.to_owned(),
    }
}

/// Salesforce's JSON parser refuses what is not of the field's type before anybody looks at the record. Where the value
/// stands is found when the answer is written: see [`super::error::Refused::located`].
fn not_deserialized(field: &Field, given: &Given<'_>) -> ApiError {
    let kind = match field.kind {
        Kind::Boolean => "boolean",
        Kind::Int => "int",
        Kind::Double | Kind::Currency | Kind::Percent => "double",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
        _ => "string",
    };
    ApiError::CannotDeserialize {
        kind,
        token: given.token_name(),
        value: given.to_string(),
        field: field.name.to_string(),
        line: 1,
        column: 1,
    }
}

fn outside_range(field: &Field, given: &Given<'_>) -> ApiError {
    ApiError::NumberOutsideRange {
        label: field.label.to_string(),
        field: field.name.to_string(),
        value: given.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(field: &str, given: Given<'_>, expected: Result<Given<'_>, &str>) {
        let schema = Schema::standard();
        let account = schema.object("Account").unwrap();

        let checked = checked(&schema, account.field(field).unwrap(), given);

        let code = checked.as_ref().map_err(|error| error.status_and_code().1);
        assert_eq!(code, expected.as_ref().map_err(|code| *code), "{field}");
    }

    fn text(text: &str) -> Given<'_> {
        Given::Text(text.into())
    }

    #[test]
    fn values_are_kept_in_one_form() {
        check("Name", text("Acme  "), Ok(text("Acme")));
        check("Name", text(""), Ok(Given::Null));
        check("AnnualRevenue", Given::Integer(5), Ok(Given::Number(5.0)));
        check("NumberOfEmployees", text("12"), Ok(Given::Integer(12)));
        check(
            "ParentId",
            text("0015500001H9cak"),
            Ok(text("0015500001H9cakAAB")),
        );
        check(
            "LastActivityDate",
            text("2026-01-31"),
            Ok(text("2026-01-31")),
        );
    }

    #[test]
    fn values_of_another_type_are_refused() {
        check("Name", Given::Integer(5), Err("JSON_PARSER_ERROR"));
        check(
            "NumberOfEmployees",
            Given::Integer(3_000_000_000),
            Err("NUMBER_OUTSIDE_VALID_RANGE"),
        );
        check(
            "AnnualRevenue",
            Given::Number(1e18),
            Err("NUMBER_OUTSIDE_VALID_RANGE"),
        );
        check("NumberOfEmployees", text("many"), Err("JSON_PARSER_ERROR"));
        check("AnnualRevenue", text("NaN"), Err("JSON_PARSER_ERROR"));
        check(
            "LastActivityDate",
            text("2026-02-30"),
            Err("JSON_PARSER_ERROR"),
        );
        check("ParentId", text("0035500001H9cak"), Err("MALFORMED_ID"));
        check(
            "CleanStatus",
            text("Sparkling"),
            Err("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        );
        check("Site", text(&"x".repeat(81)), Err("STRING_TOO_LONG"));
    }

    #[test]
    fn addresses_of_e_mail_have_a_name_and_a_host() {
        for good in ["a@b.co", "ann.o'lee+x@mail.example.com", "ü@b.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["foo", "@b.co", "a@b", "a b@c.co", "a@b..co", "a@@b.co"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
