use super::*;

fn diagnostic(source: &str, column: usize, width: usize) -> Diagnostic {
    Diagnostic {
        path: "a.feature".into(),
        place: Some(Place {
            line: 12,
            column,
            width,
        }),
        source: source.into(),
        message: "expected a step".into(),
        hint: None,
    }
}

#[test]
fn a_diagnostic_points_at_the_character() {
    let diagnostic = diagnostic("    Givn Dana", 5, 4).hint("did you mean \"Given\"?");

    insta::assert_snapshot!(diagnostic, @r#"
    error: expected a step
     --> a.feature:12:5
       |
    12 |     Givn Dana
       |     ^^^^
    hint: did you mean "Given"?
    "#);
}

#[test]
fn the_caret_stands_under_wide_letters_and_behind_tabs() {
    let shown = diagnostic("\tGiven 田中 Dana", 8, 2).to_string();

    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[3], "12 | \tGiven 田中 Dana");
    // Each of the two letters takes two columns.
    assert_eq!(lines[4], "   | \t      ^^^^");
}

#[test]
fn a_very_long_line_is_shown_where_the_fault_is() {
    let line = format!("{}Givn{}", "x".repeat(5000), "y".repeat(5000));

    let shown = diagnostic(&line, 5001, 4).to_string();

    let lines: Vec<&str> = shown.lines().collect();
    assert!(lines[1].ends_with("a.feature:12:5001"), "{shown}");
    assert!(lines[3].chars().count() < 200, "{shown}");
    let caret = lines[4].chars().position(|c| c == '^').unwrap();
    let pointed: String = lines[3].chars().skip(caret).take(4).collect();
    assert_eq!(pointed, "Givn");
}

#[test]
fn a_control_character_does_not_reach_the_terminal() {
    let shown = diagnostic("Given \u{1b}[31mred", 7, 1).to_string();

    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn colours_are_added_and_the_text_stays() {
    let diagnostic = diagnostic("    Givn Dana", 5, 4);

    let styled = diagnostic.styled().to_string();

    assert!(styled.contains('\u{1b}'));
    assert_eq!(
        anstream::adapter::strip_str(&styled).to_string(),
        diagnostic.to_string()
    );
}

#[test]
fn a_misspelt_word_finds_its_neighbour_and_a_strange_one_does_not() {
    let keywords = ["Given", "When", "Then"];

    assert_eq!(nearest("Givn", keywords), Some("Given"));
    assert_eq!(nearest("Whne", keywords), Some("When"));
    assert_eq!(nearest("Perhaps", keywords), None);
}

#[test]
fn faults_are_counted_with_their_files() {
    let one = diagnostic("x", 1, 1);
    let other = Diagnostic::of_file("b.feature", "can't be read");

    assert_eq!(summary(std::slice::from_ref(&one)), "1 error in 1 file");
    assert_eq!(summary(&[one.clone(), one, other]), "3 errors in 2 files");
}
