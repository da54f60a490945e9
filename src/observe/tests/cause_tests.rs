use super::*;
use crate::rules::{Event, Role};

fn someone(name: &str) -> Principal {
    scene::person(name, Some(Crm::Salesforce))
}

/// The cause of what a row says of a field.
fn cause(scene: &Scene, row: &str, field: Field) -> LikelyCause {
    the_verdict(scene, row, field).cause.expect("a cause")
}

#[track_caller]
fn check(scene: &Scene, row: &str, field: Field, expected: Cause) {
    let found = cause(scene, row, field);
    assert_eq!(found.id, expected, "{found}");
}

/// What a busy, refused or lost request to write the subject looks like.
fn tried(scene: &mut Scene, number: u64, whose: &str, status: u16, error: Option<&str>) {
    let mut write = scene
        .observation
        .writes
        .first()
        .cloned()
        .unwrap_or_else(|| {
            let mut other = Scene::pushed(salesforce(Source::Manual), None, "Dana");
            other.observation.writes.remove(0)
        });
    write.id = format!("q{number}");
    write.number = number;
    write.status = status;
    write.credential = Some(someone(whose));
    write.error = error.map(str::to_owned);
    write.subjects = vec!["Ann".to_owned()];
    scene.observation.writes.push(write);
}

#[test]
fn every_cause_has_a_name_that_is_read_back() {
    for cause in [Cause::OwnerNotSent, Cause::HubspotUserIdSent] {
        assert_eq!(cause.to_string().parse(), Ok(cause));
    }
    assert_eq!(Cause::OwnerNotSent.to_string(), "owner_not_sent");
    let unknown = "owner_not_snt".parse::<Cause>().unwrap_err();
    assert_eq!(unknown.to_string(), "there is no cause 'owner_not_snt'");
}

#[test]
fn team_sync_wrote_for_somebody_who_has_linked_a_login() {
    let scene = Scene::pushed(
        salesforce(Source::Manual),
        Some("Integration"),
        "Integration",
    );

    check(
        &scene,
        "R01",
        Field::CreatedBy,
        Cause::TeamSyncInsteadOfPersonal,
    );
    // The wrong credential's owner is no second mistake.
    check(
        &scene,
        "R01",
        Field::Owner,
        Cause::TeamSyncInsteadOfPersonal,
    );
}

#[test]
fn the_personal_login_wrote_what_belongs_to_team_sync() {
    let scene = Scene::pushed(salesforce(Source::Prospecting), Some("Dana"), "Dana");

    check(
        &scene,
        "R05",
        Field::CreatedBy,
        Cause::PersonalInsteadOfTeamSync,
    );
}

#[test]
fn a_busy_answer_before_another_credential_is_what_is_behind_it() {
    let mut scene = Scene::pushed(salesforce(Source::Manual), Some("Dana"), "Integration");
    scene.write().number = 2;
    tried(&mut scene, 1, "Dana", 503, Some("SERVER_UNAVAILABLE"));

    let found = cause(&scene, "R01", Field::CreatedBy);

    assert_eq!(found.id, Cause::BusyTakenForRefusal);
    assert_eq!(
        found.text,
        "the CRM answered 503 (SERVER_UNAVAILABLE) to Dana's credential, and the next attempt took Integration's: busy says nothing of a login"
    );
}

#[test]
fn a_token_that_could_have_been_refreshed_is_named_before_whoever_stood_in() {
    let refreshable = Situation {
        personal: Personal::Refreshable,
        ..salesforce(Source::Manual)
    };
    let scene = Scene::pushed(refreshable, Some("Integration"), "Integration");

    check(&scene, "R20", Field::CreatedBy, Cause::TokenNotRefreshed);
}

#[test]
fn an_owner_that_the_crm_chose_was_not_sent() {
    for (reason, expected) in [
        ("caller_default", Cause::OwnerNotSent),
        ("default_owner", Cause::OwnerNotSent),
        ("assignment_rule", Cause::AssignmentRule),
    ] {
        let situation = salesforce(Source::Prospecting);
        let mut scene = Scene::pushed(situation, Some("Integration"), "Integration");
        scene.create().owner_reason = reason.to_owned();

        check(&scene, "R05", Field::Owner, expected);
    }
}

#[test]
fn an_owner_in_another_field_is_told_with_the_field() {
    let mut scene = Scene::pushed(
        salesforce(Source::Prospecting),
        Some("Integration"),
        "Integration",
    );
    scene.create().owner_reason = "caller_default".to_owned();
    scene.write().people_elsewhere = vec![PersonSent {
        field: "ownerIds".to_owned(),
        name: "Dana".to_owned(),
    }];

    let found = cause(&scene, "R05", Field::Owner);

    assert_eq!(found.id, Cause::OwnerInOtherField);
    assert!(found.text.contains("Dana stands in ownerIds"), "{found}");
}

