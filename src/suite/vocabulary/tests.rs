use super::*;

#[test]
fn every_step_function_is_listed_with_its_help() {
    let listed = vocabulary().entries();

    let constructed = format!("{:?}", vocabulary().collection())
        .matches(": \"0x")
        .count();

    assert_eq!(listed.len(), constructed, "{listed:#?}");
    for entry in listed {
        assert!(!entry.help.is_empty(), "{} has no help", entry.expression);
    }
}

#[test]
fn expressions_are_read_as_they_are_written() {
    let source = "/// Helps\n/// somebody.\n#[given(expr = \"a {crm}\")]\n#[when(\n    expr = \"b\"\n)]\nasync fn f(world: &mut World) {}\n";

    let found: Vec<_> = entries("noun", source)
        .into_iter()
        .map(|entry| (entry.keyword, entry.expression, entry.help))
        .collect();

    let help = "Helps somebody.".to_owned();
    assert_eq!(
        found,
        [
            ("Given", "a {crm}".to_owned(), help.clone()),
            ("When", "b".to_owned(), help)
        ]
    );
}
