use insta::assert_snapshot;
use jiff::civil::{Date, date};

use super::parse;
use crate::observe::Field;
use crate::rules::{Crm, Kind, Mode};

const TODAY: Date = date(2026, 6, 15);

/// Everything that is wrong with a list, as it is printed.
#[track_caller]
fn wrong(text: &str) -> String {
    let found = parse("known.yaml", text, TODAY).expect_err("something is wrong with it");
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    lines.join("")
}

#[test]
fn a_list_is_read_with_the_line_of_each_entry() {
    let list = parse(
        "known.yaml",
        "# mended in June\n\
         - row: R05\n  crm: salesforce\n  kind: contact\n  mode: bulk\n  field: created_by\n\
         \x20 reason: \"batches: to be rewritten\"\n  link: https://tracker.example.com/7\n  expires: 2026-12-31\n\n\
         - {scenario: a title, field: nothing_else, reason: r, link: http://t/8, expires: \"2026-07-01\"}\n",
        TODAY,
    )
    .unwrap();

    let [first, second] = &list.entries[..] else {
        panic!("{list:?}");
    };
    assert_eq!((first.line, second.line), (2, 11));
    assert_eq!(first.row.unwrap().to_string(), "R05");
    assert_eq!(
        (first.crm, first.kind, first.mode, first.field),
        (
            Some(Crm::Salesforce),
            Some(Kind::Contact),
            Some(Mode::Bulk),
            Some(Field::CreatedBy)
        )
    );
    assert_eq!(first.reason, "batches: to be rewritten");
    assert_eq!(first.expires, date(2026, 12, 31));
    assert_eq!((second.row, second.field), (None, Some(Field::NothingElse)));
    assert_eq!(list.today, TODAY);
}

#[test]
fn every_word_that_the_reports_use_is_understood() {
    for (name, words) in [
        ("crm", super::entry::CRMS),
        ("kind", super::entry::KINDS),
        ("mode", super::entry::MODES),
        ("field", super::entry::WHAT),
    ] {
        for word in words {
            let text = format!(
                "- {{row: R05, {name}: {word}, reason: r, link: http://t/8, expires: 2026-07-01}}"
            );
            assert!(parse("known.yaml", &text, TODAY).is_ok(), "{text}");
        }
    }
}

#[test]
fn a_list_without_an_entry_is_in_order() {
    for text in ["", "# nothing is known\n", "[]\n"] {
        assert_eq!(parse("known.yaml", text, TODAY).unwrap().entries, []);
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = "\
- row: R99
  crm: sales force
  knd: contact
  reason: ''
  link: CRM-7
  expires: end of June
- crm: hubspot
  reason: 7
  link: https://tracker.example.com/8
  expires: 2026-02-30 # no such day
- R05
";
    assert_snapshot!(wrong(text), @r#"
    error: 'R99' is no row of the decision table; known: O1-O4, R01-R26, T1-T8, H1-H11, U1-U10, N1-N8
     --> known.yaml:1:8
      |
    1 | - row: R99
      |        ^^^
    error: 'sales force' is no crm; expected salesforce, hubspot
     --> known.yaml:2:8
      |
    2 |   crm: sales force
      |        ^^^^^^^^^^^
    hint: did you mean salesforce?
    error: an entry has no field 'knd'; expected one of row, crm, kind, mode, field, scenario, reason, link, expires
     --> known.yaml:3:3
      |
    3 |   knd: contact
      |   ^^^^^^^^^^^^
    hint: did you mean kind?
    error: 'reason' is empty
     --> known.yaml:4:11
      |
    4 |   reason: ''
      |           ^^
    hint: say in a sentence why it is as it is
    error: 'CRM-7' is no link; expected such as https://…
     --> known.yaml:5:9
      |
    5 |   link: CRM-7
      |         ^^^^^
    error: 'end of June' is no day; expected such as 2026-12-31
     --> known.yaml:6:12
      |
    6 |   expires: end of June
      |            ^^^^^^^^^^^
    error: this entry doesn't say which row is broken: expected such as `row: R05`
     --> known.yaml:7:3
      |
    7 | - crm: hubspot
      |   ^^^^^^^^^^^^
    hint: what a feature claims beside the rows is listed by `scenario` and `field` together
    error: 'reason' has to be a text, not a number
     --> known.yaml:8:11
      |
    8 |   reason: 7
      |           ^
    hint: a text that looks like something else is written in quotes
    error: '2026-02-30' is no day; expected such as 2026-12-31
     --> known.yaml:10:12
       |
    10 |   expires: 2026-02-30 # no such day
       |            ^^^^^^^^^^
    error: expected an entry with its fields, not a text
     --> known.yaml:11:3
       |
    11 | - R05
       |   ^^^
    hint: an entry is `- {row: R05, crm: salesforce, field: owner, reason: …, link: https://…, expires: 2026-12-31}`
    "#);
}

#[test]
fn an_entry_that_is_listed_twice_is_told() {
    let entry = "- {row: R05, reason: r, link: http://t/8, expires: 2026-07-01}\n";
    assert_snapshot!(wrong(&format!("{entry}\n{entry}")), @r#"
    error: line 1 lists R05 already
     --> known.yaml:3:3
      |
    3 | - {row: R05, reason: r, link: http://t/8, expires: 2026-07-01}
      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    hint: put both reasons into one entry
    "#);
}

#[test]
fn what_is_no_list_is_told_what_one_looks_like() {
    assert_snapshot!(wrong("row: R05\n"), @r#"
    error: expected a list of entries, not fields
     --> known.yaml:1:1
      |
    1 | row: R05
      | ^
    hint: an entry is `- {row: R05, crm: salesforce, field: owner, reason: …, link: https://…, expires: 2026-12-31}`
    "#);
    assert_snapshot!(wrong("- row: [R05\n"), @r#"
    error: this is no YAML: unclosed bracket '['
     --> known.yaml:1:8
      |
    1 | - row: [R05
      |        ^
    hint: an entry is `- {row: R05, crm: salesforce, field: owner, reason: …, link: https://…, expires: 2026-12-31}`
    "#);
    assert_snapshot!(wrong("- {row: R05, row: R06}\n"), @r#"
    error: this is no YAML: duplicate mapping key: row
     --> known.yaml:1:14
      |
    1 | - {row: R05, row: R06}
      |              ^
    hint: an entry is `- {row: R05, crm: salesforce, field: owner, reason: …, link: https://…, expires: 2026-12-31}`
    "#);
}
