//! How records that are pushed together are sent, and what becomes of rows that are refused.

/// The manners of a batch. All but the first lose records, or give them to the wrong person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Batches {
    /// Each row by its own login, as many a request as the CRM takes; a refused row stays alone, a locked one is sent again.
    Careful,
    /// All rows by the login of the first.
    FirstLogin,
    /// All rows in one request, whatever the CRM's limit is.
    Unlimited,
    /// What is beyond the CRM's limit is left out, and counts as done.
    CutOff,
    /// One refused row refuses all.
    AllOrNone,
    /// After a refused row, all rows go through team sync.
    Rerouted,
    /// The n-th answer is taken for that of the n-th row.
    InOrder,
    /// A locked row counts as refused.
    LockedGivenUp,
}

/// By which door a batch goes into Salesforce. The documents know no difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BulkDoor {
    /// sObject Collections: up to 200 rows a request.
    Collections,
    /// Bulk API 2.0: a job for all rows.
    Jobs,
}

impl Batches {
    /// Whether one bad row spoils the request that it stands in.
    pub(super) fn all_or_none(self) -> bool {
        matches!(self, Batches::AllOrNone | Batches::Rerouted)
    }

    /// Whether a refused request is sent again in halves, until the bad row stands alone.
    pub(super) fn halves(self) -> bool {
        matches!(
            self,
            Batches::Careful | Batches::FirstLogin | Batches::CutOff | Batches::InOrder
        )
    }

    /// How many of `rows` go into one request of a CRM that takes `limit`.
    pub(super) fn size(self, limit: usize, rows: usize) -> usize {
        match self {
            Batches::Unlimited => rows.max(1),
            _ => limit,
        }
    }
}
