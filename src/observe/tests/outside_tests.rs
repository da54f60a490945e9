use std::collections::BTreeSet;

use super::*;

/// A contact that Dana has pushed to HubSpot, as its public API shows it: no requests, and no creator.
fn from_outside(owner: &str) -> Scene {
    let situation = Situation::create(Crm::Hubspot, Kind::Contact, Source::Manual);
    let mut scene = Scene::pushed(situation, Some(owner), "Dana");
    let observation = &mut scene.observation;
    observation.public_api_only = BTreeSet::from([Crm::Hubspot]);
    observation.writes.clear();
    observation.records[0].now.created_by = None;
    for create in &mut observation.creates {
        create.created_by = None;
        create.credential = None;
    }
    scene
}

fn came_out(scene: &Scene, judgement: Judgement) -> Vec<String> {
    let verdicts = judge(&scene.observation, Settings::default());
    let chosen = verdicts
        .iter()
        .filter(|verdict| verdict.judgement == judgement);
    let named = chosen.map(|verdict| match verdict.row {
        Some(row) => format!("{row} {}", verdict.field),
        None => verdict.field.to_string(),
    });
    let named: BTreeSet<String> = named.collect();
    named.into_iter().collect()
}

#[test]
fn what_the_api_hides_is_never_passed() {
    let scene = from_outside("Dana");

    let passed = came_out(&scene, Judgement::Passed);
    let hidden = came_out(&scene, Judgement::NotObservable);

    assert!(passed.contains(&"H1 Owner".to_owned()), "{passed:?}");
    assert!(!passed.iter().any(|one| one.contains("Created By")));
    assert!(hidden.contains(&"H1 Created By".to_owned()), "{hidden:?}");
    for row in ["N1", "N4", "N6", "N7", "N8"] {
        let invariant = format!("{row} invariant");
        assert!(hidden.contains(&invariant), "{row}: {hidden:?}");
        assert!(!passed.contains(&invariant), "{row}: {passed:?}");
    }
    assert!(hidden.contains(&"nothing else".to_owned()));
    assert_eq!(came_out(&scene, Judgement::Failed), Vec::<String>::new());
}

#[test]
fn what_the_api_shows_is_judged_as_ever() {
    let scene = from_outside("Leo");

    let failed = came_out(&scene, Judgement::Failed);

    assert!(failed.contains(&"H1 Owner".to_owned()), "{failed:?}");
    assert!(failed.contains(&"N1 invariant".to_owned()), "{failed:?}");
}

#[test]
fn a_record_where_none_may_be_is_wrong_whoever_made_it() {
    let scene = from_outside("Dana");
    let words = Words {
        subject: "Ann",
        field: Field::CreatedBy,
        said: vec![Value::Refused],
    };

    let verdicts = judge_words(&words, &[], &scene.observation, Settings::default()).unwrap();

    assert_eq!(verdicts[0].judgement, Judgement::Failed);
}

#[test]
fn what_has_to_stay_and_is_hidden_is_no_mistake_of_the_feature() {
    let mut scene = from_outside("Dana");
    let hidden = Ownership {
        owner: Some(scene::person("Dana", Some(Crm::Hubspot))),
        created_by: None,
    };
    scene.subject().before = Some(hidden);
    scene.subject().situation.event = crate::rules::Event::UpdateSameOwner;
    let dana = scene::person("Dana", Some(Crm::Hubspot));
    let words = Words {
        subject: "Ann",
        field: Field::CreatedBy,
        said: vec![Value::User(dana)],
    };
    let u1 = "U1".parse().unwrap();

    let verdicts = judge_words(&words, &[u1], &scene.observation, Settings::default()).unwrap();

    assert_eq!(verdicts[0].judgement, Judgement::NotObservable);
}
