//! The command line: `crm-conformance`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
