//! A driver over standard input and output: the reference client, with one fault, or with none.

mod fault;
mod memory;
mod output;

use std::io::{self, BufRead};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use clap::Parser;
use crm_conformance::sut::Reference;
use crm_conformance::sync::{Policy, TokioSleeper};
use fault::Fault;
use memory::Memory;
use output::Output;
use serde_json::Value;

/// The reference client as a driver, with a fault.
#[derive(Debug, Parser)]
struct Arguments {
    /// Which.
    #[arg(value_enum)]
    fault: Fault,
    /// Where the fault that leaves a lock leaves it.
    #[arg(long)]
    lock: Option<std::path::PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let fault = arguments.fault;
    if let Some(lock) = &arguments.lock {
        std::fs::File::create_new(lock)?;
    }
    if fault == Fault::LeavesAChild {
        leave_a_child()?;
    }
    let client = Reference::new(Policy::reference(), Arc::new(TokioSleeper));
    let mut memory = Memory::new(fault, client);
    let mut output = Output::new(fault);
    let lines = standard_input();
    while let Ok(line) = lines.recv() {
        if fault == Fault::OutOfOrder
            && let Ok(next) = lines.recv_timeout(Duration::from_millis(100))
        {
            let answer = respond(&mut memory, fault, &next).await?;
            output.write(&next, &answer)?;
        }
        let answer = respond(&mut memory, fault, &line).await?;
        output.write(&line, &answer)?;
    }
    output.end()?;
    if let Some(lock) = &arguments.lock {
        std::fs::remove_file(lock)?;
    }
    if fault == Fault::OutlivesItsInput {
        std::thread::sleep(Duration::from_secs(60));
    }
    Ok(())
}

/// A process that goes on when this one ends.
fn leave_a_child() -> io::Result<()> {
    let mut sleep = Command::new("sleep");
    let pipes = sleep
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    pipes.arg("60").spawn().map(drop)
}

fn standard_input() -> Receiver<String> {
    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in io::stdin().lock().lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

async fn respond(memory: &mut Memory, fault: Fault, line: &str) -> io::Result<String> {
    if fault == Fault::DiesOfALongLine && line.len() > 1 << 16 {
        return Err(io::Error::other("the line is longer than 64 KiB"));
    }
    let request: Value = serde_json::from_str(line)?;
    if let Some(answer) = fault.before(&request) {
        return Ok(answer.to_string());
    }
    let answer = memory.answer(&request, line).await?;
    let mut answer: Value = serde_json::from_str(&answer)?;
    fault.after(&request, &mut answer);
    Ok(answer.to_string())
}
