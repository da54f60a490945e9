//! `--org-seed`: a mistake in it is told before anything runs.

use std::fs;

use super::{check_exit, crm_conformance, folder, stderr, stdout};

#[test]
fn a_mistake_in_an_org_seed_is_told_with_its_line_before_anything_runs() {
    let folder = folder();
    let seed = "salesforce:\n  custom_fields:\n    - {object: Nothing__c, name: Region__c}\n";
    fs::write(folder.path().join("seed.yaml"), seed).unwrap();

    let output = crm_conformance(folder.path(), &["run", "--org-seed", "seed.yaml"]);
    let missing = crm_conformance(folder.path(), &["run", "--org-seed", "none.yaml"]);

    check_exit(&output, 2);
    let error = stderr(&output);
    assert!(
        error.contains("seed.yaml:3:") && error.contains("hint: "),
        "{error}"
    );
    assert_eq!(stdout(&output), "");
    check_exit(&missing, 2);
}

#[test]
fn an_org_seed_reaches_every_scenario_and_the_command_that_runs_one_again() {
    let folder = folder();
    let required =
        "salesforce:\n  custom_fields:\n    - {object: Contact, name: Region__c, required: true}\n";
    fs::write(folder.path().join("seed.yaml"), required).unwrap();
    let scenario = [
        "--name",
        "contact made by hand, pushed on its own",
        "--tags",
        "@R01",
    ];

    let output = crm_conformance(
        folder.path(),
        &[&["run", "--org-seed", "seed.yaml"], &scenario[..]].concat(),
    );

    check_exit(&output, 1);
    assert!(
        stdout(&output).contains("--org-seed seed.yaml"),
        "{}",
        stdout(&output)
    );
}
