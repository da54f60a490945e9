use super::*;

#[test]
fn every_choice_of_a_parameter_is_understood() {
    for (name, choices) in choices() {
        for choice in choices {
            let understood = match name {
                "crm" => choice.parse::<Crm>().is_ok(),
                "field" => choice.parse::<Field>().is_ok(),
                "kind" => choice.parse::<Kind>().is_ok(),
                "source" => choice.parse::<Source>().is_ok(),
                "mode" => choice.parse::<Mode>().is_ok(),
                "state" => choice.parse::<LoginState>().is_ok(),
                "activity" => choice.parse::<Activity>().is_ok(),
                "rank" => choice.parse::<Rank>().is_ok(),
                "person" => choice.parse::<Who>().is_ok(),
                "record" => choice.parse::<Record>().is_ok(),
                // Described, not listed.
                _ => true,
            };
            assert!(understood, "{name}: {choice}");
        }
    }
}

#[test]
fn everybody_of_the_cast_can_be_named_alone_and_in_a_list() {
    for person in Person::ALL {
        let words = format!("Dana or {person} or nobody");
        assert_eq!(
            words.parse::<Whom>().unwrap().0,
            [Some(Person::Dana), Some(person), None]
        );
        assert!(
            Who::REGEX.split('|').any(|word| word == person.to_string()),
            "{person}"
        );
        assert!(Whom::REGEX.contains(&person.to_string()), "{person}");
    }
}
