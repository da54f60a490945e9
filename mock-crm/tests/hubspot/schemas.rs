//! Custom object types, made while the portal is open.

use serde_json::{Value, json};

use crate::harness::TestPortal;

const SCHEMAS: &str = "/crm-object-schemas/v3/schemas";

/// A portal with a type of its specification.
fn portal() -> TestPortal {
    TestPortal::with(|spec| {
        spec.objects = vec![mock_crm::hubspot::spec::ObjectSpec {
            name: "vehicle".to_owned(),
            ..Default::default()
        }];
    })
}

fn car() -> Value {
    let property = |name: &str, unique: bool| json!({ "name": name, "label": name, "type": "string", "fieldType": "text", "hasUniqueValue": unique });
    json!({
        "name": "car", "labels": { "singular": "Car", "plural": "Cars" }, "description": "Drives.",
        "primaryDisplayProperty": "model", "secondaryDisplayProperties": ["vin"], "searchableProperties": ["model"],
        "requiredProperties": ["model"], "properties": [property("model", false), property("vin", true)],
        "associatedObjects": ["CONTACT", "0-2"],
    })
}

#[tokio::test]
async fn a_type_is_made_with_all_that_the_wire_shows() {
    let crm = portal();

    let made = crm.post(SCHEMAS, car()).await.expect(201).body;

    let mut facts = made.clone();
    let facts = facts.as_object_mut().unwrap();
    let properties = facts.remove("properties").unwrap();
    let associations = facts.remove("associations").unwrap();
    let user: u32 = crm.user_id("Dana Reyes").parse().unwrap();
    let expected = json!({
        "id": "2-1000001", "objectTypeId": "2-1000001", "fullyQualifiedName": "p62515_car", "name": "car",
        "labels": { "singular": "Car", "plural": "Cars" }, "description": "Drives.", "primaryDisplayProperty": "model",
        "secondaryDisplayProperties": ["vin"], "searchableProperties": ["model"], "requiredProperties": ["model"],
        "allowsSensitiveProperties": false, "archived": false, "restorable": true, "metaType": "PORTAL_SPECIFIC",
        "portalId": 62515, "createdAt": "2026-01-01T00:00:00.000Z", "updatedAt": "2026-01-01T00:00:00.000Z",
        "createdByUserId": user, "updatedByUserId": user,
    });
    assert_eq!(Value::Object(facts.clone()), expected);
    let properties = properties.as_array().unwrap();
    let model = properties
        .iter()
        .find(|property| property["name"] == "model")
        .unwrap();
    assert_eq!(model["groupName"], "car_information");
    let ends: Vec<_> = (associations.as_array().unwrap().iter())
        .map(|one| {
            (
                one["fromObjectTypeId"].as_str().unwrap(),
                one["toObjectTypeId"].as_str().unwrap(),
            )
        })
        .collect();
    let car = "2-1000001";
    assert_eq!(
        ends,
        [(car, "0-1"), ("0-1", car), (car, "0-2"), ("0-2", car)]
    );
    let labels = crm
        .get("/crm/v4/associations/car/contacts/labels")
        .await
        .expect(200);
    assert_eq!(
        labels.body["results"][0]["typeId"].to_string(),
        associations[0]["id"].as_str().unwrap()
    );
    for path in [
        "/crm/v3/schemas/car",
        "/crm-object-schemas/2026-03/schemas/p62515_car",
    ] {
        assert_eq!(crm.get(path).await.expect(200).body, made);
    }
    let all = crm.get(SCHEMAS).await.expect(200);
    let names: Vec<_> = (all.body["results"].as_array().unwrap().iter())
        .map(|one| one["name"].clone())
        .collect();
    assert_eq!(names, ["vehicle", "car"]);
}

