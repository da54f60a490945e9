//! Systems under test whose libraries speak https alone, or have the hosts of the CRMs built in.

use super::{check_exit, crm_conformance, folder, stdout, told};

const BINARY: &str = env!("CARGO_BIN_EXE_crm-conformance");

/// The reference client, which has said that it speaks https alone; what it is told is kept.
fn secure(told: &str) -> String {
    let declares = r#"s/"crm:salesforce"/"https","crm:salesforce"/"#;
    format!("tee {told} | '{BINARY}' driver reference | sed -u '{declares}'")
}

#[test]
fn who_declares_https_gets_https_urls_and_the_authority_to_trust() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &[
            "run",
            "--tags",
            "@H1 or @R01",
            "--concurrency",
            "1",
            "--sut",
            &secure("told"),
        ],
    );

    check_exit(&output, 0);
    let told = std::fs::read_to_string(folder.path().join("told")).unwrap();
    assert!(!told.contains("http://"), "{told}");
    assert!(told.contains(r#""ca_file":"/"#), "{told}");
    assert!(
        told.contains(r#""instance_url":"https://127.0.0.1:"#),
        "{told}"
    );
    assert!(stdout(&output).contains("passed"));
}

#[test]
fn a_process_is_told_whom_to_trust_and_where_the_proxy_is() {
    let folder = folder();
    let variables = [
        "SSL_CERT_FILE",
        "REQUESTS_CA_BUNDLE",
        "NODE_EXTRA_CA_CERTS",
        "CURL_CA_BUNDLE",
    ];
    let says = variables.map(|name| format!("head -c 27 \"${name}\"; echo; "));
    let command = format!(
        "{{ {} echo proxy $HTTPS_PROXY $https_proxy but not $NO_PROXY $no_proxy; }} > told 2>&1; exec '{BINARY}' driver reference",
        says.concat()
    );

    let plain = crm_conformance(folder.path(), &["run", "--tags", "@U2", "--sut", &command]);
    let without = std::fs::read_to_string(folder.path().join("told")).unwrap();
    let led = crm_conformance(
        folder.path(),
        &["run", "--tags", "@U2", "--proxy", "--sut", &command],
    );
    let with = std::fs::read_to_string(folder.path().join("told")).unwrap();

    check_exit(&plain, 0);
    check_exit(&led, 0);
    assert_eq!(
        without.matches("-----BEGIN CERTIFICATE-----").count(),
        4,
        "{without}"
    );
    assert_eq!(with.matches(" http://127.0.0.1:").count(), 2, "{with}");
    assert!(with.matches("127.0.0.1,localhost").count() == 2, "{with}");
}

#[test]
fn a_message_that_breaks_the_schema_is_the_systems_failure_and_is_told_with_its_place() {
    let folder = folder();
    // It gives every record an owner that is a number.
    let wrong = r#"s/"owner":"[^"]*"/"owner":7/"#;
    let command = format!("'{BINARY}' driver reference | sed -u '{wrong}'");
    let arguments = [
        "run",
        "--tags",
        "@H1",
        "--concurrency",
        "1",
        "--sut",
        &command,
    ];

    let output = crm_conformance(folder.path(), &arguments);
    let unvalidated = crm_conformance(
        folder.path(),
        &[&arguments[..], &["--no-validate"]].concat(),
    );

    check_exit(&output, 1);
    let text = told(&output);
    assert!(
        text.contains(
            "malformed answer to record.create: not as the schema says, at /result/owner: "
        ),
        "{text}"
    );
    // What a suite can't read is malformed all the same.
    check_exit(&unvalidated, 1);
    assert!(
        !stdout(&unvalidated).contains("schema"),
        "{}",
        stdout(&unvalidated)
    );
}
