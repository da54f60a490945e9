use std::io::{self, Write};

use super::{BOLD, NAME, RESET};
use crate::selftest::{SelfTest, Share};

/// How often the cause that a failure names is right.
pub(super) fn share(what: &str, share: &Share, to: &mut impl Write) -> io::Result<()> {
    if share.clients == 0 {
        return Ok(());
    }
    writeln!(
        to,
        "{what}: right for {} of {} faulty clients ({} %), and in {} of {} failures ({} %)",
        share.clients_right,
        share.clients,
        share.percent_of_clients(),
        share.failures_right,
        share.failures,
        share.percent_of_failures()
    )
}

/// Clients of which most failures name a cause that is not theirs.
pub(super) fn wrong(found: &SelfTest, to: &mut impl Write) -> io::Result<()> {
    let wrong: Vec<String> = found
        .clients
        .iter()
        .filter_map(|tested| Some((tested, tested.diagnosis.as_ref()?)))
        .filter(|(_, diagnosis)| diagnosis.failures() > 0 && !diagnosis.most_right)
        .map(|(tested, diagnosis)| format!("{:<NAME$} {}", tested.name, diagnosis.told()))
        .collect();
    if wrong.is_empty() {
        return Ok(());
    }
    writeln!(to, "\n{BOLD}Likely cause that is not the right one{RESET}")?;
    wrong.iter().try_for_each(|line| writeln!(to, "  {line}"))
}