#[tokio::test]
async fn records_of_a_new_type_go_by_all_of_its_names() {
    let crm = portal();
    let new = json!({ "properties": { "model": "Mini", "vin": "1" } });
    crm.post("/crm/v3/objects/car", new.clone())
        .await
        .expect(400);
    crm.post(SCHEMAS, car()).await.expect(201);

    let id = crm
        .post("/crm/v3/objects/p_car", new)
        .await
        .expect(201)
        .id();

    for name in ["car", "p62515_car", "2-1000001", "p_car"] {
        let path = format!("/crm/objects/2026-03/{name}/{id}?properties=model");
        assert_eq!(
            crm.get(&path).await.expect(200).property("model"),
            "Mini",
            "{name}"
        );
        crm.get(&format!("/crm/v3/properties/{name}/vin"))
            .await
            .expect(200);
    }
    crm.get("/crm/v3/objects/p1_car").await.expect(400);
    let by_key = crm
        .get("/crm/v3/objects/car/1?idProperty=vin")
        .await
        .expect(200);
    assert_eq!(by_key.id(), id);
    let found = crm
        .post("/crm/v3/objects/car/search", json!({ "query": "mini" }))
        .await
        .expect(200);
    assert_eq!(found.body["total"], 1);
    let missing = crm
        .post(
            "/crm/v3/objects/car",
            json!({ "properties": { "vin": "2" } }),
        )
        .await
        .expect(400);
    assert_eq!(
        missing.body["message"],
        "Error creating CAR. Some required properties were not set."
    );
    assert_eq!(crm.creates()[0].object, "car");
}

#[tokio::test]
async fn a_new_type_reaches_no_other_portal() {
    let crm = portal();
    let other = TestPortal::with(|spec| spec.id = Some(99));

    crm.post(SCHEMAS, car()).await.expect(201);

    other.get("/crm/v3/objects/car").await.expect(400);
    other.get(&format!("{SCHEMAS}/2-1000001")).await.expect(404);
    let all = other.get(SCHEMAS).await.expect(200);
    assert_eq!(all.body["results"], json!([]));
}

#[tokio::test]
async fn what_no_type_can_be_made_of_is_refused() {
    let crm = portal();

    let empty = crm.post(SCHEMAS, json!({})).await.expect(400);
    assert_eq!(
        empty.body["message"],
        "Invalid input JSON on line 1, column 2. Some required fields were not set: [labels, name, properties]"
    );
    for (field, value) in [
        ("name", json!("My car")),
        ("requiredProperties", json!(["wheels"])),
        ("primaryDisplayProperty", json!("wheels")),
        ("searchableProperties", json!(["wheels"])),
        ("associatedObjects", json!(["butterflies"])),
        ("properties", json!([{ "name": "model" }])),
        ("properties", json!("model")),
    ] {
        let mut body = car();
        body[field] = value;
        crm.post(SCHEMAS, body).await.expect(400);
    }
    let mut grouped = car();
    grouped["properties"][0]["groupName"] = json!("elsewhere");
    crm.post(SCHEMAS, grouped).await.expect(400);
    for taken in ["vehicle", "contacts", "tickets"] {
        let mut body = car();
        body["name"] = json!(taken);
        let answer = crm.post(SCHEMAS, body).await.expect(409);
        assert_eq!(answer.body["category"], "OBJECT_ALREADY_EXISTS");
    }
    crm.get(&format!("{SCHEMAS}/car")).await.expect(404);
}

#[tokio::test]
async fn a_type_changes_and_hubspots_own_do_not() {
    let crm = portal();
    crm.post(SCHEMAS, car()).await.expect(201);
    crm.advance(60);
    let change = json!({
        "labels": { "singular": "Auto" }, "clearDescription": true, "requiredProperties": ["vin"],
        "searchableProperties": ["vin"],
    });

    let changed = crm
        .patch(&format!("{SCHEMAS}/car"), change)
        .await
        .expect(200)
        .body;

    assert_eq!(
        changed["labels"],
        json!({ "singular": "Auto", "plural": "Cars" })
    );
    assert_eq!(changed.get("description"), None);
    assert_eq!(changed.get("properties"), None);
    assert_eq!(changed["requiredProperties"], json!(["vin"]));
    assert_eq!(changed["updatedAt"], "2026-01-01T00:01:00.000Z");
    let no_vin = json!({ "properties": { "model": "Mini" } });
    crm.post("/crm/v3/objects/car", no_vin).await.expect(400);
    let wheels = json!({ "requiredProperties": ["wheels"] });
    crm.patch(&format!("{SCHEMAS}/car"), wheels)
        .await
        .expect(400);
    let label = json!({ "labels": { "plural": "Fleet" } });
    let seeded = crm
        .patch(&format!("{SCHEMAS}/vehicle"), label.clone())
        .await
        .expect(200);
    assert_eq!(
        seeded.body["labels"],
        json!({ "singular": "Vehicle", "plural": "Fleet" })
    );
    crm.patch(&format!("{SCHEMAS}/contacts"), label)
        .await
        .expect(400);
    let required = "/crm/v3/properties/car/vin";
    crm.delete(required).await.expect(400);
}

