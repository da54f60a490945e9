//! `driver`: what helps to write a driver.

mod check;
mod init;
mod reference;
mod schema;

use clap::Subcommand;
use crm_conformance::report::Exit;

use super::Failure;

#[derive(Debug, Subcommand)]
pub(super) enum DriverCommand {
    /// Judge a driver before any scenario, on mocks of both CRMs, and name what is wrong with it.
    Check(check::CheckOptions),
    /// Write a driver to start from, in the language of the system under test.
    Init(init::InitOptions),
    /// Print the JSON Schema of every message of the driver protocol.
    Schema,
    /// The reference client as a driver: answers on standard output what it is asked on standard input, until that ends.
    Reference(reference::ReferenceOptions),
}

pub(super) fn driver(command: DriverCommand) -> Result<Exit, Failure> {
    match command {
        DriverCommand::Check(options) => check::check(&options),
        DriverCommand::Init(options) => init::init(&options),
        DriverCommand::Schema => schema::schema(),
        DriverCommand::Reference(options) => reference::reference(&options),
    }
}
