//! Bulk pushes.

use super::super::scripted::{Reply, Script, Seen};
use super::super::{Team, pushed, reason};
use super::healthy;
use crate::apollo::{Crm, Mode, Source};
use serde_json::json;

#[tokio::test]
async fn a_bulk_push_is_grouped_by_login_and_a_bad_row_stays_alone() {
    let script = Script::start(|request, before| {
        if request.path.contains("/composite/") && request.token == "dana" && before == 0 {
            let locked = json!({ "success": false, "errors": [{ "statusCode": "UNABLE_TO_LOCK_ROW", "message": "locked", "fields": [] }] });
            let bad = json!({ "success": false, "errors": [{ "statusCode": "INVALID_EMAIL_ADDRESS", "message": "no", "fields": [] }] });
            return Reply::Json(200, json!([{ "id": "003A", "success": true, "errors": [] }, bad, locked]));
        }
        healthy(request)
    })
    .await;
    let mut team = Team::new(&script)
        .link(Crm::Salesforce, "dana", "dana")
        .team_sync(Crm::Salesforce, "sync");
    let sources = [
        ("A", Source::Manual),
        ("B", Source::Manual),
        ("C", Source::Linkedin),
        ("D", Source::Csv),
    ];
    let contacts = sources.map(|(name, source)| team.contact("dana", source, name));
    let unlinked = team.contact("lee", Source::Manual, "E");

    let outcomes = team
        .push(
            Crm::Salesforce,
            Mode::Bulk,
            &[&contacts[..], &[unlinked]].concat(),
        )
        .await;

    let rows = |seen: &Seen| {
        let rows = seen.body["records"].as_array().unwrap().iter();
        rows.map(|row| {
            format!(
                "{} {}",
                row["LastName"].as_str().unwrap(),
                row["OwnerId"].as_str().unwrap()
            )
        })
        .collect::<Vec<_>>()
    };
    let batches: Vec<_> = script
        .seen()
        .iter()
        .filter(|seen| seen.path.contains("/composite/"))
        .map(|seen| (seen.token.clone(), rows(seen)))
        .collect();
    assert_eq!(
        outcomes.iter().map(reason).collect::<Vec<_>>(),
        ["pushed", "crm_refused", "pushed", "pushed", "pushed"]
    );
    assert_eq!(
        batches,
        [
            (
                "dana".to_owned(),
                vec![
                    "A 005dana".to_owned(),
                    "B 005dana".into(),
                    "D 005dana".into()
                ]
            ),
            ("dana".to_owned(), vec!["D 005dana".to_owned()]),
            (
                "sync".to_owned(),
                vec!["C 005dana".to_owned(), "E 005sync".into()]
            ),
        ]
    );
    assert_eq!(team.log(), ["a2 crm_refused"]);
}

#[tokio::test]
async fn a_batch_holds_200_rows() {
    let script = Script::start(|request, _| healthy(request)).await;
    let mut team = Team::new(&script).link(Crm::Salesforce, "dana", "dana");
    let contacts: Vec<_> = (0..201)
        .map(|number| team.contact("dana", Source::Csv, &format!("N{number}")))
        .collect();

    let outcomes = team.push(Crm::Salesforce, Mode::Bulk, &contacts).await;

    let sizes: Vec<_> = script
        .seen()
        .iter()
        .filter_map(|seen| Some(seen.body["records"].as_array()?.len()))
        .collect();
    assert_eq!(sizes, [200, 1]);
    assert_eq!(outcomes[200], pushed("003N200"));
}
