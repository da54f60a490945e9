use super::*;

/// Changes the one verdict of a run, and checks what becomes of the digest.
#[track_caller]
fn check(changes: bool, change: fn(&mut Verdict)) {
    let before = run(Judgement::Failed);
    let mut after = before.clone();
    change(&mut after.scenarios[0].verdicts[0]);
    assert_ne!(before, after, "nothing was changed");
    assert_eq!(before.digest() != after.digest(), changes);
}

#[test]
fn a_verdict_that_comes_out_otherwise_changes_it() {
    check(true, |verdict| verdict.judgement = Judgement::Passed);
    check(true, |verdict| verdict.row = Some(row("R06")));
    check(true, |verdict| verdict.crm = None);
    check(true, |verdict| verdict.field = Field::Owner);
    check(true, |verdict| verdict.level = None);
    check(true, |verdict| verdict.expected.clear());
    check(true, |verdict| {
        verdict.recorded.part = "the most permitted".to_owned()
    });
    check(true, |verdict| verdict.recorded = shown("blank", "blank"));
    check(true, |verdict| {
        verdict.readings = vec!["Q7a".parse().unwrap()]
    });
}

#[test]
fn what_a_seed_makes_up_does_not() {
    check(false, |verdict| verdict.recorded.name = "Kim Wu".to_owned());
    check(false, |verdict| {
        verdict.expected[0].name = "Ines Lee".to_owned()
    });
    check(false, |verdict| {
        verdict.subject = "another record".to_owned()
    });
    check(false, |verdict| verdict.blamed = None);
    check(false, |verdict| verdict.cause = None);
    check(false, |verdict| verdict.line = Some(9));
}

#[test]
fn prose_does_not_since_it_quotes_names_and_ids() {
    let with = |text: &str| {
        let mut report = run(Judgement::Failed);
        report.scenarios[0].verdicts[0].recorded = shown(text, text);
        report.digest()
    };

    assert_eq!(with("Owner is Dana Reyes"), with("Owner is Kim Wu"));
    assert_ne!(with("Owner is Dana Reyes"), with("blank"));
}

#[test]
fn neither_the_order_of_scenarios_and_verdicts_nor_their_time_changes_it() {
    let mut one = run(Judgement::Failed);
    one.scenarios[0].verdicts.push(verdict(Judgement::Passed));
    let mut second = scenario(vec![verdict(Judgement::Passed)]);
    second.name = "another".to_owned();
    one.scenarios.push(second);
    let mut other = one.clone();
    other.scenarios.reverse();
    other.scenarios[1].verdicts.reverse();
    other.scenarios[1].duration_ms = 99;
    other.seed = 18;

    assert_eq!(one.digest(), other.digest());
}

#[test]
fn how_a_scenario_ended_changes_it_and_the_words_for_that_do_not() {
    let with = |ended| {
        let mut report = run(Judgement::Passed);
        report.scenarios[0].ended = ended;
        report.digest()
    };
    let failed = |what: &str| Ended::SystemFailed {
        what: what.to_owned(),
    };

    assert_ne!(with(Ended::Judged), with(failed("crashed")));
    assert_eq!(
        with(failed("crashed in 3 s")),
        with(failed("crashed in 4 s"))
    );
}

#[test]
fn a_scenario_or_verdict_more_changes_it() {
    let one = run(Judgement::Passed);
    let mut verdicts = one.clone();
    verdicts.scenarios[0]
        .verdicts
        .push(verdict(Judgement::Passed));
    let mut scenarios = one.clone();
    scenarios.scenarios.push(one.scenarios[0].clone());

    assert_ne!(one.digest(), verdicts.digest());
    assert_ne!(one.digest(), scenarios.digest());
}

#[test]
fn a_run_that_was_cut_short_has_none() {
    let mut stopped = run(Judgement::Passed);
    stopped.stopped = Some(Stopped::FirstFailure);

    assert_eq!(stopped.digest(), None);
    assert_eq!(RunReport::default().digest(), None);
}
