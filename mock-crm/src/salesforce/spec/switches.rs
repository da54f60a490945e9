//! Named switches for what is uncertain, or differs between real orgs.
//!
//! | Switch | Default | Evidence |
//! |---|---|---|
//! | `inactive_owner_allowed` | none | current help refuses every object; release notes of Spring '15 and notes of 2010 do not |
//! | `inactive_owner_blocks_edit` | Contact, Lead, Case | a vendor's integration guide for Contact; reports for Lead and Case |
//! | `null_owner_on_insert` | the caller owns it | unverified |
//! | `owner_on_insert` | takes the right to transfer | object reference against reports of open orgs |
//! | `new_owner_must_read` | off | refused in the user interface, tolerated by code in one report |
//! | `insufficient_access_status` | 403 | third-party tests; 400 in other reports |
//! | `deleted_row_get` | `ENTITY_IS_DELETED` | clients of two languages carry code for both |
//! | `queue_on_user_owned` | `MALFORMED_ID` | public code branches on both |
//! | `audit_creator_may_be_inactive` | yes | migration guides |
//! | `contacts_follow_account_owner` | off | help on transfers names no channel; `OwnerChangeOptions` has to be asked for |
//! | `subrequests_inherit_auto_assign` | on | undocumented |
//! | `email_makes_task` | off | unverified |
//! | `malformed_query_frame` | on | public code has both texts, the bare one being older |
//! | `bulk_query_instants` | end in `Z` | unverified |

use serde::{Deserialize, Serialize};

/// What an org does where the sources contradict each other.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Switches {
    /// Objects whose records an inactive user may be made the owner of. Default: none, as current help says (article
    /// 000385661). Release notes of Spring '15 allowed it for Account, Opportunity and custom objects, and other
    /// products' notes of 2010 for tasks; recordings of neither exist.
    pub inactive_owner_allowed: Vec<String>,
    /// Objects whose records can't be edited, but for their owner, while an inactive user owns them, without the
    /// permission to update records with inactive owners. Default: Contact, Lead, Case.
    pub inactive_owner_blocks_edit: Vec<String>,
    /// What `"OwnerId": null` does in a create. Unverified either way.
    pub null_owner_on_insert: NullOwner,
    /// Who may name another user as the owner of a record they create. The object reference ("Frequently Occurring
    /// Fields") says that most users can't; reports of orgs with open sharing say that they can.
    pub owner_on_insert: OwnerOnInsert,
    /// Whether a new owner must be able to read records of the object, or is refused with `TRANSFER_REQUIRES_READ`. The
    /// user interface refuses; a report has code that went through.
    pub new_owner_must_read: bool,
    /// The HTTP status of `INSUFFICIENT_ACCESS_OR_READONLY` on a single record: 403 in third-party tests, 400 in other
    /// reports.
    pub insufficient_access_status: u16,
    /// The answer to a read of a record in the recycle bin. Clients of two languages carry code for both.
    pub deleted_row_get: DeletedRow,
    /// The refusal of a queue as the owner of an object that only users own. Public code branches on both.
    pub queue_on_user_owned: QueueOnUserOwned,
    /// Whether the audit-fields permission can name an inactive user as the creator. Migration guides say so.
    pub audit_creator_may_be_inactive: bool,
    /// Whether the contacts and open opportunities of an account that its old owner has go to its new owner with it. The
    /// help says so of transfers without naming the channel; the SOAP guide's `OwnerChangeOptions` says that a call has
    /// to ask for it, which a REST call can't.
    pub contacts_follow_account_owner: bool,
    /// Whether the `Sforce-Auto-Assign` header of a composite call holds for sub-requests that have none of their own.
    /// The guide gives sub-requests headers of their own, and says nothing about those of the call.
    pub subrequests_inherit_auto_assign: bool,
    /// Whether an e-mail message that is inserted leaves a completed task of its creator. Unverified.
    pub email_makes_task: bool,
    /// Whether `MALFORMED_QUERY` shows the place in the query, as the other refusals of queries do. Public code has
    /// texts with and without, the latter being older; which version changed it is unverified.
    pub malformed_query_frame: bool,
    /// How the cells of a Bulk query write instants. Unverified.
    pub bulk_query_instants: BulkInstants,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            inactive_owner_allowed: Vec::new(),
            inactive_owner_blocks_edit: ["Contact", "Lead", "Case"].map(str::to_owned).into(),
            null_owner_on_insert: NullOwner::Default,
            owner_on_insert: OwnerOnInsert::TransferRight,
            new_owner_must_read: false,
            insufficient_access_status: 403,
            deleted_row_get: DeletedRow::EntityIsDeleted,
            queue_on_user_owned: QueueOnUserOwned::MalformedId,
            audit_creator_may_be_inactive: true,
            contacts_follow_account_owner: false,
            subrequests_inherit_auto_assign: true,
            email_makes_task: false,
            malformed_query_frame: true,
            bulk_query_instants: BulkInstants::Zulu,
        }
    }
}

/// `"OwnerId": null` in a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NullOwner {
    /// As if it were left out.
    Default,
    /// `INVALID_CROSS_REFERENCE_KEY`.
    Refuse,
}

/// Another user as the owner, in a create.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OwnerOnInsert {
    /// With the right to transfer such records only.
    TransferRight,
    /// By everybody.
    AnyUser,
}

/// A read of a deleted record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeletedRow {
    /// 404 `ENTITY_IS_DELETED`.
    EntityIsDeleted,
    /// 404 `NOT_FOUND`.
    NotFound,
}

/// A queue as the owner of, say, a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QueueOnUserOwned {
    /// `MALFORMED_ID`: a queue's id is not one that the field takes.
    MalformedId,
    /// `INVALID_OPERATION`: queue not associated.
    InvalidOperation,
}

/// An instant in a cell of a Bulk query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkInstants {
    /// `2026-01-01T00:00:03.000Z`
    Zulu,
    /// `2026-01-01T00:00:03.000+0000`, as REST writes them.
    Offset,
}
