//! Which records a search finds: groups of filters, of which one has to match whole.

use std::cmp::Ordering;

use serde::Deserialize;

use super::everything;
use crate::hubspot::catalog::{Kind, ObjectType, Property};
use crate::hubspot::facts::Facts;
use crate::hubspot::objects::accept::{Unique, instant};
use crate::hubspot::objects::wire::Id;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::setup::Setup;
use crate::store::{Serial, Store};

/// Filters that all have to match.
#[derive(Debug, Deserialize)]
pub(super) struct Group {
    #[serde(default)]
    filters: Vec<Filter>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Filter {
    property_name: String,
    operator: Operator,
    #[serde(default, deserialize_with = "text")]
    value: Option<String>,
    #[serde(default, deserialize_with = "texts")]
    values: Option<Vec<String>>,
    #[serde(default, deserialize_with = "text")]
    high_value: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Operator {
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

fn text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let value = Option::<Id<'de>>::deserialize(deserializer)?;
    Ok(value.map(|Id(text)| text.into_owned()))
}

fn texts<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<String>>, D::Error> {
    let values = Option::<Vec<Id<'de>>>::deserialize(deserializer)?;
    Ok(values.map(|values| {
        values
            .into_iter()
            .map(|Id(text)| text.into_owned())
            .collect()
    }))
}

/// HubSpot's words where a search names what is not there.
pub(super) fn problem() -> ApiError {
    ApiError::Invalid("There was a problem with the request.".to_owned())
}

/// The groups of a search, checked.
#[derive(Debug)]
pub(super) struct Filters {
    groups: Vec<Vec<(Filter, Kind, bool)>>,
}

impl Filters {
    /// At most 5 groups of 6 filters, and 18 filters in all, each of a property of the type and with the values that its
    /// operator wants.
    pub(super) fn new(
        setup: &Setup,
        object_type: &ObjectType,
        groups: Vec<Group>,
    ) -> Result<Self, ApiError> {
        let all: usize = groups.iter().map(|group| group.filters.len()).sum();
        let largest = groups.iter().map(|group| group.filters.len()).max();
        if groups.len() > 5 || all > 18 || largest.is_some_and(|filters| filters > 6) {
            let text =
                "A search can have 5 filter groups of 6 filters at most, and 18 filters in all.";
            return Err(ApiError::Invalid(text.to_owned()));
        }
        let check = |filter: Filter| {
            let property = setup.catalog.property(object_type, &filter.property_name);
            let property: &Property = property.ok_or_else(problem)?;
            let complete = match filter.operator {
                Operator::In | Operator::NotIn => filter.values.is_some(),
                Operator::HasProperty | Operator::NotHasProperty => true,
                Operator::Between => filter.value.is_some() && filter.high_value.is_some(),
                _ => filter.value.is_some(),
            };
            let unique = property.unique;
            complete
                .then_some((filter, property.kind, unique))
                .ok_or_else(problem)
        };
        let group = |group: Group| group.filters.into_iter().map(check).collect();
        let groups: Result<_, ApiError> = groups.into_iter().map(group).collect();
        Ok(Self { groups: groups? })
    }

    /// Records among which all that match are, by id: found by an index where one filter that has to match allows it.
    pub(super) fn candidates(&self, store: &Store, object_type: &ObjectType) -> Vec<Serial> {
        let [group] = self.groups.as_slice() else {
            return everything(store, object_type);
        };
        let equal = group
            .iter()
            .filter(|(filter, ..)| filter.operator == Operator::Eq);
        let indexed = equal.filter_map(|(filter, kind, unique)| {
            let value = filter.value.as_deref()?;
            match (kind, unique) {
                (Kind::Owner, _) if filter.property_name == "hubspot_owner_id" => {
                    Some(store.owned_by(value))
                }
                (_, true) => {
                    let key = Unique::new(object_type, &filter.property_name, value).key;
                    Some(store.find_unique(key).to_vec())
                }
                _ => None,
            }
        });
        indexed
            .min_by_key(Vec::len)
            .unwrap_or_else(|| everything(store, object_type))
    }

    /// Whether a record matches one of the groups, or there is none.
    pub(super) fn match_(&self, facts: &Facts<'_>) -> bool {
        let matches = |group: &Vec<(Filter, Kind, bool)>| {
            group
                .iter()
                .all(|(filter, kind, _)| filter.matches(*kind, facts))
        };
        self.groups.is_empty() || self.groups.iter().any(matches)
    }
}

impl Filter {
    fn matches(&self, kind: Kind, facts: &Facts<'_>) -> bool {
        let Some(has) = facts.named(&self.property_name) else {
            // What is empty is different from everything, and contains nothing.
            let matching = [
                Operator::NotHasProperty,
                Operator::Neq,
                Operator::NotIn,
                Operator::NotContainsToken,
            ];
            return matching.contains(&self.operator);
        };
        let value = self.value.as_deref().unwrap_or_default();
        let order = || compare(kind, &has, value);
        let equal = |value: &str| compare(kind, &has, value) == Some(Ordering::Equal);
        let among = || self.values.iter().flatten().any(|value| equal(value));
        match self.operator {
            Operator::Eq => equal(value),
            Operator::Neq => !equal(value),
            Operator::Lt => order() == Some(Ordering::Less),
            Operator::Lte => order().is_some_and(Ordering::is_le),
            Operator::Gt => order() == Some(Ordering::Greater),
            Operator::Gte => order().is_some_and(Ordering::is_ge),
            Operator::Between => {
                let high = self.high_value.as_deref().unwrap_or_default();
                order().is_some_and(Ordering::is_ge)
                    && compare(kind, &has, high).is_some_and(Ordering::is_le)
            }
            Operator::In => among(),
            Operator::NotIn => !among(),
            Operator::HasProperty => true,
            Operator::NotHasProperty => false,
            Operator::ContainsToken => contains_token(&has, value),
            Operator::NotContainsToken => !contains_token(&has, value),
        }
    }
}

/// Numbers by value, instants by time, texts without case; `None` where one of them is no number or instant.
pub(super) fn compare(kind: Kind, one: &str, other: &str) -> Option<Ordering> {
    match kind {
        Kind::Number => one.parse::<f64>().ok()?.partial_cmp(&other.parse().ok()?),
        Kind::DateTime | Kind::Date => Some(instant(one)?.cmp(&instant(other)?)),
        _ => Some(one.to_lowercase().cmp(&other.to_lowercase())),
    }
}

/// Whether all words of `wanted` are words of `text`. `*` at an end of a word stands for any letters.
fn contains_token(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), wanted.to_lowercase());
    let words: Vec<&str> = tokens(&text).collect();
    let mut wanted = wanted
        .split(|c: char| !(c.is_alphanumeric() || c == '*'))
        .filter(|word| !word.is_empty())
        .peekable();
    wanted.peek().is_some() && wanted.all(|wanted| words.iter().any(|word| like(word, wanted)))
}

fn like(word: &str, pattern: &str) -> bool {
    let inner = pattern.trim_matches('*');
    match (pattern.starts_with('*'), pattern.ends_with('*')) {
        (true, true) => word.contains(inner),
        (true, false) => word.ends_with(inner),
        (false, true) => word.starts_with(inner),
        (false, false) => word == inner,
    }
}

/// The words of a text: runs of letters and digits.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}
