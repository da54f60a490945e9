//! An org with records to query.

use mock_crm::salesforce::{CustomFieldSpec, FieldType};
use serde_json::{Value, json};

use crate::harness::{TestOrg, spec};

/// Two accounts and three contacts of Dana's and Robin's, an opportunity each, a task about each kind of record.
pub(crate) struct SoqlOrg {
    pub(crate) crm: TestOrg,
    pub(crate) acme: String,
    pub(crate) ann: String,
}

const DANA: &str = "Dana Reyes";

pub(crate) async fn org() -> SoqlOrg {
    let field = |name: &str, kind| CustomFieldSpec {
        object: "Contact".to_owned(),
        name: name.to_owned(),
        kind,
        ..CustomFieldSpec::default()
    };
    let mut spec = spec();
    spec.custom_fields = vec![
        field("Languages__c", FieldType::MultiPicklist),
        field("Income__c", FieldType::Currency),
        CustomFieldSpec {
            external_id: true,
            ..field("Ext__c", FieldType::String)
        },
    ];
    let crm = TestOrg::of(spec);
    let account = |name: &str, kind: &str, revenue: Value| json!({ "Name": name, "Type": kind, "AnnualRevenue": revenue, "BillingState": "CA" });
    let acme = crm
        .given(DANA, "Account", account("Acme", "Customer", json!(5000)))
        .await;
    let beta = crm
        .given(
            "Robin Cole",
            "Account",
            account("beta", "Partner", Value::Null),
        )
        .await;
    let contact = |first: &str, last: &str, email: Value, account: Value, languages: Value| {
        json!({ "FirstName": first, "LastName": last, "Email": email, "AccountId": account,
            "Languages__c": languages, "Income__c": last.len() * 100, "Ext__c": format!("x-{first}") })
    };
    let (english, both) = (json!("English"), json!("English;Japanese"));
    let ann = contact("Ann", "Lee", json!("ann@x.example"), json!(acme), both);
    let ann = crm.given(DANA, "Contact", ann).await;
    let bob = contact("Bob", "O'Ash", Value::Null, Value::Null, english);
    crm.given("Robin Cole", "Contact", bob).await;
    let cid = contact(
        "Cid",
        "50%_Oak",
        json!("cid@x.example"),
        json!(acme),
        Value::Null,
    );
    crm.given(DANA, "Contact", cid).await;
    for (user, account, name, close, amount) in [
        (DANA, &acme, "First", "2026-01-15", 1000.0),
        ("Robin Cole", &beta, "Second", "2026-03-20", 2500.5),
        (DANA, &acme, "Third", "2025-12-31", 500.0),
    ] {
        let fields = json!({ "Name": name, "StageName": "Prospecting", "CloseDate": close, "Amount": amount,
            "AccountId": account });
        crm.given(user, "Opportunity", fields).await;
    }
    crm.given(
        DANA,
        "Task",
        json!({ "Subject": "Call", "WhoId": ann, "WhatId": acme }),
    )
    .await;
    crm.given(
        DANA,
        "Task",
        json!({ "Subject": "Plan", "Status": "Completed" }),
    )
    .await;
    SoqlOrg { crm, acme, ann }
}

impl SoqlOrg {
    pub(crate) async fn query(&self, soql: &str) -> Value {
        let answer = self.crm.query(DANA, soql).await;
        assert_eq!(answer.status, 200, "{soql}: {}", answer.text);
        answer.body
    }

    /// The records of an answer in short: values of each without attributes, in the order of the answer.
    pub(crate) async fn rows(&self, soql: &str) -> String {
        let body = self.query(soql).await;
        let rows = body["records"].as_array().unwrap().iter().map(short);
        rows.collect::<Vec<_>>().join(" | ")
    }

    /// The code and the last line of the message of a query that is refused.
    pub(crate) async fn refused(&self, soql: &str) -> String {
        let answer = self.crm.query(DANA, soql).await;
        assert_ne!(answer.status, 200, "{soql}");
        let message = answer.body[0]["message"].as_str().unwrap();
        format!("{}: {}", answer.code(), message.lines().last().unwrap())
    }
}

/// `Ann,{Acme}`: values, with those of records above in braces and those of records below in brackets.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(fields) if fields.contains_key("records") => {
            let records = fields["records"].as_array().unwrap().iter().map(short);
            format!("[{}]", records.collect::<Vec<_>>().join(" "))
        }
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(name, _)| *name != "attributes");
            let values = fields.map(|(_, value)| match value {
                Value::Object(fields) if !fields.contains_key("records") => {
                    format!("{{{}}}", short(value))
                }
                value => short(value),
            });
            values.collect::<Vec<_>>().join(",")
        }
        other => other.to_string(),
    }
}
