//! What the org says about itself.

use axum::body::Body;
use http::{Request, StatusCode};
use insta::assert_compact_json_snapshot;
use serde_json::{Value, json};

use crate::collections::with_external_id;
use crate::harness::TestOrg;

fn field<'d>(describe: &'d Value, name: &str) -> &'d Value {
    let fields = describe["fields"].as_array().unwrap();
    fields.iter().find(|field| field["name"] == name).unwrap()
}

#[tokio::test]
async fn versions_are_listed_without_a_token_in_rising_order() {
    let crm = TestOrg::new();

    let answer = crm
        .send(
            Request::builder()
                .uri("/services/data/")
                .body(Body::empty())
                .unwrap(),
        )
        .await;

    assert_eq!(answer.status, StatusCode::OK);
    assert_compact_json_snapshot!(answer.body[0], @r#"{"label": "Summer '14", "url": "/services/data/v31.0", "version": "31.0"}"#);
    let last = answer.body.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["version"], &last["label"]),
        (&json!("64.0"), &json!("Summer '25"))
    );
}

#[tokio::test]
async fn a_describe_has_the_flags_of_ownership_fields() {
    let crm = TestOrg::of(with_external_id(true));

    let describe = crm
        .get("Dana Reyes", "/sobjects/contact/describe")
        .await
        .body;
    let flags = |name: &str| {
        let field = field(&describe, name);
        ["createable", "updateable", "nillable", "defaultedOnCreate"]
            .map(|flag| field[flag].as_bool().unwrap())
    };

    assert_eq!(
        (&describe["name"], &describe["keyPrefix"]),
        (&json!("Contact"), &json!("003"))
    );
    assert_eq!(flags("OwnerId"), [true, true, false, true]);
    assert_eq!(flags("CreatedById"), [false, false, false, true]);
    assert_eq!(flags("LastName"), [true, true, false, false]);
    assert_eq!(field(&describe, "OwnerId")["referenceTo"], json!(["User"]));
    assert_eq!(field(&describe, "Apollo_Id__c")["externalId"], true);
    assert_eq!(
        field(&describe, "MailingCity")["compoundFieldName"],
        "MailingAddress"
    );
}

#[tokio::test]
async fn audit_fields_show_as_createable_to_who_may_set_them() {
    let crm = TestOrg::new();

    let describe = crm
        .get("Audi Ting", "/sobjects/Contact/describe")
        .await
        .body;

    assert_eq!(field(&describe, "CreatedById")["createable"], true);
    assert_eq!(field(&describe, "SystemModstamp")["createable"], false);
}

#[tokio::test]
async fn an_account_knows_its_children() {
    let crm = TestOrg::new();

    let describe = crm
        .get("Dana Reyes", "/sobjects/Account/describe")
        .await
        .body;

    let children = describe["childRelationships"].as_array().unwrap();
    let names: Vec<_> = children
        .iter()
        .filter_map(|child| child["relationshipName"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            "ChildAccounts",
            "Contacts",
            "Opportunities",
            "Cases",
            "Tasks",
            "Events",
            "Emails"
        ]
    );
}

#[tokio::test]
async fn lists_resources_and_limits_are_there() {
    let crm = TestOrg::new();

    let list = crm.get("Dana Reyes", "/sobjects/").await.body;
    let basic = crm.get("Dana Reyes", "/sobjects/Lead").await.body;
    let resources = crm.get("Dana Reyes", "/").await.body;
    let limits = crm.get("Dana Reyes", "/limits").await.body;

    assert!(
        list["sobjects"]
            .as_array()
            .unwrap()
            .iter()
            .any(|object| object["name"] == "Task")
    );
    assert_eq!(basic["objectDescribe"]["labelPlural"], "Leads");
    assert!(
        resources["identity"]
            .as_str()
            .unwrap()
            .ends_with(&crm.id("Dana Reyes"))
    );
    assert!(
        limits["DailyApiRequests"]["Remaining"].as_u64()
            < limits["DailyApiRequests"]["Max"].as_u64()
    );
}

