//! The command that runs one scenario again, to be pasted into a shell.

use super::{RunReport, ScenarioReport};
use crate::rules::Edition;

/// A command that runs just this scenario again, or this row of an outline's examples: same system, same features, same seed.
pub fn again(report: &RunReport, scenario: &ScenarioReport) -> String {
    let arguments = report.arguments.iter();
    let arguments: String = arguments
        .map(|argument| format!(" {}", shell_word(argument)))
        .collect();
    let strict = if report.strict { " --strict" } else { "" };
    let edition = match report.edition {
        Edition::Older => " --edition older",
        Edition::Newer => "",
    };
    format!(
        "crm-conformance run{arguments} --at {}{strict}{edition} --random-seed {}",
        shell_word(&scenario.location),
        report.seed
    )
}

/// As it is, where a shell leaves it alone.
fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
