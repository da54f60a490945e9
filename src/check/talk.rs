//! A conversation with a driver: every line that comes is judged by itself, whatever it is an answer to.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::finding::{Finding, Problem};
use super::subject::{Heard, Subject};
use crate::sut::schema::{Direction, Violation, validate};

/// How long a line that nobody asked for is waited for.
const AFTERWARDS: Duration = Duration::from_millis(25);

/// How long an answer may take that was stuck in a buffer, once standard input is closed.
const STUCK: Duration = Duration::from_secs(3);

/// So much of a line is shown.
const LONGEST: usize = 300;

/// What is wrong with lines, whatever they answer: the first of each kind, and how many.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub(super) answers: Vec<Problem>,
    pub(super) errors: Vec<Problem>,
    pub(super) ids: Vec<Problem>,
    pub(super) more: Vec<Problem>,
    pub(super) noise: Vec<String>,
    /// Counts what gets a name.
    pub(super) named: u64,
    /// Errors that came, right or wrong.
    pub(super) errors_seen: usize,
    /// How often an answer did not come in time.
    pub(super) hangs: usize,
    /// What the shell says, where there is no such command.
    pub(super) no_command: Option<String>,
    asked: u64,
}

/// One conversation.
#[derive(Debug)]
pub(super) struct Talk {
    pub(super) subject: Subject,
    notes: Rc<RefCell<Notes>>,
    deadline: Duration,
    asked: Vec<Value>,
    answered: Vec<Value>,
    /// Whether it can't be asked any more.
    pub(super) over: bool,
}

/// An answer.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    /// As it came.
    pub(super) line: String,
    /// What it says.
    pub(super) outcome: Result<Value, Refusal>,
}

/// An error that a driver answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) code: i64,
    pub(super) message: String,
}

impl Talk {
    pub(super) fn new(subject: Subject, notes: Rc<RefCell<Notes>>, deadline: Duration) -> Self {
        Self {
            subject,
            notes,
            deadline,
            asked: Vec::new(),
            answered: Vec::new(),
            over: false,
        }
    }

    /// An id that no other request has.
    pub(super) fn id(&self) -> u64 {
        let mut notes = self.notes.borrow_mut();
        notes.asked += 1;
        100 + notes.asked
    }

    /// Asks, and takes the answer.
    pub(super) fn ask(&mut self, method: &str, params: Value) -> Result<Reply, Finding> {
        let id = json!(self.id());
        self.ask_as(id, method, params)
    }

    /// The same with an id of one's own.
    pub(super) fn ask_as(
        &mut self,
        id: Value,
        method: &str,
        params: Value,
    ) -> Result<Reply, Finding> {
        self.send(&id, method, params);
        let line = self.answer_to(&id, method)?;
        self.read(method, line)
    }

    pub(super) fn send(&mut self, id: &Value, method: &str, params: Value) {
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        self.asked.push(id.clone());
        self.subject.send(&request.to_string());
    }

    /// The line that answers this request.
    pub(super) fn answer_to(&mut self, id: &Value, method: &str) -> Result<String, Finding> {
        let (found, line) = self.any_answer(method, |found, asked| found == id || !asked)?;
        if found != *id {
            self.other_id(id, &found, &line);
        }
        Ok(line)
    }

    /// The next line that answers any request for the first time.
    pub(super) fn answer_in_turn(&mut self, method: &str) -> Result<String, Finding> {
        let (_, line) = self.any_answer(method, |_, _| true)?;
        Ok(line)
    }

    /// The next answer that is wanted: by its id, and whether there is a request with that id.
    fn any_answer(
        &mut self,
        method: &str,
        wanted: impl Fn(&Value, bool) -> bool,
    ) -> Result<(Value, String), Finding> {
        let begun = Instant::now();
        let mut aside = Vec::new();
        loop {
            let left = self.deadline.saturating_sub(begun.elapsed());
            let line = match self.subject.next(left) {
                Heard::Line(line) => line,
                Heard::Silence => return Err(self.silent(method, &aside).into()),
                Heard::Gone(why) => return Err(self.gone(method, &why).into()),
                Heard::NoCommand(why) => {
                    self.notes
                        .borrow_mut()
                        .no_command
                        .get_or_insert(why.clone());
                    return Err(self.gone(method, &why).into());
                }
            };
            match message_id(&line) {
                Some(id) if self.answered.contains(&id) => self.answered_again(&line),
                Some(id) if wanted(&id, self.asked.contains(&id)) => {
                    // An id that was never sent may come again: it is another mistake.
                    if self.asked.contains(&id) {
                        self.answered.push(id.clone());
                    }
                    return Ok((id, line));
                }
                // To a request that nobody waits for any more.
                Some(_) => {}
                None => {
                    self.notes.borrow_mut().noise.push(shown(&line));
                    aside.push(line);
                }
            }
        }
    }

