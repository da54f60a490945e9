//! Annotations of a GitHub Actions run: lines of standard output that GitHub reads, and shows beside the files they name.
//!
//! GitHub shows ten errors and ten warnings of a step, and no more. So the most telling come first: what is wrong with features and
//! harness, then one failure of each row, invariants before the others; a last one says how many there are in all.

use std::collections::BTreeSet;
use std::io::{self, Write};

use super::failure::{expected, title};
use super::{Ended, RunReport, ScenarioReport, again};
use crate::observe::{Judgement, Verdict};
use crate::rules::{self, RowId, Status};

/// So many of each kind are shown.
const SHOWN: usize = 10;

/// One annotation.
#[derive(Clone, Debug)]
struct Annotation {
    /// `error` or `warning`.
    kind: &'static str,
    /// File and line, where it is a file of the user's.
    place: Option<(String, usize)>,
    title: String,
    message: String,
}

/// Writes the annotations.
///
/// # Errors
/// If the writer refuses.
pub fn write(report: &RunReport, mut to: impl Write) -> io::Result<()> {
    let mut errors = troubles(report);
    errors.extend(of_verdicts(report, "error", |verdict| {
        matches!(verdict.judgement, Judgement::Failed | Judgement::Error)
    }));
    let warnings = of_verdicts(report, "warning", |verdict| {
        verdict.judgement == Judgement::Warning && verdict.level == Some(Status::Inferred)
    });
    let all = [(errors, "failures"), (warnings, "warnings")];
    all.into_iter()
        .flat_map(|(found, what)| most_telling(found, what))
        .try_for_each(|annotation| annotation.write(&mut to))
}

/// The first ones; where there are more, the last one says how many.
fn most_telling(mut found: Vec<Annotation>, what: &str) -> Vec<Annotation> {
    let count = found.len();
    if count <= SHOWN {
        return found;
    }
    found.truncate(SHOWN - 1);
    if let Some(kind) = found.first().map(|first| first.kind) {
        found.push(Annotation {
            kind,
            place: None,
            title: format!("{count} {what} in all"),
            message: format!(
                "GitHub shows {SHOWN} of a kind; the step summary and the log have the other {}.",
                count + 1 - SHOWN
            ),
        });
    }
    found
}

/// What is wrong outside the verdicts.
fn troubles(report: &RunReport) -> Vec<Annotation> {
    let error = |title: &str, message: &str, place| Annotation {
        kind: "error",
        place,
        title: title.to_owned(),
        message: message.to_owned(),
    };
    let features = report.feature_errors.iter();
    let mut found: Vec<Annotation> = features
        .map(|what| error("Feature", what, place_of(report, what)))
        .collect();
    let harness = report.harness_errors.iter();
    found.extend(harness.map(|what| error("The harness broke", what, None)));
    let stopped = report.stopped.iter();
    found
        .extend(stopped.map(|why| error("The run did not get to its end", &why.to_string(), None)));
    for scenario in &report.scenarios {
        let (title, what) = match &scenario.ended {
            Ended::SystemFailed { what } => ("The system under test failed", what),
            Ended::FeatureError { what } => ("Feature", what),
            Ended::HarnessError { what } => ("The harness broke", what),
            Ended::Judged | Ended::Unsupported { .. } | Ended::NotRunHere { .. } => continue,
        };
        found.push(error(title, what, place_of(report, &scenario.location)));
    }
    for row in report.missing_required() {
        let message = format!("{row} is required, and was not tried");
        found.push(error("A required row", &message, None));
    }
    let known = report.known_failures.as_ref();
    for (entry, stale) in report.stale_entries() {
        let place = known.map(|known| (known.file.clone(), entry.line));
        let message = format!("{entry} {}", stale.says(entry));
        found.push(error("The list of known failures", &message, place));
    }
    found
}

/// One of each row first, invariants before the others; then the rest.
fn of_verdicts(
    report: &RunReport,
    kind: &'static str,
    wanted: impl Fn(&Verdict) -> bool,
) -> Vec<Annotation> {
    let found = report
        .verdicts()
        .filter(|(scenario, verdict)| report.known(scenario, verdict).is_none() && wanted(verdict));
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|(_, verdict)| verdict.row.is_none_or(|row| !row.invariant()));
    let mut seen: BTreeSet<Option<RowId>> = BTreeSet::new();
    let (first, rest): (Vec<_>, Vec<_>) = found
        .into_iter()
        .partition(|(_, verdict)| seen.insert(verdict.row));
    first
        .into_iter()
        .chain(rest)
        .map(|(scenario, verdict)| annotation(report, kind, scenario, verdict))
        .collect()
}

fn annotation(
    report: &RunReport,
    kind: &'static str,
    scenario: &ScenarioReport,
    verdict: &Verdict,
) -> Annotation {
    let rule = verdict.row.and_then(rules::row).map(|row| row.title);
    let cause = verdict.cause.as_ref().map(ToString::to_string);
    let request = verdict
        .blamed
        .as_ref()
        .map(|blame| format!("request: {blame}"));
    let lines = [
        rule.map(str::to_owned),
        Some(format!(
            "expected {}, recorded {}",
            expected(verdict),
            verdict.recorded
        )),
        request,
        cause.map(|cause| format!("cause: {cause}")),
        Some(format!(
            "scenario: {} ({})",
            scenario.name, scenario.location
        )),
        Some(format!("again: {}", again(report, scenario))),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    Annotation {
        kind,
        place: place_of(report, &scenario.location),
        title: title(verdict),
        message: lines.join("\n"),
    }
}

/// Where a text says that something is, `a.feature:12` at its beginning. The built-in features are in the binary, and no file of
/// the repository that the annotation is made in.
fn place_of(report: &RunReport, text: &str) -> Option<(String, usize)> {
    if report.selection.built_in {
        return None;
    }
    let (file, rest) = text.split_once(".feature:")?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let line = digits.parse().ok()?;
    let one_line = !file.contains('\n');
    one_line.then(|| (format!("{file}.feature"), line))
}

impl Annotation {
    fn write(&self, to: &mut impl Write) -> io::Result<()> {
        let place = self.place.as_ref().map(|(file, line)| {
            let file = file.strip_prefix("./").unwrap_or(file);
            format!("file={},line={line},", property(file))
        });
        writeln!(
            to,
            "::{} {}title={}::{}",
            self.kind,
            place.unwrap_or_default(),
            property(&self.title),
            message(&self.message)
        )
    }
}

/// The text of a command: one line, in which three letters are written by their numbers.
fn message(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A property of a command, in which two more would end it.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
