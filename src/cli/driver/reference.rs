//! `driver reference`: the reference client behind the driver protocol, as any other system under test.

mod listen;

use std::io::{self, BufRead, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread;

use clap::Args;
use crm_conformance::report::Exit;
use crm_conformance::sut::Reference;
use crm_conformance::sync::{NoSleeper, Sleeper, TokioSleeper};
use tokio::sync::mpsc;

use crate::cli::Failure;
use crate::cli::run::policy;

/// Which client, and how it is reached.
#[derive(Debug, Args)]
pub(in crate::cli) struct ReferenceOptions {
    /// A client that gets one thing wrong, in place of the reference client. `self-test --list` lists them.
    #[arg(long, value_name = "NAME")]
    faulty: Option<String>,
    /// Answer by HTTP in place of standard input and output: each message is the body of a POST to this address. Port 0 takes a free
    /// one; the URL is printed.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
    /// Go on at once where a CRM asks for patience. `run` sets the variable for the processes that it starts: the clocks of its
    /// mocks stand, so that waiting would change nothing.
    #[arg(long, env = "CRM_CONFORMANCE_NO_WAIT")]
    no_wait: bool,
}

impl ReferenceOptions {
    fn client(&self) -> Result<Reference, Failure> {
        let sleeper: Arc<dyn Sleeper> = if self.no_wait {
            Arc::new(NoSleeper)
        } else {
            Arc::new(TokioSleeper)
        };
        Ok(Reference::new(policy(self.faulty.as_deref())?, sleeper))
    }
}

pub(super) fn reference(options: &ReferenceOptions) -> Result<Exit, Failure> {
    let client = options.client()?;
    let broken = |error: io::Error| Failure::harness(format!("the driver broke: {error}"));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(broken)?;
    if let Some(address) = options.listen {
        runtime.block_on(listen::listen(client, address))?;
        return Ok(Exit::Conformant);
    }
    let lines = standard_input().map_err(broken)?;
    runtime.block_on(answer(client, lines)).map_err(broken)?;
    Ok(Exit::Conformant)
}

/// Lines from a thread of its own: connections are looked after also while nobody asks.
fn standard_input() -> io::Result<mpsc::Receiver<io::Result<String>>> {
    let (sender, lines) = mpsc::channel(1);
    thread::Builder::new()
        .name("stdin".to_owned())
        .spawn(move || {
            for line in io::stdin().lock().lines() {
                if sender.blocking_send(line).is_err() {
                    return;
                }
            }
        })?;
    Ok(lines)
}

async fn answer(
    mut client: Reference,
    mut lines: mpsc::Receiver<io::Result<String>>,
) -> io::Result<()> {
    while let Some(line) = lines.recv().await {
        let answer = client.handle(&line?).await;
        let mut out = io::stdout().lock();
        writeln!(out, "{answer}")?;
        out.flush()?;
    }
    Ok(())
}
