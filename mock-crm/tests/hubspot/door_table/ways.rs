//! The doors: where a client sends one record, and where the answer has its id.

use serde_json::{Value, json};

/// A way in. A new one is one more entry of [`DOORS`].
#[derive(Debug)]
pub(crate) struct Door {
    /// What the document calls it.
    pub(crate) name: &'static str,
    /// The ledger's name.
    pub(crate) api: &'static str,
    /// What it creates, as paths name it.
    pub(crate) object: &'static str,
    /// Where it is: all of these have to do the same.
    pub(crate) paths: &'static [&'static str],
    /// What is sent.
    pub(crate) body: fn(&Asked) -> Value,
    /// Where the answer has the record's id.
    pub(crate) id: &'static str,
}

/// What a request says.
#[derive(Debug)]
pub(crate) struct Asked {
    /// What stands for the owner, if anything does.
    pub(crate) owner: Option<String>,
    /// A company that is there.
    pub(crate) company: String,
}

impl Asked {
    fn properties(&self) -> Value {
        match &self.owner {
            Some(owner) => json!({ "lastname": "Lee", "hubspot_owner_id": owner }),
            None => json!({ "lastname": "Lee" }),
        }
    }

    fn linked(&self) -> Value {
        let kind = json!({ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 279 });
        let company = json!({ "to": { "id": self.company }, "types": [kind] });
        json!({ "properties": self.properties(), "associations": [company] })
    }

    /// Numbers are numbers in the first API.
    fn engagement(&self) -> Value {
        let mut engagement = json!({ "type": "NOTE", "timestamp": 1_767_225_600_000_u64 });
        if let Some(owner) = &self.owner {
            let number = owner.parse::<u64>().map(Value::from);
            engagement["ownerId"] = number.unwrap_or_else(|_| json!(owner));
        }
        json!({ "engagement": engagement, "metadata": { "body": "Called" } })
    }
}

pub(crate) static DOORS: [Door; 7] = [
    Door {
        name: "`POST objects/{type}`",
        api: "single",
        object: "contacts",
        paths: &[
            "/crm/v3/objects/contacts",
            "/crm/v4/objects/contact",
            "/crm/objects/2026-03/0-1",
        ],
        body: |asked| json!({ "properties": asked.properties() }),
        id: "/id",
    },
    Door {
        name: "the same, with `associations`",
        api: "single",
        object: "contacts",
        paths: &["/crm/v3/objects/contacts", "/crm/objects/2026-09/contacts"],
        body: Asked::linked,
        id: "/id",
    },
    Door {
        name: "`POST objects/{type}/batch/create`",
        api: "batch",
        object: "contacts",
        paths: &[
            "/crm/v3/objects/contacts/batch/create",
            "/crm/objects/2026-03/contacts/batch/create",
        ],
        body: |asked| json!({ "inputs": [{ "properties": asked.properties() }] }),
        id: "/results/0/id",
    },
    Door {
        name: "the same, with `associations`",
        api: "batch",
        object: "contacts",
        paths: &["/crm/v3/objects/contacts/batch/create"],
        body: |asked| json!({ "inputs": [asked.linked()] }),
        id: "/results/0/id",
    },
    Door {
        name: "`POST objects/{type}/batch/upsert`",
        api: "upsert",
        object: "contacts",
        paths: &[
            "/crm/v3/objects/contacts/batch/upsert",
            "/crm/objects/2026-03/contacts/batch/upsert",
        ],
        body: |asked| {
            let properties = asked.properties();
            let input = json!({ "id": "a1", "idProperty": "apollo_id", "properties": properties });
            json!({ "inputs": [input] })
        },
        id: "/results/0/id",
    },
    Door {
        name: "`POST /engagements/v1/engagements`",
        api: "engagements",
        object: "notes",
        paths: &["/engagements/v1/engagements"],
        body: Asked::engagement,
        id: "/engagement/id",
    },
    Door {
        name: "`POST /crm/v3/imports`",
        api: "import",
        object: "contacts",
        paths: &["/crm/v3/imports", "/crm/imports/2026-03"],
        body: |_| json!({}),
        id: "/id",
    },
];
