use anstyle::{AnsiColor, Reset, Style};

use crate::observe::Judgement;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const RESET: Reset = Reset;

/// The color of a judgement. Its word always stands beside it.
pub(super) fn of(judgement: Judgement) -> Style {
    let color = match judgement {
        Judgement::Passed => AnsiColor::Green,
        Judgement::Unsupported | Judgement::NotObservable => AnsiColor::Cyan,
        Judgement::Warning => AnsiColor::Yellow,
        Judgement::Failed | Judgement::Error => AnsiColor::Red,
    };
    Style::new().fg_color(Some(color.into()))
}
