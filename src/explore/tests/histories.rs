use std::collections::BTreeSet;

use super::{faulty_options, reference};
use crate::explore::history::{Act, History, generate, simpler};
use crate::explore::{Wanted, explore_histories};
use crate::observe::Judgement;
use crate::rules::{Crm, Kind, Mode, Source};
use crate::suite::people::Person;
use crate::suite::run::{self, Options};
use crate::suite::{feature, lint};

#[test]
fn a_seed_makes_up_the_same_history_again_and_another_seed_another() {
    let once: Vec<History> = (0..50).map(|seed| generate(seed, None)).collect();
    let again: Vec<History> = (0..50).map(|seed| generate(seed, None)).collect();
    let different: BTreeSet<String> = once.iter().map(|history| format!("{history:?}")).collect();

    assert_eq!(once, again);
    assert!(different.len() > 45, "{}", different.len());
}

#[test]
fn every_history_makes_sense_and_so_does_every_simpler_one() {
    for seed in 0..200 {
        let history = generate(seed, None);
        assert!(history.makes_sense(), "{history:?}");
        for simpler in simpler(&history) {
            assert!(
                simpler.makes_sense() && simpler.size() < history.size(),
                "{simpler:?}"
            );
        }
    }
}

#[test]
fn histories_do_everything_that_can_be_done() {
    let acts: BTreeSet<String> = (0..300)
        .flat_map(|seed| generate(seed, None).acts)
        .map(|act| {
            format!("{act:?}")
                .split('(')
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect();

    assert_eq!(acts.len(), 19, "{acts:?}");
}

#[test]
fn a_history_passes_lint_as_a_file_would() {
    for seed in 0..40 {
        let source = generate(seed, None).case("history").source;
        let found = lint::check(std::slice::from_ref(&source));
        assert!(found.is_ok(), "{}\n{found:?}", source.text);
    }
}

#[test]
fn a_history_is_a_feature_in_plain_words() {
    let history = History {
        crm: Crm::Salesforce,
        acts: vec![
            Act::Link(Person::Lee),
            Act::ConnectTeamSync(Person::IntegrationUser),
            Act::Save(0, Person::Lee, Kind::Contact, Source::Linkedin),
            Act::Save(2, Person::Dana, Kind::Contact, Source::Manual),
            Act::Push(Person::Lee, 0, Mode::Bulk),
            Act::Unlink(Person::Lee),
            Act::LoseNextAnswer,
            Act::Update(Person::Lee, 0, Mode::Single),
            Act::Log(Person::Dana, Kind::Email, 0),
        ],
    };

    assert!(history.makes_sense());
    insta::assert_snapshot!(history.case("history-1").source.text);
}

fn some(histories: usize) -> Wanted {
    Wanted {
        histories,
        crm: None,
        shrunk: 1,
    }
}

#[test]
fn the_reference_client_agrees_with_the_rules() {
    let report = explore_histories(some(40), &reference(), || {}).unwrap();

    assert_eq!(report.findings.errors, Vec::<String>::new());
    assert_eq!(report.findings.disagreements, []);
    assert_eq!(report.findings.warnings, []);
    assert_eq!(report.unproved, 0);
    assert!(report.judged_by_rows > 200, "{}", report.judged_by_rows);
}

/// Runs the feature as a file would be run, and gives the rows that fail.
fn rows_that_fail(text: &str, options: &Options) -> Vec<String> {
    let source = feature::Source {
        path: "kept.feature".to_owned(),
        text: text.to_owned(),
    };
    let scenarios = lint::check(&[source]).unwrap_or_else(|found| panic!("{found:?}\n{text}"));
    let report = run::run(scenarios, options, |_| {}).unwrap();
    assert_eq!(report.feature_errors, Vec::<String>::new());
    let failed = report
        .verdicts()
        .filter(|(_, verdict)| verdict.judgement == Judgement::Failed);
    failed
        .filter_map(|(_, verdict)| verdict.row.map(|row| row.to_string()))
        .collect()
}

/// A faulty client goes wrong; the smallest history of it is a feature that goes wrong by the same row, and that the
/// reference client passes.
#[track_caller]
fn check(name: &str, histories: usize, most_acts: usize) -> String {
    let options = faulty_options(name);

    let report = explore_histories(some(histories), &options, || {}).unwrap();

    assert_eq!(report.findings.errors, Vec::<String>::new());
    let [shrunk] = &report.shrunk[..] else {
        panic!("{name}: {report:#?}");
    };
    let row = shrunk.row.unwrap().to_string();
    let text = &shrunk.text;
    assert!(shrunk.acts.1 <= most_acts, "{text}");
    assert!(rows_that_fail(text, &options).contains(&row), "{text}");
    assert_eq!(
        rows_that_fail(text, &reference()),
        Vec::<String>::new(),
        "{text}"
    );
    shrunk.text.clone()
}

#[test]
fn a_retry_that_makes_a_second_record_is_shrunk_to_a_lost_answer() {
    let feature = check("retry-makes-a-second-record", 60, 5);

    assert!(
        feature.contains("the answer to the next write in"),
        "{feature}"
    );
    assert!(
        feature.contains("Then each push has made one record"),
        "{feature}"
    );
}

#[test]
fn an_owner_that_is_never_sent_is_shrunk_to_one_push() {
    check("owner-never-sent", 25, 5);
}
