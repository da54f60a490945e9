use insta::assert_snapshot;

use super::*;

fn annotations(report: &RunReport) -> String {
    let mut out = vec![];
    github::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn summary(report: &RunReport) -> String {
    let mut out = vec![];
    markdown::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn of_ones_own(judgement: Judgement) -> RunReport {
    let mut report = run(judgement);
    report.selection.built_in = false;
    report.scenarios[0].location = "./my features/a,b.feature:12".to_owned();
    report
}

#[test]
fn a_failure_in_a_feature_of_ones_own_stands_at_its_line() {
    let text = annotations(&of_ones_own(Judgement::Failed));

    assert_snapshot!(text, @r#"::error file=my features/a%2Cb.feature,line=12,title=R05 Created By::From prospecting while linked: you own it, team sync created it%0Aexpected Integration User (team sync), recorded Dana Reyes (you)%0Arequest: POST /services/data/v62.0/sobjects/Contact -> 201, with Dana Reyes's credential%0Acause: the personal credential was used, although the source belongs to team sync%0Ascenario: prospecting, and it's linked (./my features/a,b.feature:12)%0Aagain: crm-conformance run --at './my features/a,b.feature:12' --random-seed 17"#);
}

#[test]
fn a_failure_in_a_built_in_feature_names_no_file_of_the_repository() {
    let text = annotations(&run(Judgement::Failed));

    assert!(text.starts_with("::error title=R05 Created By::"), "{text}");
    assert!(text.contains("(features/salesforce.feature:12)"), "{text}");
}

#[test]
fn what_would_end_a_command_is_escaped() {
    let mut report = run(Judgement::Passed);
    report.harness_errors = vec!["100 % of\r\nthem::error::x".to_owned()];

    let text = annotations(&report);

    assert_eq!(
        text,
        "::error title=The harness broke::100 %25 of%0D%0Athem::error::x\n"
    );
}

#[test]
fn one_of_each_row_comes_first_and_the_last_says_how_many_there_are() {
    let mut report = run(Judgement::Failed);
    let of_row = |id: &str| Verdict {
        row: Some(row(id)),
        ..verdict(Judgement::Failed)
    };
    report.scenarios[0].verdicts = (0..12).map(|_| of_row("R05")).collect();
    report.scenarios[0].verdicts.push(of_row("R06"));
    report.scenarios[0].verdicts.push(of_row("N3"));

    let text = annotations(&report);

    let titles: Vec<&str> = text
        .lines()
        .filter_map(|line| line.split("title=").nth(1)?.split("::").next())
        .collect();
    assert_eq!(titles.len(), 10);
    assert_eq!(titles[..3], ["N3", "R05 Created By", "R06 Created By"]);
    assert_eq!(titles[9], "14 failures in all");
}

#[test]
fn a_passing_run_annotates_nothing() {
    assert_eq!(annotations(&run(Judgement::Passed)), "");
}

#[test]
fn warnings_are_annotations_of_their_own_kind() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].verdicts.push(Verdict {
        level: Some(Status::Inferred),
        ..verdict(Judgement::Warning)
    });

    assert!(annotations(&report).starts_with("::warning title=R05 Created By::"));
}

#[test]
fn the_summary_has_rules_failures_and_what_is_unsupported() {
    let mut report = run(Judgement::Failed);
    report.scenarios.push(ScenarioReport {
        ended: Ended::Unsupported {
            capability: "activity:call".to_owned(),
        },
        rows: vec![row("T1"), row("R05")],
        ..scenario(vec![])
    });

    let text = summary(&report);

    assert!(
        text.starts_with("## ❌ not conformant: reference client 0.1.0\n"),
        "{text}"
    );
    for part in [
        "\n| R05 | From prospecting while linked: you own it, team sync created it | ❌ FAILED | A19 A20 A21 |\n",
        "<details><summary><b>R05 Created By</b>: prospecting, and it's linked</summary>",
        "    again     crm-conformance run --at features/salesforce.feature:12 --random-seed 17\n",
        "\n- activity:call: 1 scenario not begun; nothing judges T1\n",
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
fn a_summary_is_never_longer_than_github_takes() {
    let mut report = run(Judgement::Failed);
    let failures: Vec<Verdict> = (0..3000).map(|_| verdict(Judgement::Failed)).collect();
    report.scenarios[0].verdicts = failures;

    let text = summary(&report);

    assert!(text.len() <= markdown::LONGEST, "{}", text.len());
    assert!(text.contains(" more would make this summary too long"));
}

#[test]
fn names_can_not_change_the_summary() {
    let mut report = run(Judgement::Failed);
    report.scenarios[0].name = "</summary> <img> | `x`".to_owned();
    report.system.name = "a|b_c".to_owned();

    let text = summary(&report);

    assert!(
        text.contains("&lt;/summary&gt; &lt;img&gt; | `x`</summary>"),
        "{text}"
    );
    assert!(text.contains(r"a\|b\_c"), "{text}");
}
