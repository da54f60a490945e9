//! Whether every step of the sources is in the binary.
//!
//! Step functions register themselves, and nothing calls them by name: a linker may leave them out, and a file that no `mod`
//! names is not even compiled. A feature would then have undefined steps, or find that a second, vaguer step fits.

use std::collections::BTreeSet;

use cucumber::codegen::{StepConstructor, WorldInventory, inventory};
use cucumber::step::Location;

use super::Entry;
use crate::suite::world::World;

/// Where the steps stand that are in the binary: keyword, file name, line.
pub(super) fn registered() -> BTreeSet<(&'static str, String, usize)> {
    let mut found = BTreeSet::new();
    let mut note = |keyword, place: Location| {
        found.insert((keyword, file_name(place.path), place.line as usize));
    };
    for step in inventory::iter::<<World as WorldInventory>::Given> {
        note("Given", step.inner().0);
    }
    for step in inventory::iter::<<World as WorldInventory>::When> {
        note("When", step.inner().0);
    }
    for step in inventory::iter::<<World as WorldInventory>::Then> {
        note("Then", step.inner().0);
    }
    found
}

/// What is in the sources and not in the binary, or the reverse; a line each.
pub(super) fn differences(
    entries: &[Entry],
    registered: &BTreeSet<(&'static str, String, usize)>,
) -> Vec<String> {
    let listed: BTreeSet<_> = entries
        .iter()
        .map(|entry| (entry.keyword, entry.file(), entry.line))
        .collect();
    let dropped = entries
        .iter()
        .filter(|entry| !registered.contains(&(entry.keyword, entry.file(), entry.line)))
        .map(|entry| {
            format!(
                "the step \"{} {}\" ({}:{}) is not in this binary",
                entry.keyword,
                entry.expression,
                entry.file(),
                entry.line
            )
        });
    let unlisted = registered
        .difference(&listed)
        .map(|(keyword, file, line)| format!("a step of {keyword} ({file}:{line}) is not listed"));
    dropped.chain(unlisted).collect()
}

/// The name alone: folders are written differently from system to system.
pub(super) fn file_name(path: &str) -> String {
    path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned()
}