#[tokio::test]
async fn a_describe_is_not_sent_to_who_has_it() {
    let crm = TestOrg::new();
    for path in ["/sobjects", "/sobjects/Contact/describe"] {
        let first = crm.get("Dana Reyes", path).await;
        let (date, tag) = (
            first.header("last-modified").unwrap(),
            first.header("etag").unwrap(),
        );
        for (name, value, status) in [
            ("If-Modified-Since", date, 304),
            ("If-None-Match", tag, 304),
            ("If-Modified-Since", "Wed, 31 Dec 2025 00:00:00 GMT", 200),
            ("If-None-Match", "\"other\"", 200),
        ] {
            let answer = crm
                .call_with("Dana Reyes", http::Method::GET, path, "", &[(name, value)])
                .await;
            assert_eq!(answer.status.as_u16(), status, "{path} {name}");
        }
    }
}

#[tokio::test]
async fn a_describe_has_the_keys_that_recordings_have() {
    let crm = TestOrg::new();
    let describe = crm.get("Dana Reyes", "/sobjects/Lead/describe").await.body;
    let keys = |value: &Value| {
        let mut keys: Vec<_> = value.as_object().unwrap().keys().cloned().collect();
        keys.sort();
        keys.join(" ")
    };

    insta::assert_snapshot!(keys(&describe), @"actionOverrides activateable associateEntityType associateParentEntity childRelationships compactLayoutable createable custom customSetting deepCloneable defaultImplementation deletable deprecatedAndHidden extendedBy extendsInterfaces feedEnabled fields hasSubtypes implementedBy implementsInterfaces isInterface isSubtype keyPrefix label labelPlural layoutable listviewable lookupLayoutable mergeable mruEnabled name namedLayoutInfos networkScopeFieldName queryable recordTypeInfos replicateable retrieveable searchLayoutable searchable sobjectDescribeOption supportedScopes triggerable undeletable updateable urls");
    insta::assert_snapshot!(keys(field(&describe, "OwnerId")), @"aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete caseSensitive compoundFieldName controllerName createable custom defaultValue defaultValueFormula defaultedOnCreate dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted externalId extraTypeInfo filterable filteredLookupInfo formulaTreatNullNumberAsZero groupable highScaleNumber htmlFormatted idLookup inlineHelpText label length mask maskType name nameField namePointing nillable permissionable picklistValues polymorphicForeignKey precision queryByDistance referenceTargetField referenceTo relationshipName relationshipOrder restrictedDelete restrictedPicklist scale searchPrefilterable soapType sortable type unique updateable writeRequiresMasterRead");
    insta::assert_snapshot!(keys(&describe["urls"]), @"approvalLayouts compactLayouts defaultValues describe layouts listviews quickActions rowTemplate sobject");
    assert_eq!(
        field(&describe, "OwnerId")["referenceTo"],
        json!(["Group", "User"])
    );
    assert_compact_json_snapshot!(describe["supportedScopes"], @r#"[{"label": "All leads", "name": "everything"}, {"label": "My leads", "name": "mine"}]"#);
}

#[tokio::test]
async fn every_type_is_one_that_readers_of_describes_know() {
    let known = "id string picklist textarea phone url reference combobox email double currency percent datetime date boolean address int";
    let crm = TestOrg::new();
    let list = crm.get("Ada Min", "/sobjects").await.body;

    for object in list["sobjects"].as_array().unwrap() {
        let path = format!("/sobjects/{}/describe", object["name"].as_str().unwrap());
        let describe = crm.get("Ada Min", &path).await.body;
        for field in describe["fields"].as_array().unwrap() {
            let kind = field["type"].as_str().unwrap();
            assert!(known.split(' ').any(|known| known == kind), "{path} {kind}");
        }
        assert_eq!(describe["keyPrefix"], object["keyPrefix"]);
    }
}

#[tokio::test]
async fn what_may_only_be_read_is_described_so() {
    let mut spec = crate::harness::spec();
    spec.profiles.push(mock_crm::salesforce::PermissionSpec {
        name: "Reader".to_owned(),
        permissions: vec!["ApiEnabled".to_owned()],
        objects: vec![],
        read_only_objects: vec!["Contact".to_owned()],
    });
    spec.users[0].profile = "Reader".to_owned();
    let crm = TestOrg::of(spec);

    let describe = crm
        .get("Dana Reyes", "/sobjects/Contact/describe")
        .await
        .body;

    let flags = ["createable", "updateable", "deletable"].map(|flag| describe[flag].clone());
    assert_eq!(flags, [json!(false), json!(false), json!(false)]);
    assert_eq!(field(&describe, "LastName")["updateable"], false);
}