#[tokio::test]
async fn a_type_goes_when_it_has_no_records_and_its_name_is_free_when_it_is_purged() {
    let crm = portal();
    crm.post(SCHEMAS, car()).await.expect(201);
    let new = json!({ "properties": { "model": "Mini" } });
    let id = crm.post("/crm/v3/objects/car", new).await.expect(201).id();
    let path = format!("{SCHEMAS}/2-1000001");
    crm.delete(&path).await.expect(400);
    crm.delete(&format!("/crm/v3/objects/car/{id}"))
        .await
        .expect(204);

    crm.delete(&path).await.expect(204);

    crm.get(&path).await.expect(404);
    crm.get("/crm/v3/objects/car").await.expect(400);
    let archived = crm
        .get(&format!("{SCHEMAS}?archived=true"))
        .await
        .expect(200);
    assert_eq!(archived.body["results"][0]["archived"], true);
    crm.post(SCHEMAS, car()).await.expect(409);
    crm.delete(&format!("{SCHEMAS}/car?archived=true"))
        .await
        .expect(204);
    let again = crm.post(SCHEMAS, car()).await.expect(201);
    assert_eq!(again.body["objectTypeId"], "2-1000002");
    crm.delete(&format!("{SCHEMAS}/contacts")).await.expect(400);
    // Ledger rows of the old type keep its name.
    assert_eq!(crm.creates()[0].object, "car");
}

#[tokio::test]
async fn hubspots_own_types_have_schemas_to_be_read() {
    let crm = portal();

    let contacts = crm
        .get(&format!("{SCHEMAS}/contacts"))
        .await
        .expect(200)
        .body;

    assert_eq!(
        (&contacts["objectTypeId"], &contacts["name"]),
        (&json!("0-1"), &json!("CONTACT"))
    );
    assert!(contacts["properties"].as_array().unwrap().len() > 20);
    crm.get(&format!("{SCHEMAS}/butterflies")).await.expect(404);
    crm.post(&format!("{SCHEMAS}/vehicle/associations"), json!({}))
        .await
        .expect(501);
}

#[tokio::test]
async fn types_need_scopes_of_their_own() {
    let mut crm = TestPortal::new();

    let reader = crm.token_of("Dana Reyes", "reader");
    crm.use_token(&reader);

    let refused = crm.get(SCHEMAS).await.expect(403);
    crm.post(SCHEMAS, car()).await.expect(403);
    crm.delete(&format!("{SCHEMAS}/car")).await.expect(403);
    assert_eq!(refused.body["category"], "MISSING_SCOPES");
}

#[tokio::test]
async fn an_upsert_makes_no_record_without_what_its_type_requires() {
    let crm = portal();
    crm.post(SCHEMAS, car()).await.expect(201);
    let upsert = |properties: Value| json!({ "inputs": [{ "idProperty": "vin", "id": "V1", "properties": properties }] });
    let path = "/crm/v3/objects/car/batch/upsert";

    for properties in [json!({}), json!({ "model": "" })] {
        crm.post(path, upsert(properties)).await.expect(400);
    }
    assert_eq!(crm.creates().len(), 0);
    let mini = upsert(json!({ "model": "Mini" }));
    crm.post(path, mini).await.expect(200);
    let made = crm.post(path, upsert(json!({}))).await.expect(200);

    assert_eq!(made.body["results"][0]["new"], false);
    assert_eq!(crm.creates().len(), 1);
}
