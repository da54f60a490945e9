//! What clients send about records. Everything that the specification requires and real clients leave out is optional.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::accept::Sent;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::stored::Text;

/// One record of a request: the body of a create or update, or an input of a batch.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Input<'a> {
    #[serde(borrow, default)]
    pub(crate) id: Option<Id<'a>>,
    #[serde(default)]
    pub(crate) id_property: Option<String>,
    #[serde(borrow, default)]
    pub(crate) properties: Option<SentProperties<'a>>,
    #[serde(borrow, default)]
    pub(crate) associations: Option<Vec<Association<'a>>>,
    #[serde(default)]
    pub(crate) object_write_trace_id: Option<String>,
}

/// The body of a batch.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Batch<'a> {
    #[serde(borrow)]
    pub(crate) inputs: Vec<Input<'a>>,
    /// Reads only.
    #[serde(default)]
    pub(crate) properties: Vec<String>,
    /// Reads only.
    #[serde(default)]
    pub(crate) properties_with_history: Vec<String>,
    /// Reads only.
    #[serde(default)]
    pub(crate) id_property: Option<String>,
}

/// An association of a create.
#[derive(Debug, Deserialize)]
pub(crate) struct Association<'a> {
    #[serde(borrow)]
    pub(crate) to: Target<'a>,
    pub(crate) types: Vec<AssociationType>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Target<'a> {
    #[serde(borrow)]
    pub(crate) id: Id<'a>,
}

/// Which kind of association.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AssociationType {
    pub(crate) association_category: String,
    #[serde(deserialize_with = "number")]
    pub(crate) association_type_id: u32,
}

/// An id: clients send it as a string or as a number.
#[derive(Clone, Debug)]
pub(crate) struct Id<'a>(pub(crate) Cow<'a, str>);

/// `properties`: names and values, numbers and booleans as texts, `null` as an empty one.
#[derive(Debug)]
pub(crate) struct SentProperties<'a>(pub(crate) Sent<'a>);

/// Reads a JSON body.
pub(crate) fn json<'a, T: Deserialize<'a>>(body: &'a [u8]) -> Result<T, ApiError> {
    // A list would be read as a struct's fields in order, which HubSpot does not do.
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(ApiError::InvalidJson {
            line: 1,
            column: 1,
            problem:
                ": Cannot deserialize an object from Array value (token `JsonToken.START_ARRAY`)"
                    .to_owned(),
        });
    }
    Ok(serde_json::from_slice(body)?)
}

impl<'de: 'a, 'a> Deserialize<'de> for Id<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Scalar).map(Id)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for SentProperties<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PropertyMap)
    }
}

/// A number that some clients send as a text.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let Id(text) = Id::deserialize(deserializer)?;
    let number = text.trim().parse();
    number.map_err(|_| serde::de::Error::custom(format!("{text} is not a valid number")))
}

struct PropertyMap;

impl<'de> Visitor<'de> for PropertyMap {
    type Value = SentProperties<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of property values")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut sent = Sent::with_capacity(8);
        while let Some((Text(name), Id(value))) = map.next_entry()? {
            sent.push((name, value));
        }
        Ok(SentProperties(sent))
    }
}

/// A JSON value that has a text form.
struct Scalar;

impl<'de> Visitor<'de> for Scalar {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or a boolean")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(if value { "true" } else { "false" }))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_string()))
    }

    /// `null` clears, like an empty text. No source says so, but clients send it.
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(""))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::custom(wrong_kind("Array", "START_ARRAY")))
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(A::Error::custom(wrong_kind("Object", "START_OBJECT")))
    }
}

/// The words of HubSpot's own parser, as recorded.
fn wrong_kind(kind: &str, token: &str) -> String {
    format!(
        "Cannot deserialize value of type `java.lang.String` from {kind} value (token `JsonToken.{token}`)"
    )
}
