//! What the compiler can't hold: who may import whom, how long a file may be, that features speak plain English, and that
//! every sentence of the documents has a scenario.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crm_conformance::rules::{self, RowId};
use crm_conformance::suite;

/// A folder or file, and what must not be imported there.
const ABSENT: [(&str, &[&str]); 14] = [
    (
        "apollo",
        &[
            "mock_crm", "sync", "sut", "faulty", "rules", "observe", "report", "suite",
        ],
    ),
    (
        "sync",
        &[
            "mock_crm", "sut", "faulty", "rules", "observe", "report", "suite",
        ],
    ),
    (
        "faulty",
        &["mock_crm", "sut", "rules", "observe", "report", "suite"],
    ),
    (
        "sut",
        &["mock_crm", "faulty", "rules", "observe", "report", "suite"],
    ),
    (
        "rules",
        &[
            "mock_crm", "apollo", "sync", "sut", "faulty", "observe", "report", "suite",
        ],
    ),
    (
        "observe",
        &[
            "mock_crm", "apollo", "sync", "sut", "faulty", "report", "suite",
        ],
    ),
    (
        "report",
        &["mock_crm", "apollo", "sync", "sut", "faulty", "suite"],
    ),
    (
        "suite/feature",
        &[
            "mock_crm", "apollo", "sync", "sut", "faulty", "observe", "report",
        ],
    ),
    // Steps reach the system under test and the mocks through the World alone.
    (
        "suite/steps",
        &[
            "mock_crm", "apollo", "sync", "sut", "faulty", "observe", "report",
        ],
    ),
    ("suite/world", &["apollo", "sync", "faulty", "report"]),
    // A live CRM is asked by its public API, whatever the suite makes of the answers.
    (
        "live",
        &[
            "mock_crm",
            "apollo",
            "sync",
            "faulty",
            "observe",
            "report",
            "suite::world",
        ],
    ),
    // What is known of a client comes from its report and the driver protocol.
    ("selftest", &["mock_crm", "apollo"]),
    // A driver is judged by the protocol alone.
    (
        "check",
        &[
            "apollo", "sync", "faulty", "rules", "observe", "suite", "selftest",
        ],
    ),
    // What is explored is run as any feature is.
    ("explore", &["mock_crm", "apollo", "sync", "sut", "faulty"]),
];

