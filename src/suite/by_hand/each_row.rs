//! Fewer scenarios: by hand, all of them would take days.

use super::Rehearsal;
use crate::rules::{self, Edition, RowId, Status};

/// The scenarios, by index, that together judge every row which the document states: for each row that no earlier choice has
/// judged already, the one with the fewest instructions.
pub fn one_for_each_row(rehearsals: &[Rehearsal], edition: Edition) -> Vec<usize> {
    let mut chosen: Vec<usize> = Vec::new();
    let documented = rules::rows()
        .iter()
        .filter(|row| row.documented_in(edition));
    for row in documented.map(|row| row.id) {
        let judging: Vec<usize> = (0..rehearsals.len())
            .filter(|index| judges(&rehearsals[*index], row))
            .collect();
        if judging.iter().any(|index| chosen.contains(index)) {
            continue;
        }
        let fewest = judging
            .into_iter()
            .min_by_key(|index| rehearsals[*index].instructions);
        // What can't be judged is told all the same, and costs nothing.
        let tagged = || {
            rehearsals
                .iter()
                .position(|one| one.settled() && one.report.rows.contains(&row))
        };
        chosen.extend(fewest.or_else(tagged));
    }
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

fn judges(rehearsal: &Rehearsal, row: RowId) -> bool {
    rehearsal
        .report
        .verdicts
        .iter()
        .any(|verdict| verdict.row == Some(row) && verdict.level == Some(Status::Documented))
}
