//! The rules of the schema that build servers check such files by: which elements stand where, in which order, with which attributes.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::*;

/// An element: what it may have for attributes, and what inside it, in this order.
const ELEMENTS: [(&str, &[&str], &[&str]); 10] = [
    (
        "testsuites",
        &["name", "tests", "failures", "errors", "time"],
        &["testsuite"],
    ),
    (
        "testsuite",
        &["name", "tests", "failures", "errors", "skipped", "time"],
        &["properties", "testcase"],
    ),
    ("properties", &[], &["property"]),
    ("property", &["name", "value"], &[]),
    (
        "testcase",
        &["name", "classname", "file", "line", "time"],
        &["skipped", "error", "failure", "system-out", "system-err"],
    ),
    ("skipped", &["message"], &[]),
    ("error", &["message", "type"], &[]),
    ("failure", &["message", "type"], &[]),
    ("system-out", &[], &[]),
    ("system-err", &[], &[]),
];

fn element(name: &str) -> (&'static [&'static str], &'static [&'static str]) {
    let found = ELEMENTS.iter().find(|(known, _, _)| *known == name);
    let (_, attributes, children) = found.unwrap_or_else(|| panic!("an element {name}"));
    (attributes, children)
}

fn check_attributes(start: &BytesStart<'_>, name: &str) {
    let (known, _) = element(name);
    for attribute in start.attributes() {
        let attribute = attribute.expect("an attribute");
        let key = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
        attribute.unescape_value().expect("escaped");
        assert!(known.contains(&key.as_str()), "{name} has {key}");
    }
}

/// Reads the document, and panics at whatever is not by the rules. The names of its elements, in order.
#[track_caller]
fn check(report: &RunReport) -> Vec<String> {
    let mut out = vec![];
    junit::write(report, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<(String, usize)> = vec![];
    let mut seen = vec![];
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Eof => break,
            Event::End(_) => drop(open.pop()),
            Event::Text(text) => drop(text.decode().expect("text")),
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let (start, empty) = match &event {
                    Event::Start(start) => (start, false),
                    Event::Empty(start) => (start, true),
                    _ => unreachable!("matched above"),
                };
                let name = String::from_utf8_lossy(start.name().as_ref()).into_owned();
                check_attributes(start, &name);
                if let Some((parent, at)) = open.last_mut() {
                    let (_, children) = element(parent);
                    let place = children.iter().position(|child| *child == name);
                    let place = place.unwrap_or_else(|| panic!("{name} in {parent}"));
                    assert!(place >= *at, "{name} comes too late in {parent}");
                    *at = place;
                }
                seen.push(name.clone());
                if !empty {
                    open.push((name, 0));
                }
            }
            _ => {}
        }
    }
    assert_eq!(open, vec![]);
    seen
}

#[test]
fn every_kind_of_case_is_by_the_rules() {
    let mut report = run(Judgement::Failed);
    report.known_failures = Some(known_tests::list(vec![known_tests::entry("H1")]));
    let ended = |ended| ScenarioReport {
        ended,
        ..scenario(vec![])
    };
    let what = || "gone & lost <here>".to_owned();
    report.scenarios.extend([
        ended(Ended::Judged),
        ended(Ended::SystemFailed { what: what() }),
        ended(Ended::FeatureError { what: what() }),
        ended(Ended::Unsupported {
            capability: "mode:bulk".to_owned(),
        }),
        scenario(vec![Verdict {
            row: Some(row("H1")),
            ..verdict(Judgement::Failed)
        }]),
        scenario(vec![
            verdict(Judgement::Passed),
            verdict(Judgement::Warning),
        ]),
    ]);
    report.harness_errors = vec![what(), what()];
    report.stopped = Some(Stopped::Unfinished);

    let seen = check(&report);

    let count = |name: &str| seen.iter().filter(|one| *one == name).count();
    assert_eq!(count("testcase"), 10);
    assert_eq!((count("failure"), count("skipped")), (2, 3));
    assert_eq!(count("system-out"), 1);
}

#[test]
fn no_two_cases_have_one_name() {
    let mut report = run(Judgement::Passed);
    report.harness_errors = vec!["one".to_owned(), "two".to_owned(), "three".to_owned()];
    let mut out = vec![];

    junit::write(&report, &mut out).unwrap();

    let text = String::from_utf8(out).unwrap();
    let mut names: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("<testcase"))
        .filter_map(|line| line.split("name=\"").nth(1))
        .collect();
    let count = names.len();
    names.dedup();
    assert_eq!((count, names.len()), (4, 4));
}

#[test]
fn control_characters_and_whatever_else_xml_can_not_carry_are_replaced() {
    let mut report = run(Judgement::Failed);
    report.scenarios[0].name = "\u{0}\u{8}\u{1b}[1m \u{FFFE} ]]> \"'".to_owned();

    check(&report);
}
