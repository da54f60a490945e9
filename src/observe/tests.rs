//! The judge, on observations of one push built by hand: first what a right client leaves, then one fault each.

mod cause_tests;
mod invariant_tests;
mod outside_tests;
mod row_tests;
mod scene;
mod words_tests;

use scene::Scene;

use super::*;
use crate::rules::{Crm, Edition, Kind, Personal, Situation, Source, Team};

fn salesforce(source: Source) -> Situation {
    Situation::create(Crm::Salesforce, Kind::Contact, source)
}

/// `R01 Owner: FAILED`, one line per verdict that did not pass.
fn complaints(scene: &Scene, settings: Settings) -> Vec<String> {
    let verdicts = judge(&scene.observation, settings);
    let bad = verdicts
        .iter()
        .filter(|verdict| verdict.judgement != Judgement::Passed);
    bad.map(|verdict| {
        let row = verdict
            .row
            .map_or_else(|| "-".to_owned(), |row| row.to_string());
        format!("{row} {}: {}", verdict.field, verdict.judgement)
    })
    .collect()
}

#[track_caller]
fn the_verdict(scene: &Scene, row: &str, field: Field) -> Verdict {
    let verdicts = judge(&scene.observation, Settings::default());
    let found = verdicts
        .into_iter()
        .find(|v| v.row.is_some_and(|id| id.to_string() == row) && v.field == field);
    found.unwrap_or_else(|| panic!("no verdict on {row} {field}"))
}
