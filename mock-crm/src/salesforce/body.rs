//! JSON objects, borrowed from the bytes they came in: requests and stored bodies alike.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::error::ApiError;

/// The pairs of an object, in the order of the text. Where a key comes twice, the later one counts.
pub(super) type Pairs<'a> = Vec<(Cow<'a, str>, Given<'a>)>;

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Given<'a> {
    Null,
    Boolean(bool),
    Integer(i64),
    Number(f64),
    Text(Cow<'a, str>),
    Object(Pairs<'a>),
    List(Vec<Given<'a>>),
}

impl Given<'_> {
    /// The value without a borrow.
    pub(super) fn owned(self) -> Given<'static> {
        match self {
            Self::Null => Given::Null,
            Self::Boolean(value) => Given::Boolean(value),
            Self::Integer(value) => Given::Integer(value),
            Self::Number(value) => Given::Number(value),
            Self::Text(text) => Given::Text(Cow::Owned(text.into_owned())),
            Self::Object(pairs) => Given::Object(
                pairs
                    .into_iter()
                    .map(|(key, value)| (Cow::Owned(key.into_owned()), value.owned()))
                    .collect(),
            ),
            Self::List(items) => Given::List(items.into_iter().map(Given::owned).collect()),
        }
    }

    /// The token's name in texts of the JSON parser.
    pub(super) fn token_name(&self) -> &'static str {
        match self {
            Self::Null => "VALUE_NULL",
            Self::Boolean(true) => "VALUE_TRUE",
            Self::Boolean(false) => "VALUE_FALSE",
            Self::Integer(_) => "VALUE_NUMBER_INT",
            Self::Number(_) => "VALUE_NUMBER_FLOAT",
            Self::Text(_) => "VALUE_STRING",
            Self::Object(_) => "START_OBJECT",
            Self::List(_) => "START_ARRAY",
        }
    }
}

impl fmt::Display for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Integer(value) => value.fmt(f),
            Self::Number(value) => value.fmt(f),
            Self::Text(text) => f.write_str(text),
            Self::Object(_) => f.write_str("{"),
            Self::List(_) => f.write_str("["),
        }
    }
}

/// Reads an object.
///
/// # Errors
/// `JSON_PARSER_ERROR` where the text is no JSON or no object.
pub(super) fn object(text: &[u8]) -> Result<Pairs<'_>, ApiError> {
    match read(text)? {
        Given::Object(pairs) => Ok(pairs),
        other => Err(ApiError::JsonParser {
            message: format!(
                "Can not deserialize SObject out of {} token",
                other.token_name()
            ),
            line: 1,
            column: 1,
        }),
    }
}

/// Reads any JSON.
pub(super) fn read(text: &[u8]) -> Result<Given<'_>, ApiError> {
    typed(text)
}

/// Reads JSON of one form.
pub(super) fn typed<'a, T: Deserialize<'a>>(text: &'a [u8]) -> Result<T, ApiError> {
    serde_json::from_slice(text).map_err(|error| ApiError::JsonParser {
        message: in_parser_words(text, &error),
        line: error.line().max(1),
        column: error.column().max(1),
    })
}

/// A stored body: the mock wrote it, so it can be read.
pub(super) fn stored(body: &[u8]) -> Pairs<'_> {
    object(body).unwrap_or_default()
}

/// The value of a key, exactly as written.
pub(super) fn get<'p, 'a>(pairs: &'p Pairs<'a>, key: &str) -> Option<&'p Given<'a>> {
    pairs
        .iter()
        .rev()
        .find(|(known, _)| known == key)
        .map(|(_, value)| value)
}

/// What is wrong with a text, as the parser of real orgs words it where that is known; unverified but for the comma.
fn in_parser_words(text: &[u8], error: &serde_json::Error) -> String {
    let message = error.to_string();
    // serde_json ends its texts with the place, which Salesforce writes in a form of its own.
    let message = message
        .split_once(" at line ")
        .map_or(&*message, |(start, _)| start);
    let expected = match message {
        "expected `,` or `}`" => "was expecting comma to separate OBJECT entries",
        "expected `,` or `]`" => "was expecting comma to separate ARRAY entries",
        "expected `:`" => "was expecting a colon to separate field name and value",
        "key must be a string" => "was expecting double-quote to start field name",
        "expected value" => {
            "expected a valid value (number, String, array, object, 'true', 'false' or 'null')"
        }
        _ if error.is_eof() => return "Unexpected end-of-input".to_owned(),
        other => return other.to_owned(),
    };
    let line = text
        .split(|byte| *byte == b'\n')
        .nth(error.line().max(1) - 1);
    let rest = line.and_then(|line| line.get(error.column().max(1) - 1..));
    let rest = String::from_utf8_lossy(rest.unwrap_or_default());
    match rest.chars().next() {
        Some(found) => format!(
            "Unexpected character ('{found}' (code {})): {expected}",
            u32::from(found)
        ),
        None => format!("Unexpected end-of-input: {expected}"),
    }
}

impl<'de> Deserialize<'de> for Given<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Given::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Given::Boolean(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Given::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(value).map_or(Given::Number(value as f64), Given::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Given::Number(value))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Given::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Given::Text(Cow::Borrowed(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Given::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::with_capacity(8);
        while let Some(key) = entries.next_key_seed(Key)? {
            pairs.push((key, entries.next_value()?));
        }
        Ok(Given::Object(pairs))
    }
}

/// A key that borrows where it can: serde's own `Cow` never does.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_without_escapes_are_borrowed() {
        let text = br#"{"LastName":"Lee","Title":"a\"b"}"#;

        let pairs = object(text).unwrap();

        assert!(matches!(pairs[0].1, Given::Text(Cow::Borrowed("Lee"))));
        assert_eq!(get(&pairs, "Title"), Some(&Given::Text("a\"b".into())));
    }

    #[test]
    fn what_is_no_object_is_refused_with_its_place() {
        let error = object(b"{\"LastName\":\n oops}").unwrap_err();

        assert_eq!(
            error.to_string(),
            "Unexpected character ('o' (code 111)): expected a valid value (number, String, array, object, 'true', \
             'false' or 'null') at [line:2, column:2]"
        );
        assert!(object(b"[]").is_err());
    }

    #[test]
    fn a_comma_that_is_missing_is_asked_for() {
        let error = object(b"{\"LastName\":\"Lee\"\n\"Title\":1}").unwrap_err();

        assert_eq!(
            error.to_string(),
            "Unexpected character ('\"' (code 34)): was expecting comma to separate OBJECT entries at [line:2, column:1]"
        );
        for cut in [
            "{",
            "{\"a\"",
            "{\"a\":",
            "[1",
            "\u{0}",
            "\u{e9}",
            "{\"a\":1,\u{20ac}}",
        ] {
            assert!(read(cut.as_bytes()).is_err(), "{cut}");
        }
    }
}
