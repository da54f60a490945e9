//! Runs by hand, with somebody at the other end of the pipe who reads the instructions and does what they say over HTTP.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};

use serde_json::{Value, json};

use super::{check_exit, crm_conformance, folder, stderr};

const TWO: &str = "made by hand, pushed on its own";

fn arguments(name: &str) -> Vec<&str> {
    let fixed =
        "run --sut manual --random-seed 7 --crm salesforce --tags @R01 --json r.json --name";
    fixed.split(' ').chain([name]).collect()
}

/// Whose login the person uses for a push, whatever the product would do.
#[derive(Clone, Copy, PartialEq)]
enum Pushes {
    AsDana,
    AsTheIntegrationUser,
}

/// A person who tests a product by hand.
struct Person {
    child: Child,
    input: ChildStdin,
    screen: ChildStderr,
    pushes: Pushes,
    /// How many pushes before stopping.
    patience: usize,
    read: String,
    salesforce: String,
    dana: String,
    integration_user: String,
    record: Value,
}

impl Person {
    fn sits_down(folder: &Path, name: &str, pushes: Pushes, patience: usize) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crm-conformance"))
            .args(arguments(name))
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary can be started");
        Self {
            input: child.stdin.take().expect("it is piped"),
            screen: child.stderr.take().expect("it is piped"),
            child,
            pushes,
            patience,
            read: String::new(),
            salesforce: String::new(),
            dana: String::new(),
            integration_user: String::new(),
            record: Value::Null,
        }
    }

    /// To the end: the exit code, and everything that was on the screen.
    fn goes_through(mut self) -> (Option<i32>, String) {
        while let Some(instruction) = self.next_instruction() {
            let answer = self.follow(&instruction);
            // Whoever has ended reads no more.
            let _ = writeln!(self.input, "{answer}");
        }
        let code = self.child.wait().expect("it has been started").code();
        (code, std::mem::take(&mut self.read))
    }

    /// What is shown before the next question.
    fn next_instruction(&mut self) -> Option<String> {
        let begin = self.read.len();
        let mut byte = [0];
        while !self.read[begin..].ends_with("] ") {
            if self.screen.read(&mut byte).expect("the screen can be read") == 0 {
                return None;
            }
            self.read.push(char::from(byte[0]));
        }
        Some(self.read[begin..].to_owned())
    }

    fn follow(&mut self, text: &str) -> String {
        if text.contains("Salesforce is at ") {
            self.salesforce = between(text, "Salesforce is at http://", " ");
        } else if text.contains("as Dana") && text.contains("personal Salesforce login") {
            self.dana = between(text, "access token   ", "\n");
        } else if text.contains("connect team sync to Salesforce") {
            self.integration_user = between(text, "access token   ", "\n");
        } else if text.contains("add this contact by hand") {
            self.record = json!({ "FirstName": between(text, "First name: ", "\n"), "LastName": between(text, "Last name: ", "\n"), "Email": between(text, "E-mail: ", "\n") });
        } else if text.contains("add this account by hand") {
            self.record = json!({ "Name": between(text, "Name: ", "\n") });
        } else if text.contains("Who is its owner there now?") {
            let dana = text
                .lines()
                .find(|line| line.contains("Dana"))
                .expect("she is in the list");
            return dana
                .trim()
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
        } else if text.contains(", push the ") {
            return self.push();
        }
        String::new()
    }

    fn push(&mut self) -> String {
        if self.patience == 0 {
            return "q".to_owned();
        }
        self.patience -= 1;
        let object = if self.record.get("Name").is_some() {
            "Account"
        } else {
            "Contact"
        };
        let token = match self.pushes {
            Pushes::AsDana => &self.dana,
            Pushes::AsTheIntegrationUser => &self.integration_user,
        };
        let body = self.record.to_string();
        let request = format!(
            "POST /services/data/v60.0/sobjects/{object} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.salesforce,
            body.len()
        );
        let mut connection = TcpStream::connect(&self.salesforce).expect("the mock listens");
        connection.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        connection.read_to_string(&mut answer).expect("it answers");
        assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
        String::new()
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        // It has ended already, unless the test has failed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[track_caller]
fn between(text: &str, before: &str, after: &str) -> String {
    let from = text
        .find(before)
        .unwrap_or_else(|| panic!("no {before:?} in {text}"))
        + before.len();
    let rest = &text[from..];
    rest[..rest.find(after).unwrap_or(rest.len())].to_owned()
}

fn report(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("r.json")).unwrap()).unwrap()
}

fn kept(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("crm-conformance-manual.json")).unwrap()).unwrap()
}

