//! Records through SOAP: the same rules as through REST, but for assignment rules, which run only where asked for.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use insta::assert_snapshot;
use mock_crm::salesforce::{AssignmentRuleSpec, CustomFieldSpec, OrgSpec};
use serde_json::json;

use crate::harness::{Answer, TestOrg, spec};

fn crm() -> TestOrg {
    TestOrg::of(OrgSpec {
        assignment_rules: vec![AssignmentRuleSpec {
            owner: "Lead Queue".to_owned(),
            ..AssignmentRuleSpec::default()
        }],
        custom_fields: vec![CustomFieldSpec {
            object: "Contact".to_owned(),
            name: "Ext__c".to_owned(),
            external_id: true,
            ..CustomFieldSpec::default()
        }],
        ..spec()
    })
}

async fn call_at(crm: &TestOrg, api: &str, user: &str, (header, body): (&str, &str)) -> Answer {
    let envelope = format!(
        "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Header><SessionHeader><sessionId>{}</sessionId>\
         </SessionHeader>{header}</e:Header><e:Body>{body}</e:Body></e:Envelope>",
        crm.token(user)
    );
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("/services/Soap/{api}/59.0"))
        .header("host", "crm.test");
    crm.send(request.body(Body::from(envelope)).unwrap()).await
}

async fn call(crm: &TestOrg, header: &str, body: &str) -> Answer {
    call_at(crm, "u", "Dana Reyes", (header, body)).await
}

/// What stands in the body of the answer.
fn content(answer: &Answer) -> &str {
    let (_, rest) = answer
        .text
        .split_once("<soapenv:Body>")
        .unwrap_or_else(|| panic!("{}", answer.text));
    rest.split_once("</soapenv:Body>").unwrap().0
}

fn ids(answer: &Answer) -> Vec<String> {
    let parts = answer.text.split("<id>").skip(1);
    parts.map(|part| part[..18].to_owned()).collect()
}

