//! What clients send. Everything is optional, as real clients leave most of it out.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer};

use crate::hubspot::objects::wire::Id;
use crate::hubspot::refusal::ApiError;

/// Past this many results HubSpot does not page.
const LAST_RESULT: usize = 10_000;
/// Results of a page at most.
const LARGEST_PAGE: usize = 200;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request<'a> {
    #[serde(borrow, default)]
    pub(super) filter_groups: Vec<Group<'a>>,
    #[serde(default)]
    pub(super) sorts: Vec<Sort>,
    #[serde(default)]
    pub(super) query: Option<String>,
    #[serde(default)]
    pub(super) properties: Option<Vec<String>>,
    /// A number or a string, and so is `after`.
    #[serde(borrow, default)]
    limit: Option<Id<'a>>,
    #[serde(borrow, default)]
    after: Option<Id<'a>>,
}

/// Filters that all have to match.
#[derive(Debug, Deserialize)]
pub(super) struct Group<'a> {
    #[serde(borrow, default)]
    pub(super) filters: Vec<Filter<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Filter<'a> {
    pub(super) property_name: String,
    pub(super) operator: Operator,
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) value: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) values: Option<Vec<Id<'a>>>,
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) high_value: Option<Cow<'a, str>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Operator {
    Eq,
    Neq,
    Lt,
    Lte,
    Gt,
    Gte,
    Between,
    In,
    NotIn,
    HasProperty,
    NotHasProperty,
    ContainsToken,
    NotContainsToken,
}

/// One of `sorts`: a name, a name after a minus sign, or both parts apart.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Sort {
    Text(String),
    #[serde(rename_all = "camelCase")]
    Parts {
        property_name: String,
        #[serde(default)]
        direction: Option<String>,
    },
}

fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Cow<'de, str>>, D::Error> {
    let value = Option::<Id<'de>>::deserialize(deserializer)?;
    Ok(value.map(|Id(text)| text))
}

impl Request<'_> {
    /// How many results are wanted, and how many come before them. The texts of these refusals are not known.
    pub(super) fn page(&self) -> Result<(usize, usize), ApiError> {
        let limit = match self.limit.as_ref().map_or("", |Id(limit)| limit) {
            "" => 10,
            text => text
                .parse()
                .ok()
                .filter(|limit| (1..=LARGEST_PAGE).contains(limit))
                .ok_or_else(|| {
                    ApiError::Invalid(format!(
                        "{text} is not a valid limit: it has to be a number from 1 to {LARGEST_PAGE}"
                    ))
                })?,
        };
        let offset = match self.after.as_ref().map_or("", |Id(after)| after) {
            "" => 0,
            text => text
                .parse()
                .map_err(|_| ApiError::Invalid(format!("{text} is not a valid value of after")))?,
        };
        if offset > LAST_RESULT || offset + limit > LAST_RESULT {
            return Err(ApiError::Invalid(format!(
                "A search can page through {LAST_RESULT} results at most."
            )));
        }
        Ok((limit, offset))
    }
}
