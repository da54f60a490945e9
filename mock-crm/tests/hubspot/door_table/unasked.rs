//! Records that no request of a client asked for.

use mock_crm::hubspot::PortalSpec;
use mock_crm::hubspot::spec::{FormSpec, ImportSpec, RecordSpec};
use serde_json::{Value, json};

use super::{CALLER, OWNER, STAMPS};
use crate::harness::TestPortal;

/// A way in which such a record comes to be. A new one is one more entry of [`UNASKED`].
struct Unasked {
    /// What the document calls it.
    name: &'static str,
    /// What it is, as paths name it: the first of its kind in the portal.
    object: &'static str,
    /// How the portal is opened.
    given: fn(&mut PortalSpec),
    /// The e-mail address of a new contact, where that is the occasion.
    occasion: Option<&'static str>,
}

static UNASKED: [Unasked; 5] = [
    Unasked {
        name: "`records` of the seed: HubSpot's own pages",
        object: "deals",
        given: |spec| spec.records = vec![seeded()],
        occasion: None,
    },
    Unasked {
        name: "`records` of the seed, with `app`",
        object: "deals",
        given: |spec| {
            let app = Some("Sync app".to_owned());
            spec.records = vec![RecordSpec { app, ..seeded() }];
        },
        occasion: None,
    },
    Unasked {
        name: "`records` of the seed, with `import`",
        object: "deals",
        given: |spec| {
            let import = Some(ImportSpec {
                id: 4712,
                ..ImportSpec::default()
            });
            spec.records = vec![RecordSpec { import, ..seeded() }];
        },
        occasion: None,
    },
    Unasked {
        name: "`records` of the seed, with `form`",
        object: "deals",
        given: |spec| {
            let form = Some(FormSpec {
                id: "f4713".to_owned(),
                ..FormSpec::default()
            });
            spec.records = vec![RecordSpec { form, ..seeded() }];
        },
        occasion: None,
    },
    Unasked {
        name: "the company of a contact's e-mail domain (switch `contact_company_autoassociate`)",
        object: "companies",
        given: |spec| spec.switches.contact_company_autoassociate = true,
        occasion: Some("ada@acme.example"),
    },
];

fn seeded() -> RecordSpec {
    RecordSpec {
        object: "deals".to_owned(),
        owner: Some(OWNER.to_owned()),
        created_by: Some(CALLER.to_owned()),
        ..RecordSpec::default()
    }
}

impl Unasked {
    async fn line(&self) -> String {
        let crm = TestPortal::with(self.given).with_token_of(CALLER, "main");
        if let Some(email) = self.occasion {
            let owner = crm.owner_id(OWNER);
            crm.given_contact(json!({ "email": email, "hubspot_owner_id": owner }))
                .await;
        }
        let list = format!("/crm/v3/objects/{}?properties={STAMPS}", self.object);
        let listed = crm.get(&list).await.expect(200);
        let shown = |name: &str| {
            let value = &listed.body["results"][0]["properties"][name];
            in_words(&crm, value)
        };
        let rows = crm.creates();
        let row = rows.iter().find(|row| row.object == self.object);
        let ledger = match row {
            None => "no row".to_owned(),
            Some(row) => format!("`{}`", row.api),
        };
        let [owner, source, id] = [
            "hubspot_owner_id",
            "hs_object_source",
            "hs_object_source_id",
        ]
        .map(shown);
        let user = shown("hs_created_by_user_id");
        assert_eq!(shown("hs_object_source_user_id"), user);
        format!(
            "| {} | {ledger} | {owner} | {source} | {id} | {user} |\n",
            self.name
        )
    }
}

fn in_words(crm: &TestPortal, value: &Value) -> String {
    let user = crm.user_id(CALLER);
    match value.as_str() {
        None => "–".to_owned(),
        Some(text) if text == crm.owner_id(OWNER) => "as asked".to_owned(),
        Some(text) if text == user => "the user".to_owned(),
        Some("9280840") => "the app".to_owned(),
        Some("4712") => "the import".to_owned(),
        Some("f4713") => "the form".to_owned(),
        Some(text) => format!("`{}`", text.replace(&user, "{user}")),
    }
}

/// One line for each.
pub(super) async fn table() -> String {
    let mut text = "| record | ledger | owner | `hs_object_source` | `hs_object_source_id` | user |\n|---|---|---|---|---|---|\n".to_owned();
    for unasked in &UNASKED {
        text.push_str(&unasked.line().await);
    }
    text
}
