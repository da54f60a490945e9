//! Lifecycle stages: a record moves forward through them, and HubSpot notes when.

use crate::clock::Timestamp;
use crate::hubspot::catalog::Choice;

/// Whether a stage comes before the one that a record is in: HubSpot leaves the record as it is, without a word. To go back,
/// clients clear the stage first.
pub(super) fn goes_back(stages: &[Choice], before: Option<&str>, after: &str) -> bool {
    let place = |wanted: &str| stages.iter().position(|stage| stage.value == wanted);
    match (before.and_then(place), place(after)) {
        (Some(before), Some(after)) => after < before,
        // Cleared, or to be cleared.
        _ => false,
    }
}

/// Where it is noted when a record came into the stage that it leaves and into the one that it enters, with the instants.
pub(super) fn dates<'s>(
    before: Option<&'s str>,
    after: &'s str,
    (created, now): (Timestamp, Timestamp),
) -> impl Iterator<Item = (String, Timestamp)> + 's {
    let changed = before != Some(after);
    let left = before.map(|stage| (stage, created));
    let entered = Some((after, now));
    let noted = left.into_iter().chain(entered).filter(move |_| changed);
    let noted = noted.filter(|(stage, _)| !stage.is_empty());
    noted.map(|(stage, at)| (format!("hs_lifecyclestage_{stage}_date"), at))
}