#[test]
fn what_is_done_by_hand_is_judged_by_what_the_crm_recorded() {
    for (pushes, code, judgement) in [
        (Pushes::AsDana, 0, "came out as the document says"),
        (
            Pushes::AsTheIntegrationUser,
            1,
            "came out not as the document says",
        ),
    ] {
        let folder = folder();

        let person = Person::sits_down(
            folder.path(),
            "contact made by hand, pushed on its own",
            pushes,
            9,
        );
        let (exit, screen) = person.goes_through();

        assert_eq!(exit, Some(code), "{screen}");
        assert!(screen.contains(judgement), "{screen}");
        assert!(screen.contains("Everything is done."), "{screen}");
        assert_eq!(report(folder.path())["complete"], true);
    }
}

#[test]
fn a_run_is_left_off_and_the_same_command_goes_on_with_it() {
    let folder = folder();

    let (first, left) = Person::sits_down(folder.path(), TWO, Pushes::AsDana, 1).goes_through();
    let unfinished = report(folder.path());
    let after_first = kept(folder.path());
    let (second, screen) = Person::sits_down(folder.path(), TWO, Pushes::AsDana, 9).goes_through();
    let (third, _) = Person::sits_down(folder.path(), TWO, Pushes::AsDana, 0).goes_through();

    assert_eq!(first, Some(4), "{left}");
    assert!(
        left.contains("Stopped: 1 of 2 scenarios are done"),
        "{left}"
    );
    assert_eq!(unfinished["complete"], false);
    assert_eq!(unfinished["stopped"]["why"], "left_off");
    assert_eq!(after_first["done"].as_array().map(Vec::len), Some(1));
    assert_eq!(second, Some(0), "{screen}");
    assert!(
        screen.contains("2 of 2 scenarios are to be done by hand, 1 of them"),
        "{screen}"
    );
    assert!(!screen.contains("What is the product called?"), "{screen}");
    assert_eq!(screen.matches(", push the ").count(), 1, "{screen}");
    let whole = report(folder.path());
    assert_eq!(whole["scenarios"].as_array().map(Vec::len), Some(2));
    assert_eq!(third, Some(0), "nothing is left to do, so nobody is asked");
}

#[test]
fn what_was_begun_otherwise_is_told_and_not_mixed() {
    let folder = folder();
    Person::sits_down(folder.path(), TWO, Pushes::AsDana, 1).goes_through();

    for (changed, told) in [
        (["--random-seed", "8"], "the random seed was 7, and is 8"),
        (
            ["--edition", "older"],
            "the edition was newer, and is older",
        ),
        (
            ["--name", "contact made by hand, pushed"],
            "which of their scenarios are chosen",
        ),
    ] {
        let arguments = arguments(TWO);
        let option = arguments.iter().position(|one| *one == changed[0]);
        let kept = arguments.iter().enumerate();
        let kept =
            kept.filter(|(at, _)| option.is_none_or(|option| *at != option && *at != option + 1));
        let again: Vec<&str> = kept.map(|(_, one)| *one).chain(changed).collect();

        let output = crm_conformance(folder.path(), &again);

        check_exit(&output, 2);
        let error = stderr(&output);
        assert!(
            error.contains(told) && error.contains("hint: go on with the command"),
            "{error}"
        );
    }
}

#[test]
fn answers_that_end_are_no_green_run() {
    let folder = folder();

    // Nobody is there: the checklist has no answer either.
    let output = crm_conformance(folder.path(), &["run", "--sut", "manual", "--tags", "@R01"]);

    check_exit(&output, 4);
    assert!(
        stderr(&output).contains("nothing was run"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn what_makes_no_sense_by_hand_is_refused() {
    let folder = folder();
    for (arguments, told) in [
        ("run --sut manual --concurrency 2", "one scenario at a time"),
        ("run --sut manual --sut other", "the only --sut"),
        ("run --progress p.json", "go with --sut manual alone"),
        ("run --each-row-once", "go with --sut manual alone"),
    ] {
        let arguments: Vec<&str> = arguments.split(' ').collect();

        let output = crm_conformance(folder.path(), &arguments);

        check_exit(&output, 2);
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
    }
}

#[test]
fn a_file_that_is_no_progress_is_left_alone() {
    let folder = folder();
    fs::write(folder.path().join("p.json"), "{\"mine\": true}").unwrap();

    let output = crm_conformance(
        folder.path(),
        &["run", "--sut", "manual", "--progress", "p.json"],
    );

    check_exit(&output, 2);
    assert!(
        stderr(&output).contains("p.json is not the progress of a run by hand"),
        "{}",
        stderr(&output)
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("p.json")).unwrap(),
        "{\"mine\": true}"
    );
}
