//! People and definitions that changed while a portal was open.

use mock_crm::MockCrm;
use mock_crm::crms::CreateQuery;
use mock_crm::serve::Vendor;
use reqwest::{Client, Method};
use serde_json::{Value, json};

use crate::{client, started};

/// A HubSpot client with the token of one of the seed's users.
struct Caller {
    http: Client,
    url: String,
    token: String,
}

impl Caller {
    fn new(crm: &MockCrm, user: usize) -> Self {
        Self {
            http: client(),
            url: crm.hubspot_url(),
            token: crm.portals()[0].users[user].token.clone().unwrap(),
        }
    }

    async fn send(&self, method: Method, path: &str, body: Value) -> (u16, Value) {
        let request = self.http.request(method, format!("{}{path}", self.url));
        let request = request.bearer_auth(&self.token).json(&body);
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or_default())
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        self.send(Method::GET, path, json!({})).await
    }

    /// The same of what is there: two refusals would be equal, too.
    async fn found(&self, path: &str) -> (u16, Value) {
        let found = self.get(path).await;
        assert_eq!(found.0, 200, "{path}: {}", found.1);
        found
    }

    async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.send(Method::POST, path, body).await
    }
}

fn property(name: &str, group: &str) -> Value {
    json!({
        "name": name, "label": name, "type": "enumeration", "fieldType": "select", "groupName": group,
        "options": [{ "label": "Gold", "value": "gold" }],
    })
}

#[tokio::test]
async fn definitions_are_there_after_a_restart_and_so_are_those_that_were_archived() {
    const PROPERTIES: &str = "/crm/v3/properties/contacts";
    let directory = tempfile::tempdir().unwrap();
    let crm = started(directory.path(), None).await;
    let dana = Caller::new(&crm, 0);
    let group = json!({ "name": "sync", "label": "Sync" });
    assert_eq!(
        dana.post("/crm/v3/properties/contacts/groups", group)
            .await
            .0,
        201
    );
    assert_eq!(dana.post(PROPERTIES, property("tier", "sync")).await.0, 201);
    let inputs = json!({ "inputs": [property("gone", "sync"), property("kept", "sync")] });
    assert_eq!(
        dana.post("/crm/v3/properties/contacts/batch/create", inputs)
            .await
            .0,
        201
    );
    let path = "/crm/v3/properties/contacts/gone";
    assert_eq!(dana.send(Method::DELETE, path, json!({})).await.0, 204);
    let label = json!({ "label": "Level" });
    assert_eq!(
        dana.send(Method::PATCH, "/crm/v3/properties/contacts/tier", label)
            .await
            .0,
        200
    );
    let lists = [
        PROPERTIES,
        "/crm/v3/properties/contacts?archived=true",
        "/crm/v3/properties/contacts/groups",
    ];
    let mut before = Vec::new();
    for list in lists {
        before.push(dana.found(list).await);
    }
    crm.server.written().await.unwrap();
    drop(crm);

    let crm = started(directory.path(), None).await;

    let dana = Caller::new(&crm, 0);
    for (list, before) in lists.into_iter().zip(before) {
        assert_eq!(dana.get(list).await, before, "{list}");
    }
    let contact = json!({ "properties": { "email": "a@b.co", "tier": "gold" } });
    assert_eq!(dana.post("/crm/v3/objects/contacts", contact).await.0, 201);
    assert_eq!(dana.post(PROPERTIES, property("tier", "sync")).await.0, 409);
}

#[tokio::test]
async fn a_custom_type_and_its_records_are_there_after_a_restart() {
    const SCHEMAS: &str = "/crm-object-schemas/v3/schemas";
    let directory = tempfile::tempdir().unwrap();
    let crm = started(directory.path(), None).await;
    let dana = Caller::new(&crm, 0);
    let schema = |name: &str| {
        let model =
            json!({ "name": "model", "label": "Model", "type": "string", "fieldType": "text" });
        json!({ "name": name, "labels": {}, "properties": [model], "requiredProperties": ["model"] })
    };
    for name in ["gone", "car"] {
        assert_eq!(dana.post(SCHEMAS, schema(name)).await.0, 201);
    }
    let path = format!("{SCHEMAS}/gone");
    assert_eq!(dana.send(Method::DELETE, &path, json!({})).await.0, 204);
    let labels = json!({ "labels": { "plural": "Fleet" } });
    let path = format!("{SCHEMAS}/car");
    assert_eq!(dana.send(Method::PATCH, &path, labels).await.0, 200);
    let mini = json!({ "properties": { "model": "Mini" } });
    assert_eq!(dana.post("/crm/v3/objects/car", mini).await.0, 201);
    let asked = [
        SCHEMAS,
        "/crm/v3/schemas?archived=true",
        "/crm/v3/objects/car?properties=model",
    ];
    let mut before = Vec::new();
    for path in asked {
        before.push(dana.found(path).await);
    }
    let creates = crm.creates(&CreateQuery::default());
    crm.server.written().await.unwrap();
    drop(crm);

    let crm = started(directory.path(), None).await;

    let dana = Caller::new(&crm, 0);
    for (path, before) in asked.into_iter().zip(before) {
        assert_eq!(dana.get(path).await, before, "{path}");
    }
    assert_eq!(crm.creates(&CreateQuery::default()), creates);
    assert_eq!(dana.post(SCHEMAS, schema("gone")).await.0, 409);
}

