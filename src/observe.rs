//! What a scenario recorded, and the judge: pure functions from the rules and an [`Observation`] to [`Verdict`]s.
//!
//! An observation can be stored and judged again later. Nothing here speaks HTTP, and nothing here believes the
//! system under test: only what the CRM recorded counts, apart from Apollo's own owner and what was reported.

mod cause;
mod frame;
mod invariants;
mod judge;
mod observation;
mod outside;
mod recorded;
mod relation;
#[cfg(test)]
mod tests;
mod verdict;
mod words;

pub use cause::{Cause, LikelyCause, NoSuchCause};
pub use frame::judge_frame;
pub use invariants::judge_invariants;
pub use judge::{Settings, judge, judge_subject};
pub use observation::{
    ApolloOwner, Cast, Create, Observation, OwnerChange, OwnerIdKind, OwnerSent, Ownership,
    PersonSent, Phase, Principal, PrincipalKind, RecordKey, RecordSeen, Reported, Span, Subject,
    WriteRequest,
};
pub use recorded::{Value, values};
pub use relation::judge_same;
pub use verdict::{Blame, Field, Judgement, Shown, Verdict, unsupported};
pub use words::{Words, WordsDiffer, judge_words};
