use std::io::Write;

use crm_conformance::report::Exit;
use crm_conformance::suite::parameter;
use crm_conformance::suite::vocabulary::{Entry, vocabulary};

use super::Failure;

/// Lists the vocabulary.
pub(super) fn list() -> Result<Exit, Failure> {
    let mut out = anstream::stdout().lock();
    write(vocabulary().entries(), &mut out).map_err(|error| Failure::output(&error))?;
    Ok(Exit::Conformant)
}

fn write(entries: &[Entry], out: &mut impl Write) -> std::io::Result<()> {
    let mut noun = "";
    for entry in entries {
        if noun != entry.noun {
            noun = &entry.noun;
            writeln!(
                out,
                "{}{}",
                if std::ptr::eq(entry, &raw const entries[0]) {
                    ""
                } else {
                    "\n"
                },
                noun.replace('_', " ")
            )?;
        }
        writeln!(out, "  {} {}", entry.keyword, entry.expression)?;
        writeln!(out, "      {}", entry.help)?;
    }
    writeln!(out, "\nparameters")?;
    for (name, choices) in parameter::choices() {
        writeln!(out, "  {{{name}}}: {}", choices.join(", "))?;
    }
    Ok(())
}
