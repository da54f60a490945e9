use insta::assert_snapshot;

use super::*;

pub(super) fn plain(report: &RunReport) -> String {
    let mut out = anstream::StripStream::new(Vec::new());
    terminal::write(report, terminal::PLAIN_WIDTH, &mut out).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

pub(super) fn junit_of(report: &RunReport) -> String {
    let mut out = vec![];
    junit::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

pub(super) fn json_of(report: &RunReport) -> String {
    let mut out = vec![];
    json::write(report, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The lines about one row in the table.
fn table_of(text: &str, id: &str) -> String {
    let from = text
        .lines()
        .skip_while(|line| !line.starts_with(&format!("{id} ")));
    let row = from
        .enumerate()
        .take_while(|(at, line)| *at == 0 || line.starts_with("     "));
    row.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_row_stands_in_the_table_judged_or_not() {
    let text = plain(&run(Judgement::Passed));

    for row in rules::rows() {
        assert!(text.contains(row.title), "{}", row.id);
    }
    assert_snapshot!(table_of(&text, "R04"), @r#"R04  From the Chrome extension in LinkedIn while linked: you own it, team sync created it: not judged"#);
    assert_snapshot!(table_of(&text, "R05"), @r#"
    R05  From prospecting while linked: you own it, team sync created it: passed
         Salesforce  Created By    team sync                  team sync                  passed     D A19 A20 A21
    "#);
}

#[test]
fn no_line_of_the_table_is_wider_than_the_terminal() {
    let mut report = run(Judgement::Failed);
    report.scenarios[0].verdicts[0].expected = (0..9)
        .map(|n| shown("x", &format!("a long part {n}")))
        .collect();
    let mut out = anstream::StripStream::new(Vec::new());

    terminal::write(&report, 100, &mut out).unwrap();

    let text = String::from_utf8(out.into_inner()).unwrap();
    let row = table_of(&text, "R05");
    assert!(row.lines().all(|line| line.chars().count() <= 100), "{row}");
}

#[test]
fn a_failure_carries_its_evidence_in_few_lines() {
    let text = plain(&run(Judgement::Failed));

    let failure = &text[text.find("\nFAILED R05").unwrap()..];
    let failure = failure.split("\n\n").next().unwrap().trim_start();

    assert!(failure.lines().count() <= 25);
    assert_snapshot!(failure, @r#"
    FAILED R05 Created By
      rule      From prospecting while linked: you own it, team sync created it
      grounds   documented: A19 A20 A21
                A19 In specific cases Apollo gives a record in Salesforce another creator.
                A20 How a contact was made in Apollo decides who becomes its Created By in Salesforce.
                A21 The table: by hand, CSV and Gmail extension on the personal side; LinkedIn extension, prospecting and
                    job change enrichment on team sync's.
      scenario  prospecting, and it's linked (features/salesforce.feature:12)
      record    Ann Lee, in Salesforce
      expected  Integration User (team sync)
      recorded  Dana Reyes (you)
      request   POST /services/data/v62.0/sobjects/Contact -> 201, with Dana Reyes's credential [q7]
      cause     the personal credential was used, although the source belongs to team sync
      again     crm-conformance run --at features/salesforce.feature:12 --random-seed 17
    "#);
}

#[test]
fn warnings_take_a_line_each() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].verdicts.push(Verdict {
        level: Some(Status::Inferred),
        ..verdict(Judgement::Warning)
    });

    let text = plain(&report);

    assert_snapshot!(&text[text.find("Warnings").unwrap()..], @r#"
    Warnings (failures under --strict)
      R05 Created By: expected Integration User (team sync), recorded Dana Reyes (you) (features/salesforce.feature:12)

    1 scenario: 0 passed, 1 with warnings; seed 17
    reference client 0.1.0; newer edition
    verdicts 6790ae121fde9f39c6dcbb838724702923e5bc62702e247eda3042fe5144c2b9
    conformant for 1 of 24 documented rows, 23 not proved either way (exit code 0)
    "#);
}

#[test]
fn advice_is_no_warning_and_never_a_failure() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].verdicts.push(Verdict {
        level: None,
        row: None,
        ..verdict(Judgement::Warning)
    });

    let text = plain(&report);

    assert!(!text.contains("Warnings"), "{text}");
    assert!(text.contains("\nAdvice (never a failure)\n"), "{text}");
}

#[test]
fn the_command_to_run_it_again_says_everything_that_matters() {
    let mut report = run(Judgement::Failed);
    report.arguments = ["my features/a.feature", "--faulty", "owner-never-sent"]
        .map(str::to_owned)
        .to_vec();
    report.strict = true;

    let text = plain(&report);

    assert!(
        text.contains("again     crm-conformance run 'my features/a.feature' --faulty owner-never-sent --at features/salesforce.feature:12 --strict --random-seed 17\n"),
        "{text}"
    );
}

#[test]
fn two_readings_of_one_question_are_told_with_their_rows() {
    let mut report = run(Judgement::Passed);
    let with = |row_id: &str, reading: &str| Verdict {
        row: Some(row(row_id)),
        readings: vec![reading.parse().unwrap()],
        ..verdict(Judgement::Passed)
    };
    report.scenarios[0].verdicts = vec![with("R26", "Q4a"), with("U8", "Q4b"), with("U9", "Q4b")];

    let text = plain(&report);

    assert!(
        text.contains("Q4a   each record's own user, in R26 ("),
        "{text}"
    );
    assert!(
        text.contains("Q4b   whoever pressed the button, in U8 U9 ("),
        "{text}"
    );
}

#[test]
fn the_readings_that_are_followed_are_named() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].verdicts[0].readings = vec!["Q7a".parse().unwrap(), "Q1b".parse().unwrap()];

    let text = plain(&report);

    let readings = &text[text.find("Readings").unwrap()..text.find("\n1 scenario").unwrap()];
    assert_snapshot!(readings, @r#"
    Readings followed
      Q1b   either, freely (not the recommended one; What does "team sync or the highest" mean?)
      Q7a   skip to the next available (none is recommended; Your credential is revoked or its user inactive?)
    "#);
}

#[test]
fn what_went_wrong_outside_the_verdicts_is_said() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].ended = Ended::SystemFailed {
        what: "did not answer within 5 s".to_owned(),
    };
    report.known_failures = Some(known_tests::list(vec![known_tests::entry("N8")]));

    let text = plain(&report);

    assert_snapshot!(&text[text.find("Troubles").unwrap()..], @r#"
    Troubles
      system under test: did not answer within 5 s, in prospecting, and it's linked (features/salesforce.feature:12)
      known failures: known.yaml:3: N8 fits nothing that was judged: take the entry out of the list, or mend what it names

    1 scenario: 0 passed, 1 failed; seed 17
    reference client 0.1.0; newer edition
    verdicts dad9c026fda7169bac2947d85c56efafae84bdca09bf20adc6fb9aaea501051f
    not conformant: conformant for 0 of 24 documented rows, 23 not proved either way (exit code 1)
    "#);
}

#[test]
fn a_report_read_back_is_the_same_report() {
    let report = run(Judgement::Failed);
    assert_eq!(json::read(&json_of(&report)).unwrap(), report);
}

#[test]
fn the_json_document_carries_what_follows_from_the_run() {
    let document: serde_json::Value =
        serde_json::from_str(&json_of(&run(Judgement::Failed))).unwrap();

    assert_eq!(document["exit_code"], 1);
    assert_eq!(document["outcome"], "not_conformant");
    assert_eq!(document["conformance"]["broken"], 1);
    let r05 = document["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["row"] == "R05")
        .unwrap();
    assert_eq!(r05["judgement"], "failed");
    assert_eq!(r05["lines"][0]["recorded"], serde_json::json!(["you"]));
}

#[test]
fn a_report_of_another_version_is_refused() {
    let other = json_of(&run(Judgement::Passed)).replacen("\"version\": 1", "\"version\": 2", 1);
    assert_eq!(
        json::read(&other).unwrap_err().to_string(),
        "the report has version 2, and this program reads version 1"
    );
    assert!(json::read("{}").is_err());
    assert!(json::read("no").is_err());
}

#[test]
fn junit_tells_a_failure() {
    assert_snapshot!(junit_of(&run(Judgement::Failed)), @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="crm-conformance" tests="1" failures="1" errors="0" time="0.004">
      <testsuite name="Salesforce records" tests="1" failures="1" errors="0" skipped="0" time="0.004">
        <properties>
          <property name="system" value="reference client 0.1.0"/>
          <property name="seed" value="17"/>
          <property name="edition" value="newer"/>
          <property name="strict" value="false"/>
          <property name="complete" value="true"/>
          <property name="digest" value="b73de0a51f6a49998d53adc23b4583cfce0ed1ce9bc709186cb8e00dff55f4e1"/>
        </properties>
        <testcase name="prospecting, and it's linked (features/salesforce.feature:12)" classname="Salesforce records" file="features/salesforce.feature" line="12" time="0.004">
          <failure message="R05 Created By of Ann Lee: expected Integration User (team sync), recorded Dana Reyes (you); the personal credential was used, although the source belongs to team sync" type="R05">FAILED R05 Created By
      rule      From prospecting while linked: you own it, team sync created it
      grounds   documented: A19 A20 A21
                A19 In specific cases Apollo gives a record in Salesforce another creator.
                A20 How a contact was made in Apollo decides who becomes its Created By in Salesforce.
                A21 The table: by hand, CSV and Gmail extension on the personal side; LinkedIn
                    extension, prospecting and job change enrichment on team sync's.
      scenario  prospecting, and it's linked (features/salesforce.feature:12)
      record    Ann Lee, in Salesforce
      expected  Integration User (team sync)
      recorded  Dana Reyes (you)
      request   POST /services/data/v62.0/sobjects/Contact -&gt; 201, with Dana Reyes's credential [q7]
      cause     the personal credential was used, although the source belongs to team sync
      again     crm-conformance run --at features/salesforce.feature:12 --random-seed 17</failure>
        </testcase>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn junit_is_never_green_where_the_exit_code_is_not_0() {
    let mut silent = run(Judgement::Passed);
    silent.scenarios[0].verdicts.clear();
    let mut empty = run(Judgement::Passed);
    empty.scenarios.clear();
    let mut stale = run(Judgement::Passed);
    stale.known_failures = Some(known_tests::list(vec![known_tests::entry("R05")]));
    let mut crashed = run(Judgement::Passed);
    crashed.scenarios[0].ended = Ended::SystemFailed {
        what: "gone".to_owned(),
    };
    let mut harness = run(Judgement::Passed);
    harness.harness_errors.push("could not bind".to_owned());
    let mut required = run(Judgement::Passed);
    required.required = vec![row("H1")];

    for report in [silent, empty, stale, crashed, harness, required] {
        let text = junit_of(&report);
        assert_ne!(report.exit(), Exit::Conformant);
        assert!(
            text.contains("<failure") || text.contains("<error"),
            "{text}"
        );
    }
    assert!(!junit_of(&run(Judgement::Passed)).contains("<failure"));
}

#[test]
fn junit_survives_any_text() {
    let mut report = run(Judgement::Passed);
    report.scenarios[0].name = "<a> & \"b\" \u{1b}[1m".to_owned();

    let text = junit_of(&report);

    assert!(
        text.contains("&lt;a&gt; &amp; &quot;b&quot; \u{FFFD}[1m"),
        "{text}"
    );
}

#[test]
fn the_documented_rows_are_counted_per_edition() {
    let newer = run(Judgement::Passed);
    let older = RunReport {
        edition: rules::Edition::Older,
        ..newer.clone()
    };

    assert_eq!(
        (
            newer.conformance().documented,
            older.conformance().documented
        ),
        (24, 16)
    );
}
