//! What HubSpot shows of where a record came from, by what made it.
//!
//! The values of apps and pages are those of recorded records; those of imports, forms and of companies that HubSpot makes
//! itself are from documentation and single dumps.

use std::borrow::Cow;

use super::Facts;
use crate::hubspot::spec::CreatedByPolicy;
use crate::hubspot::stored::Origin;

/// `hs_object_source`.
pub(crate) fn kind(origin: Origin<'_>) -> &'static str {
    match origin {
        Origin::App(_) | Origin::UserLevelApp(_) => "INTEGRATION",
        Origin::Pages => "CRM_UI",
        Origin::Import(_) => "IMPORT",
        Origin::Form(_) => "FORM",
        Origin::EmailDomain => "AUTO_ASSOCIATE_BY_DOMAIN",
        Origin::Merge(_) => "MERGE_OBJECTS",
    }
}

/// `hs_object_source_label`: the same, but for what a setting of the portal does.
pub(super) fn label(origin: Origin<'_>) -> &'static str {
    match origin {
        Origin::EmailDomain => "CRM_SETTING",
        other => kind(other),
    }
}

/// `hs_object_source_id`, and `sourceId` of a value; `user`: who did it in HubSpot's pages.
pub(crate) fn id_of<'o>(origin: Origin<'o>, user: &str) -> Option<Cow<'o, str>> {
    match origin {
        Origin::App(id) | Origin::UserLevelApp(id) => Some(Cow::Borrowed(id)),
        Origin::Import(id) | Origin::Form(id) | Origin::Merge(id) => Some(Cow::Borrowed(id)),
        Origin::Pages => Some(["userId:", user].concat().into()),
        Origin::EmailDomain => None,
    }
}

/// `hs_object_source_detail_1`: the name of the app or the user. HubSpot works it out a while after the create; imports and
/// forms have the name of the file or form written down.
pub(super) fn detail<'f>(facts: &'f Facts<'_>) -> Option<&'f str> {
    let lag = facts.portal.switches.source_detail_lag_milliseconds;
    let age = || facts.portal.now().0.saturating_sub(facts.created.0);
    if lag > 0 && u64::try_from(age()).is_ok_and(|age| age < lag) {
        return None;
    }
    match facts.origin {
        Origin::App(app) | Origin::UserLevelApp(app) => Some(&facts.portal.app(app)?.name),
        Origin::Pages => Some(&facts.setup.people.user(facts.created_by)?.name),
        Origin::Import(_) | Origin::Form(_) | Origin::EmailDomain | Origin::Merge(_) => None,
    }
}

/// The creator, as far as HubSpot shows one: for most app credentials it does not.
pub(crate) fn user<'f>(facts: &'f Facts<'_>) -> Option<&'f str> {
    let policy = facts.portal.switches.created_by_policy;
    Some(facts.created_by).filter(|user| !user.is_empty() && shows_user(facts.origin, policy))
}

/// Whether HubSpot shows the user of what came this way.
pub(crate) fn shows_user(origin: Origin<'_>, policy: CreatedByPolicy) -> bool {
    match (origin, policy) {
        (Origin::Pages | Origin::Import(_), _) => true,
        (Origin::Form(_) | Origin::EmailDomain | Origin::Merge(_), _) => false,
        (_, CreatedByPolicy::InstallingUser) => true,
        (_, CreatedByPolicy::None) => false,
        (Origin::UserLevelApp(_), CreatedByPolicy::Observed) => true,
        (Origin::App(_), CreatedByPolicy::Observed) => false,
    }
}
