//! Each scenario of somebody's own features on a line: whoever has written one looks for it.

use std::io::{self, Write};

use super::style::{self, BOLD, RESET};
use crate::observe::Judgement;
use crate::report::{Ended, RunReport};

/// More would hide the failures behind them.
const MOST: usize = 40;

/// Writes them; of the built-in features, or of very many, nothing.
pub(super) fn write(report: &RunReport, to: &mut impl Write) -> io::Result<()> {
    let count = report.scenarios.len();
    if report.selection.built_in || count == 0 || count > MOST {
        return Ok(());
    }
    writeln!(to, "\n{BOLD}Scenarios{RESET}")?;
    for scenario in &report.scenarios {
        let (name, location) = (&scenario.name, &scenario.location);
        let (color, verdict) = match scenario.worst() {
            Some(Judgement::Failed) if report.fails_as_known(scenario) => {
                (style::of(Judgement::Warning), "known".to_owned())
            }
            None if matches!(scenario.ended, Ended::NotRunHere { .. }) => {
                (style::of(Judgement::Unsupported), "not run".to_owned())
            }
            Some(worst) => (style::of(worst), worst.to_string()),
            None => (style::of(Judgement::Failed), "no verdict".to_owned()),
        };
        writeln!(to, "  {color}{verdict:<11}{RESET} {name} ({location})")?;
    }
    Ok(())
}
