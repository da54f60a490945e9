//! `driver check`: whether a driver keeps to the protocol.

use std::time::Duration;

use clap::Args;
use crm_conformance::check::{self, Address, Broken, Options, terminal};
use crm_conformance::report::Exit;
use crm_conformance::sut;

use crate::cli::{Failure, output, seconds};

/// Which driver, and how it is judged.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 the driver keeps to the protocol (warnings do not count), 1 it breaks it, 2 the command line \
is wrong, 3 the harness broke."
)]
pub(in crate::cli) struct CheckOptions {
    /// The driver: a command, run by `sh -c`, that speaks the driver protocol on its standard input and output; or an URL that
    /// takes its messages by POST.
    #[arg(long, value_name = "COMMAND|URL")]
    sut: String,
    /// Lead the command through a proxy, for libraries that have the hosts of the CRMs built in: sets HTTPS_PROXY and NO_PROXY.
    #[arg(long)]
    proxy: bool,
    /// An answer that takes longer than so many seconds does not come.
    #[arg(long, value_name = "SECONDS", default_value = "20", value_parser = seconds)]
    step_deadline: Duration,
    /// As JSON on standard output, for editors and scripts.
    #[arg(long)]
    json: bool,
}

pub(super) fn check(asked: &CheckOptions) -> Result<Exit, Failure> {
    let options = Options {
        address: address(&asked.sut)?,
        proxy: asked.proxy,
        deadline: asked.step_deadline,
    };
    let report = check::check(&options).map_err(|broken| match broken {
        Broken::Harness(_) => Failure::harness(broken.to_string()),
        Broken::NoCommand(_) => Failure::usage(broken.to_string()),
    })?;
    output::print(|out| {
        if asked.json {
            serde_json::to_writer_pretty(&mut *out, &report)?;
            writeln!(out)
        } else {
            terminal::write(&report, out)
        }
    })?;
    Ok(report.exit())
}

fn address(driver: &str) -> Result<Address, Failure> {
    if driver.trim().is_empty() {
        let hint = "expected a command or an URL, as in --sut 'python3 driver.py'";
        return Err(Failure::usage(format!(
            "--sut names no driver\nhint: {hint}"
        )));
    }
    let start = driver.get(..8).unwrap_or(driver).to_ascii_lowercase();
    if !start.starts_with("http://") && !start.starts_with("https://") {
        return Ok(Address::Command(driver.to_owned()));
    }
    let url = driver.parse::<sut::Address>();
    url.map_err(|error| Failure::usage(format!("--sut: {error}")))?;
    Ok(Address::Url(driver.to_owned()))
}
