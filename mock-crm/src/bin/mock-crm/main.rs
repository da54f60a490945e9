//! The `mock-crm` binary.

mod cli;
mod screen;
mod start;

use std::process::ExitCode;

use clap::Parser;

use cli::{Cli, Command};

/// It did its job and was told to end.
const ENDED: u8 = 0;
/// It could not start, or could not keep what it acknowledged.
const FAILED: u8 = 1;
/// An option or the seed file is wrong; clap's own code for options.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let cli = Cli::parse();
    // Connections and the results of large Bulk jobs are open files. Where no more are allowed, it works with those it has.
    let _ = rlimit::increase_nofile_limit(u64::MAX);
    let done = match cli.command {
        Some(Command::Init) => start::print(mock_crm::seed::EXAMPLE),
        None => start::run(&cli),
    };
    match done {
        Ok(()) => ENDED.into(),
        Err(error) => {
            screen::error(&error);
            let code = if error.usage { USAGE } else { FAILED };
            code.into()
        }
    }
}
