//! An integration that sends a field of its team's own, with an org that has the field and with one that has not; and files
//! that are no org seed.

use std::sync::Arc;

use async_trait::async_trait;
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;
use crate::observe::Judgement;
use crate::report::RunReport;
use crate::suite::feature::{Source, parse};
use crate::suite::run::{Connect, Mocks, Options, run};
use crate::sut::{Driver, InProcess, Transport, TransportError};

const FEATURE: &str = "Feature: F
  Scenario: Salesforce
    Given Dana has linked her Salesforce login
    And team sync is connected to Salesforce as the integration user
    And Dana has saved a contact by hand
    When Dana pushes the contact to Salesforce on its own
    Then Salesforce records Dana as Owner
  Scenario: HubSpot
    Given Dana has linked her HubSpot login
    And Dana has saved a contact by hand
    When Dana pushes the contact to HubSpot on its own
    Then HubSpot records Dana as Created By
";

const SEED: &str = "
salesforce:
  custom_objects:
    - name: Territory__c
  custom_fields:
    - {object: Contact, name: Territory__c, type: reference, references: Territory__c}
    - {object: Contact, name: Region__c, type: string, required: true}
hubspot:
  objects:
    - {name: territory, plural: territories, required: [code]}
  properties:
    - {object: territories, name: code}
    - {object: contacts, name: region}
";

/// Pushes by itself, with a region; the rest is the reference client's.
#[derive(Debug)]
struct WithRegion {
    inner: InProcess,
    crms: Value,
    token: String,
    fields: Value,
}

impl WithRegion {
    fn new(inner: InProcess) -> Self {
        let (crms, fields) = (Value::Null, Value::Null);
        Self {
            inner,
            crms,
            token: String::new(),
            fields,
        }
    }

    async fn push(&self, params: &Value) -> Value {
        let field = |name: &str| &self.fields[name];
        let (url, body) = match params["crm"].as_str() {
            Some("salesforce") => (
                format!(
                    "{}/services/data/v60.0/sobjects/Contact",
                    text(&self.crms["salesforce"]["instance_url"])
                ),
                json!({ "FirstName": field("first_name"), "LastName": field("last_name"), "Email": field("email"), "Region__c": "West" }),
            ),
            _ => (
                format!(
                    "{}/crm/v3/objects/contacts",
                    text(&self.crms["hubspot"]["url"])
                ),
                json!({ "properties": { "email": field("email"), "region": "West" } }),
            ),
        };
        let client = reqwest::Client::builder()
            .no_proxy()
            .tls_certs_only([])
            .build()
            .unwrap();
        let request = client.post(url).bearer_auth(&self.token).json(&body);
        let answer = request.send().await.unwrap();
        let record = &params["records"][0];
        if answer.status().is_success() {
            json!({ "results": [{ "record": record, "outcome": "pushed", "crm_id": "x" }] })
        } else {
            let message = answer.text().await.unwrap();
            json!({ "results": [{ "record": record, "outcome": "refused", "reason": "crm_refused", "message": message }] })
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[async_trait]
impl Transport for WithRegion {
    async fn exchange(&mut self, line: String) -> Result<String, TransportError> {
        let request: Value = serde_json::from_str(&line).unwrap();
        let params = &request["params"];
        match text(&request["method"]) {
            "reset" => self.crms = params.clone(),
            "credential.link" => self.token = text(&params["grant"]["access_token"]).to_owned(),
            "record.create" => self.fields = params["fields"].clone(),
            "push" => {
                let result = self.push(params).await;
                return Ok(
                    json!({ "jsonrpc": "2.0", "id": request["id"], "result": result }).to_string(),
                );
            }
            _ => {}
        }
        self.inner.exchange(line).await
    }
}

fn run_with(seed: &str, connect: Connect) -> RunReport {
    let source = Source {
        path: "x.feature".into(),
        text: FEATURE.into(),
    };
    let options = Options {
        connect,
        mocks: Mocks {
            org_seed: Arc::new(OrgSeed::parse(seed, "seed.yaml").unwrap()),
            ..Mocks::default()
        },
        ..Options::new(1)
    };
    run(parse(&source).unwrap(), &options, |_| {}).unwrap()
}

fn with_region() -> Connect {
    Connect::around_reference(|inner| Driver::new(WithRegion::new(inner)))
}

fn worst(report: &RunReport) -> Vec<Option<Judgement>> {
    report.scenarios.iter().map(|one| one.worst()).collect()
}

#[test]
fn a_client_that_sends_a_field_of_its_own_passes_where_the_org_has_it() {
    let report = run_with(SEED, with_region());

    assert_eq!(worst(&report), [Some(Judgement::Passed); 2], "{report:?}");
}

#[test]
fn the_same_client_is_refused_where_the_org_has_no_such_field() {
    let report = run_with("{}", with_region());

    assert_eq!(worst(&report), [Some(Judgement::Failed); 2], "{report:?}");
}

#[test]
fn a_client_that_leaves_a_required_field_out_is_refused() {
    let report = run_with(SEED, Connect::reference(crate::sync::Policy::reference()));

    assert_eq!(worst(&report)[0], Some(Judgement::Failed), "{report:?}");
}

#[test]
fn a_seed_that_cannot_be_used_is_told_with_its_place_and_a_hint() {
    let wrong = [
        "salesforce:\n  users:\n    - name: Dana\n",
        "salesforce:\n  custom_fields:\n    - {object: Contact, name: Region__c, type: colour}\n",
        "salesforce:\n  custom_fields:\n    - {object: Contract__c, name: Region__c}\n",
        "hubspot:\n  properties:\n    - {object: contacts, name: region}\n    - {object: ships, name: region}\n",
        "salesforce:\n  custom_fields:\n    - {object: Contact, name: Apollo_Id__c}\n",
        "- salesforce\n",
    ];

    let told = wrong.map(|text| OrgSeed::parse(text, "seed.yaml").unwrap_err().to_string());

    assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let error = OrgSeed::read(Path::new("no/such/seed.yaml"))
        .unwrap_err()
        .to_string();

    assert!(
        error.starts_with("could not read the org seed no/such/seed.yaml: "),
        "{error}"
    );
}
