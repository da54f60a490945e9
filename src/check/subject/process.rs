//! A driver that is a process, with its raw output. It leads a process group, so that whatever it starts ends with it.

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};

use super::Heard;

/// Lines of standard error that are kept, to be repeated when it ends.
const LAST_WORDS: usize = 4;

/// How long a process that closes its standard output may take to end.
const LAST_MOMENTS: Duration = Duration::from_secs(1);

/// What a shell ends with where it finds no such command.
const NOT_FOUND: i32 = 127;

/// A process that runs. Dropped, it is killed.
#[derive(Debug)]
pub(in crate::check) struct Process {
    child: Child,
    input: Option<Sender<String>>,
    output: Receiver<Vec<u8>>,
    unread: Vec<u8>,
    /// Whether nothing has come so far.
    silent: bool,
    words: Arc<Mutex<VecDeque<String>>>,
    /// Has ended once standard error has been read to its end.
    listener: JoinHandle<()>,
}

impl Process {
    pub(super) fn start(command: &str, environment: &[(String, OsString)]) -> io::Result<Self> {
        let mut child = Command::new("sh")
            .args(["-c", command])
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .process_group(0)
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
            return Err(io::Error::other("it has no pipes"));
        };
        let (input, lines) = channel();
        let (chunks, output) = channel();
        let words = Arc::default();
        let heard = Arc::clone(&words);
        thread::Builder::new().spawn(move || write(stdin, &lines))?;
        thread::Builder::new().spawn(move || read(stdout, &chunks))?;
        let listener = thread::Builder::new().spawn(move || listen(stderr, &heard))?;
        Ok(Self {
            child,
            input: Some(input),
            output,
            unread: Vec::new(),
            silent: true,
            words,
            listener,
        })
    }

    pub(super) fn send(&self, line: &str) {
        if let Some(input) = &self.input {
            // Where nobody reads any more, the missing answer tells.
            let _ = input.send(format!("{line}\n"));
        }
    }

    /// The next whole line.
    pub(in crate::check) fn next(&mut self, patience: Duration) -> Heard {
        let begun = Instant::now();
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line: Vec<u8> = self.unread.drain(..=end).collect();
                return Heard::Line(text(&line));
            }
            let left = patience.saturating_sub(begun.elapsed());
            match self.output.recv_timeout(left) {
                Ok(chunk) => {
                    self.silent = false;
                    self.unread.extend(chunk);
                }
                Err(RecvTimeoutError::Timeout) => return Heard::Silence,
                Err(RecvTimeoutError::Disconnected) => return self.gone(),
            }
        }
    }

    /// What stands after the last line break.
    pub(in crate::check) fn unfinished(&self) -> Option<String> {
        (!self.unread.is_empty()).then(|| text(&self.unread))
    }

    /// Closes its standard input.
    pub(in crate::check) fn close_input(&mut self) {
        self.input = None;
    }

    /// Whether it ends within this time.
    pub(in crate::check) fn ended(&mut self, patience: Duration) -> Option<ExitStatus> {
        let begun = Instant::now();
        loop {
            if let Ok(Some(status)) = self.child.try_wait() {
                return Some(status);
            }
            if begun.elapsed() >= patience {
                return None;
            }
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether anything that it has started still runs.
    pub(in crate::check) fn left_behind(&self) -> bool {
        let group = self.group();
        group.is_some_and(|group| test_kill_process_group(group).is_ok())
    }

    /// Kills it, with whatever it has started.
    pub(in crate::check) fn kill(&mut self) {
        if let Some(group) = self.group() {
            // Nobody is left where it fails.
            let _ = kill_process_group(group, Signal::KILL);
        }
        self.ended(LAST_MOMENTS);
    }

    fn group(&self) -> Option<Pid> {
        i32::try_from(self.child.id()).ok().and_then(Pid::from_raw)
    }

    /// How it went, and what it said last.
    fn gone(&mut self) -> Heard {
        if let Some(line) = self.unfinished() {
            self.unread.clear();
            return Heard::Line(line);
        }
        let status = self.ended(LAST_MOMENTS);
        self.hear_out();
        let words = self.last_words();
        if self.silent && status.and_then(|status| status.code()) == Some(NOT_FOUND) {
            return Heard::NoCommand(words);
        }
        let how = match status {
            None => "it closed its standard output".to_owned(),
            Some(status) => match (status.code(), status.signal()) {
                (Some(code), _) => format!("it ended with exit code {code}"),
                (None, Some(signal)) => format!("it was ended by signal {signal}"),
                (None, None) => "it ended".to_owned(),
            },
        };
        Heard::Gone(match words.is_empty() {
            true => format!("{how}, and wrote nothing to standard error"),
            false => format!("{how}; its last words: {words}"),
        })
    }

    /// Its end may be seen before what it said last has been read.
    fn hear_out(&self) {
        let begun = Instant::now();
        while !self.listener.is_finished() && begun.elapsed() < LAST_MOMENTS {
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn last_words(&self) -> String {
        let words = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        words.join(" | ")
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn text(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    line.trim_end_matches(['\n', '\r']).to_owned()
}

fn write(mut stdin: ChildStdin, lines: &Receiver<String>) {
    for line in lines {
        let written = stdin.write_all(line.as_bytes());
        if written.and_then(|()| stdin.flush()).is_err() {
            return;
        }
    }
}

fn read(mut stdout: ChildStdout, chunks: &Sender<Vec<u8>>) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length @ 1..) = stdout.read(&mut buffer) {
        if chunks.send(buffer[..length].to_vec()).is_err() {
            return;
        }
    }
}

fn listen(stderr: ChildStderr, words: &Mutex<VecDeque<String>>) {
    for line in BufReader::new(stderr).split(b'\n') {
        let Ok(line) = line else { return };
        let line: String = text(&line).trim().chars().take(300).collect();
        if line.is_empty() {
            continue;
        }
        let mut words = words.lock().unwrap_or_else(PoisonError::into_inner);
        if words.len() == LAST_WORDS {
            words.pop_front();
        }
        words.push_back(line);
    }
}
