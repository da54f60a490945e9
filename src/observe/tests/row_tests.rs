use super::*;
use crate::rules::{Event, Role};

const STRICT: Settings = Settings {
    edition: Edition::Newer,
    strict: true,
};

#[test]
fn a_right_push_passes_every_row_and_invariant() {
    let scene = Scene::pushed(salesforce(Source::Prospecting), Some("Dana"), "Integration");

    let verdicts = judge(&scene.observation, STRICT);

    let rows: Vec<_> = verdicts
        .iter()
        .filter_map(|v| v.row)
        .map(|row| row.to_string())
        .collect();
    assert_eq!(
        rows,
        [
            "O1", "O2", "R05", "R05", "N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"
        ]
    );
    assert!(
        verdicts
            .iter()
            .all(|verdict| verdict.judgement == Judgement::Passed),
        "{verdicts:#?}"
    );
}

#[test]
fn a_broken_documented_owner_fails_with_evidence() {
    let mut scene = Scene::pushed(
        salesforce(Source::Prospecting),
        Some("Integration"),
        "Integration",
    );
    scene.create().owner_reason = "caller_default".to_owned();

    let verdict = the_verdict(&scene, "R05", Field::Owner);

    assert_eq!(verdict.judgement, Judgement::Failed);
    assert_eq!(verdict.expected[0].to_string(), "Dana (you)");
    assert_eq!(verdict.recorded.to_string(), "Integration (team sync)");
    let sentences: Vec<_> = verdict.sentences.iter().map(ToString::to_string).collect();
    assert_eq!(sentences, ["A17", "A18"]);
    assert_eq!(
        verdict.blamed.unwrap().to_string(),
        "POST /services/data/v62.0/sobjects/Contact -> 201, with Integration's credential"
    );
    assert_eq!(
        verdict.cause.unwrap().text,
        "OwnerId was not sent, so that the caller became Owner"
    );
}

#[test]
fn a_broken_inferred_row_warns_and_fails_under_strict() {
    let not_linked = Situation {
        personal: Personal::Never,
        team: Team::None,
        ..salesforce(Source::Manual)
    };
    let scene = Scene::pushed(not_linked, Some("Dana"), "Hope");

    assert_eq!(
        complaints(&scene, Settings::default()),
        ["R11 Owner: warning"]
    );
    assert_eq!(complaints(&scene, STRICT), ["R11 Owner: FAILED"]);
}

#[test]
fn an_ambiguous_row_takes_any_listed_reading_and_names_it() {
    let account = Situation {
        kind: Kind::Account,
        ..salesforce(Source::Linkedin)
    };
    for (creator, reading) in [("Dana", "Q12a"), ("Integration", "Q12b")] {
        let scene = Scene::pushed(account.clone(), Some("Dana"), creator);
        let verdict = the_verdict(&scene, "R04", Field::CreatedBy);
        assert_eq!(verdict.judgement, Judgement::Passed);
        assert_eq!(
            verdict
                .readings
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            [reading]
        );
    }
    let outside = Scene::pushed(account, Some("Dana"), "Hope");
    assert_eq!(
        the_verdict(&outside, "R04", Field::CreatedBy).judgement,
        Judgement::Failed
    );
}

#[test]
fn strict_narrows_an_ambiguous_row_to_what_is_recommended() {
    let hubspot = Situation::create(Crm::Hubspot, Kind::Contact, Source::Prospecting);
    let scene = Scene::pushed(hubspot, Some("Dana"), "Integration");

    assert_eq!(
        complaints(&scene, Settings::default()),
        Vec::<String>::new()
    );
    assert_eq!(complaints(&scene, STRICT), ["H2 Created By: FAILED"]);
}

#[test]
fn hubspot_tolerates_a_blank_owner_of_what_an_unlinked_user_pushed_but_never_that_user() {
    let hubspot = Situation {
        personal: Personal::Never,
        ..Situation::create(Crm::Hubspot, Kind::Contact, Source::Csv)
    };

    let blank = Scene::pushed(hubspot.clone(), None, "Integration");
    let you = Scene::pushed(hubspot, Some("Dana"), "Integration");

    assert_eq!(
        complaints(&blank, Settings::default()),
        Vec::<String>::new()
    );
    assert_eq!(complaints(&you, Settings::default()), ["H3 Owner: FAILED"]);
}

#[test]
fn nothing_recorded_never_passes() {
    let mut silent = Scene::refused(salesforce(Source::Manual), "unused");
    silent.subject().reported = None;

    let verdicts = judge(&silent.observation, Settings::default());

    assert!(
        verdicts
            .iter()
            .all(|verdict| verdict.judgement == Judgement::Failed),
        "{verdicts:#?}"
    );
    assert_eq!(
        complaints(&silent, Settings::default()),
        ["R01 Owner: FAILED", "R01 Created By: FAILED"]
    );
}

#[test]
fn success_without_a_record_is_missing_not_refused() {
    let nobody = Situation {
        personal: Personal::Never,
        team: Team::None,
        others: crate::rules::Others::Nobody,
        ..salesforce(Source::Manual)
    };
    let refused = Scene::refused(nobody.clone(), "no_credential");
    let mut swallowed = Scene::refused(nobody, "unused");
    swallowed.subject().reported = Some(Reported::Pushed);

    assert_eq!(
        the_verdict(&refused, "R14", Field::Owner).judgement,
        Judgement::Passed
    );
    assert_eq!(
        the_verdict(&swallowed, "R14", Field::Owner).judgement,
        Judgement::Warning
    );
    assert_eq!(
        the_verdict(&swallowed, "N2", Field::Invariant).judgement,
        Judgement::Failed
    );
}

