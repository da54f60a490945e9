//! How a client sends one record through each door.

use std::time::Duration;

use axum::body::Body;
use http::{Method, Request};
use serde_json::{Value, json};

use crate::harness::{Answer, TestOrg};

/// The external id field of the objects that are tried.
pub(crate) const KEY: &str = "Key__c";

/// A record to create.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) object: &'static str,
    pub(crate) fields: Value,
    pub(crate) rules: Rules,
}

/// What the request says of assignment rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rules {
    NotMentioned,
    /// The org's inactive rule, by its id.
    Wanted,
    Forbidden,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    Rest,
    Upsert,
    Collections,
    Composite,
    Batch,
    Tree,
    Graph,
    Bulk2,
    Bulk1,
    Soap,
}

/// The id, or the code of the refusal.
type Created = Result<String, String>;

impl Door {
    pub(crate) const ALL: [Self; 10] = [
        Self::Rest,
        Self::Upsert,
        Self::Collections,
        Self::Composite,
        Self::Batch,
        Self::Tree,
        Self::Graph,
        Self::Bulk2,
        Self::Bulk1,
        Self::Soap,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Rest => "`POST /sobjects/{object}`",
            Self::Upsert => "`PATCH /sobjects/{object}/{field}/{value}`",
            Self::Collections => "`POST /composite/sobjects`",
            Self::Composite => "`POST /composite`",
            Self::Batch => "`POST /composite/batch`",
            Self::Tree => "`POST /composite/tree/{object}`",
            Self::Graph => "`POST /composite/graph`",
            Self::Bulk2 => "Bulk API 2.0 ingest",
            Self::Bulk1 => "Bulk API 1.0 batch",
            Self::Soap => "SOAP `create`",
        }
    }

    /// The ledger's name.
    pub(crate) fn api(self) -> &'static str {
        match self {
            Self::Rest | Self::Upsert => "rest",
            Self::Collections => "collections",
            Self::Composite => "composite",
            Self::Batch => "batch",
            Self::Tree => "tree",
            Self::Graph => "graph",
            Self::Bulk2 => "bulk2",
            Self::Bulk1 => "bulk1",
            Self::Soap => "soap",
        }
    }

    /// Where rules run only when they are asked for, there is nothing to forbid.
    pub(crate) fn can_forbid_rules(self) -> bool {
        !matches!(self, Self::Bulk1 | Self::Bulk2 | Self::Soap)
    }

    pub(crate) async fn create(self, crm: &TestOrg, user: &str, asked: &Asked) -> Created {
        let rule = rule(crm).await;
        let rule = (asked.rules == Rules::Wanted).then_some(rule.as_str());
        match self {
            Self::Rest => rest(crm, user, asked, rule).await,
            Self::Upsert => upsert(crm, user, asked, rule).await,
            Self::Collections => collections(crm, user, asked, rule).await,
            Self::Composite | Self::Batch | Self::Graph => {
                self.nested(crm, user, asked, rule).await
            }
            Self::Tree => tree(crm, user, asked, rule).await,
            Self::Bulk2 => bulk2(crm, user, asked, rule).await,
            Self::Bulk1 => bulk1(crm, user, asked, rule).await,
            Self::Soap => soap(crm, user, asked, rule).await,
        }
    }

    /// A request within a request.
    async fn nested(self, crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
        let url = format!("/services/data/v60.0/sobjects/{}", asked.object);
        let inner =
            json!({ "method": "POST", "url": url, "referenceId": "one", "body": asked.fields });
        let (path, body) = match self {
            Self::Composite => ("/composite", json!({ "compositeRequest": [inner] })),
            Self::Graph => {
                let graph = json!({ "graphId": "g", "compositeRequest": [inner] });
                ("/composite/graph", json!({ "graphs": [graph] }))
            }
            _ => {
                let inner = json!({ "method": "POST", "url": url, "richInput": asked.fields });
                ("/composite/batch", json!({ "batchRequests": [inner] }))
            }
        };
        let answer = send(crm, user, path, body, asked, rule).await.body;
        let result = match self {
            Self::Composite => &answer["compositeResponse"][0]["body"],
            Self::Graph => &answer["graphs"][0]["graphResponse"]["compositeResponse"][0]["body"],
            _ => &answer["results"][0]["result"],
        };
        created(result, &result[0]["errorCode"])
    }
}

