//! Groups of filters, of which one has to match whole.

use super::check::{Check, Seen};
use super::request::Group;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::refusal::ApiError;

// HubSpot's guide says 5 groups, its specification 6: what both promise is 5.
const GROUPS: usize = 5;
const FILTERS_OF_A_GROUP: usize = 6;
const FILTERS: usize = 18;

/// The groups of a search, checked.
#[derive(Debug)]
pub(super) struct Filters<'s> {
    pub(super) groups: Vec<Vec<Check<'s>>>,
}

impl<'s> Filters<'s> {
    /// Refuses more filters than HubSpot takes, and each one that makes no sense.
    pub(super) fn new(
        call: &Call<'s>,
        object_type: &'s ObjectType,
        groups: &[Group<'_>],
    ) -> Result<Self, ApiError> {
        let all: usize = groups.iter().map(|group| group.filters.len()).sum();
        let largest = groups.iter().map(|group| group.filters.len()).max();
        if groups.len() > GROUPS
            || all > FILTERS
            || largest.is_some_and(|filters| filters > FILTERS_OF_A_GROUP)
        {
            // The text of this one is not known.
            return Err(ApiError::Invalid(format!(
                "A search can have {GROUPS} filter groups of {FILTERS_OF_A_GROUP} filters at most, and {FILTERS} filters \
                 in all."
            )));
        }
        let group = |group: &Group<'_>| {
            let checks = group.filters.iter();
            let checks = checks.map(|filter| Check::new(call, object_type, filter));
            let mut checks: Vec<_> = checks.collect::<Result<_, ApiError>>()?;
            // What is quickly told comes first.
            checks.sort_by_key(|check| check.subject.in_body());
            Ok(checks)
        };
        let groups: Result<_, ApiError> = groups.iter().map(group).collect();
        Ok(Self { groups: groups? })
    }

    /// Whether a record matches one of the groups, or there is none.
    pub(super) fn match_(&self, seen: &Seen<'_, '_>) -> bool {
        let matches = |group: &Vec<Check<'_>>| group.iter().all(|check| check.passes(seen));
        self.groups.is_empty() || self.groups.iter().any(matches)
    }
}