/// Longest file, in lines. Tests and data may be longer.
const LONGEST: usize = 330;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_under(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return found;
    };
    for path in entries.map(|entry| entry.expect("an entry can be read").path()) {
        if path.is_dir() {
            found.extend(files_under(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The file `name.rs` and everything in the folder `name/`.
fn module(name: &str) -> Vec<PathBuf> {
    let base = root().join("src").join(name);
    let mut files = files_under(&base, "rs");
    files.extend(Some(base.with_extension("rs")).filter(|file| file.exists()));
    files
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Whether a line of code, no comment, uses a module of this crate, or another crate.
fn uses(line: &str, module: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let path = if module == "mock_crm" {
        "mock_crm::".to_owned()
    } else {
        format!("crate::{module}")
    };
    code.split(&path).skip(1).any(|rest| {
        module == "mock_crm" || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}

#[test]
fn modules_import_only_what_they_may_know() {
    let mut wrong = Vec::new();
    for (name, absent) in ABSENT {
        let files = module(name);
        assert!(!files.is_empty(), "there is no module {name}");
        for file in files.iter().filter(|file| !is_test(file)) {
            for (index, line) in read(file).lines().enumerate() {
                let found = absent.iter().filter(|module| uses(line, module));
                wrong.extend(
                    found.map(|module| format!("{}:{} uses {module}", file.display(), index + 1)),
                );
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_mock_knows_no_client_and_no_rule() {
    for file in files_under(&root().join("mock-crm/src"), "rs") {
        assert!(
            !read(&file).contains("crm_conformance"),
            "{}",
            file.display()
        );
    }
}

fn is_test(file: &Path) -> bool {
    file.components()
        .any(|part| part.as_os_str().to_string_lossy().starts_with("tests"))
}

#[test]
fn files_are_short_and_say_what_they_hold() {
    let mut wrong = Vec::new();
    for folder in ["src", "mock-crm/src"] {
        for file in files_under(&root().join(folder), "rs") {
            let lines = read(&file)
                .lines()
                .take_while(|line| !line.contains("mod tests {"))
                .count();
            if lines > LONGEST
                && !is_test(&file)
                && !TOO_LONG_SO_FAR.iter().any(|known| file.ends_with(known))
            {
                wrong.push(format!("{} has {lines} lines", file.display()));
            }
            let name = file
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if ["mod", "utils", "common", "helpers", "types"].contains(&name.as_str()) {
                wrong.push(format!("{} says nothing by its name", file.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// This list only shrinks.
const TOO_LONG_SO_FAR: [&str; 5] = [
    "mock-crm/src/store.rs",
    "mock-crm/src/salesforce/error.rs",
    "mock-crm/src/salesforce/org/opening/people.rs",
    "mock-crm/src/salesforce/records/draft.rs",
    "mock-crm/src/salesforce/soql/parser.rs",
];

#[test]
fn features_have_no_url_no_json_and_no_id() {
    for file in files_under(&root().join("features"), "feature") {
        for (index, line) in read(&file).lines().enumerate() {
            let technical = [
                "http", "://", "{", "}", "\"\"\"", "/crm", "005", "00G", "003", "OwnerId",
            ];
            let found = technical.iter().find(|part| line.contains(**part));
            assert_eq!(found, None, "{}:{}", file.display(), index + 1);
        }
    }
}

#[test]
fn every_row_and_every_sentence_has_a_scenario_or_a_reason() {
    let scenarios = suite::scenarios(&[]).expect("the built-in features are in order");
    let tagged: BTreeSet<RowId> = scenarios.iter().flat_map(suite::lint::rows_of).collect();
    let covered: BTreeSet<_> = rules::rows()
        .iter()
        .filter(|row| tagged.contains(&row.id))
        .flat_map(rules::Row::sentences)
        .collect();

    let without: Vec<String> = rules::rows()
        .iter()
        .filter(|row| !tagged.contains(&row.id))
        .map(|row| row.id.to_string())
        .collect();
    let unproved: Vec<String> = rules::sentences()
        .iter()
        .filter(|sentence| sentence.excluded.is_none() && !covered.contains(&sentence.id))
        .map(|sentence| sentence.id.to_string())
        .collect();

    assert_eq!((without, unproved), (vec![], vec![]));
}

#[test]
fn every_record_row_runs_in_both_modes() {
    let scenarios = suite::scenarios(&[]).expect("the built-in features are in order");
    let one_mode_only = ["R25", "R26", "H10", "H7", "H8"];
    for row in rules::rows().iter().map(|row| row.id.to_string()) {
        if !row.starts_with(['R', 'H']) || one_mode_only.contains(&row.as_str()) {
            continue;
        }
        let of_row: Vec<_> = scenarios
            .iter()
            .filter(|scenario| scenario.tags.contains(&row))
            .collect();
        for mode in ["on its own", "in bulk"] {
            let runs = of_row.iter().any(|scenario| {
                scenario
                    .steps
                    .iter()
                    .any(|step| step.gherkin.value.ends_with(mode))
            });
            assert!(runs, "no scenario of {row} pushes {mode}");
        }
    }
}

/// The traces of several pushes by one client: each has a scenario that is tagged with its number, as in `@trace-5`.
#[test]
fn every_trace_has_a_scenario() {
    let scenarios = suite::scenarios(&[]).expect("the built-in features are in order");
    let tags: BTreeSet<&str> = scenarios
        .iter()
        .flat_map(|scenario| scenario.tags.iter().map(String::as_str))
        .collect();

    let without: Vec<u8> = (1..=29)
        .filter(|number| !tags.contains(format!("trace-{number}").as_str()))
        .collect();

    assert_eq!(without, Vec::<u8>::new());
}