#[test]
fn the_owner_who_was_sent_is_told_by_the_part() {
    let cases = [
        (Personal::Linked, "Integration", Cause::OwnerIsWriter),
        (Personal::Linked, "Hope", Cause::WrongOwnerSent),
        (Personal::Never, "Dana", Cause::UnlinkedUserMadeOwner),
        (Personal::Inactive, "Dana", Cause::UnusableUserMadeOwner),
    ];
    for (personal, owner, expected) in cases {
        let situation = Situation {
            personal,
            ..salesforce(Source::Prospecting)
        };
        let scene = Scene::pushed(situation, Some(owner), "Integration");
        let found = judge(&scene.observation, Settings::default());
        let found = found.iter().find(|verdict| {
            verdict.field == Field::Owner && verdict.judgement != Judgement::Passed
        });
        let found = found.and_then(|verdict| verdict.cause.as_ref());
        assert_eq!(found.map(|cause| cause.id), Some(expected), "{found:?}");
    }
}

#[test]
fn an_id_in_other_capitals_is_somebody_elses() {
    let mut scene = Scene::pushed(salesforce(Source::Manual), Some("Leo"), "Dana");
    scene.create().owner_requested = Some("ID-OF-DANA".to_owned());

    check(&scene, "R01", Field::Owner, Cause::OwnerIdInOtherCase);
}

#[test]
fn a_user_id_of_hubspot_may_be_the_owner_id_of_somebody_else() {
    let situation = Situation::create(Crm::Hubspot, Kind::Contact, Source::Manual);
    let mut scene = Scene::pushed(situation, Some("Leo"), "Dana");
    scene.create().owner_requested = Some("id-of-Dana".to_owned());

    check(&scene, "H1", Field::Owner, Cause::HubspotUserIdSent);
}

#[test]
fn a_later_request_that_moved_the_owner_is_named() {
    let mut scene = Scene::pushed(salesforce(Source::Manual), Some("Hope"), "Dana");
    scene.observation.changes.push(OwnerChange {
        sequence: 2,
        crm: Crm::Salesforce,
        record: "003A".to_owned(),
        before: Some(someone("Dana")),
        after: Some(someone("Hope")),
        credential: Some(someone("Dana")),
        request: "q-later".to_owned(),
    });

    let found = cause(&scene, "R01", Field::Owner);

    assert_eq!(found.id, Cause::OwnerMoved);
    assert!(found.text.starts_with("request q-later moved"), "{found}");
}

#[test]
fn a_refusal_without_an_attempt_names_the_credential_at_hand() {
    let scene = Scene::refused(salesforce(Source::Manual), "no_credential");

    let found = cause(&scene, "R01", Field::Owner);

    assert_eq!(found.id, Cause::RefusedWithCredential);
    assert!(
        found
            .text
            .ends_with("a credential is at hand: personal, Dana"),
        "{found}"
    );
}

#[test]
fn what_the_crm_said_to_the_last_attempt_tells_refusals_apart() {
    for (status, error, expected) in [
        (0, None, Cause::LostAnswerTakenForRefusal),
        (409, Some("CONFLICT"), Cause::ConflictTakenForRefusal),
        (400, Some("UNABLE_TO_LOCK_ROW"), Cause::LockedRowGivenUp),
        (429, None, Cause::BusyTakenForRefusal),
        (
            400,
            Some("INACTIVE_OWNER_OR_USER"),
            Cause::UnusableUserMadeOwner,
        ),
        (400, Some("INVALID_FIELD"), Cause::CrmRefused),
    ] {
        let mut scene = Scene::refused(salesforce(Source::Manual), "crm_refused");
        tried(&mut scene, 1, "Dana", status, error);

        check(&scene, "R01", Field::Owner, expected);
    }
}

#[test]
fn success_without_a_request_is_told_as_such() {
    let mut scene = Scene::refused(salesforce(Source::Manual), "unused");
    scene.subject().reported = Some(Reported::Pushed);

    check(&scene, "R01", Field::Owner, Cause::SuccessWithoutRecord);
    check(&scene, "N2", Field::Invariant, Cause::SuccessWithoutRecord);
}

#[test]
fn a_write_to_the_org_before_explains_what_is_missing() {
    let mut scene = Scene::refused(salesforce(Source::Manual), "unused");
    scene.subject().reported = Some(Reported::Pushed);
    tried(&mut scene, 1, "Dana", 201, None);
    scene.observation.left = std::mem::take(&mut scene.observation.writes);

    check(&scene, "R01", Field::Owner, Cause::WrittenElsewhere);
}

#[test]
fn a_second_record_after_a_lost_answer_was_sent_blindly_and_any_other_was_made_again() {
    for (status, expected) in [(0, Cause::SentAgainBlindly), (201, Cause::MadeAgain)] {
        let mut scene = Scene::pushed(salesforce(Source::Manual), Some("Dana"), "Dana");
        scene.write().status = status;
        scene.add_record("003B", Some("Dana"), "Dana");

        check(&scene, "N3", Field::Invariant, expected);
    }
}

#[test]
fn whoever_was_linked_before_is_told_as_a_former_login() {
    let mut situation = salesforce(Source::Manual);
    situation.event = Event::CreateAfterRelinking;
    let mut scene = Scene::pushed(situation, Some("Dora"), "Dora");
    scene
        .subject()
        .cast
        .insert(Role::FormerYou, vec![someone("Dora")]);

    let verdicts = judge(&scene.observation, Settings::default());
    let causes = verdicts.iter().filter_map(|verdict| verdict.cause.as_ref());
    let causes: Vec<Cause> = causes.map(|cause| cause.id).collect();

    assert!(!causes.is_empty());
    assert!(
        causes.iter().all(|cause| *cause == Cause::FormerLoginUsed),
        "{causes:?}"
    );
}
