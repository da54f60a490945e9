//! Where a driver is put to be checked: it is started when there is something to ask, and again when it is gone.

use std::cell::RefCell;
use std::rc::Rc;

use serde_json::json;

use super::crms::Crms;
use super::finding::{Finding, Found, skip};
use super::subject::{Address, Process, Subject};
use super::talk::{Notes, Reply, Talk};
use super::{Broken, Options};
use crate::sut::{HelloAnswer, PROTOCOL};

/// A driver that hangs so often is not asked any more: each time costs a whole deadline.
const MOST_HANGS: usize = 3;

/// A driver, and what is known of it so far.
#[derive(Debug)]
pub(super) struct Bench {
    options: Options,
    pub(super) crms: Crms,
    pub(super) notes: Rc<RefCell<Notes>>,
    talk: Option<Talk>,
    hello: Option<HelloAnswer>,
    /// Dana's id in the scenario at hand.
    pub(super) dana: String,
    broken: Option<Broken>,
}

impl Bench {
    pub(super) fn new(options: Options, crms: Crms) -> Self {
        Self {
            options,
            crms,
            notes: Rc::default(),
            talk: None,
            hello: None,
            dana: String::new(),
            broken: None,
        }
    }

    /// Runs a check, and takes what the driver says after it.
    pub(super) fn run(&mut self, judge: fn(&mut Self) -> Found) -> Found {
        let found = judge(self);
        if let Some(talk) = &mut self.talk {
            talk.listen();
        }
        self.talk = self.talk.take().filter(|talk| !talk.over);
        found
    }

    /// Whether the harness broke meanwhile.
    pub(super) fn broken(&mut self) -> Result<(), Broken> {
        let no_command = self.notes.borrow_mut().no_command.take();
        // One that was found once is lost in some other way.
        let no_command = no_command.filter(|_| self.hello.is_none());
        let broken = self.broken.take();
        broken
            .or(no_command.map(Broken::NoCommand))
            .map_or(Ok(()), Err)
    }

    /// Whether it has ever said hello.
    pub(super) fn greeted(&self) -> Found {
        match self.hello {
            Some(_) => Ok(()),
            None => skip("it does not say hello"),
        }
    }

    /// What the driver says of itself.
    pub(super) fn introduction(&self) -> Option<HelloAnswer> {
        self.hello.clone()
    }

    pub(super) fn introduced(&mut self, hello: HelloAnswer) {
        self.hello = Some(hello);
    }

    /// Whether it declares this.
    pub(super) fn declares(&self, capability: &str) -> bool {
        let hello = self.hello.iter();
        hello
            .flat_map(|hello| &hello.capabilities)
            .any(|one| one == capability)
    }

    /// The words after these, of every capability declared.
    pub(super) fn declared(&self, prefix: &str) -> Vec<String> {
        let hello = self.hello.iter();
        let capabilities = hello.flat_map(|hello| &hello.capabilities);
        capabilities
            .filter_map(|one| one.strip_prefix(prefix).map(str::to_owned))
            .collect()
    }

    /// Starts another one, beside the one that may be there.
    pub(super) fn start(&mut self) -> Result<Talk, Finding> {
        let Options {
            address, deadline, ..
        } = &self.options;
        let subject = Subject::start(address, &self.crms.environment(), *deadline);
        match subject {
            Ok(subject) => Ok(Talk::new(subject, Rc::clone(&self.notes), *deadline)),
            Err(broken) => skip(self.breaks(broken)),
        }
    }

    /// Remembers that the harness broke.
    pub(super) fn breaks(&mut self, broken: Broken) -> String {
        let why = broken.to_string();
        self.broken.get_or_insert(broken);
        why
    }

    /// The driver, started and greeted.
    pub(super) fn talk(&mut self) -> Result<&mut Talk, Finding> {
        self.greeted()?;
        if self.notes.borrow().hangs >= MOST_HANGS {
            return skip("it has hung too often before this");
        }
        let talk = match self.talk.take().filter(|talk| !talk.over) {
            Some(talk) => talk,
            None => {
                let mut talk = self.start()?;
                if let Err(finding) = hello(&mut talk) {
                    return skip(format!("it does not start again: {finding}"));
                }
                talk
            }
        };
        Ok(self.talk.insert(talk))
    }

    /// Keeps a driver that was greeted.
    pub(super) fn keep(&mut self, talk: Talk) {
        self.talk = Some(talk);
    }

    /// Ends the driver, so that the next check starts another one.
    pub(super) fn take(&mut self) -> Option<Talk> {
        self.talk.take()
    }

    /// Whether it is a process of its own, so that it can be killed and started.
    pub(super) fn process_alone(&self) -> Found {
        match self.options.address {
            Address::Command(_) => Ok(()),
            Address::Url(_) => skip("it is behind an URL, and not started here"),
        }
    }
}

/// Greets a driver.
pub(super) fn hello(talk: &mut Talk) -> Result<Reply, Finding> {
    let run = format!("check{}", talk.id());
    talk.ask("hello", json!({ "protocols": [PROTOCOL], "run": run }))
}

/// The process behind a conversation.
pub(super) fn process(talk: &mut Talk) -> Result<&mut Process, Finding> {
    match talk.subject.process() {
        Some(process) => Ok(process),
        None => skip("it is behind an URL, and not started here"),
    }
}
