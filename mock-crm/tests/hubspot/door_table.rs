//! Every door that a record can come in by, who owns it then, and what HubSpot shows of who made it: the door table of the
//! fidelity document.

mod unasked;
mod ways;

use http::StatusCode;
use mock_crm::hubspot::spec::{RecordSpec, ServiceKeySpec, Switches};
use mock_crm::identity::TokenKind;
use serde_json::{Value, json};

use crate::harness::{Answer, TestPortal};
use ways::{Asked, DOORS, Door};

/// Where the table is kept for people.
const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/fidelity/hubspot.md");

const STAMPS: &str = "hubspot_owner_id,hs_object_source,hs_object_source_id,hs_object_source_user_id,\
                      hs_created_by_user_id,hs_updated_by_user_id";

/// The one whose token it is, and the one who is to own.
const CALLER: &str = "Sam Low";
const OWNER: &str = "Dana Reyes";

/// What is tried at each door: the head of the column, with what kind of credential, and what stands for the owner.
const COLUMNS: [(&str, Credential, OwnerAs); 12] = [
    ("no owner", Credential::Account, OwnerAs::Nothing),
    ("an owner's id", Credential::Account, OwnerAs::OwnerId),
    ("the owner's user id", Credential::Account, OwnerAs::UserId),
    (
        "the id in the users object",
        Credential::Account,
        OwnerAs::RecordId,
    ),
    ("the owner's e-mail", Credential::Account, OwnerAs::Email),
    ("an archived owner", Credential::Account, OwnerAs::Archived),
    ("a queue", Credential::Account, OwnerAs::Queue),
    ("`\"\"`", Credential::Account, OwnerAs::Empty),
    (
        "stamps: app of the account",
        Credential::Account,
        OwnerAs::Nothing,
    ),
    ("user-level app", Credential::User, OwnerAs::Nothing),
    ("private app", Credential::PrivateApp, OwnerAs::Nothing),
    ("service key", Credential::ServiceKey, OwnerAs::Nothing),
];

/// Columns from this one on are about what is shown of the creator, those before about the owner.
const FIRST_OF_STAMPS: usize = 8;

#[derive(Clone, Copy, Debug)]
enum Credential {
    Account,
    User,
    PrivateApp,
    ServiceKey,
}

#[derive(Clone, Copy, Debug)]
enum OwnerAs {
    Nothing,
    OwnerId,
    UserId,
    RecordId,
    Email,
    Archived,
    Queue,
    Empty,
}

impl Credential {
    fn token(self, crm: &TestPortal) -> String {
        match self {
            Self::Account => crm.token_of(CALLER, "main"),
            Self::User => crm.token_of(CALLER, "personal"),
            Self::PrivateApp => standing(crm, TokenKind::PrivateApp),
            Self::ServiceKey => standing(crm, TokenKind::ServiceKey),
        }
    }
}

/// The token of this kind that the portal has from the start.
fn standing(crm: &TestPortal, kind: TokenKind) -> String {
    let tokens = crm.hubspot.tokens(&crm.portal);
    let token = tokens.iter().find(|token| token.grant.kind == kind);
    token.unwrap().grant.text.to_string()
}

impl OwnerAs {
    fn text(self, crm: &TestPortal) -> Option<String> {
        let owner = crm.portal.user(OWNER).unwrap();
        Some(match self {
            Self::Nothing => return None,
            Self::OwnerId => crm.owner_id(OWNER),
            Self::UserId => crm.user_id(OWNER),
            Self::RecordId => crm.portal.user_record_id(&owner).unwrap(),
            Self::Email => "dana.reyes@example.com".to_owned(),
            Self::Archived => crm.owner_id("Gone Girl"),
            Self::Queue => "4711".to_owned(),
            Self::Empty => String::new(),
        })
    }
}

fn portal() -> TestPortal {
    TestPortal::with(|spec| {
        spec.queue_owners[0].owner_id = Some(4711);
        spec.service_keys = vec![ServiceKeySpec {
            user: CALLER.to_owned(),
            ..ServiceKeySpec::default()
        }];
        spec.records = vec![RecordSpec {
            object: "companies".to_owned(),
            ..RecordSpec::default()
        }];
    })
}

