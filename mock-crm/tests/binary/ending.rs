use crate::start;

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