#[test]
fn a_refusal_is_no_answer_where_a_credential_is_at_hand() {
    let scene = Scene::refused(salesforce(Source::Manual), "no_credential");

    let verdict = the_verdict(&scene, "R01", Field::Owner);

    assert_eq!(verdict.judgement, Judgement::Failed);
    assert_eq!(verdict.recorded.to_string(), "refused");
}

#[test]
fn a_tie_allows_any_of_them_but_the_same_one_twice() {
    let tie = Situation {
        personal: Personal::Never,
        team: Team::None,
        others: crate::rules::Others::Tie,
        ..salesforce(Source::Manual)
    };
    let with_hugo = |owner, creator| {
        let mut scene = Scene::pushed(tie.clone(), Some(owner), creator);
        let hugo = scene::person("Hugo", Some(Crm::Salesforce));
        scene
            .subject()
            .cast
            .entry(Role::Highest)
            .or_default()
            .push(hugo);
        complaints(&scene, Settings::default())
    };

    assert_eq!(with_hugo("Hugo", "Hugo"), Vec::<String>::new());
    assert_eq!(
        with_hugo("Hope", "Hugo"),
        ["R12 Owner and Created By: warning"]
    );
}

#[test]
fn a_part_that_nobody_plays_is_the_harness_error() {
    let mut scene = Scene::pushed(salesforce(Source::Manual), Some("Dana"), "Dana");
    scene.subject().cast.clear();

    assert_eq!(
        the_verdict(&scene, "R01", Field::Owner).judgement,
        Judgement::Error
    );
}

#[test]
fn an_update_keeps_what_was_there_before() {
    let update = Situation {
        event: Event::UpdateSameOwner,
        ..salesforce(Source::Manual)
    };
    let mut scene = Scene::pushed(update, Some("Dana"), "Dana");
    scene.subject().before = Some(scene.now().clone());
    assert_eq!(complaints(&scene, STRICT), Vec::<String>::new());

    scene.now().owner = Some(scene::person("Integration", Some(Crm::Salesforce)));

    assert_eq!(
        complaints(&scene, Settings::default()),
        ["U2 Owner: warning"]
    );
}

#[test]
fn the_same_push_in_both_modes_gives_the_same() {
    let single = Scene::pushed(salesforce(Source::Manual), Some("Dana"), "Dana");
    let mut both = single.observation.clone();
    let mut bulk = both.subjects[0].clone();
    bulk.name = "Bob".to_owned();
    bulk.key.value = "bob@x.example".to_owned();
    let mut record = both.records[0].clone();
    record.key = bulk.key.clone();
    record.id = "003B".to_owned();
    record.now.created_by = Some(scene::person("Integration", Some(Crm::Salesforce)));
    both.subjects.push(bulk);
    both.records.push(record);
    let r25 = "R25".parse().unwrap();

    let verdicts = judge_same(
        r25,
        &both.subjects[0],
        &both.subjects[1],
        &both,
        Settings::default(),
    );

    let judged: Vec<_> = verdicts.iter().map(|v| (v.field, v.judgement)).collect();
    assert_eq!(
        judged,
        [
            (Field::Owner, Judgement::Passed),
            (Field::CreatedBy, Judgement::Failed)
        ]
    );
}

#[test]
fn an_observation_can_be_stored_and_judged_again() {
    let scene = Scene::pushed(salesforce(Source::Prospecting), Some("Dana"), "Dana");

    let stored = serde_json::to_string(&scene.observation).unwrap();
    let again: Observation = serde_json::from_str(&stored).unwrap();

    assert_eq!(again, scene.observation);
    assert_eq!(judge(&again, STRICT), judge(&scene.observation, STRICT));
}

#[test]
fn a_deleted_record_is_a_missing_one() {
    let mut scene = Scene::pushed(salesforce(Source::Manual), Some("Dana"), "Dana");
    scene.observation.records[0].deleted = true;

    let verdict = the_verdict(&scene, "R01", Field::Owner);

    assert_eq!(verdict.judgement, Judgement::Failed);
    assert_eq!(verdict.recorded.to_string(), "no record");
}

#[test]
fn apollos_owner_is_not_judged_where_no_crm_recorded_a_push() {
    let scene = Scene::refused(salesforce(Source::Manual), "no_credential");
    assert!(
        !complaints(&scene, STRICT)
            .iter()
            .any(|line| line.starts_with('O'))
    );

    let words = Words {
        subject: "Ann",
        field: Field::ApolloOwner,
        said: vec![Value::User(scene::person("Dana", None))],
    };
    let tags = ["O1".parse().unwrap()];
    for tags in [&tags[..], &[]] {
        let verdicts = judge_words(&words, tags, &scene.observation, STRICT).unwrap();
        assert_eq!(
            verdicts[0].judgement,
            Judgement::Failed,
            "a feature that asserts it has to show it"
        );
    }
}
