//! The weakenings for people: the numbers, and each that goes unnoticed.

use std::io::{self, Write};

use super::{How, Weakened, Weakening};

/// Writes the numbers and what is left.
///
/// # Errors
/// If the writer refuses.
pub fn write(weakened: &Weakened, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "\nWeakened features")?;
    for (what, dropped) in [("Thens dropped", true), ("people added", false)] {
        let of_kind = |weakening: &&Weakening| (weakening.how == How::Dropped) == dropped;
        let some: Vec<&Weakening> = weakened.weakenings.iter().filter(of_kind).collect();
        numbers(what, &some, to)?;
    }
    let all: Vec<&Weakening> = weakened.weakenings.iter().collect();
    numbers("altogether", &all, to)?;
    for weakening in all.iter().filter(|weakening| !weakening.noticed()) {
        unnoticed(weakening, to)?;
    }
    weakened
        .stale
        .iter()
        .try_for_each(|entry| writeln!(to, "  justifies nothing any more: {entry}"))
}

fn numbers(what: &str, some: &[&Weakening], to: &mut impl Write) -> io::Result<()> {
    let count =
        |wanted: fn(&Weakening) -> bool| some.iter().filter(|weakening| wanted(weakening)).count();
    let all = some.len();
    let noticed = count(Weakening::noticed);
    let percent = (noticed * 1000).checked_div(all).unwrap_or(1000);
    writeln!(
        to,
        "  {what:<14}{all:>4}: {:>4} refused by the suite; a client no longer red by the claim {:>3}, in the scenario {:>3}",
        count(|weakening| weakening.refused.is_some()),
        count(|weakening| !weakening.by_claim.is_empty()),
        count(|weakening| !weakening.by_scenario.is_empty()),
    )?;
    writeln!(
        to,
        "  {:<18}: {noticed:>4} refused or noticed by the claim, {}.{} %",
        "",
        percent / 10,
        percent % 10
    )
}

fn unnoticed(weakening: &Weakening, to: &mut impl Write) -> io::Result<()> {
    let how = match &weakening.how {
        How::Dropped => "dropped".to_owned(),
        How::Loosened { to } => format!("to \"{to}\""),
    };
    let why = weakening.justified.unwrap_or("UNNOTICED");
    writeln!(
        to,
        "  {} \"{}\" {how}: {why}",
        weakening.place, weakening.then
    )
}
