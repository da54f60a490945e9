//! Behaviour that is a portal's setting, or that no source settles.

use serde::{Deserialize, Serialize};

use super::RateLimits;

/// How a portal behaves where HubSpot's behaviour is a setting or is not known for certain.
///
/// Every default is what the sources say is likely; each field names them.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// What `hs_created_by_user_id` shows on records that an app created.
    pub created_by_policy: CreatedByPolicy,
    /// What a change by an app does to `hs_updated_by_user_id`.
    pub updated_by_policy: UpdatedByPolicy,
    /// Which of `hs_object_source_detail_2` and `_3` an app can set, in a create only. HubSpot's knowledge base said in
    /// September 2025 that an integration may set some of the details; which ones, it is not known.
    pub source_details: SourceDetails,
    /// How long `hs_object_source_detail_1` stays empty. HubSpot works it out after the create: no recorded create answers
    /// with it, and later reads have it. 0: it is there on the first read.
    pub source_detail_lag_milliseconds: u64,
    /// Whether `hubspot_owner_assigneddate` stays when the owner is cleared. No source says; by default it goes.
    pub cleared_owner_keeps_assigned_date: bool,
    /// HubSpot's setting "create and associate companies with contacts": a new contact whose e-mail address is of a company
    /// makes that company, if it is not there, and is associated with it. On in new portals, as far as is known; off here,
    /// since it adds records that nobody asked for.
    pub contact_company_autoassociate: bool,
    /// What a merge of contacts answers with.
    pub merged_contact: MergedContact,
    /// Whether an archived owner can be given a record.
    pub archived_owner_policy: ArchivedOwnerPolicy,
    /// How `userId` of an archived owner is written.
    pub archived_owner_user_id: ArchivedOwnerUserId,
    /// What archiving a record that is not there answers.
    pub delete_missing_policy: DeleteMissingPolicy,
    /// Whether tokens of a deactivated user still work.
    pub deactivated_user_tokens: DeactivatedUserTokens,
    /// Batch answers come in another order than the inputs. HubSpot promises none, and clients that count on one lose records.
    pub shuffle_batch_results: bool,
    /// How long a new record can't be found by search. HubSpot documents "a few moments"; 0 by default, so that tests
    /// are not about it unless they say so.
    pub search_lag_milliseconds: u64,
    /// Whether `propertyChange` webhooks also tell the values that a record is created with. No recording shows a create
    /// with both subscriptions; integrators report that the values come, too.
    pub webhook_property_changes_on_creation: bool,
    /// How long a webhook that was not taken waits for the second attempt; each later pause is twice the one before, up
    /// to ten attempts. HubSpot spreads them over 24 hours.
    pub webhook_retry_milliseconds: u64,
    /// How long a webhook waits for its answer. HubSpot documents five seconds.
    pub webhook_timeout_milliseconds: u64,
    /// A create whose body has no `properties` is refused. HubSpot's own integration tests send such bodies and expect 201.
    pub strict_create_body: bool,
    /// Which members the errors of a batch have.
    pub error_schema_mode: ErrorSchemaMode,
    /// How many calls an app may make.
    pub rate_limits: RateLimits,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            created_by_policy: CreatedByPolicy::default(),
            updated_by_policy: UpdatedByPolicy::default(),
            source_details: SourceDetails::default(),
            source_detail_lag_milliseconds: 0,
            cleared_owner_keeps_assigned_date: false,
            contact_company_autoassociate: false,
            merged_contact: MergedContact::default(),
            archived_owner_policy: ArchivedOwnerPolicy::default(),
            archived_owner_user_id: ArchivedOwnerUserId::default(),
            delete_missing_policy: DeleteMissingPolicy::default(),
            deactivated_user_tokens: DeactivatedUserTokens::default(),
            shuffle_batch_results: true,
            search_lag_milliseconds: 0,
            webhook_property_changes_on_creation: true,
            webhook_retry_milliseconds: 100,
            webhook_timeout_milliseconds: 5_000,
            strict_create_body: false,
            error_schema_mode: ErrorSchemaMode::default(),
            rate_limits: RateLimits::default(),
        }
    }
}

/// What `hs_created_by_user_id` shows on records that an app created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CreatedByPolicy {
    /// Nothing for apps of the account and private apps, as in all recordings of real portals; the user for user-level
    /// apps, which no recording shows.
    #[default]
    Observed,
    /// The user whose token it was. One integration's help page says so; no recording does.
    InstallingUser,
    /// Nothing, user-level apps included.
    None,
}

/// What a change by an app of the account does to `hs_updated_by_user_id`. One documented sample shows another user after a
/// change, but it may have been made in HubSpot's pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UpdatedByPolicy {
    /// Nothing, unless `created_by_policy` shows the app's user as a creator, too.
    #[default]
    Unchanged,
    /// It names the user whose token it was.
    InstallingUser,
}

/// Which source details an app can set when it creates a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceDetails {
    /// The second and the third.
    #[default]
    SecondAndThird,
    /// None: they are read-only like the first.
    ReadOnly,
}

/// Which record two contacts become. HubSpot is said to make a new id since 2025; no recording shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MergedContact {
    /// The primary one, as with all other types.
    #[default]
    Primary,
    /// A third one with a new id, to which both old ids lead.
    NewId,
}

/// Whether an archived owner can be given a record. No source says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchivedOwnerPolicy {
    /// `INVALID_OWNER_ID`, as for an owner that never was.
    #[default]
    Reject,
    /// The record gets the owner.
    Accept,
}

/// What archiving a record that is not there answers. No source says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeleteMissingPolicy {
    /// 204, as if it had been there.
    #[default]
    NoContent,
    /// 404.
    NotFound,
}

/// Whether tokens of a deactivated user still work. For private apps HubSpot's documentation advises to rotate the token
/// when its maker leaves; for OAuth tokens no source says what happens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeactivatedUserTokens {
    /// 401 for the access token, `BAD_REFRESH_TOKEN` for the refresh token.
    #[default]
    Refuse,
    /// As before.
    Work,
}

/// Which members the errors of a batch have: recordings of real portals have fewer than the published models require.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorSchemaMode {
    /// Those of recordings: what is empty is left out.
    #[default]
    Recorded,
    /// Those of the published models, too: `errors`, `links` and `context` are there even where they are empty.
    Specified,
}

/// How `userId` of an archived owner is written. HubSpot's guide to owners shows `null`; its specification has the field
/// as one that may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ArchivedOwnerUserId {
    /// `"userId": null`.
    #[default]
    Null,
    /// Left out.
    Omit,
}
