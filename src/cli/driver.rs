//! `driver`: what helps to write a driver.

mod reference;

use clap::Subcommand;
use crm_conformance::report::Exit;

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum DriverCommand {
    /// The reference client as a driver: answers on standard output what it is asked on standard input, until that ends.
    Reference(reference::ReferenceOptions),
}

pub(super) fn driver(command: DriverCommand) -> Result<Exit, Failure> {
    match command {
        DriverCommand::Reference(options) => reference::reference(&options),
    }
}
