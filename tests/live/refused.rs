//! What is refused before anything is written.

use serde_json::{Value, json};

use crate::crm::Crm;
use crate::{check_exit, crm_conformance, text};

const ONE: [&str; 3] = [
    "run",
    "--name",
    "a contact from prospecting, pushed on its own",
];

fn production(seed: String) -> String {
    seed.replace("sandbox: true", "sandbox: false")
        .replace("id: 62515", "id: 62515\n    account_type: STANDARD")
}

#[track_caller]
fn check_refused(crm: &Crm, arguments: &[&str], words: &[&str]) {
    let refused = crm_conformance(crm, arguments);
    check_exit(&refused, 2);
    for word in words {
        assert!(text(&refused).contains(word), "{word}: {}", text(&refused));
    }
    assert_eq!(crm.count("crmc"), 2, "nothing was written or deleted");
}

fn without(mut target: Value, crm: &str) -> Value {
    target.as_object_mut().unwrap().remove(crm);
    target
}

#[test]
fn production_is_refused_unless_it_is_named() {
    let crm = Crm::seeded(production);
    check_refused(
        &crm,
        &ONE,
        &["Salesforce 00D", "no sandbox", "production: \"00D"],
    );
    check_refused(&crm, &["sweep"], &["no sandbox"]);
    crm.write_target(|target| without(target, "salesforce"));
    check_refused(
        &crm,
        &ONE,
        &[
            "HubSpot 62515 is a portal of type STANDARD",
            "production: \"62515\"",
        ],
    );

    crm.write_target(|mut target| {
        target["hubspot"]["production"] = json!("1");
        without(target, "salesforce")
    });
    check_refused(&crm, &ONE, &["production 1", "62515"]);
    crm.write_target(|mut target| {
        target["hubspot"]["production"] = json!("62515");
        without(target, "salesforce")
    });

    let named = crm_conformance(&crm, &["run", "--tags", "@H1"]);
    check_exit(&named, 0);
}

#[test]
fn a_token_that_is_somebody_elses_is_refused() {
    let crm = Crm::start();
    crm.write_target(|mut target| {
        let people = &mut target["salesforce"]["people"];
        people["Dana"]["access_token"] = people["Lee"]["access_token"].clone();
        target
    });

    check_refused(
        &crm,
        &ONE,
        &["the Salesforce token of Dana belongs to user 005", "hint:"],
    );
}

#[test]
fn a_person_who_is_not_there_is_refused() {
    let crm = Crm::start();
    crm.write_target(|mut target| {
        target["hubspot"]["people"]["Lee"]["email"] = json!("nobody@acme.example");
        target
    });

    check_refused(
        &crm,
        &ONE,
        &["Lee is no one active user of HubSpot", "hint:"],
    );
}

#[test]
fn a_mistake_in_the_file_is_shown_with_its_line() {
    let crm = Crm::start();
    crm.write_target(|mut target| {
        let people = target["salesforce"]["people"].as_object_mut().unwrap();
        let lee = people.remove("Lee").unwrap();
        people.insert("Leee".to_owned(), lee);
        target
    });
    check_refused(&crm, &ONE, &["target.yaml:", "Leee", "did you mean 'Lee'"]);

    crm.write_target(|mut target| {
        target["hubspot"]["client_secret"] = json!("${NO_SUCH_VARIABLE_IS_SET}");
        target
    });
    check_refused(
        &crm,
        &ONE,
        &["target.yaml:", "NO_SUCH_VARIABLE_IS_SET", "hint:"],
    );
}
