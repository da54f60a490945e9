use std::io::BufReader;
use std::process::{Command, Stdio};

use crate::{Running, command, start};

#[test]
fn a_signal_ends_it_cleanly() {
    for signal in ["-INT", "-TERM"] {
        let mut running = start(&["--json"]);
        running.json();

        assert_eq!(running.signal(signal), (Some(0), String::new()), "{signal}");
    }
}

#[test]
fn what_was_made_in_a_data_directory_is_there_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let mut first = start(&["--json", "--data", &data]);
    let before = first.json();
    first.signal("-TERM");

    let after = start(&["--json", "--data", &data, "--random-seed", "9"]).json();

    for vendor in ["salesforce", "hubspot"] {
        assert_eq!(after[vendor]["users"], before[vendor]["users"]);
    }
    assert_eq!(after["salesforce"]["org"], before["salesforce"]["org"]);
}

#[cfg(target_os = "linux")]
#[test]
fn it_takes_as_many_open_files_as_it_may_have() {
    let folder = tempfile::tempdir().unwrap();
    let plain = command(&folder, &["--json"]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -Sn 64; exec \"$0\" \"$@\""]);
    limited.arg(plain.get_program()).args(plain.get_args());
    let mut child = limited.stdout(Stdio::piped()).spawn().unwrap();
    let mut running = Running {
        stdout: BufReader::new(child.stdout.take().unwrap()),
        child,
        folder,
    };
    running.json();

    let limits = std::fs::read_to_string(format!("/proc/{}/limits", running.child.id())).unwrap();

    let line = limits
        .lines()
        .find(|line| line.starts_with("Max open files"));
    let words: Vec<_> = line.unwrap().split_whitespace().collect();
    assert_eq!(words[3], words[4], "{limits}");
}
