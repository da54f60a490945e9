use super::*;
use crate::rules::{Event, Role};

fn right() -> Scene {
    Scene::pushed(salesforce(Source::Manual), Some("Dana"), "Dana")
}

fn someone(name: &str) -> Principal {
    scene::person(name, Some(Crm::Salesforce))
}

/// The invariants that fail, by id.
fn broken(scene: &Scene) -> Vec<String> {
    let verdicts = judge_invariants(&scene.observation);
    let failed = verdicts
        .iter()
        .filter(|verdict| verdict.judgement == Judgement::Failed);
    failed
        .filter_map(|verdict| verdict.row)
        .map(|row| row.to_string())
        .collect()
}

#[test]
fn n1_a_colleague_is_neither_owner_nor_creator() {
    let mut scene = right();
    scene.now().owner = Some(someone("Leo"));
    assert_eq!(broken(&scene), ["N1"]);
}

#[test]
fn n1_a_salesforce_record_has_an_owner() {
    let mut scene = right();
    scene.now().owner = None;
    assert_eq!(broken(&scene), ["N1"]);
}

#[test]
fn n2_a_refusal_leaves_no_record() {
    let mut scene = right();
    scene.subject().reported = Some(Reported::Refused {
        reason: "timeout".to_owned(),
    });
    assert_eq!(broken(&scene), ["N2"]);
}

#[test]
fn n2_an_update_that_is_reported_has_arrived() {
    let mut scene = right();
    let phone = Some("+1 555 0142".to_owned());
    scene.subject().phone = phone.clone();
    assert_eq!(broken(&scene), ["N2"]);

    scene.observation.records[0].phone = phone;
    assert_eq!(broken(&scene), Vec::<String>::new());
}

#[test]
fn n3_one_push_makes_one_record_even_if_the_second_is_deleted_again() {
    let mut scene = right();
    scene.add_record("003B", Some("Dana"), "Dana");
    scene.observation.records[1].deleted = true;
    assert_eq!(broken(&scene), ["N3"]);
}

#[test]
fn n3_two_pushes_with_one_address_may_make_two() {
    let mut scene = right();
    scene.add_record("003B", Some("Dana"), "Dana");
    let mut second = scene.observation.subjects[0].clone();
    second.name = "Ann again".to_owned();
    scene.observation.subjects.push(second);
    assert_eq!(broken(&scene), Vec::<String>::new());
}

#[test]
fn n4_created_by_never_changes() {
    let mut scene = right();
    scene.now().created_by = Some(someone("Integration"));
    assert_eq!(broken(&scene), ["N4"]);
}

#[test]
fn n5_a_push_leaves_apollos_owner_alone() {
    let mut scene = right();
    scene.subject().apollo_owner.after_push = None;
    assert_eq!(broken(&scene), ["N5"]);
}

#[test]
fn n6_a_write_with_a_foreign_credential_is_seen_even_if_the_fields_look_right() {
    let mut scene = right();
    scene.write().credential = Some(someone("Integration"));
    assert_eq!(broken(&scene), ["N6"]);
}

#[test]
fn n6_an_attempt_that_came_to_nothing_counts_too_unless_it_was_not_let_in() {
    let mut scene = right();
    let mut attempt = scene.write().clone();
    attempt.credential = Some(someone("Leo"));
    attempt.status = 403;
    scene.observation.writes.push(attempt);
    assert_eq!(broken(&scene), ["N6"]);

    scene.observation.writes[1].status = 401;
    assert_eq!(broken(&scene), Vec::<String>::new());
}

#[test]
fn n6_setting_the_scene_of_an_update_is_not_judged() {
    let unlinked = Situation {
        event: Event::UpdateAfterUnlinking,
        personal: Personal::Never,
        ..salesforce(Source::Manual)
    };
    let mut scene = Scene::pushed(unlinked, Some("Dana"), "Dana");
    scene.subject().before = Some(scene.now().clone());
    scene.write().phase = Phase::Given;
    scene.write().records = vec!["003A".to_owned()];
    assert_eq!(broken(&scene), Vec::<String>::new());

    scene.write().phase = Phase::When;
    assert_eq!(broken(&scene), ["N6"]);
}

