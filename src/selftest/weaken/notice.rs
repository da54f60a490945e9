//! Which faulty clients would no longer be red, by what was recorded of their runs.

use std::collections::HashMap;

use super::{How, Plan, Trial};
use crate::observe::Judgement;
use crate::selftest::{Mark, Scene, Tested};

/// The recorded runs, by client and place.
pub(super) struct Runs<'a>(Vec<(&'a str, HashMap<&'a str, &'a Scene>)>);

/// The clients that are no longer red, counted in two ways.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Noticed {
    pub(super) by_scenario: Vec<String>,
    pub(super) by_claim: Vec<String>,
}

impl<'a> Runs<'a> {
    pub(super) fn of(clients: &[&'a Tested]) -> Self {
        let by_place = |tested: &'a Tested| {
            let scenes = tested.recording.scenes.iter();
            scenes
                .map(|scene| (scene.location.as_str(), scene))
                .collect()
        };
        let runs = clients
            .iter()
            .map(|tested| (tested.name.as_str(), by_place(tested)));
        Self(runs.collect())
    }

    /// Who would no longer be red in one of the plan's scenarios.
    pub(super) fn notice(&self, plan: &Plan, trial: &Trial) -> Noticed {
        let mut noticed = Noticed::default();
        let places: Vec<String> = plan.weakened.iter().map(|one| one.location()).collect();
        for (client, scenes) in &self.0 {
            let found: Vec<Change> = places
                .iter()
                .filter_map(|place| scenes.get(place.as_str()))
                .filter(|scene| scene.judged)
                .map(|scene| change(scene, plan, trial))
                .collect();
            if found.iter().any(|change| change.scenario) {
                noticed.by_scenario.push((*client).to_owned());
            }
            if found.iter().any(|change| change.claim) {
                noticed.by_claim.push((*client).to_owned());
            }
        }
        noticed
    }
}

/// What is no longer red.
struct Change {
    scenario: bool,
    claim: bool,
}

fn change(scene: &Scene, plan: &Plan, trial: &Trial) -> Change {
    let accepted = trial.accepted.get(&scene.location);
    let gone = |mark: &&Mark| {
        mark.line == Some(plan.line)
            && match plan.how {
                How::Dropped => true,
                How::Loosened { .. } => {
                    accepted.is_some_and(|names| names.contains(&mark.recorded.name))
                }
            }
    };
    let (gone, left): (Vec<&Mark>, Vec<&Mark>) = scene.red.iter().partition(gone);
    let still_fails = left.iter().any(|mark| mark.judgement == Judgement::Failed);
    Change {
        scenario: scene.failed() && !still_fails,
        claim: gone
            .iter()
            .any(|mark| !left.iter().any(|other| other.about_the_same(mark))),
    }
}
