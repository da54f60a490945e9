//! Every door that a record can come in by, and who owns and created it then: the door table of the fidelity document.

mod ways;

use http::StatusCode;
use mock_crm::salesforce::{AssignmentRuleSpec, CustomFieldSpec, OrgSpec, Switches};
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};
use ways::{Asked, Door, KEY, Rules};

/// Where the table is kept for people.
const DOCUMENT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../docs/fidelity/salesforce.md"
);

/// What is tried at each door: the head of the column, the user, the record, and what the request says of rules.
fn columns(crm: &TestOrg) -> Vec<(&'static str, &'static str, Asked)> {
    let lead = |rest: Value| with(json!({ "LastName": "Lee", "Company": "Acme" }), rest);
    let contact = |rest: Value| with(json!({ "LastName": "Lee" }), rest);
    let owner = |name: &str| json!({ "OwnerId": crm.id(name) });
    let asked = |object, fields, rules| Asked {
        object,
        fields,
        rules,
    };
    let (dana, sam, audi) = ("Dana Reyes", "Sam Sync", "Audi Ting");
    let silent = Rules::NotMentioned;
    vec![
        (
            "no `OwnerId`",
            dana,
            asked("Contact", contact(json!({})), silent),
        ),
        (
            "`OwnerId` of a user",
            sam,
            asked("Contact", contact(owner(dana)), silent),
        ),
        (
            "of an inactive user",
            sam,
            asked("Contact", contact(owner("Ina Active")), silent),
        ),
        (
            "of a queue, on a case",
            sam,
            asked("Case", json!({ "OwnerId": crm.id("Case Queue") }), silent),
        ),
        (
            "of a queue, on a contact",
            sam,
            asked("Contact", contact(owner("Case Queue")), silent),
        ),
        (
            "lead, rules not mentioned",
            dana,
            asked("Lead", lead(json!({})), silent),
        ),
        (
            "lead, a rule asked for",
            dana,
            asked("Lead", lead(json!({})), Rules::Wanted),
        ),
        (
            "lead, rules forbidden",
            dana,
            asked("Lead", lead(json!({})), Rules::Forbidden),
        ),
        (
            "`CreatedById`",
            dana,
            asked(
                "Contact",
                contact(json!({ "CreatedById": crm.id("Robin Cole") })),
                silent,
            ),
        ),
        (
            "`CreatedById`, with the permission",
            audi,
            asked(
                "Contact",
                contact(json!({ "CreatedById": crm.id(dana) })),
                silent,
            ),
        ),
    ]
}

fn with(mut fields: Value, rest: Value) -> Value {
    if let (Value::Object(fields), Value::Object(rest)) = (&mut fields, rest) {
        fields.extend(rest);
    }
    fields
}

fn org() -> TestOrg {
    TestOrg::of(OrgSpec {
        assignment_rules: vec![
            AssignmentRuleSpec {
                name: "Active".to_owned(),
                owner: "Robin Cole".to_owned(),
                ..AssignmentRuleSpec::default()
            },
            AssignmentRuleSpec {
                name: "Inactive".to_owned(),
                active: false,
                owner: "Lead Queue".to_owned(),
                ..AssignmentRuleSpec::default()
            },
        ],
        custom_fields: ["Contact", "Lead", "Case"].map(key).to_vec(),
        ..spec()
    })
}

fn key(object: &str) -> CustomFieldSpec {
    CustomFieldSpec {
        object: object.to_owned(),
        name: KEY.to_owned(),
        external_id: true,
        ..CustomFieldSpec::default()
    }
}

/// What the ledger and the record say, in the words of the table.
async fn cell(door: Door, column: usize) -> String {
    let crm = org();
    let (_, user, asked) = columns(&crm).swap_remove(column);
    if asked.rules == Rules::Forbidden && !door.can_forbid_rules() {
        return "–".to_owned();
    }
    match door.create(&crm, user, &asked).await {
        Err(code) => {
            assert_eq!(crm.creates().len(), 0, "{door:?} refused and wrote");
            format!("`{code}`")
        }
        Ok(id) => {
            let rows = crm.creates();
            let [row] = rows.as_slice() else {
                panic!("{door:?} wrote {rows:?}");
            };
            let read = crm
                .get("Ada Min", &format!("/sobjects/{}/{id}", asked.object))
                .await;
            assert_eq!(read.status, StatusCode::OK, "{}", read.text);
            assert_eq!(
                (row.record.as_str(), row.api.as_str()),
                (id.as_str(), door.api())
            );
            assert_eq!(
                (&read.body["OwnerId"], &read.body["CreatedById"]),
                (&json!(row.owner), &json!(row.created_by))
            );
            assert_eq!(row.user, crm.id(user));
            let owner = match (row.owner_reason.as_str(), row.owner == row.owner_requested) {
                ("caller_default", _) => "the caller",
                ("requested", true) => "as asked",
                ("assignment_rule", _) if row.owner == Some(crm.id("Robin Cole")) => {
                    "the active rule's"
                }
                ("assignment_rule", _) if row.owner == Some(crm.id("Lead Queue")) => {
                    "the asked rule's"
                }
                other => panic!("{door:?}: {other:?}"),
            };
            match row.created_by == row.user {
                true => owner.to_owned(),
                false => format!("{owner}; created by the named user"),
            }
        }
    }
}

/// One line for each door, one column for each thing tried.
async fn table() -> String {
    let heads: Vec<_> = columns(&org()).into_iter().map(|(head, ..)| head).collect();
    let mut text = format!("| door | ledger's `api` | {} |\n", heads.join(" | "));
    text.push_str(&"|---".repeat(heads.len() + 2));
    text.push_str("|\n");
    for door in Door::ALL {
        let mut cells = Vec::new();
        for column in 0..heads.len() {
            cells.push(cell(door, column).await);
        }
        text.push_str(&format!(
            "| {} | `{}` | {} |\n",
            door.name(),
            door.api(),
            cells.join(" | ")
        ));
    }
    text
}

#[tokio::test]
async fn the_fidelity_document_says_what_each_door_does() {
    let table = table().await;

    let document = std::fs::read_to_string(DOCUMENT).unwrap();

    assert!(
        document.contains(&table),
        "docs/fidelity/salesforce.md should have this table:\n{table}"
    );
}

#[test]
fn the_fidelity_document_names_every_switch() {
    let document = std::fs::read_to_string(DOCUMENT).unwrap();

    let switches = serde_json::to_value(Switches::default()).unwrap();
    let names = switches.as_object().unwrap().keys();
    let absent: Vec<_> = names
        .filter(|name| !document.contains(&format!("| `{name}` |")))
        .collect();

    assert_eq!(absent, Vec::<&String>::new());
}
