//! The options.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Parser, Subcommand};
use mock_crm::clock::Timestamp;

/// A mock Salesforce and a mock HubSpot that record who owns and who created every record, and why.
///
/// Without options: a small demo org and portal on ports 8701 (Salesforce), 8702 (HubSpot), 8703 (control API) and 8704
/// (CONNECT proxy) of this machine, in memory.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    args_override_self = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,

    /// Orgs and portals to start with, as YAML; `mock-crm init` prints an example
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,

    /// Where ids and tokens come from: the same number gives the same ones
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) random_seed: u64,

    /// Stand still at this instant (2026-01-01T00:00:00Z) until the control API advances the clock
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) clock: Option<Timestamp>,

    /// Keep everything in this directory; an answer leaves when what it says is on disk
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,

    /// The address to listen on; anything but loopback lets others in
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub(crate) listen: IpAddr,

    /// Salesforce's port, for http and https; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 8701)]
    pub(crate) salesforce_port: u16,

    /// HubSpot's port, for http and https
    #[arg(long, value_name = "PORT", default_value_t = 8702)]
    pub(crate) hubspot_port: u16,

    /// The control API's port
    #[arg(long, value_name = "PORT", default_value_t = 8703)]
    pub(crate) control_port: u16,

    /// The CONNECT proxy's port, for clients whose hosts can't be changed
    #[arg(long, value_name = "PORT", default_value_t = 8704)]
    pub(crate) proxy_port: u16,

    /// Have no control API: then nobody can see or change more than by the vendors' own APIs
    #[arg(long)]
    pub(crate) no_control: bool,

    /// What requests to the control API have to carry; left out, a new one each start
    #[arg(
        long,
        value_name = "TOKEN",
        env = "MOCK_CRM_CONTROL_TOKEN",
        hide_env_values = true
    )]
    pub(crate) control_token: Option<String>,

    /// Where the certificate authority for https is kept; left out, the user's folder for state
    #[arg(long, value_name = "DIR", env = "MOCK_CRM_CA_DIR")]
    pub(crate) ca_dir: Option<PathBuf>,

    /// Print one line of JSON instead of the screen, once everything listens
    #[arg(long)]
    pub(crate) json: bool,

    /// Say more on standard error
    #[arg(long, short, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Print a commented seed file
    Init,
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "an instant looks like 2026-01-01T00:00:00Z".to_owned())
}