#[tokio::test]
async fn records_are_created_one_by_one_by_the_sessions_user() {
    let crm = crm();

    let answer = call(
        &crm,
        "",
        "<create><sObjects><type>Contact</type><LastName>Lee &amp; Co</LastName><DoNotCall xsi:nil=\"true\"/></sObjects>\
         <sObjects><type>Contact</type></sObjects><sObjects><type>Unicorn</type></sObjects></create>",
    )
    .await;

    let id = ids(&answer).remove(0);
    assert_snapshot!(content(&answer).replace(&id, "ID"), @r#"<createResponse><result><id>ID</id><success>true</success></result><result><errors><fields>LastName</fields><message>Required fields are missing: [LastName]</message><statusCode>REQUIRED_FIELD_MISSING</statusCode></errors><id xsi:nil="true"/><success>false</success></result><result><errors><message>sObject type &apos;Unicorn&apos; is not supported.</message><statusCode>INVALID_TYPE</statusCode></errors><id xsi:nil="true"/><success>false</success></result></createResponse>"#);
    let row = crm.creates().pop().unwrap();
    assert_eq!(
        (
            row.api.as_str(),
            row.created_by,
            row.owner,
            row.owner_reason.as_str()
        ),
        (
            "soap",
            crm.id("Dana Reyes"),
            Some(crm.id("Dana Reyes")),
            "caller_default"
        )
    );
    assert!(
        answer.text.contains("<current>1</current>"),
        "{}",
        answer.text
    );
}

#[tokio::test]
async fn with_all_or_none_one_that_fails_takes_the_others_back() {
    let crm = crm();
    let header = "<AllOrNoneHeader><allOrNone>true</allOrNone></AllOrNoneHeader>";
    let good = "<sObjects><type>Contact</type><LastName>Lee</LastName></sObjects>";
    let bad = "<sObjects><type>Contact</type></sObjects>";

    let failed = call(&crm, header, &format!("<create>{good}{bad}</create>")).await;
    let after_failure = crm.creates().len();
    let written = call(&crm, header, &format!("<create>{good}{good}</create>")).await;

    for code in [
        "ALL_OR_NONE_OPERATION_ROLLED_BACK",
        "REQUIRED_FIELD_MISSING",
    ] {
        assert!(failed.text.contains(code), "{}", failed.text);
    }
    assert_eq!((after_failure, ids(&failed).len()), (0, 0));
    assert_eq!((crm.creates().len(), ids(&written).len()), (2, 2));
}

#[tokio::test]
async fn the_enterprise_api_says_the_type_in_an_attribute() {
    let crm = crm();
    let body =
        "<create><sObjects xsi:type=\"urn:Contact\"><LastName>Lee</LastName></sObjects></create>";

    let answer = call_at(&crm, "c", "Dana Reyes", ("", body)).await;
    let query = "<query><queryString>SELECT LastName FROM Contact</queryString></query>";
    let found = call_at(&crm, "c", "Dana Reyes", ("", query)).await;

    assert_eq!(ids(&answer).len(), 1, "{}", answer.text);
    assert_snapshot!(content(&found), @r#"<queryResponse><result xsi:type="QueryResult"><done>true</done><queryLocator xsi:nil="true"/><records xsi:type="sf:Contact"><sf:LastName>Lee</sf:LastName></records><size>1</size></result></queryResponse>"#);
}

#[tokio::test]
async fn assignment_rules_run_only_where_a_header_asks() {
    let crm = crm();
    let rules = crm.query("Ada Min", "SELECT Id FROM AssignmentRule").await;
    let rule = rules.body["records"][0]["Id"].as_str().unwrap();
    let by_id = format!(
        "<AssignmentRuleHeader><assignmentRuleId>{rule}</assignmentRuleId></AssignmentRuleHeader>"
    );
    let default =
        "<AssignmentRuleHeader><useDefaultRule>true</useDefaultRule></AssignmentRuleHeader>";
    let create = "<create><sObjects><type>Lead</type><LastName>Lee</LastName><Company>A</Company></sObjects></create>";

    for header in ["", default, &by_id] {
        call(&crm, header, create).await;
    }

    let reasons: Vec<_> = crm
        .creates()
        .into_iter()
        .map(|row| row.owner_reason)
        .collect();
    assert_eq!(
        reasons,
        ["caller_default", "assignment_rule", "assignment_rule"]
    );
}

#[tokio::test]
async fn an_update_sets_and_clears_and_an_owner_is_changed_by_who_may() {
    let crm = crm();
    let id = crm
        .given(
            "Dana Reyes",
            "Contact",
            json!({ "LastName": "Lee", "Title": "CEO", "Phone": "1" }),
        )
        .await;
    let update = format!(
        "<update><sObjects><type>Contact</type><fieldsToNull>Title</fieldsToNull><Id>{id}</Id><LastName>Li</LastName>\
         <Phone xsi:nil=\"true\"/><OwnerId>{}</OwnerId></sObjects></update>",
        crm.id("Robin Cole")
    );

    let by_other = call_at(&crm, "u", "Robin Cole", ("", &update)).await;
    let by_owner = call(&crm, "", &update).await;

    assert!(
        by_other.text.contains("<success>false</success>"),
        "{}",
        by_other.text
    );
    assert!(
        by_owner.text.contains("<success>true</success>"),
        "{}",
        by_owner.text
    );
    let contact = crm
        .get("Ada Min", &format!("/sobjects/Contact/{id}"))
        .await
        .body;
    assert_eq!(
        (&contact["LastName"], &contact["Title"], &contact["Phone"]),
        (&json!("Li"), &json!(null), &json!("1"))
    );
    assert_eq!(contact["OwnerId"], crm.id("Robin Cole"));
    let without_id = call(
        &crm,
        "",
        "<update><sObjects><type>Contact</type></sObjects></update>",
    )
    .await;
    assert!(
        without_id.text.contains("Id not specified"),
        "{}",
        without_id.text
    );
}

#[tokio::test]
async fn an_upsert_keeps_the_owner_of_what_it_finds() {
    let crm = crm();
    let upsert = |name: &str| {
        format!(
            "<upsert><externalIDFieldName>Ext__c</externalIDFieldName><sObjects><type>Contact</type>\
             <Ext__c>x1</Ext__c><LastName>{name}</LastName></sObjects></upsert>"
        )
    };

    let created = call(&crm, "", &upsert("Lee")).await;
    let updated = call_at(&crm, "u", "Ada Min", ("", &upsert("Li"))).await;

    let id = ids(&created).remove(0);
    assert_eq!(ids(&updated), [&*id]);
    assert!(
        created.text.contains("<created>true</created>"),
        "{}",
        created.text
    );
    assert!(
        updated.text.contains("<created>false</created>"),
        "{}",
        updated.text
    );
    let dana = crm.id("Dana Reyes");
    assert_eq!(
        crm.owner_and_creator("Contact", &id).await,
        (dana.clone(), dana)
    );
}

#[tokio::test]
async fn deleted_records_are_gone_but_for_query_all() {
    let crm = crm();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;
    let count = |door: &str| {
        format!("<{door}><queryString>SELECT count() FROM Contact</queryString></{door}>")
    };

    let deleted = call(
        &crm,
        "",
        &format!("<delete><ids>{id}</ids><ids>nonsense</ids></delete>"),
    )
    .await;

    assert_snapshot!(content(&deleted).replace(&id, "ID"), @r#"<deleteResponse><result><id>ID</id><success>true</success></result><result><errors><message>malformed id nonsense</message><statusCode>MALFORMED_ID</statusCode></errors><id xsi:nil="true"/><success>false</success></result></deleteResponse>"#);
    assert!(
        call(&crm, "", &count("query"))
            .await
            .text
            .contains("<size>0</size>")
    );
    assert!(
        call(&crm, "", &count("queryAll"))
            .await
            .text
            .contains("<size>1</size>")
    );
}

#[tokio::test]
async fn a_query_answers_records_their_parents_and_their_children() {
    let crm = crm();
    let account = crm
        .given("Dana Reyes", "Account", json!({ "Name": "Acme" }))
        .await;
    crm.given(
        "Dana Reyes",
        "Contact",
        json!({ "LastName": "Lee", "AccountId": account }),
    )
    .await;
    let query = |soql: &str| format!("<query><queryString>{soql}</queryString></query>");

    let parents = call(
        &crm,
        "",
        &query("SELECT LastName, Title, CreatedDate, Account.Name FROM Contact"),
    )
    .await;
    let children = call(
        &crm,
        "",
        &query("SELECT Id, (SELECT LastName FROM Contacts) FROM Account"),
    )
    .await;

    assert_snapshot!(content(&parents), @r#"<queryResponse><result xsi:type="QueryResult"><done>true</done><queryLocator xsi:nil="true"/><records xsi:type="sf:sObject"><sf:type>Contact</sf:type><sf:Id xsi:nil="true"/><sf:LastName>Lee</sf:LastName><sf:Title xsi:nil="true"/><sf:CreatedDate>2026-01-01T00:00:03.000Z</sf:CreatedDate><sf:Account xsi:type="sf:sObject"><sf:type>Account</sf:type><sf:Id xsi:nil="true"/><sf:Name>Acme</sf:Name></sf:Account></records><size>1</size></result></queryResponse>"#);
    assert_snapshot!(content(&children).replace(&account, "ID"), @r#"<queryResponse><result xsi:type="QueryResult"><done>true</done><queryLocator xsi:nil="true"/><records xsi:type="sf:sObject"><sf:type>Account</sf:type><sf:Id>ID</sf:Id><sf:Id>ID</sf:Id><sf:Contacts xsi:type="QueryResult"><done>true</done><queryLocator xsi:nil="true"/><records xsi:type="sf:sObject"><sf:type>Contact</sf:type><sf:Id xsi:nil="true"/><sf:LastName>Lee</sf:LastName></records><size>1</size></sf:Contacts></records><size>1</size></result></queryResponse>"#);
}

#[tokio::test]
async fn a_long_result_comes_in_pages() {
    let crm = crm();
    for number in 0..201 {
        crm.given(
            "Dana Reyes",
            "Contact",
            json!({ "LastName": format!("Lee {number}") }),
        )
        .await;
    }
    let options = "<QueryOptions><batchSize>200</batchSize></QueryOptions>";
    let query = "<query><queryString>SELECT Id FROM Contact</queryString></query>";

    let first = call(&crm, options, query).await;
    let (_, locator) = first.text.split_once("<queryLocator>").unwrap();
    let more = format!(
        "<queryMore><queryLocator>{}</queryLocator></queryMore>",
        locator.split('<').next().unwrap()
    );
    let second = call(&crm, options, &more).await;
    let foreign = call_at(&crm, "u", "Robin Cole", ("", &more)).await;

    assert!(first.text.contains("<done>false</done>"));
    assert_eq!(first.text.matches("<records").count(), 200);
    assert!(
        second
            .text
            .contains("<done>true</done><queryLocator xsi:nil=\"true\"/>")
    );
    assert_eq!(second.text.matches("<records").count(), 1);
    assert!(
        foreign
            .text
            .contains("<faultcode>sf:INVALID_QUERY_LOCATOR</faultcode>"),
        "{}",
        foreign.text
    );
}

#[tokio::test]
async fn records_are_retrieved_by_id_and_missing_ones_are_nil() {
    let crm = crm();
    let id = crm
        .given("Dana Reyes", "Contact", json!({ "LastName": "Lee" }))
        .await;

    let answer = call(
        &crm,
        "",
        &format!("<retrieve><fieldList>Id, LastName</fieldList><sObjectType>Contact</sObjectType><ids>{id}</ids><ids>003000000000001AAA</ids></retrieve>"),
    )
    .await;

    assert_snapshot!(content(&answer).replace(&id, "ID"), @r#"<retrieveResponse><result xsi:type="sf:sObject"><sf:type>Contact</sf:type><sf:Id>ID</sf:Id><sf:Id>ID</sf:Id><sf:LastName>Lee</sf:LastName></result><result xsi:nil="true"/></retrieveResponse>"#);
}

#[tokio::test]
async fn what_can_not_be_done_is_a_fault() {
    let crm = crm();
    let many = "<sObjects><type>Contact</type></sObjects>".repeat(201);
    for (header, body, code) in [
        (
            "",
            "<query><queryString>SELECT</queryString></query>",
            "sf:MALFORMED_QUERY",
        ),
        (
            "",
            "<query><queryString>SELECT Oops FROM Contact</queryString></query>",
            "sf:INVALID_FIELD",
        ),
        (
            "",
            "<retrieve><sObjectType>Unicorn</sObjectType></retrieve>",
            "sf:INVALID_TYPE",
        ),
        (
            "",
            &format!("<create>{many}</create>"),
            "sf:EXCEEDED_ID_LIMIT",
        ),
        (
            "<OwnerChangeOptions><options><type>KeepAccountTeam</type><execute>true</execute></options></OwnerChangeOptions>",
            "<update/>",
            "sf:NOT_SIMULATED",
        ),
        (
            "<AssignmentRuleHeader><assignmentRuleId>x</assignmentRuleId></AssignmentRuleHeader>",
            "<create/>",
            "sf:MALFORMED_ID",
        ),
        ("", "<undelete/>", "sf:NOT_SIMULATED"),
    ] {
        let answer = call(&crm, header, body).await;

        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{body}");
        assert!(
            answer
                .text
                .contains(&format!("<faultcode>{code}</faultcode>")),
            "{}",
            answer.text
        );
    }
    assert_eq!(crm.creates(), []);
}

#[tokio::test]
async fn bytes_that_are_no_envelope_are_a_fault_too() {
    let crm = crm();
    for body in [
        &b""[..],
        b"\xff\xfe<",
        b"<a>",
        b"<Envelope><Body><create><sObjects/></create></Body></Envelope>",
    ] {
        let request = Request::builder()
            .method(Method::POST)
            .uri("/services/Soap/u/59.0/00D000000000000AAA");

        let answer = crm
            .send(request.body(Body::from(body.to_vec())).unwrap())
            .await;

        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert!(answer.text.contains("<faultcode>"), "{}", answer.text);
    }
}

#[tokio::test]
async fn an_upsert_sets_no_audit_fields_whatever_the_permissions() {
    let crm = crm();
    let record = |audit: &str| {
        format!(
            "<sObjects><type>Contact</type><LastName>Lee</LastName><Ext__c>e</Ext__c>{audit}</sObjects>"
        )
    };
    let audit = format!("<CreatedById>{}</CreatedById>", crm.id("Dana Reyes"));
    let upsert = |record: &str| {
        format!("<upsert><externalIDFieldName>Ext__c</externalIDFieldName>{record}</upsert>")
    };

    let body = upsert(&record(&audit));
    let refused = call_at(&crm, "u", "Audi Ting", ("", &body)).await;
    let body = format!("<create>{}</create>", record(&audit));
    let created = call_at(&crm, "u", "Audi Ting", ("", &body)).await;

    assert!(
        refused.text.contains("INVALID_FIELD_FOR_INSERT_UPDATE"),
        "{}",
        refused.text
    );
    let rows = crm.creates();
    assert_eq!((rows.len(), ids(&created).len()), (1, 1));
    assert_eq!(rows[0].created_by, crm.id("Dana Reyes"));
}
