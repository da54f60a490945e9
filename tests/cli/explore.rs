use std::fs;

use super::{check_exit, crm_conformance, folder, stderr, stdout};

#[test]
fn a_few_cells_and_histories_agree_and_a_wrong_command_line_is_told() {
    let folder = folder();
    let few = [
        "explore",
        "--sample",
        "5",
        "--histories",
        "2",
        "--random-seed",
        "1",
    ];

    let output = crm_conformance(folder.path(), &few);

    check_exit(&output, 0);
    let text = stdout(&output);
    assert!(text.contains("5 cells of the decision table"), "{text}");
    assert!(text.contains("2 random histories"), "{text}");
    let output = crm_conformance(
        folder.path(),
        &["explore", "--faulty", "personal-for-every-sorce"],
    );
    check_exit(&output, 2);
    assert!(
        stderr(&output).contains("hint: did you mean personal-for-every-source?"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_printed_cell_is_a_feature_that_run_takes() {
    let folder = folder();
    let cell = "salesforce-contact-prospecting-linked-connected-weakestfirst-single";

    let printed = crm_conformance(folder.path(), &["explore", "--print", cell]);

    check_exit(&printed, 0);
    fs::write(folder.path().join("cell.feature"), stdout(&printed)).expect("it can be written");
    check_exit(&crm_conformance(folder.path(), &["run", "cell.feature"]), 0);
    let wrong = [
        "run",
        "cell.feature",
        "--faulty",
        "personal-for-every-source",
    ];
    check_exit(&crm_conformance(folder.path(), &wrong), 1);
}
