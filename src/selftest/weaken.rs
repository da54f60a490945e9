//! Whether a weaker feature would be noticed: one that drops a Then, or that accepts somebody else, too.
//!
//! A weakening is noticed where the suite itself refuses it, or where some faulty client that was red in the scenario no longer is.
//! The second is judged from the recorded runs: no client runs again. For the first the reference client runs each weakened
//! scenario, since whether the words still fit the table shows only there.

mod justified;
mod notice;
mod plan;
mod refusal;
pub mod terminal;
#[cfg(test)]
mod tests;

use std::io;

use serde::Serialize;

use super::{Options, Tested};
use notice::Runs;
use plan::{Plan, plans};
use refusal::Trial;

/// Every weakening of every scenario, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Weakened {
    /// In the order of the features.
    pub weakenings: Vec<Weakening>,
    /// Entries of the list of justified weakenings that justify nothing any more.
    pub stale: Vec<String>,
}

/// One line of a feature, made weaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Weakening {
    /// `features/updates.feature:12`: the Then's line.
    pub place: String,
    /// The scenario's title; of an outline that of its first row which is concerned.
    pub scenario: String,
    /// What was done to the line.
    pub how: How,
    /// The Then as it is written.
    pub then: String,
    /// Why the suite refuses to run the weakened feature.
    pub refused: Option<String>,
    /// The faulty clients whose scenario is no longer red.
    pub by_scenario: Vec<String>,
    /// The faulty clients that were red by what the line claims and no longer are, whatever else is red.
    pub by_claim: Vec<String>,
    /// Why it may go unnoticed.
    pub justified: Option<&'static str>,
}

/// What is done to a Then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum How {
    /// It is left out; of an outline for all rows.
    Dropped,
    /// It accepts somebody else, too; where the person comes from an example, in that row alone.
    Loosened {
        /// What it says then.
        to: String,
    },
}

impl Weakened {
    /// The weakenings that nothing shows and nobody justifies.
    pub fn unnoticed(&self) -> impl Iterator<Item = &Weakening> {
        self.weakenings
            .iter()
            .filter(|weakening| !weakening.noticed() && weakening.justified.is_none())
    }

    /// Whether every weakening is noticed or justified, and every justification is needed.
    pub fn in_order(&self) -> bool {
        self.unnoticed().next().is_none() && self.stale.is_empty()
    }
}

impl Weakening {
    /// Whether the suite refuses it, or a faulty client is no longer red by what the line claims.
    pub fn noticed(&self) -> bool {
        self.refused.is_some() || !self.by_claim.is_empty()
    }
}

/// Weakens every scenario, and looks it up in the recorded runs of the faulty clients.
///
/// # Errors
/// Where the mocks can't be started.
pub(super) fn weaken(options: &Options, faulty: &[&Tested]) -> io::Result<Weakened> {
    let plans = plans(&options.scenarios);
    let trials = refusal::try_all(&plans, options)?;
    let runs = Runs::of(faulty);
    let weakenings: Vec<Weakening> = plans
        .iter()
        .zip(trials)
        .map(|(plan, trial)| weakening(plan, trial, &runs))
        .collect();
    let stale = justified::stale(&weakenings);
    Ok(Weakened { weakenings, stale })
}

fn weakening(plan: &Plan, trial: Trial, runs: &Runs<'_>) -> Weakening {
    let noticed = runs.notice(plan, &trial);
    Weakening {
        place: plan.place(),
        scenario: plan.title(),
        how: plan.how.clone(),
        then: plan.then.clone(),
        refused: trial.refused,
        by_scenario: noticed.by_scenario,
        by_claim: noticed.by_claim,
        justified: justified::why(&plan.path, &plan.title(), &plan.then),
    }
}
