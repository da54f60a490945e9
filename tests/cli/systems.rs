//! Systems under test of one's own: what the command line says where there is none, where it ends, chatters or hangs.

use std::fs;
use std::net::TcpListener;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::{check_exit, crm_conformance, folder, stderr, stdout, told};

const BINARY: &str = env!("CARGO_BIN_EXE_crm-conformance");

fn reference() -> String {
    format!("'{BINARY}' driver reference")
}

/// Answers hello as the reference client does, and does something else with the rest.
fn after_hello(rest: &str) -> String {
    let answer = r#"{"jsonrpc":"2.0","id":1,"result":{"protocol":1,"name":"odd","version":"4","capabilities":["crm:hubspot","record:contact","source:manual","mode:single"]}}"#;
    let answer = answer.replace("\"id\":1", "\"id\":'$id'");
    let id = r#"id=$(echo "$line" | sed 's/.*"id":\([0-9]*\).*/\1/')"#;
    format!("read line; {id}; echo '{answer}'; {rest}")
}

fn run(arguments: &[&str]) -> std::process::Output {
    let folder = folder();
    let some = ["run", "--tags", "@H1", "--concurrency", "1"];
    crm_conformance(folder.path(), &[&some, arguments].concat())
}

#[test]
fn a_command_that_there_is_not_is_an_error_of_the_command_line() {
    let output = run(&["--sut", "no-such-driver --fast"]);

    check_exit(&output, 2);
    let text = told(&output);
    assert!(
        text.contains("--sut: there is no such command: no-such-driver --fast"),
        "{text}"
    );
}

#[test]
fn a_command_that_ends_at_once_says_how_and_its_last_words() {
    let output = run(&["--sut", "echo no licence >&2; exit 7"]);

    check_exit(&output, 1);
    let text = told(&output);
    assert!(
        text.contains("it does not say hello: there is no answer to hello: it ended with exit code 7; its last words: no licence"),
        "{text}"
    );
}

#[test]
fn a_driver_that_chatters_on_standard_output_passes_with_one_warning() {
    let output = run(&["--sut", &format!("echo Welcome; {}", reference())]);

    check_exit(&output, 0);
    let text = told(&output);
    assert_eq!(text.matches("warning: ").count(), 1, "{text}");
    assert!(text.contains("the first: \"Welcome\""), "{text}");
}

#[test]
fn a_driver_that_only_chatters_hangs_and_is_quoted() {
    let output = run(&[
        "--sut",
        "echo Password:; cat >/dev/null",
        "--step-deadline",
        "0.5",
    ]);

    check_exit(&output, 1);
    let text = told(&output);
    assert!(
        text.contains(
            "after 0.5 s it has not said hello; on standard output it wrote last: Password:"
        ),
        "{text}"
    );
}

#[test]
fn a_url_that_nobody_listens_at_is_named() {
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();

    let output = run(&["--sut", &format!("http://{free}/driver")]);

    check_exit(&output, 1);
    let text = told(&output);
    assert!(
        text.contains(&format!("could not reach http://{free}/driver ("))
            && text.contains("is the driver running"),
        "{text}"
    );
}

#[test]
fn what_else_is_wrong_with_sut_is_an_error_of_the_command_line() {
    for (arguments, expected) in [
        (&["--sut", ""][..], "--sut needs a command or a URL"),
        (&["--sut", "http://"], "is no URL"),
        (&["--sut", "a", "--sut", "b"], "one command is enough"),
        (
            &["--sut", "a", "--sut", "http://localhost:1"],
            "and not both",
        ),
        (
            &["--sut", "http://localhost:1", "--sut", "http://localhost:1"],
            "is there twice",
        ),
        (
            &["--sut", "http://localhost:1", "--proxy"],
            "has none to set for a URL",
        ),
        (
            &["--sut", "a", "--faulty", "owner-never-sent"],
            "cannot be used with",
        ),
        (&["--proxy"], "--sut"),
    ] {
        let output = run(arguments);

        check_exit(&output, 2);
        assert!(stderr(&output).contains(expected), "{}", stderr(&output));
    }
}

