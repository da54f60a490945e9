//! What clients send about connections.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Deserializer, de};

use crate::hubspot::call::Call;
use crate::hubspot::objects::wire::{self, Id, Target};
use crate::hubspot::refusal::ApiError;

/// Which kind of association.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AssociationSpec {
    pub(crate) association_category: String,
    pub(crate) association_type_id: Number,
}

/// A number that some clients send as a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number(pub(crate) u32);

/// Two records, with the kinds of association where there are any to name.
#[derive(Debug, Deserialize)]
pub(super) struct Pair<'a> {
    #[serde(borrow)]
    pub(super) from: Target<'a>,
    #[serde(borrow)]
    pub(super) to: Target<'a>,
    #[serde(default)]
    pub(super) types: Vec<AssociationSpec>,
}

/// Two records with v3's name of the association type.
#[derive(Debug, Deserialize)]
pub(super) struct NamedPair<'a> {
    #[serde(borrow)]
    pub(super) from: Target<'a>,
    #[serde(borrow)]
    pub(super) to: Target<'a>,
    #[serde(borrow, rename = "type")]
    pub(super) name: Id<'a>,
}

/// A record and those that it is to be disconnected from.
#[derive(Debug, Deserialize)]
pub(super) struct OneToMany<'a> {
    #[serde(borrow)]
    pub(super) from: Target<'a>,
    #[serde(borrow)]
    pub(super) to: Vec<Target<'a>>,
}

/// A record whose connections are asked for.
#[derive(Debug, Deserialize)]
pub(super) struct Asked<'a> {
    #[serde(borrow)]
    pub(super) id: Id<'a>,
    #[serde(borrow, default)]
    pub(super) after: Option<Id<'a>>,
}

#[derive(Debug, Deserialize)]
struct Batch<T> {
    inputs: Vec<T>,
}

/// The inputs of a batch: at least one, and not too many.
pub(super) fn inputs<'a, T: Deserialize<'a>>(
    call: &Call<'a>,
    largest: usize,
) -> Result<Vec<T>, ApiError> {
    let Batch { inputs } = wire::json::<Batch<T>>(call.body)?;
    match inputs.len() {
        0 => Err(ApiError::Invalid(
            "Batch input provided should have at least one object.".to_owned(),
        )),
        // The text of this one is not known.
        number if number > largest => Err(ApiError::Invalid(format!(
            "Batch input provided has {number} objects; at most {largest} are allowed."
        ))),
        _ => Ok(inputs),
    }
}

/// The body of a single call, which is a list.
pub(super) fn specs(call: &Call<'_>) -> Result<Vec<AssociationSpec>, ApiError> {
    if call.body.trim_ascii().is_empty() {
        let problem = "Invalid JSON input: a request body was expected, but none found";
        return Err(ApiError::Invalid(problem.to_owned()));
    }
    Ok(serde_json::from_slice(call.body)?)
}

impl fmt::Display for AssociationSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.association_type_id.0;
        write!(f, "{}={number}", self.association_category)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Id(text) = Id::deserialize(deserializer)?;
        let number = Cow::as_ref(&text).trim().parse();
        number
            .map(Self)
            .map_err(|_| de::Error::custom(format!("{text} is not a valid association type id")))
    }
}