/// The id of the org's inactive rule.
async fn rule(crm: &TestOrg) -> String {
    let found = crm
        .query(
            "Ada Min",
            "SELECT Id FROM AssignmentRule WHERE Active = false",
        )
        .await;
    found.body["records"][0]["Id"].as_str().unwrap().to_owned()
}

fn created(result: &Value, code: &Value) -> Created {
    match result["id"].as_str() {
        Some(id) => Ok(id.to_owned()),
        None => Err(code
            .as_str()
            .unwrap_or_else(|| panic!("neither id nor code in {result}"))
            .to_owned()),
    }
}

/// A POST with the header about rules that is asked for.
async fn send(
    crm: &TestOrg,
    user: &str,
    path: &str,
    body: Value,
    asked: &Asked,
    rule: Option<&str>,
) -> Answer {
    let header = match asked.rules {
        Rules::Forbidden => Some("FALSE"),
        _ => rule,
    };
    let headers: Vec<_> = header
        .map(|value| ("Sforce-Auto-Assign", value))
        .into_iter()
        .collect();
    crm.call_with(user, Method::POST, path, body, &headers)
        .await
}

async fn rest(crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
    let path = format!("/sobjects/{}", asked.object);
    let body = send(crm, user, &path, asked.fields.clone(), asked, rule)
        .await
        .body;
    created(&body, &body[0]["errorCode"])
}

/// By a value that no record has.
async fn upsert(crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
    let path = format!("/sobjects/{}/{KEY}/new?_HTTP_METHOD=PATCH", asked.object);
    let body = send(crm, user, &path, asked.fields.clone(), asked, rule)
        .await
        .body;
    created(&body, &body[0]["errorCode"])
}

fn typed(asked: &Asked, attributes: Value) -> Value {
    let mut record = asked.fields.clone();
    record["attributes"] = attributes;
    record
}

async fn collections(crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
    let record = typed(asked, json!({ "type": asked.object }));
    let answer = send(
        crm,
        user,
        "/composite/sobjects",
        json!({ "records": [record] }),
        asked,
        rule,
    )
    .await;
    let row = &answer.body[0];
    created(row, &row["errors"][0]["statusCode"])
}

async fn tree(crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
    let record = typed(asked, json!({ "type": asked.object, "referenceId": "one" }));
    let path = format!("/composite/tree/{}", asked.object);
    let answer = send(
        crm,
        user,
        &path,
        json!({ "records": [record] }),
        asked,
        rule,
    )
    .await;
    let row = &answer.body["results"][0];
    created(row, &row["errors"][0]["statusCode"])
}

/// A head and one row.
fn csv(fields: &Value) -> String {
    let fields = fields.as_object().unwrap();
    let heads: Vec<_> = fields.keys().cloned().collect();
    let cells: Vec<_> = fields
        .values()
        .map(|value| value.as_str().unwrap())
        .collect();
    format!("{}\n{}\n", heads.join(","), cells.join(","))
}

async fn bulk2(crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
    let mut job = json!({ "object": asked.object, "operation": "insert" });
    if let Some(rule) = rule {
        job["assignmentRuleId"] = rule.into();
    }
    let job = crm.post(user, "/jobs/ingest", job).await.id();
    let path = format!("/jobs/ingest/{job}");
    crm.call(
        user,
        Method::PUT,
        &format!("{path}/batches"),
        csv(&asked.fields),
    )
    .await;
    crm.patch(user, &path, json!({ "state": "UploadComplete" }))
        .await;
    until(async || crm.get(user, &path).await.body["state"] == "JobComplete").await;
    let good = crm
        .get(user, &format!("{path}/successfulResults"))
        .await
        .text;
    let bad = crm.get(user, &format!("{path}/failedResults")).await.text;
    match good.lines().nth(1) {
        Some(row) => Ok(cell(row, 0)),
        None => Err(code(cell(bad.lines().nth(1).unwrap_or_default(), 1))),
    }
}