#[tokio::test]
async fn who_was_deactivated_is_so_after_a_restart_and_who_was_taken_back_is_not() {
    let directory = tempfile::tempdir().unwrap();
    let crm = started(directory.path(), None).await;
    let portal = crm.hubspot.directory().all().remove(0);
    assert!(portal.set_user_active("Robin Park", false));
    assert!(portal.set_user_active("Dana Reyes", false));
    assert!(portal.set_user_active("Dana Reyes", true));
    crm.server.written().await.unwrap();
    drop(portal);
    drop(crm);

    let crm = started(directory.path(), None).await;

    let (dana, robin) = (Caller::new(&crm, 0), Caller::new(&crm, 1));
    assert_eq!(robin.get("/crm/v3/owners").await.0, 401);
    let (_, owners) = dana.get("/crm/v3/owners").await;
    let (_, archived) = dana.get("/crm/v3/owners?archived=true").await;
    let names = |owners: &Value| -> Vec<Value> {
        let owners = owners["results"].as_array().unwrap();
        owners
            .iter()
            .map(|owner| owner["firstName"].clone())
            .collect()
    };
    assert_eq!(
        (names(&owners), names(&archived)),
        (vec![json!("Dana")], vec![json!("Robin")])
    );
}

#[tokio::test]
async fn who_was_added_changed_and_removed_is_so_after_a_restart() {
    const USERS: &str = "/settings/v3/users";
    let directory = tempfile::tempdir().unwrap();
    let crm = started(directory.path(), None).await;
    let dana = Caller::new(&crm, 0);
    let sent = || crm.server.log.as_ref().unwrap().sent();
    let before = sent();
    let ada = json!({ "email": "ada@example.com", "firstName": "Ada" });
    let (status, user) = dana.post(USERS, ada).await;
    assert_eq!(status, 201);
    // The user and the record in the users object: there together or not at all.
    assert_eq!(sent() - before, 1);
    let path = format!("{USERS}/{}", user["id"].as_str().unwrap());
    let last = json!({ "lastName": "Byron" });
    assert_eq!(dana.send(Method::PUT, &path, last).await.0, 200);
    let path = format!("{USERS}/robin.park@example.com?idProperty=EMAIL");
    assert_eq!(dana.send(Method::DELETE, &path, json!({})).await.0, 204);
    let asked = [
        USERS,
        "/crm/v3/owners",
        "/crm/v3/owners?archived=true",
        "/crm/v3/objects/users?properties=hs_email,hubspot_owner_id",
    ];
    let mut before = Vec::new();
    for path in asked {
        before.push(dana.found(path).await);
    }
    let creates = crm.creates(&CreateQuery::default());
    crm.server.written().await.unwrap();
    drop(crm);

    let crm = started(directory.path(), None).await;

    let dana = Caller::new(&crm, 0);
    for (path, before) in asked.into_iter().zip(before) {
        assert_eq!(dana.get(path).await, before, "{path}");
    }
    assert_eq!(crm.creates(&CreateQuery::default()), creates);
    assert_eq!(Caller::new(&crm, 1).get("/crm/v3/owners").await.0, 401);
    let (status, bea) = dana
        .post(USERS, json!({ "email": "bea@example.com" }))
        .await;
    assert_eq!((status, bea["id"] == user["id"]), (201, false));
}

#[tokio::test]
async fn labels_and_what_is_connected_by_them_are_there_after_a_restart() {
    const LABELS: &str = "/crm/v4/associations/contacts/companies/labels";
    let directory = tempfile::tempdir().unwrap();
    let crm = started(directory.path(), None).await;
    let dana = Caller::new(&crm, 0);
    for name in ["gone", "chef"] {
        let label = json!({ "name": name, "label": name });
        assert_eq!(dana.post(LABELS, label).await.0, 200);
    }
    let mut ids = Vec::new();
    for object in ["contacts", "companies"] {
        let path = format!("/crm/v3/objects/{object}");
        let made = dana.post(&path, json!({ "properties": {} })).await;
        assert_eq!(made.0, 201, "{}", made.1);
        ids.push(made.1["id"].as_str().unwrap().to_owned());
    }
    let links = format!("/crm/v4/objects/contacts/{}/associations/companies", ids[0]);
    // Each label has a number for either end.
    let (gone, chef) = (1, 3);
    let types = json!([{ "associationCategory": "USER_DEFINED", "associationTypeId": chef }]);
    let path = format!("{links}/{}", ids[1]);
    assert_eq!(dana.send(Method::PUT, &path, types).await.0, 201);
    let renamed = json!({ "associationTypeId": chef, "label": "Cook" });
    assert_eq!(dana.send(Method::PUT, LABELS, renamed).await.0, 204);
    let path = format!("{LABELS}/{gone}");
    assert_eq!(dana.send(Method::DELETE, &path, json!({})).await.0, 204);
    let mut before = Vec::new();
    for path in [LABELS, &links] {
        before.push(dana.found(path).await);
    }
    assert!(before[1].1.to_string().contains("Cook"), "{before:?}");
    crm.server.written().await.unwrap();
    drop(crm);

    let crm = started(directory.path(), None).await;

    let dana = Caller::new(&crm, 0);
    for (path, before) in [LABELS, &links].into_iter().zip(before) {
        assert_eq!(dana.get(path).await, before, "{path}");
    }
    let next = json!({ "name": "next", "label": "Next" });
    let (_, next) = dana.post(LABELS, next).await;
    assert_eq!(next["results"][0]["typeId"], 5);
}
