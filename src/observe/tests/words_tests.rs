use super::*;
use crate::rules::RowId;

fn dana() -> Value {
    Value::User(scene::person("Dana", Some(Crm::Salesforce)))
}

fn integration() -> Value {
    Value::User(scene::person("Integration", Some(Crm::Salesforce)))
}

fn judged(
    scene: &Scene,
    tags: &[&str],
    said: &[Value],
    edition: Edition,
) -> Result<Vec<Verdict>, WordsDiffer> {
    let tags: Vec<RowId> = tags.iter().map(|tag| tag.parse().unwrap()).collect();
    let words = Words {
        subject: "Ann",
        field: Field::CreatedBy,
        said: said.to_vec(),
    };
    judge_words(
        &words,
        &tags,
        &scene.observation,
        Settings {
            edition,
            strict: false,
        },
    )
}

#[test]
fn words_that_fit_their_row_take_its_status_and_sentences() {
    let scene = Scene::pushed(salesforce(Source::Prospecting), Some("Dana"), "Dana");

    let verdicts = judged(&scene, &["R05"], &[integration()], Edition::Newer).unwrap();

    assert_eq!(verdicts.len(), 1);
    assert_eq!(verdicts[0].judgement, Judgement::Failed);
    assert_eq!(verdicts[0].row.unwrap().to_string(), "R05");
    assert!(!verdicts[0].sentences.is_empty());
}

#[test]
fn words_that_differ_from_their_row_are_an_error_of_the_feature() {
    let scene = Scene::pushed(salesforce(Source::Prospecting), Some("Dana"), "Dana");

    let error = judged(&scene, &["R05"], &[dana()], Edition::Newer).unwrap_err();

    assert_eq!(
        error.to_string(),
        "Created By by R05: the feature says Dana (you), the rule table Integration (team sync)"
    );
}

#[test]
fn words_must_name_everything_that_the_row_accepts() {
    let unlinked = Situation {
        personal: Personal::Never,
        ..salesforce(Source::Manual)
    };
    let scene = Scene::pushed(unlinked, Some("Integration"), "Integration");
    let hope = Value::User(scene::person("Hope", Some(Crm::Salesforce)));

    assert!(judged(&scene, &["R10"], &[integration()], Edition::Newer).is_err());
    assert!(judged(&scene, &["R10"], &[hope, integration()], Edition::Newer).is_ok());
}

#[test]
fn words_without_a_row_decide_alone() {
    let scene = Scene::pushed(salesforce(Source::Prospecting), Some("Dana"), "Dana");

    let right = judged(&scene, &[], &[dana()], Edition::Newer).unwrap();
    let wrong = judged(&scene, &["N4"], &[integration()], Edition::Newer).unwrap();

    assert_eq!(
        (right[0].judgement, right[0].row),
        (Judgement::Passed, None)
    );
    assert_eq!(
        (wrong[0].judgement, wrong[0].row),
        (Judgement::Failed, None)
    );
}

#[test]
fn words_cannot_pass_on_a_missing_record() {
    let mut scene = Scene::refused(salesforce(Source::Prospecting), "unused");
    scene.subject().reported = None;

    let verdicts = judged(
        &scene,
        &[],
        &[Value::Missing, Value::Refused],
        Edition::Newer,
    )
    .unwrap();

    assert_eq!(verdicts[0].judgement, Judgement::Failed);
}

#[test]
fn an_edition_that_is_silent_gives_no_verdict() {
    let hubspot = Situation::create(Crm::Hubspot, Kind::Contact, Source::Manual);
    let scene = Scene::pushed(hubspot, Some("Dana"), "Dana");
    let dana = Value::User(scene::person("Dana", Some(Crm::Hubspot)));

    assert_eq!(
        judged(&scene, &["H1"], &[dana], Edition::Older).unwrap(),
        []
    );
}

#[test]
fn an_unknown_record_is_an_error_of_the_feature() {
    let scene = Scene::pushed(salesforce(Source::Manual), Some("Dana"), "Dana");
    let words = Words {
        subject: "Bob",
        field: Field::Owner,
        said: vec![dana()],
    };

    let error = judge_words(&words, &[], &scene.observation, Settings::default()).unwrap_err();

    assert_eq!(error, WordsDiffer::NoSuchSubject("Bob".to_owned()));
}
