//! What there is to do: which scenarios, which of them a person is needed for, and how long that may take.

use std::collections::BTreeMap;

use crm_conformance::report::{ScenarioReport, Selection};
use crm_conformance::suite::by_hand::{Rehearsal, one_for_each_row, rehearse};
use crm_conformance::suite::feature::Scenario;
use crm_conformance::suite::run::Options;
use crm_conformance::sut::manual::{Console, Product};

use super::progress::{Progress, Title};
use crate::cli::Failure;

/// How long an instruction may take a person, with the looking and the typing.
const MINUTES_EACH: f64 = 1.5;

/// What there is to do.
pub(super) struct Plan {
    /// All that were chosen, in the order of the features.
    pub(super) chosen: Vec<Scenario>,
    /// What needs nobody: the product can't do what a scenario is about, or the scenario is wrong.
    pub(super) settled: Vec<ScenarioReport>,
    /// What needs a person.
    pub(super) to_do: Vec<Scenario>,
    instructions: usize,
    /// How many there were to choose from.
    of: usize,
}

impl Plan {
    /// The reference client plays through what has not been done.
    pub(super) fn make(
        scenarios: &[Scenario],
        options: &Options,
        progress: &mut Progress,
        product: &Product,
        console: &Console,
    ) -> Result<Self, Failure> {
        let mut played = Played {
            scenarios,
            options,
            product,
            rehearsals: BTreeMap::new(),
        };
        if progress.kept.chosen.is_none() {
            let chosen = if progress.each_row_once() {
                console.say("\nLooking for the scenarios with the fewest steps…");
                one_for_each_row(&played.all()?, options.settings.edition)
            } else {
                (0..scenarios.len()).collect()
            };
            progress.keep_chosen(chosen.into_iter().map(|index| Title::of(&scenarios[index])))?;
        }
        let mut plan = Self {
            chosen: Vec::new(),
            settled: Vec::new(),
            to_do: Vec::new(),
            instructions: 0,
            of: scenarios.len(),
        };
        for (index, scenario) in scenarios.iter().enumerate() {
            if progress.is_chosen(scenario) {
                plan.chosen.push(scenario.clone());
                if progress.done(scenario).is_none() {
                    plan.add(scenario, played.one(index)?);
                }
            }
        }
        Ok(plan)
    }

    fn add(&mut self, scenario: &Scenario, rehearsal: &Rehearsal) {
        if rehearsal.settled() {
            self.settled.push(rehearsal.report.clone());
        } else {
            self.to_do.push(scenario.clone());
            self.instructions += rehearsal.instructions;
        }
    }

    /// How many scenarios there will be a verdict on, and how many of them there is already.
    pub(super) fn counts(&self) -> (usize, usize) {
        let by_hand = self.chosen.len() - self.settled.len();
        (by_hand - self.to_do.len(), by_hand)
    }

    /// What was chosen: one scenario for each row is not everything.
    pub(super) fn narrowed(&self, selection: &Selection) -> Selection {
        let mut selection = selection.clone();
        selection.filtered |= self.chosen.len() < self.of;
        selection
    }

    /// What is ahead, and how to have less or more of it.
    pub(super) fn announced(&self, progress: &Progress) -> String {
        let (done, by_hand) = self.counts();
        let mut lines = vec![format!(
            "\n{by_hand} of {} scenarios are to be done by hand, {done} of them are done. What is left: {}.",
            self.of,
            self.ahead()
        )];
        if progress.each_row_once() {
            lines.push(
                "They are one for each row of the table that the document states; --each-row-once=false takes all."
                    .to_owned(),
            );
        }
        if !self.settled.is_empty() {
            lines.push(format!(
                "{} more need nobody: by the checklist, the product can't do what they are about.",
                self.settled.len()
            ));
        }
        lines.push("Fewer: --crm salesforce, --tags '@R01 or @R05', --name TEXT.".to_owned());
        lines.push(format!(
            "After each scenario, {} keeps what it came to; stop whenever you like, and go on by the same command.",
            progress.path()
        ));
        lines.join("\n")
    }

    fn ahead(&self) -> String {
        let minutes = self.instructions as f64 * MINUTES_EACH;
        let time = if minutes < 90.0 {
            format!("{minutes:.0} minutes")
        } else {
            format!("{:.0} hours", minutes / 60.0)
        };
        let steps = match self.instructions {
            1 => "1 step".to_owned(),
            several => format!("{several} steps"),
        };
        format!("{steps}, about {time}")
    }
}

/// Scenarios that the reference client has played through, each once.
struct Played<'a> {
    scenarios: &'a [Scenario],
    options: &'a Options,
    product: &'a Product,
    rehearsals: BTreeMap<usize, Rehearsal>,
}

impl Played<'_> {
    fn one(&mut self, index: usize) -> Result<&Rehearsal, Failure> {
        let (options, product) = (self.options, self.product);
        let scenario = &self.scenarios[index];
        match self.rehearsals.entry(index) {
            std::collections::btree_map::Entry::Occupied(known) => Ok(known.into_mut()),
            std::collections::btree_map::Entry::Vacant(place) => {
                let rehearsal = rehearse(scenario, options, &product.capabilities);
                let rehearsal = rehearsal.map_err(|error| Failure::harness(error.to_string()))?;
                Ok(place.insert(rehearsal))
            }
        }
    }

    fn all(&mut self) -> Result<Vec<Rehearsal>, Failure> {
        (0..self.scenarios.len())
            .map(|index| self.one(index).cloned())
            .collect()
    }
}
