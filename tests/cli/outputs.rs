//! Output that nobody reads to its end, as behind `head`.

use std::process::{Command, Stdio};

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let cell = "salesforce-contact-prospecting-linked-connected-weakestfirst-single";
    for arguments in [
        &["steps"][..],
        &["steps", "--json"],
        &["lint"],
        &["lint", "--json"],
        &["explore", "--print", cell],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crm-conformance"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary can be started");

        drop(child.stdout.take());
        let output = child.wait_with_output().expect("it has been started");

        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), &*told),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
}
