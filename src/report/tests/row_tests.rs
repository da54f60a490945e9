//! When a documented row counts as kept, when as broken, and when as neither.

use super::*;

/// What the frame of a scenario, or an invariant of it, says.
fn beside(id: Option<&str>, judgement: Judgement) -> Verdict {
    Verdict {
        row: id.map(row),
        field: if id.is_some() {
            Field::Invariant
        } else {
            Field::NothingElse
        },
        level: None,
        ..verdict(judgement)
    }
}

fn kept_and_broken(scenarios: Vec<ScenarioReport>) -> (usize, usize) {
    let report = RunReport {
        scenarios,
        ..run(Judgement::Passed)
    };
    let conformance = report.conformance();
    (conformance.kept, conformance.broken)
}

#[test]
fn a_row_is_kept_where_its_scenario_holds_altogether() {
    let verdicts = vec![
        verdict(Judgement::Passed),
        beside(Some("N3"), Judgement::Passed),
        beside(None, Judgement::Warning),
    ];

    assert_eq!(kept_and_broken(vec![scenario(verdicts)]), (1, 0));
}

#[test]
fn a_row_is_not_kept_beside_a_broken_invariant_or_frame_and_not_broken_either() {
    for spoiling in [Some("N2"), Some("N3"), None] {
        let verdicts = vec![
            verdict(Judgement::Passed),
            beside(spoiling, Judgement::Failed),
        ];

        let counted = kept_and_broken(vec![scenario(verdicts)]);

        assert_eq!(counted, (0, 0), "{spoiling:?}");
    }
}

#[test]
fn one_spoilt_scenario_of_several_leaves_the_row_open() {
    let good = scenario(vec![verdict(Judgement::Passed)]);
    let spoilt = scenario(vec![
        verdict(Judgement::Passed),
        beside(None, Judgement::Failed),
    ]);

    assert_eq!(kept_and_broken(vec![good, spoilt]), (0, 0));
}

#[test]
fn what_another_row_or_another_scenario_fails_at_is_not_its_affair() {
    let of_another_row = Verdict {
        row: Some(row("R04")),
        ..verdict(Judgement::Failed)
    };
    let mine = scenario(vec![verdict(Judgement::Passed), of_another_row]);
    let elsewhere = ScenarioReport {
        rows: vec![row("N3")],
        ..scenario(vec![beside(Some("N3"), Judgement::Failed)])
    };

    // R04 is broken by its own verdict, and R05 is kept.
    assert_eq!(kept_and_broken(vec![mine, elsewhere]), (1, 1));
}

#[test]
fn a_row_that_fails_in_what_is_only_ambiguous_is_not_kept() {
    let ambiguous = Verdict {
        level: Some(Status::Ambiguous),
        ..verdict(Judgement::Failed)
    };

    let counted = kept_and_broken(vec![scenario(vec![verdict(Judgement::Passed), ambiguous])]);

    assert_eq!(counted, (0, 0));
}

#[test]
fn a_row_of_which_a_documented_part_is_not_observable_is_not_kept() {
    let verdicts = vec![
        verdict(Judgement::Passed),
        verdict(Judgement::NotObservable),
    ];
    let seen = scenario(verdicts);

    assert_eq!(seen.worst(), Some(Judgement::Passed));
    assert_eq!(kept_and_broken(vec![seen]), (0, 0));
}

#[test]
fn what_is_not_observable_is_counted_apart_and_proves_nothing() {
    let mut report = run(Judgement::NotObservable);
    report.required = vec![row("R05")];

    assert_eq!(report.counts().not_observable, 1);
    assert_eq!(report.counts().unproved, 1);
    assert_eq!(report.missing_required(), [row("R05")]);
}
