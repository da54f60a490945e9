//! The rows themselves, one file per block. `.a(..)` and `.b(..)` cite sentences of the newer and the older document.

mod activities;
mod apollo;
mod degraded;
mod fallback;
mod hubspot;
mod invariants;
mod linked;
mod modes;
mod updates;

use super::Row;

pub(super) fn all() -> Vec<Row> {
    [
        apollo::rows(),
        linked::rows(),
        fallback::rows(),
        degraded::rows(),
        modes::records(),
        activities::rows(),
        hubspot::rows(),
        updates::rows(),
        invariants::rows(),
    ]
    .concat()
}
