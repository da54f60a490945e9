//! Whether parts are the whole of one run.

use std::collections::{BTreeMap, BTreeSet};

use super::Part;
use crate::report::{RunReport, Selection, Shard};

/// Why reports can't be merged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MergeProblem {
    /// Nothing to merge.
    #[error("no report was named: expected those of all parts of a run, such as part-*.json")]
    Nothing,
    /// The report of a run that was not cut.
    #[error(
        "{file} is no part of a run: it was written without --shard\nhint: `crm-conformance report show {file}` prints a whole report"
    )]
    Whole {
        /// Where.
        file: String,
    },
    /// Its run has not come to its end.
    #[error("{file} (shard {shard}) is not finished: {why}")]
    Unfinished {
        /// Where.
        file: String,
        /// Which.
        shard: Shard,
        /// What it says of that.
        why: String,
    },
    /// Its features were refused, so that nothing ran.
    #[error("{file} (shard {shard}) has run nothing: {why}")]
    Refused {
        /// Where.
        file: String,
        /// Which.
        shard: Shard,
        /// What is wrong with the features.
        why: String,
    },
    /// Nobody has handed in a part.
    #[error("shard {shard} is missing: what was not run proves nothing, so all {} have to be there", .shard.of())]
    Missing {
        /// Which.
        shard: Shard,
    },
    /// Two reports of one part.
    #[error("shard {shard} is there more than once: {files}")]
    Twice {
        /// Which.
        shard: Shard,
        /// Where.
        files: String,
    },
    /// Parts of runs that are not the same.
    #[error("{file} is of another run than {first}: {what} is {found}, there {expected}{hint}")]
    Differs {
        /// Where.
        file: String,
        /// The part that it was compared with.
        first: String,
        /// In what.
        what: &'static str,
        /// What it says.
        found: String,
        /// What the other one says.
        expected: String,
        /// How it comes to be, and what to do.
        hint: &'static str,
    },
    /// A scenario that another part has to run.
    #[error("{file} (shard {shard}) has a scenario that is not its own: '{scenario}'")]
    Foreign {
        /// Where.
        file: String,
        /// Which.
        shard: Shard,
        /// The scenario's title.
        scenario: String,
    },
    /// A part that has a scenario more than once.
    #[error("{file} has '{scenario}' more than once")]
    Repeated {
        /// Where.
        file: String,
        /// The scenario's title.
        scenario: String,
    },
}

/// Everything that is wrong, in the order of the parts; what they are comes before how they fit together.
pub(super) fn all(parts: &[Part]) -> Vec<MergeProblem> {
    let Some(first) = parts.first() else {
        return vec![MergeProblem::Nothing];
    };
    let mut problems: Vec<_> = parts.iter().filter_map(no_part).collect();
    if problems.is_empty() {
        problems.extend(parts[1..].iter().flat_map(|part| differences(first, part)));
        problems.extend(count(parts));
        problems.extend(parts.iter().flat_map(scenarios));
    }
    problems
}

/// Why a report can be no part of a whole.
fn no_part(part: &Part) -> Option<MergeProblem> {
    let (file, report) = (part.file.clone(), &part.report);
    let Some(shard) = report.selection.shard else {
        return Some(MergeProblem::Whole { file });
    };
    if !report.feature_errors.is_empty() {
        let why = report.feature_errors.join("; ");
        return Some(MergeProblem::Refused { file, shard, why });
    }
    if report.complete() {
        return None;
    }
    let not_run = report.not_run.len();
    let why = report.stopped.as_ref().map_or_else(
        || format!("{not_run} of its scenarios were not run"),
        ToString::to_string,
    );
    Some(MergeProblem::Unfinished { file, shard, why })
}

/// Each number of 1 to n, once.
fn count(parts: &[Part]) -> Vec<MergeProblem> {
    let shards = parts
        .iter()
        .filter_map(|part| Some((part.report.selection.shard?, part)));
    let mut files: BTreeMap<Shard, Vec<&str>> = BTreeMap::new();
    for (shard, part) in shards {
        files.entry(shard).or_default().push(&part.file);
    }
    let of = files.keys().next().map_or(0, |shard| shard.of());
    let same = files.keys().all(|shard| shard.of() == of);
    // Of parts of different numbers nobody knows which are missing; that they differ has been said.
    let wanted = (1..=of).filter_map(|number| Shard::new(number, of).ok());
    let missing = wanted.filter(|shard| same && !files.contains_key(shard));
    let mut problems: Vec<_> = missing
        .map(|shard| MergeProblem::Missing { shard })
        .collect();
    let twice = files.iter().filter(|(_, files)| files.len() > 1);
    problems.extend(twice.map(|(shard, files)| MergeProblem::Twice {
        shard: *shard,
        files: files.join(", "),
    }));
    problems
}