async fn bulk1(crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
    let call = async |method: Method, path: &str, content_type: &str, body: String| {
        let request = Request::builder()
            .method(method)
            .uri(format!("http://crm.test/services/async/60.0/{path}"))
            .header("x-sfdc-session", crm.token(user))
            .header("content-type", content_type)
            .body(Body::from(body));
        crm.send(request.unwrap()).await
    };
    let mut job = json!({ "object": asked.object, "operation": "insert", "contentType": "CSV" });
    if let Some(rule) = rule {
        job["assignmentRuleId"] = rule.into();
    }
    let job = call(Method::POST, "job", "application/json", job.to_string())
        .await
        .id();
    let added = call(
        Method::POST,
        &format!("job/{job}/batch"),
        "text/csv",
        csv(&asked.fields),
    )
    .await;
    let batch = added
        .text
        .split_once("<id>")
        .unwrap()
        .1
        .split_once('<')
        .unwrap()
        .0
        .to_owned();
    let path = format!("job/{job}/batch/{batch}");
    until(async || {
        let state = call(Method::GET, &path, "application/xml", String::new())
            .await
            .text;
        state.contains("<state>Completed</state>")
    })
    .await;
    let results = call(
        Method::GET,
        &format!("{path}/result"),
        "application/xml",
        String::new(),
    )
    .await
    .text;
    let row = results.lines().nth(1).unwrap_or_default();
    match cell(row, 0) {
        id if id.is_empty() => Err(code(cell(row, 3))),
        id => Ok(id),
    }
}

/// A cell of a row of which every cell is in quotes.
fn cell(row: &str, place: usize) -> String {
    let row = row.strip_prefix('"').unwrap_or(row);
    row.split("\",\"")
        .nth(place)
        .unwrap_or_default()
        .trim_end_matches('"')
        .to_owned()
}

/// `CODE` of `CODE:message:fields --`.
fn code(error: String) -> String {
    error.split(':').next().unwrap_or_default().to_owned()
}

async fn until(done: impl AsyncFn() -> bool) {
    for _ in 0..2000 {
        if done().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    panic!("the job does not end");
}

async fn soap(crm: &TestOrg, user: &str, asked: &Asked, rule: Option<&str>) -> Created {
    let fields = asked.fields.as_object().unwrap().iter();
    let fields: String = fields
        .map(|(name, value)| format!("<{name}>{}</{name}>", value.as_str().unwrap()))
        .collect();
    let rule = rule.map(|rule| {
        format!("<AssignmentRuleHeader><assignmentRuleId>{rule}</assignmentRuleId></AssignmentRuleHeader>")
    });
    let envelope = format!(
        r#"<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">
        <soapenv:Header><SessionHeader><sessionId>{}</sessionId></SessionHeader>{}</soapenv:Header>
        <soapenv:Body><create><sObjects><type>{}</type>{fields}</sObjects></create></soapenv:Body></soapenv:Envelope>"#,
        crm.token(user),
        rule.unwrap_or_default(),
        asked.object,
    );
    let request = Request::builder()
        .method(Method::POST)
        .uri("http://crm.test/services/Soap/u/60.0")
        .header("content-type", "text/xml")
        .header("soapaction", "\"\"")
        .body(Body::from(envelope));
    let text = crm.send(request.unwrap()).await.text;
    let part = |tag: &str| {
        Some(
            text.split_once(&format!("<{tag}>"))?
                .1
                .split_once('<')?
                .0
                .to_owned(),
        )
    };
    match part("statusCode") {
        Some(code) => Err(code),
        None => Ok(part("id").unwrap_or_else(|| panic!("neither id nor code in {text}"))),
    }
}