#[test]
fn n7_a_built_in_user_is_told_from_a_colleague() {
    let mut scene = right();
    let admin = Principal {
        kind: PrincipalKind::BuiltIn,
        ..someone("Admin")
    };
    scene.now().owner = Some(admin);
    assert_eq!(broken(&scene), ["N1", "N7"]);
}

#[test]
fn n8_an_owner_id_of_the_wrong_kind_is_seen_even_where_the_crm_refused_it() {
    let mut scene = right();
    let mut attempt = scene.write().clone();
    attempt.status = 400;
    attempt.owners_sent = vec![OwnerSent {
        id: "00G1".to_owned(),
        kind: OwnerIdKind::Queue,
    }];
    scene.observation.writes.push(attempt);
    assert_eq!(broken(&scene), ["N8"]);

    scene.subject().situation.kind = Kind::Lead;
    assert_eq!(broken(&scene), Vec::<String>::new());
}

#[test]
fn the_rules_of_several_people_widen_who_is_permitted() {
    let theirs = Situation {
        event: Event::CreateForAnotherOwner,
        owners_personal: Some(Personal::Linked),
        ..salesforce(Source::Manual)
    };
    let mut scene = Scene::pushed(theirs, Some("Wim"), "Dana");
    scene
        .subject()
        .cast
        .insert(Role::ApolloOwnersUser, vec![someone("Wim")]);
    assert_eq!(broken(&scene), Vec::<String>::new());
}

#[test]
fn anything_else_that_was_made_breaks_the_frame() {
    let mut scene = right();
    scene.add_record("003B", Some("Dana"), "Dana");
    scene.observation.records[1].key.value = "stranger@x.example".to_owned();

    let verdicts = judge_frame(&scene.observation);

    assert_eq!(verdicts.len(), 1);
    assert_eq!(verdicts[0].judgement, Judgement::Failed);
    assert_eq!(
        verdicts[0].recorded.to_string(),
        "Salesforce Contact 003B was made, too"
    );
}

#[test]
fn a_record_in_the_other_crm_breaks_the_frame() {
    let mut scene = right();
    let mut elsewhere = scene.create().clone();
    elsewhere.crm = Crm::Hubspot;
    scene.observation.creates.push(elsewhere);

    assert_eq!(
        judge_frame(&scene.observation)[0].judgement,
        Judgement::Failed
    );
}

#[test]
fn writing_to_a_record_of_nobodys_concern_breaks_the_frame() {
    let mut scene = right();
    let mut update = scene.write().clone();
    update.records = vec!["003Z".to_owned()];
    update.method = "PATCH".to_owned();
    scene.observation.writes.push(update);

    assert_eq!(
        judge_frame(&scene.observation)[0].recorded.to_string(),
        "Salesforce record 003Z was written, too"
    );
}

#[test]
fn late_writes_fail_and_panics_of_the_mock_are_the_harness_error() {
    let mut scene = right();
    let late = scene.write().clone();
    scene.observation.late_writes.push(late);
    scene
        .observation
        .mock_panics
        .push("index out of bounds".to_owned());

    let judged: Vec<_> = judge_frame(&scene.observation)
        .iter()
        .map(|verdict| verdict.judgement)
        .collect();

    assert_eq!(judged, [Judgement::Failed, Judgement::Error]);
}

#[test]
fn what_was_made_and_then_written_breaks_the_frame_once() {
    let mut scene = right();
    scene.add_record("003B", Some("Dana"), "Dana");
    scene.observation.records[1].key.value = "stranger@x.example".to_owned();
    let mut update = scene.write().clone();
    update.records = vec!["003B".to_owned()];
    scene.observation.writes.push(update);

    assert_eq!(judge_frame(&scene.observation).len(), 1);
}
