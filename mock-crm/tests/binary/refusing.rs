use crate::{command, ended, run, start};

/// A seed file that is refused: what is said of it.
fn refused(seed: &str) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), seed).unwrap();
    let path = file.path().display().to_string();

    let (code, out, error) = run(&["--seed", &path]);

    assert_eq!((code, out), (2, String::new()), "{error}");
    error.replace(&path, "seed.yaml")
}

#[test]
fn a_wrong_option_is_a_usage_error() {
    for arguments in [
        &["--sed", "x"][..],
        &["--clock", "noon"],
        &["--listen", "nowhere"],
        &["--salesforce-port", "70000"],
        &["init", "--json"],
        &["start"],
    ] {
        let (code, out, error) = run(arguments);
        assert_eq!((code, out), (2, String::new()), "{arguments:?}");
        assert!(error.starts_with("error: "), "{error}");
    }
}

#[test]
fn a_seed_that_is_misspelt_is_refused_with_its_place_and_what_was_expected() {
    let error = refused("hubspot:\n  - name: Acme\n    userz: []\n");

    assert!(error.contains("seed.yaml:3:5"), "{error}");
    assert!(
        error.contains("unknown field `userz`, expected one of"),
        "{error}"
    );
    assert!(error.contains("hint: "), "{error}");
}

#[test]
fn a_seed_of_another_type_is_refused_with_its_place() {
    let error = refused("salesforce:\n  - users:\n      - name: [1]\n");

    assert!(error.contains("seed.yaml:3:"), "{error}");
}

#[test]
fn a_seed_that_names_what_is_not_there_is_refused_with_its_place() {
    let error = refused("hubspot:\n  - properties:\n      - {object: zebras, name: x}\n");
    assert!(
        error.contains("seed.yaml:3:18: hubspot[0].properties[0].object"),
        "{error}"
    );
    assert!(error.contains("zebras"), "{error}");
    assert!(error.contains("\nhint: contacts, companies"), "{error}");

    let error = refused("salesforce:\n  - users:\n      - {name: Dana, profile: Nobody}\n");
    assert!(
        error.contains("seed.yaml:3:31: salesforce[0].users[0].profile"),
        "{error}"
    );
}

#[test]
fn a_seed_that_is_not_there_is_named() {
    let (code, _, error) = run(&["--seed", "/nowhere/seed.yaml"]);

    assert_eq!(code, 2);
    assert!(
        error.contains("could not read /nowhere/seed.yaml"),
        "{error}"
    );
}

#[test]
fn a_port_that_is_taken_is_said_with_a_hint() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = tempfile::tempdir().unwrap();

    let (code, _, error) = ended(&mut command(&folder, &["--hubspot-port", &port]));

    assert_eq!(code, 1, "{error}");
    assert!(
        error.contains(&format!("could not listen on 127.0.0.1:{port}")),
        "{error}"
    );
    assert!(error.contains("hint: "), "{error}");
}

#[test]
fn a_data_directory_that_is_in_use_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data").display().to_string();
    let mut first = start(&["--json", "--data", &data]);
    first.json();

    let (code, _, error) = ended(&mut command(&first.folder, &["--data", &data]));

    assert_eq!(code, 1, "{error}");
    assert!(error.contains("in use by another mock-crm"), "{error}");
}
