use std::collections::BTreeSet;

use serde::Serialize;

use super::{Recording, Scene};
use crate::rules::RowId;

/// What a row that a client breaks made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Kill {
    /// The row.
    pub row: RowId,
    /// How many scenarios of the row turned red by it.
    pub red: usize,
    /// How many scenarios of the row ran.
    pub scenarios: usize,
}

/// What each of these rows caught.
///
/// A scenario counts where it is tagged with the row, was judged to its end and failed, and a verdict of the row itself is among
/// those that are not as expected. A crash, an error of the suite, or a failure by another row is no catch. The row's own verdict
/// may be a warning, since rows that are only inferred give nothing worse; something of the scenario has to fail outright.
pub fn kills(recording: &Recording, breaks: &[RowId]) -> Vec<Kill> {
    let of_row = |row: &RowId| {
        let scenes = || {
            recording
                .scenes
                .iter()
                .filter(|scene| scene.rows.contains(row))
        };
        Kill {
            row: *row,
            red: scenes().filter(|scene| red_by(scene, *row)).count(),
            scenarios: scenes().count(),
        }
    };
    breaks.iter().map(of_row).collect()
}

fn red_by(scene: &Scene, row: RowId) -> bool {
    scene.failed() && scene.red.iter().any(|mark| mark.row == Some(row))
}

/// Every row with a verdict that is not as expected, in whatever scenario.
pub(super) fn red_rows(recording: &Recording) -> BTreeSet<RowId> {
    let failed = recording.scenes.iter().filter(|scene| scene.failed());
    failed
        .flat_map(|scene| scene.red.iter().filter_map(|mark| mark.row))
        .collect()
}