    fn gone(&mut self, method: &str, why: &str) -> Problem {
        self.over = true;
        Problem::new(format!("there is no answer to {method}: {why}"))
    }

    /// Takes what came after the last answer.
    pub(super) fn listen(&mut self) {
        while let Heard::Line(line) = self.subject.next(AFTERWARDS) {
            match message_id(&line) {
                Some(id) if self.answered.contains(&id) => self.answered_again(&line),
                Some(_) => {}
                None => self.notes.borrow_mut().noise.push(shown(&line)),
            }
        }
    }

    fn answered_again(&self, line: &str) {
        let problem = Problem::new("a request is answered more than once")
            .shown_by(shown(line))
            .hint("write one line a request; progress and logs go to standard error");
        self.notes.borrow_mut().more.push(problem);
    }

    fn other_id(&self, expected: &Value, found: &Value, line: &str) {
        let problem = Problem::new(format!(
            "the answer to the request with the id {expected} has the id {found}"
        ))
        .shown_by(shown(line))
        .hint("repeat the id as it is: a number as a number, a string as a string");
        self.notes.borrow_mut().ids.push(problem);
    }

    /// Judges a line by the schema, and reads it all the same.
    fn read(&mut self, method: &str, line: String) -> Result<Reply, Finding> {
        let message: Value = serde_json::from_str(&line).unwrap_or_default();
        if let Err(violations) = validate(method, Direction::Answer, &message) {
            self.note(method, &violations, &line);
        }
        let error = &message["error"];
        if let Some(code) = error["code"].as_i64() {
            self.notes.borrow_mut().errors_seen += 1;
            let message = error["message"].as_str().unwrap_or_default().to_owned();
            let outcome = Err(Refusal { code, message });
            return Ok(Reply { line, outcome });
        }
        match message.get("result") {
            Some(result) => Ok(Reply {
                outcome: Ok(result.clone()),
                line,
            }),
            None => Err(Finding::Skipped(format!(
                "the answer to {method} can't be read: see 'answers'"
            ))),
        }
    }

    fn note(&self, method: &str, violations: &[Violation], line: &str) {
        let mut notes = self.notes.borrow_mut();
        for violation in violations {
            let problem = Problem::new(format!("in the answer to {method}, {violation}"))
                .shown_by(shown(line))
                .hint("`crm-conformance driver schema` prints what every message looks like");
            match violation.pointer.starts_with("/error") {
                true => notes.errors.push(problem),
                false => notes.answers.push(problem),
            }
        }
    }

    /// Why there is no answer, as far as that can be found out. Nothing can be asked after that.
    fn silent(&mut self, method: &str, aside: &[String]) -> Problem {
        self.over = true;
        self.notes.borrow_mut().hangs += 1;
        let waited = self.deadline.as_secs_f64();
        let plain = Problem::new(format!("there is no answer to {method} within {waited} s"))
            .hint("a request has to be answered before the next one comes; see its standard error for where it stands");
        let whole = aside.join("\n");
        if message_id(&whole).is_some() {
            let mut notes = self.notes.borrow_mut();
            let noise = notes.noise.len().saturating_sub(aside.len());
            notes.noise.truncate(noise);
            return Problem::new(format!("the answer to {method} goes over several lines"))
                .shown_by(shown(&whole))
                .hint("write an answer on one line, without indentation");
        }
        let Some(process) = self.subject.process() else {
            return plain;
        };
        if let Some(line) = process
            .unfinished()
            .filter(|line| message_id(line).is_some())
        {
            return Problem::new(format!(
                "the answer to {method} does not end with a line break"
            ))
            .shown_by(shown(&line))
            .hint("end each answer with a line break, and flush it");
        }
        process.close_input();
        match process.next(STUCK) {
            Heard::Line(line) if message_id(&line).is_some() => Problem::new(format!(
                "the answer to {method} came only when standard input was closed: standard output is buffered"
            ))
            .shown_by(shown(&line))
            .hint("flush standard output after each answer: print(…, flush=True) in Python, flush() elsewhere"),
            _ => plain,
        }
    }
}

/// The id of a line that is a message; `None` for noise.
fn message_id(line: &str) -> Option<Value> {
    let message: Value = serde_json::from_str(line).ok()?;
    let fields = message.as_object()?;
    let answer = ["jsonrpc", "result", "error"]
        .iter()
        .any(|key| fields.contains_key(*key));
    (answer && !fields.contains_key("method")).then(|| message["id"].clone())
}

/// A line, as far as it can be shown.
pub(super) fn shown(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}
