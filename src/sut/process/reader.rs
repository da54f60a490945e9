//! Reads both pipes of a process, standard error first: what it wrote before an answer is there when the answer is.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::fd::OwnedFd;
use std::process::{ChildStderr, ChildStdout};
use std::sync::Arc;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::inbox::Inbox;
use super::lines::Lines;

/// How long a process that closes its standard output may take to end.
const LAST_MOMENTS: Duration = Duration::from_secs(1);

/// Reads until standard output ends, and hands everything to the inbox.
pub(super) struct Reader {
    output: Pipe,
    error: Pipe,
    inbox: Arc<Inbox>,
    buffer: Vec<u8>,
}

struct Pipe {
    file: File,
    lines: Lines,
    open: bool,
}

impl Reader {
    pub(super) fn new(output: ChildStdout, error: ChildStderr, inbox: Arc<Inbox>) -> Self {
        Self {
            output: Pipe::new(output.into()),
            error: Pipe::new(error.into()),
            inbox,
            buffer: vec![0; 1 << 16],
        }
    }

    pub(super) fn run(mut self) {
        while self.output.open {
            let (output, _) = self.ready(None);
            self.listen();
            if output {
                self.output.read(&mut self.buffer);
                // What was written before what has just been read.
                self.listen();
                self.deliver();
            }
        }
        self.listen_to_the_end();
        self.inbox.closed();
    }

    /// Which pipes have something to read, or have ended.
    fn ready(&self, patience: Option<Duration>) -> (bool, bool) {
        let open = [&self.output, &self.error].map(|pipe| pipe.open);
        let mut pipes: Vec<PollFd<'_>> = [&self.output, &self.error]
            .into_iter()
            .filter(|pipe| pipe.open)
            .map(|pipe| PollFd::new(&pipe.file, PollFlags::IN))
            .collect();
        let patience = patience.and_then(|patience| Timespec::try_from(patience).ok());
        if pipes.is_empty() || poll(&mut pipes, patience.as_ref()).is_err() {
            return (false, false);
        }
        let mut ready = pipes.iter().map(|pipe| !pipe.revents().is_empty());
        let mut next = |open: bool| open && ready.next().unwrap_or(false);
        (next(open[0]), next(open[1]))
    }

    /// Standard error as far as it has come. A flood waits its turn.
    fn listen(&mut self) {
        for _ in 0..16 {
            if !self.ready(Some(Duration::ZERO)).1 {
                break;
            }
            self.error.read(&mut self.buffer);
            for line in self.error.lines.complete() {
                self.inbox.on_standard_error(&line);
            }
            if self.error.lines.too_long()
                && let Some(line) = self.error.lines.rest()
            {
                self.inbox.on_standard_error(&line);
            }
        }
    }

    fn deliver(&mut self) {
        for line in self.output.lines.complete() {
            self.inbox.on_output(line);
        }
        if self.output.lines.too_long() {
            self.inbox
                .broken("a line on its standard output does not end".to_owned());
            self.output.open = false;
        }
    }

    /// A last line may have no line break, and last words may come when standard output has ended.
    fn listen_to_the_end(&mut self) {
        if let Some(line) = self.output.lines.rest() {
            self.inbox.on_output(line);
        }
        let begun = std::time::Instant::now();
        while self.error.open && begun.elapsed() < LAST_MOMENTS {
            let waited = self.ready(Some(Duration::from_millis(10))).1;
            self.listen();
            // Somebody else may hold the pipe open.
            if !waited && self.inbox.ended(Duration::ZERO).is_some() {
                break;
            }
        }
        if let Some(line) = self.error.lines.rest() {
            self.inbox.on_standard_error(&line);
        }
        self.inbox
            .ended(LAST_MOMENTS.saturating_sub(begun.elapsed()));
    }
}

impl Pipe {
    fn new(end: OwnedFd) -> Self {
        Self {
            file: File::from(end),
            lines: Lines::default(),
            open: true,
        }
    }

    /// What there is, without waiting for more.
    fn read(&mut self, buffer: &mut [u8]) {
        match self.file.read(buffer) {
            Ok(0) => self.open = false,
            Ok(length) => self.lines.push(&buffer[..length]),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => self.open = false,
        }
    }
}
