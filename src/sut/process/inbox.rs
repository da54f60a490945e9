//! What a process has written, sorted: the answer that is waited for, noise, and what it says on standard error.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ExitStatus};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use tokio::sync::oneshot;

use super::group;
use crate::sut::heard::{Heard, Listening, shortened};

/// Lines on standard error that an error repeats.
const LAST_WORDS: usize = 3;

/// Exit codes of a shell: it may not run the command, or there is none.
const SHELL_FINDS_NOTHING: [i32; 2] = [126, 127];

/// Noise of a whole run: one warning, however much there is.
#[derive(Debug, Default)]
pub(in crate::sut) struct Noise {
    first: OnceLock<String>,
    lines: AtomicUsize,
}

impl Noise {
    fn add(&self, line: &str) {
        self.first.get_or_init(|| shortened(line, 80));
        self.lines.fetch_add(1, Ordering::Relaxed);
    }

    /// The warning, if there was any.
    pub(in crate::sut) fn warning(&self) -> Option<String> {
        let first = self.first.get()?;
        let lines = self.lines.load(Ordering::Relaxed);
        Some(format!(
            "the system under test writes to its standard output what is no answer ({lines} of its lines, the first: {first:?}); \
             what is not for the suite belongs on standard error"
        ))
    }
}

/// Sorts the lines of one process.
#[derive(Debug)]
pub(super) struct Inbox {
    child: Mutex<Child>,
    state: Mutex<State>,
    noise: Arc<Noise>,
}

#[derive(Debug, Default)]
struct State {
    waiting: Option<Waiting>,
    /// The ids of calls that were answered or given up.
    past: Option<u64>,
    listening: Listening,
    /// The end of standard error.
    last_words: Vec<String>,
    /// Why there will be no further answer.
    gone: Option<String>,
}

#[derive(Debug)]
struct Waiting {
    id: Value,
    reply: oneshot::Sender<Result<String, String>>,
}

/// As much of a line as says what it is.
#[derive(Debug, Deserialize)]
struct Envelope {
    #[serde(default)]
    jsonrpc: Option<IgnoredAny>,
    #[serde(default)]
    id: Value,
    #[serde(default)]
    method: Option<IgnoredAny>,
}

impl Inbox {
    pub(super) fn new(child: Child, noise: Arc<Noise>) -> Self {
        Self {
            child: Mutex::new(child),
            state: Mutex::default(),
            noise,
        }
    }

    /// The answer to this request, once it comes; an error if it never will.
    pub(super) fn expect(
        &self,
        request: &str,
    ) -> Result<oneshot::Receiver<Result<String, String>>, String> {
        let id = serde_json::from_str::<Envelope>(request).map_or(Value::Null, |it| it.id);
        let (reply, answer) = oneshot::channel();
        let mut state = self.state();
        if let Some(gone) = &state.gone {
            return Err(gone.clone());
        }
        state.past = id.as_u64();
        state.waiting = Some(Waiting { id, reply });
        Ok(answer)
    }

    pub(super) fn on_standard_error(&self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        self.state().listening.on_standard_error(&line);
    }

    /// A line on standard output. Only what is a message, and is asked for, is an answer.
    pub(super) fn on_output(&self, line: Vec<u8>) {
        let line = match String::from_utf8(line) {
            Ok(line) => line,
            Err(error) => return self.not_utf8(&String::from_utf8_lossy(error.as_bytes())),
        };
        let envelope = line
            .trim_start()
            .starts_with('{')
            .then(|| serde_json::from_str::<Envelope>(&line).ok());
        let mut state = self.state();
        let asked = |id: &Value| state.waiting.as_ref().is_some_and(|it| it.id == *id);
        match envelope.flatten() {
            Some(message) if message.method.is_none() && asked(&message.id) => {
                state.answer(Ok(line));
            }
            Some(message) if message.jsonrpc.is_some() && message.method.is_none() => {
                let late = message.id.as_u64() <= state.past && message.id.is_u64();
                if late || state.waiting.is_none() {
                    let line = format!("an answer that nobody waits for: {line}");
                    state.listening.on_noise(&line);
                } else {
                    // To be refused, with what is wrong with it.
                    state.answer(Ok(line));
                }
            }
            _ if line.trim().is_empty() => {}
            _ => {
                self.noise.add(&line);
                state.listening.on_noise(&line);
            }
        }
    }

    fn not_utf8(&self, line: &str) {
        if line.trim_start().starts_with('{') {
            let shown = shortened(line, 200);
            let why = format!("a line on its standard output is not UTF-8: {shown}");
            self.state().answer(Err(why));
        } else {
            self.noise.add(line);
            self.state().listening.on_noise(line);
        }
    }

    /// No further answer can come.
    pub(super) fn broken(&self, why: String) {
        let mut state = self.state();
        state.gone.get_or_insert(why.clone());
        state.answer(Err(why));
    }

    /// Standard output has ended, and with it all hope of an answer.
    pub(super) fn closed(&self) {
        let status = self.ended(Duration::ZERO);
        let words = self.state().listening.last_words(LAST_WORDS);
        let farewell = farewell(status, &words);
        self.state().last_words = words;
        self.broken(farewell);
    }

    /// Why there will be no further answer, if so.
    pub(super) fn gone(&self) -> Option<String> {
        self.state().gone.clone()
    }

    /// What the shell said, where it has found no command that it could run.
    pub(super) fn no_command(&self) -> Option<String> {
        let code = self.ended(Duration::ZERO)?.code()?;
        let words = || self.state().last_words.join(" | ");
        SHELL_FINDS_NOTHING.contains(&code).then(words)
    }

    /// Whether a call waits for its answer.
    pub(super) fn waited_for(&self) -> bool {
        self.state().waiting.is_some()
    }

    pub(super) fn heard(&self) -> Heard {
        self.state().listening.take()
    }

    /// How the process ended, if it does so within this time.
    pub(super) fn ended(&self, patience: Duration) -> Option<ExitStatus> {
        group::wait(&self.child, patience)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn answer(&mut self, answer: Result<String, String>) {
        if let Some(waiting) = self.waiting.take() {
            // Whoever asked may have given up.
            let _ = waiting.reply.send(answer);
        }
    }
}

/// How a process went, and what it said last.
fn farewell(status: Option<ExitStatus>, words: &[String]) -> String {
    let how = match status {
        None => "it closed its standard output, and still runs".to_owned(),
        Some(status) => match (status.code(), status.signal()) {
            (Some(code), _) => format!("it ended with exit code {code}"),
            (None, Some(_)) => format!("it was ended by {status}"),
            (None, None) => format!("it ended: {status}"),
        },
    };
    if words.is_empty() {
        return format!("{how}, and wrote nothing to standard error");
    }
    let words: Vec<String> = words
        .iter()
        .map(|line| shortened(line.trim(), 300))
        .collect();
    format!("{how}; its last words: {}", words.join(" | "))
}