const SEEDS: &str =
    "\nhint: give all parts one --random-seed: it decides who is called what, in the whole run";
const FEATURES: &str =
    "\nhint: the parts were cut from other scenarios: by other features, tags, names or CRMs";

/// In what a part differs from the first one. What belongs to a machine may: the arguments, since they hold paths and addresses.
fn differences(first: &Part, part: &Part) -> Vec<MergeProblem> {
    let mut problems = Vec::new();
    let mut compare = |what, hint, setting: fn(&RunReport) -> String| {
        let (found, expected) = (setting(&part.report), setting(&first.report));
        if found != expected {
            problems.push(MergeProblem::Differs {
                file: part.file.clone(),
                first: first.file.clone(),
                what,
                found,
                expected,
                hint,
            });
        }
    };
    compare("the version of crm-conformance", "", |r| {
        r.harness_version.clone()
    });
    compare("the number of shards", "", |r| {
        let of = r.selection.shard.map(Shard::of);
        of.unwrap_or_default().to_string()
    });
    compare("the edition", "", |r| r.edition.to_string());
    compare("--strict", "", |r| {
        let strict = if r.strict { "on" } else { "off" };
        strict.to_owned()
    });
    compare("the seed", SEEDS, |r| r.seed.to_string());
    compare("the system under test", "", |r| {
        format!("'{} {}'", r.system.name, r.system.version)
    });
    compare("what the system declares", "", declared);
    compare("the list of required rows", "", required);
    compare("the list of known failures", "", known);
    compare("what was observed", "", |r| {
        let live = r.arguments.iter().any(|word| word == "--crm-target");
        if live { "live CRMs" } else { "mocks" }.to_owned()
    });
    compare("the wrong client of --faulty", "", |r| {
        let mut words = r.arguments.iter().skip_while(|word| *word != "--faulty");
        words.nth(1).map_or("none", String::as_str).to_owned()
    });
    compare("the choice of features", FEATURES, |r| {
        let Selection {
            built_in,
            filtered,
            features,
            ..
        } = r.selection.clone();
        let features = features.unwrap_or_else(|| "none".to_owned());
        let built_in = if built_in { "built-in" } else { "own" };
        let filtered = if filtered { ", filtered" } else { "" };
        format!(
            "{built_in}{filtered}, {}",
            features.get(..12).unwrap_or(&features)
        )
    });
    problems
}

/// A scenario that stands in two parts is foreign to one of them.
fn scenarios(part: &Part) -> Vec<MergeProblem> {
    let Some(shard) = part.report.selection.shard else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for scenario in &part.report.scenarios {
        let file = part.file.clone();
        let title = scenario.name.clone();
        if !shard.holds(&scenario.feature, &scenario.name) {
            problems.push(MergeProblem::Foreign {
                file,
                shard,
                scenario: title,
            });
        } else if !seen.insert((&scenario.feature, &scenario.name)) {
            problems.push(MergeProblem::Repeated {
                file,
                scenario: title,
            });
        }
    }
    problems
}

fn declared(report: &RunReport) -> String {
    let capabilities = report.system.capabilities.join(" ");
    if capabilities.is_empty() {
        "nothing".to_owned()
    } else {
        capabilities
    }
}

fn required(report: &RunReport) -> String {
    let rows: Vec<String> = report.required.iter().map(ToString::to_string).collect();
    if rows.is_empty() {
        "empty".to_owned()
    } else {
        rows.join(" ")
    }
}

/// All but the day on which it was read.
fn known(report: &RunReport) -> String {
    let Some(list) = &report.known_failures else {
        return "none".to_owned();
    };
    let entries: Vec<String> = list
        .entries
        .iter()
        .map(|entry| {
            let (reason, link, until) = (&entry.reason, &entry.link, entry.expires);
            format!("{entry}, until {until} ({reason}, {link})")
        })
        .collect();
    format!("[{}]", entries.join("; "))
}
