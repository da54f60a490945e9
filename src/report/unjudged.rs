//! What a system under test does not declare, and what nobody knows of it for that.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Ended, RunReport};
use crate::observe::Judgement;
use crate::rules::RowId;

/// A capability that is missing, with what it keeps from being judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unjudged {
    /// Such as `activity:call`.
    pub capability: String,
    /// How many scenarios were not begun for it.
    pub scenarios: usize,
    /// The rows of these scenarios that no other scenario judges.
    pub rows: BTreeSet<RowId>,
}

impl RunReport {
    /// Every capability that is missing, in the order of their names.
    pub fn unjudged(&self) -> Vec<Unjudged> {
        let mut found: BTreeMap<&str, Unjudged> = BTreeMap::new();
        for scenario in &self.scenarios {
            let Ended::Unsupported { capability } = &scenario.ended else {
                continue;
            };
            let entry = found.entry(capability).or_insert_with(|| Unjudged {
                capability: capability.clone(),
                scenarios: 0,
                rows: BTreeSet::new(),
            });
            entry.scenarios += 1;
            entry.rows.extend(&scenario.rows);
        }
        let judged = self.judged_rows();
        let mut found: Vec<Unjudged> = found.into_values().collect();
        for one in &mut found {
            one.rows.retain(|row| !judged.contains(row));
        }
        found
    }

    fn judged_rows(&self) -> BTreeSet<RowId> {
        let unjudged = [Judgement::Unsupported, Judgement::NotObservable];
        let judged = self
            .verdicts()
            .filter(|(_, verdict)| !unjudged.contains(&verdict.judgement));
        judged.filter_map(|(_, verdict)| verdict.row).collect()
    }
}

impl Unjudged {
    /// `2 scenarios not begun; nothing judges T6 T7`
    pub fn says(&self) -> String {
        let plural = if self.scenarios == 1 { "" } else { "s" };
        let begun = format!("{} scenario{plural} not begun", self.scenarios);
        let rows: Vec<String> = self.rows.iter().map(ToString::to_string).collect();
        match rows.as_slice() {
            [] => format!("{begun}; other scenarios judge their rows"),
            rows => format!("{begun}; nothing judges {}", rows.join(" ")),
        }
    }
}
