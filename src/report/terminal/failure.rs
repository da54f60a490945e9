use std::io::{self, Write};

use super::style::{self, BOLD, DIM, RESET};
use crate::observe::{Judgement, Verdict};
use crate::report::{RunReport, ScenarioReport, failure};
use crate::rules;

/// Failures and errors with their evidence, at most 25 lines each; then the warnings and the advice, a line each.
pub(super) fn write_all(report: &RunReport, width: usize, to: &mut impl Write) -> io::Result<()> {
    let of = |wanted: &'static [Judgement]| {
        report
            .verdicts()
            .filter(move |(_, v)| wanted.contains(&v.judgement))
            .filter(|(scenario, verdict)| report.known(scenario, verdict).is_none())
    };
    for (scenario, verdict) in of(&[Judgement::Failed, Judgement::Error]) {
        one(report, scenario, verdict, width, to)?;
    }
    warnings(&of(&[Judgement::Warning]).collect::<Vec<_>>(), to)
}

/// What is only inferred counts under `--strict`; advice never does.
fn warnings(all: &[(&ScenarioReport, &Verdict)], to: &mut impl Write) -> io::Result<()> {
    let (inferred, advice): (Vec<_>, Vec<_>) = all
        .iter()
        .partition(|(_, verdict)| verdict.level == Some(rules::Status::Inferred));
    for (heading, under_strict, listed) in [
        ("Warnings", "failures under --strict", inferred),
        ("Advice", "never a failure", advice),
    ] {
        if !listed.is_empty() {
            writeln!(to, "\n{BOLD}{heading}{RESET} {DIM}({under_strict}){RESET}")?;
        }
        for (scenario, verdict) in listed {
            let (title, expected) = (failure::title(verdict), failure::expected(verdict));
            writeln!(
                to,
                "  {title}: expected {expected}, recorded {} {DIM}({}){RESET}",
                verdict.recorded, scenario.location
            )?;
        }
    }
    Ok(())
}

fn one(
    report: &RunReport,
    scenario: &ScenarioReport,
    verdict: &Verdict,
    width: usize,
    to: &mut impl Write,
) -> io::Result<()> {
    let color = style::of(verdict.judgement);
    let told = failure::tell(report, scenario, verdict, width);
    writeln!(
        to,
        "\n{color}{}{RESET} {BOLD}{}{RESET}",
        verdict.judgement, told.title
    )?;
    told.lines
        .iter()
        .try_for_each(|line| writeln!(to, "  {DIM}{:<10}{RESET}{}", line.label, line.text))
}
