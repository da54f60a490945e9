use super::{check_exit, crm_conformance, folder, stderr, stdout};

#[test]
fn a_client_that_does_not_answer_in_time_hangs_and_the_step_is_named() {
    let folder = folder();

    // No push gets through that fast.
    let output = crm_conformance(
        folder.path(),
        &[
            "--tags",
            "@H1",
            "--concurrency",
            "1",
            "--step-deadline",
            "0.001",
        ],
    );

    check_exit(&output, 1);
    let text = stdout(&output);
    assert!(text.contains("system under test: features/"), "{text}");
    assert!(
        text.contains("it hangs: after 0.001 s there is no answer in \""),
        "{text}"
    );
    assert!(
        text.contains("it hung in 3 scenarios one after the other"),
        "{text}"
    );
    assert!(text.contains("not run: "), "{text}");
}

#[test]
fn a_whole_scenario_has_a_deadline_too() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &[
            "--tags",
            "@H1",
            "--scenario-deadline",
            "0.001",
            "--most-hangs",
            "1",
        ],
    );

    check_exit(&output, 1);
    let text = stdout(&output);
    assert!(
        text.contains("it hangs: after 0.001 s there is no answer"),
        "{text}"
    );
}

#[test]
fn a_deadline_is_a_time() {
    let folder = folder();

    for wrong in ["0", "-1", "soon", "inf", "1e9"] {
        let output = crm_conformance(folder.path(), &["--step-deadline", wrong]);

        check_exit(&output, 2);
        assert!(stderr(&output).contains("expected"), "{}", stderr(&output));
    }
}

#[test]
fn the_first_failure_can_end_a_run() {
    let folder = folder();

    let output = crm_conformance(
        folder.path(),
        &[
            "--tags",
            "@H1",
            "--faulty",
            "owner-never-sent",
            "--concurrency",
            "1",
            "--fail-fast",
        ],
    );

    check_exit(&output, 1);
    assert!(stdout(&output).contains("not run: "), "{}", stdout(&output));
}
