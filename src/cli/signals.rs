//! Ctrl-C and its like: the first ends a run in order, the second ends the process.

use std::io;
use std::process;
use std::thread;

use crm_conformance::report::{Exit, Signal};
use crm_conformance::suite::run::Stop;
use crm_conformance::sut;
use tokio::runtime::{Builder, Runtime};

/// From now on, the first signal asks `stop`, and the next one ends the process at once.
pub(super) fn watch(stop: Stop) -> io::Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let mut signals = signals(&runtime)?;
    let listen = move || {
        loop {
            let signal = runtime.block_on(signals.next());
            if stop.asked().is_some() {
                sut::kill_all();
                process::exit(i32::from(Exit::from(signal).code()));
            }
            stop.ask(signal);
            anstream::eprintln!("\n{signal}: the run ends; once more, and it ends at once");
        }
    };
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(listen)
        .map(|_| ())
}

/// Heard from here on, also before anybody waits for them.
fn signals(runtime: &Runtime) -> io::Result<Signals> {
    let _inside = runtime.enter();
    Signals::new()
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::Interrupt,
            _ = self.terminate.recv() => Signal::Terminate,
            // The terminal has been closed.
            _ = self.hang_up.recv() => Signal::Terminate,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Signal {
        match tokio::signal::ctrl_c().await {
            Ok(()) => Signal::Interrupt,
            // Nobody can be heard, so nobody is waited for.
            Err(_) => std::future::pending().await,
        }
    }
}
