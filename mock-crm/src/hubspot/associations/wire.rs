//! What clients send about connections.

use std::fmt;

use serde::Deserialize;

pub(super) use crate::hubspot::objects::wire::AssociationType as AssociationSpec;

use crate::hubspot::call::Call;
use crate::hubspot::objects::wire::{self, Id, Target};
use crate::hubspot::refusal::ApiError;

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
        write!(
            f,
            "{}={}",
            self.association_category, self.association_type_id
        )
    }
}