/// What came of one request to one path of a door, in the words of the table.
async fn cell(door: &Door, path: &str, column: usize) -> String {
    let mut crm = portal();
    let (_, credential, owner) = COLUMNS[column];
    crm.use_token(&credential.token(&crm));
    let companies = crm.get("/crm/v3/objects/companies").await;
    let asked = Asked {
        owner: owner.text(&crm),
        company: companies.body["results"][0]["id"]
            .as_str()
            .unwrap()
            .to_owned(),
    };

    let answer = crm.post(path, (door.body)(&asked)).await;

    if !answer.status.is_success() {
        assert_eq!(crm.creates().len(), 0, "{path} refused and wrote");
        return refusal(&answer);
    }
    let id = match answer.body.pointer(door.id) {
        Some(Value::String(id)) => id.clone(),
        Some(Value::Number(id)) => id.to_string(),
        _ => panic!("{path} answered {}", answer.body),
    };
    let shown = crm
        .get(&format!(
            "/crm/v3/objects/{}/{id}?properties={STAMPS}",
            door.object
        ))
        .await
        .expect(200);
    match column < FIRST_OF_STAMPS {
        true => ownership(&crm, door, &asked, (&id, &shown)),
        false => stamps(&crm, door, (&id, &shown)),
    }
}

fn refusal(answer: &Answer) -> String {
    if answer.status == StatusCode::NOT_IMPLEMENTED {
        return "501".to_owned();
    }
    let code = &answer.body["errors"][0]["code"];
    format!(
        "`{}`",
        code.as_str()
            .unwrap_or_else(|| panic!("refused with {}", answer.body))
    )
}

/// Whoever HubSpot shows, the ledger has one row, of the user whose token it was; its owner.
#[track_caller]
fn ledgered_owner(crm: &TestPortal, door: &Door, id: &str) -> (Option<String>, String) {
    let rows = crm.creates();
    let [row] = rows.as_slice() else {
        panic!("{door:?} wrote {rows:?}");
    };
    assert_eq!((&*row.record, &*row.object), (id, door.object));
    assert_eq!(row.api, door.api);
    let caller = crm.user_id(CALLER);
    assert_eq!((&row.user, &row.created_by), (&caller, &caller));
    assert_eq!(row.created_by_reason, "token");
    (row.owner.clone(), row.owner_reason.clone())
}

fn ownership(crm: &TestPortal, door: &Door, asked: &Asked, (id, shown): (&str, &Answer)) -> String {
    let (owner, reason) = ledgered_owner(crm, door, id);
    assert_eq!(shown.property("hubspot_owner_id"), &json!(owner));
    match (reason.as_str(), owner) {
        ("blank", None) => "nobody".to_owned(),
        ("requested", owner) if owner == asked.owner => "as asked".to_owned(),
        other => panic!("{door:?}: {other:?}"),
    }
}

fn stamps(crm: &TestPortal, door: &Door, (id, shown): (&str, &Answer)) -> String {
    ledgered_owner(crm, door, id);
    let app = crm.creates()[0].app.clone();
    assert_eq!(shown.property("hs_object_source"), "INTEGRATION");
    assert_eq!(shown.property("hs_object_source_id"), &json!(app));
    let users = [
        "hs_object_source_user_id",
        "hs_created_by_user_id",
        "hs_updated_by_user_id",
    ]
    .map(|name| shown.property(name));
    let caller = json!(crm.user_id(CALLER));
    match users {
        [Value::Null, Value::Null, Value::Null] => "the app".to_owned(),
        users if users.iter().all(|user| **user == caller) => "the app and the user".to_owned(),
        users => panic!("{door:?}: {users:?}"),
    }
}

/// One line for each door, one column for each thing tried.
async fn table() -> String {
    let heads = COLUMNS.map(|(head, ..)| head).join(" | ");
    let mut text = format!("| door | ledger's `api` | {heads} |\n");
    text.push_str(&"|---".repeat(COLUMNS.len() + 2));
    text.push_str("|\n");
    for door in &DOORS {
        let mut cells = Vec::new();
        for column in 0..COLUMNS.len() {
            let first = cell(door, door.paths[0], column).await;
            for path in &door.paths[1..] {
                assert_eq!(cell(door, path, column).await, first, "{path}");
            }
            cells.push(first);
        }
        let simulated = cells.iter().any(|cell| cell != "501");
        let api = match simulated {
            true => format!("`{}`", door.api),
            false => "–".to_owned(),
        };
        text.push_str(&format!(
            "| {} | {api} | {} |\n",
            door.name,
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
        "docs/fidelity/hubspot.md should have this table:\n{table}"
    );
}

#[tokio::test]
async fn the_fidelity_document_says_whose_the_records_are_that_nobody_asked_for() {
    let table = unasked::table().await;

    let document = std::fs::read_to_string(DOCUMENT).unwrap();

    assert!(
        document.contains(&table),
        "docs/fidelity/hubspot.md should have this table:\n{table}"
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