#[test]
fn the_report_names_the_system_and_a_failure_says_how_to_run_it_again() {
    let command = format!("{} --faulty owner-never-sent", reference());

    let output = run(&["--sut", &command]);

    check_exit(&output, 1);
    let text = stdout(&output);
    let again = format!(
        "again     crm-conformance run --sut '{}'",
        command.replace('\'', r"'\''")
    );
    assert!(text.contains(&again), "{text}");
    assert!(
        text.contains("\ncrm-conformance 0.1.0; newer edition"),
        "{text}"
    );
}

#[test]
fn a_driver_that_crashes_fails_its_scenario_and_the_run_goes_on() {
    let folder = folder();
    let crashed = after_hello("read line; echo Traceback >&2; exit 9");
    // The first process crashes, the others are the reference client.
    let command = format!(
        "if mkdir once 2>/dev/null; then {crashed}; else exec {}; fi",
        reference()
    );

    let output = crm_conformance(
        folder.path(),
        &[
            "run",
            "--tags",
            "@H1",
            "--concurrency",
            "1",
            "--json",
            "r.json",
            "--junit",
            "r.xml",
            "--sut",
            &command,
        ],
    );

    // It introduces itself as somebody else, too, so that nothing of it can be relied on.
    check_exit(&output, 1);
    let text = told(&output);
    assert!(
        text.contains("it ended with exit code 9; its last words: Traceback"),
        "{text}"
    );
    assert!(
        text.contains("it introduces itself in two ways; at first it was odd 4, and these capabilities differ: crm:salesforce "),
        "{text}"
    );
    let junit = fs::read_to_string(folder.path().join("r.xml")).unwrap();
    assert!(
        junit.contains("<system-err>Traceback</system-err>"),
        "{junit}"
    );
    let report: Value =
        serde_json::from_slice(&fs::read(folder.path().join("r.json")).unwrap()).unwrap();
    assert_eq!(
        report["scenarios"][0]["output"]["standard_error"][0],
        "Traceback"
    );
    assert!(
        text.contains("What the system under test wrote") && text.contains("stderr Traceback"),
        "{text}"
    );
}

/// Whether a process runs whose command line is this.
fn runs(command: &str) -> bool {
    let found = Command::new("pgrep")
        .args(["-xf", command])
        .output()
        .unwrap();
    found.status.success()
}

#[test]
fn a_driver_that_hangs_is_ended_and_the_next_scenario_gets_a_new_one() {
    let folder = folder();
    let hanging = after_hello("trap '' TERM; sleep 86018; sleep 86018");
    let command = format!("echo started >> starts; {hanging}");

    let begun = Instant::now();
    let output = crm_conformance(
        folder.path(),
        &[
            "run",
            "--tags",
            "@H1",
            "--concurrency",
            "1",
            "--step-deadline",
            "0.5",
            "--sut",
            &command,
        ],
    );

    check_exit(&output, 1);
    let text = told(&output);
    assert_eq!(
        text.matches("it hangs: after 0.5 s there is no answer in \"")
            .count(),
        3,
        "{text}"
    );
    let starts = fs::read_to_string(folder.path().join("starts")).unwrap();
    assert_eq!(
        starts.lines().count(),
        3,
        "one for each scenario, and none for hello alone"
    );
    assert!(!runs("sleep 86018"));
    assert!(begun.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_run_that_is_interrupted_leaves_no_driver_behind() {
    let folder = folder();
    let command = after_hello("trap '' TERM; sleep 86019; sleep 86019");
    for signals in [&["-INT"][..], &["-STOP", "-INT", "-TERM", "-CONT"]] {
        let mut child = Command::new(BINARY)
            .args(["run", "--tags", "@H1", "--sut", &command])
            .current_dir(folder.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while !runs("sleep 86019") && begun.elapsed() < Duration::from_secs(60) {
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(runs("sleep 86019"));

        for signal in signals {
            Command::new("kill")
                .arg(signal)
                .arg(child.id().to_string())
                .status()
                .unwrap();
        }
        let exit = child.wait().unwrap().code();

        assert!(matches!(exit, Some(130 | 143)), "{exit:?}");
        assert!(!runs("sleep 86019"));
    }
}
