//! What can be wrong with a path, and what makes no difference.

use std::fs;

use super::features::GOOD;
use super::{check_exit, crm_conformance, folder, stderr, stdout};

#[track_caller]
fn lint(folder: &tempfile::TempDir, paths: &[&str], code: i32) -> String {
    let output = crm_conformance(folder.path(), &[&["lint"], paths].concat());
    check_exit(&output, code);
    format!("{}{}", stdout(&output), stderr(&output))
}

#[test]
fn a_file_that_is_named_twice_is_read_once() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/a.feature"), GOOD).unwrap();

    let told = lint(
        &folder,
        &["sub/a.feature", "sub/../sub/a.feature", "sub", "."],
        0,
    );

    assert!(told.starts_with("1 scenario,"), "{told}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_back_end_there() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(folder.path().join("sub/a.feature"), GOOD).unwrap();
    std::os::unix::fs::symlink("..", folder.path().join("sub/up")).unwrap();
    std::os::unix::fs::symlink("itself", folder.path().join("itself")).unwrap();

    let told = lint(&folder, &["."], 0);

    assert!(told.starts_with("1 scenario,"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_told() {
    let folder = folder();
    std::os::unix::fs::symlink("nowhere", folder.path().join("a.feature")).unwrap();

    let told = lint(&folder, &["."], 2);

    assert!(told.contains("./a.feature"), "{told}");
    assert!(told.contains("can't be read"), "{told}");
}

#[test]
fn a_file_that_is_no_utf_8_says_from_which_line_on() {
    let folder = folder();
    fs::write(
        folder.path().join("a.feature"),
        b"Feature: F\n  Scenario: \xff\n",
    )
    .unwrap();

    let told = lint(&folder, &["a.feature"], 2);

    assert!(
        told.contains("this file is no UTF-8 text, from line 2 on"),
        "{told}"
    );
}

#[test]
fn a_name_that_is_nearly_a_features_is_not_passed_over() {
    for name in ["b.features", "b.feature.txt", "b.featrue"] {
        let folder = folder();
        fs::write(folder.path().join("a.feature"), GOOD).unwrap();
        fs::write(folder.path().join(name), GOOD).unwrap();

        let told = lint(&folder, &["."], 2);

        assert!(told.contains("would be passed over"), "{name}: {told}");
    }
}

#[test]
fn a_mark_at_the_start_and_line_ends_of_other_systems_make_no_difference() {
    let folder = folder();
    let text = format!("\u{feff}{}", GOOD.replace('\n', "\r\n"));
    fs::write(folder.path().join("a.feature"), text).unwrap();

    lint(&folder, &["a.feature"], 0);
}

#[test]
fn an_empty_file_is_refused() {
    let folder = folder();
    fs::write(folder.path().join("a.feature"), "").unwrap();

    let told = lint(&folder, &["a.feature"], 2);

    assert!(told.contains("this file has no feature in it"), "{told}");
}

#[test]
fn everything_is_told_of_all_files_at_once() {
    let folder = folder();
    fs::write(
        folder.path().join("a.feature"),
        GOOD.replace("Given", "Givn"),
    )
    .unwrap();
    fs::write(
        folder.path().join("b.feature"),
        GOOD.replace("Feature: F", "Feature: G")
            .replace("linked", "linkd"),
    )
    .unwrap();

    let told = lint(&folder, &["a.feature", "nosuch.feature", "b.feature"], 2);

    assert!(told.ends_with("3 errors in 3 files\n"), "{told}");
}

#[test]
fn faults_are_listed_for_editors() {
    let folder = folder();
    fs::write(
        folder.path().join("a.feature"),
        GOOD.replace("Given", "Givn"),
    )
    .unwrap();

    let output = crm_conformance(folder.path(), &["lint", "--json", "a.feature"]);

    check_exit(&output, 2);
    let found: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(found["errors"][0]["place"]["line"], 4);
    assert_eq!(found["errors"][0]["place"]["column"], 5);
    assert_eq!(found["errors"][0]["hint"], "did you mean \"Given\"?");
}
