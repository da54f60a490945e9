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
    /// Whether an archived owner can be given a record.
    pub archived_owner_policy: ArchivedOwnerPolicy,
    /// What archiving a record that is not there answers.
    pub delete_missing_policy: DeleteMissingPolicy,
    /// Whether tokens of a deactivated user still work.
    pub deactivated_user_tokens: DeactivatedUserTokens,
    /// Batch answers come in another order than the inputs. HubSpot promises none, and clients that count on one lose records.
    pub shuffle_batch_results: bool,
    /// How long a new record can't be found by search. HubSpot documents "a few moments"; 0 by default, so that tests
    /// are not about it unless they say so.
    pub search_lag_milliseconds: u64,
    /// A create whose body has no `properties` is refused. HubSpot's own integration tests send such bodies and expect 201.
    pub strict_create_body: bool,
    /// How many calls an app may make.
    pub rate_limits: RateLimits,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            created_by_policy: CreatedByPolicy::default(),
            archived_owner_policy: ArchivedOwnerPolicy::default(),
            delete_missing_policy: DeleteMissingPolicy::default(),
            deactivated_user_tokens: DeactivatedUserTokens::default(),
            shuffle_batch_results: true,
            search_lag_milliseconds: 0,
            strict_create_body: false,
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
