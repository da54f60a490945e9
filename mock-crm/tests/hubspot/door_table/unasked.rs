//! Records that no request of a client asked for.

use mock_crm::hubspot::PortalSpec;
use mock_crm::hubspot::spec::RecordSpec;
use serde_json::Value;

use super::{CALLER, OWNER, STAMPS};
use crate::harness::TestPortal;

/// A way in which such a record comes to be. A new one is one more entry of [`UNASKED`].
struct Unasked {
    /// What the document calls it.
    name: &'static str,
    /// What it is, as paths name it: the first of its kind in the portal.
    object: &'static str,
    /// What makes it, when the portal is opened.
    given: fn(&mut PortalSpec),
}

static UNASKED: [Unasked; 2] = [
    Unasked {
        name: "`records` of the seed: HubSpot's own pages",
        object: "deals",
        given: |spec| spec.records = vec![seeded(None)],
    },
    Unasked {
        name: "`records` of the seed, with `app`",
        object: "deals",
        given: |spec| spec.records = vec![seeded(Some("Sync app"))],
    },
];

fn seeded(app: Option<&str>) -> RecordSpec {
    RecordSpec {
        object: "deals".to_owned(),
        owner: Some(OWNER.to_owned()),
        created_by: Some(CALLER.to_owned()),
        app: app.map(str::to_owned),
        ..RecordSpec::default()
    }
}

impl Unasked {
    async fn line(&self) -> String {
        let crm = TestPortal::with(self.given);
        let list = format!("/crm/v3/objects/{}?properties={STAMPS}", self.object);
        let listed = crm.get(&list).await.expect(200);
        let shown = |name: &str| {
            let value = &listed.body["results"][0]["properties"][name];
            in_words(&crm, value)
        };
        let ledger = match crm.creates().len() {
            0 => "no row",
            _ => "a row",
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
        None => "nobody".to_owned(),
        Some(text) if text == crm.owner_id(OWNER) => "as asked".to_owned(),
        Some(text) if text == user => "the user".to_owned(),
        Some("9280840") => "the app".to_owned(),
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
