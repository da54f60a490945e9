//! Batches of JSON and XML.

use std::io::Write;

use serde_json::json;

use super::xml::{self, Children, Node};
use crate::salesforce::answer;
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::bulk::job::{Content, Results};
use crate::salesforce::bulk::refusal::{BulkCode, BulkRefusal};
use crate::salesforce::bulk::rows::Outcome;
use crate::salesforce::bulk::spool::SpoolWriter;
use crate::salesforce::bulk::table;
use crate::salesforce::bulk::work::{CHUNK, Run, Stop};
use crate::salesforce::error::ApiError;
use crate::salesforce::schema::{SObject, Schema};

type Row<'r> = Result<Pairs<'r>, ApiError>;

/// Processes a batch; its results are in the order of its rows.
pub(in crate::salesforce::bulk) fn process(
    run: &Run<'_>,
    schema: &Schema,
) -> (Results, Result<(), Stop>) {
    let mut sink = Sink {
        content: run.job.description.content,
        writer: SpoolWriter::default(),
        rows: 0,
    };
    let processed = match sink.content {
        Content::Xml => of_xml(run, schema, &mut sink),
        Content::Json | Content::Csv => of_json(run, &mut sink),
    };
    match processed.and_then(|()| sink.finish()) {
        Ok(results) => (results, Ok(())),
        Err(stop) => (Results::None, Err(stop)),
    }
}

fn invalid(message: impl Into<String>) -> Stop {
    BulkRefusal::new(BulkCode::InvalidBatch, message).into()
}

/// A batch is at most ten megabytes long, so it is read at once. A field that there is not refuses its row; that it
/// refuses the batch, as a column does, is unverified.
fn of_json(run: &Run<'_>, sink: &mut Sink) -> Result<(), Stop> {
    let bytes = run.data().bytes()?;
    let read = body::read(&bytes).map_err(|error| invalid(error.to_string()))?;
    let Given::List(records) = read else {
        return Err(invalid("A batch of JSON is a list of records"));
    };
    let mut records = records.into_iter().map(record).peekable();
    while records.peek().is_some() {
        let outcomes = run.write(records.by_ref().take(CHUNK))?;
        sink.put(&outcomes)?;
    }
    Ok(())
}

fn record(given: Given<'_>) -> Row<'_> {
    match given {
        Given::Object(pairs) => Ok(pairs),
        other => Err(ApiError::JsonParser {
            message: format!(
                "Can not deserialize SObject out of {} token",
                other.token_name()
            ),
            line: 1,
            column: 1,
        }),
    }
}

fn of_xml(run: &Run<'_>, schema: &Schema, sink: &mut Sink) -> Result<(), Stop> {
    let object = &*run.job.description.object;
    let unreadable = |_: xml::NoXml| invalid("Unable to parse the batch");
    let data = run.data();
    let (mut children, root) = Children::of(data.reader()).map_err(unreadable)?;
    if root != "sObjects" {
        return Err(invalid(format!("{root} is no list of sObjects")));
    }
    loop {
        let mut rows: Vec<Row<'static>> = Vec::with_capacity(CHUNK);
        while rows.len() < CHUNK
            && let Some(node) = children.next().map_err(unreadable)?
        {
            rows.push(pairs(node, object, schema));
        }
        if rows.is_empty() {
            return Ok(());
        }
        let outcomes = run.write(rows.into_iter())?;
        sink.put(&outcomes)?;
    }
}

/// The fields of an `sObject`. What is empty leaves the field alone, unless it says that it is nil.
fn pairs(row: Node, object: &SObject, schema: &Schema) -> Row<'static> {
    let mut pairs: Pairs<'static> = Vec::with_capacity(row.children.len());
    for node in row.children {
        let value = match object.field(&node.name) {
            _ if node.nil => Given::Null,
            _ if !node.children.is_empty() => reference(node.children),
            _ if node.text.is_empty() => continue,
            Some(field) => table::value(field, &node.text, schema)?.owned(),
            None => Given::Text(node.text.into()),
        };
        // The object's name may stand in each row.
        if node.name != "type" || object.field("type").is_some() {
            pairs.push((node.name.into(), value));
        }
    }
    Ok(pairs)
}

/// `<Account><sObject><ExtId__c>x</ExtId__c></sObject></Account>`
fn reference(nodes: Vec<Node>) -> Given<'static> {
    let inner = nodes.into_iter().flat_map(|node| match &*node.name {
        "sObject" => node.children,
        _ => vec![node],
    });
    let pairs = inner.map(|node| match &*node.name {
        "type" => {
            let named = vec![("type".into(), Given::Text(node.text.into()))];
            ("attributes".into(), Given::Object(named))
        }
        _ => (node.name.into(), Given::Text(node.text.into())),
    });
    Given::Object(pairs.collect())
}

#[derive(Debug)]
struct Sink {
    content: Content,
    writer: SpoolWriter,
    rows: usize,
}

impl Sink {
    fn put(&mut self, outcomes: &[Outcome]) -> Result<(), Stop> {
        for outcome in outcomes {
            let text = match self.content {
                Content::Xml => xml_result(outcome),
                Content::Json | Content::Csv => json_result(outcome),
            };
            let before = match (self.content, self.rows) {
                (Content::Xml, 0) => concat!(
                    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
                    r#"<results xmlns="http://www.force.com/2009/06/asyncapi/dataload">"#
                ),
                (Content::Xml, _) => "",
                (_, 0) => "[",
                _ => ",",
            };
            self.writer.write_all(before.as_bytes())?;
            self.writer.write_all(text.as_bytes())?;
            self.rows += 1;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Results, Stop> {
        let end = match (self.content, self.rows) {
            (Content::Xml, 0) => &xml::document("results", ""),
            (Content::Xml, _) => "</results>",
            (_, 0) => "[]",
            _ => "]",
        };
        self.writer.write_all(end.as_bytes())?;
        Ok(Results::Ordered(self.writer.finish()?))
    }
}

fn json_result(outcome: &Outcome) -> String {
    let result = match outcome {
        Ok(written) => json!({
            "success": true, "created": written.created, "id": written.id.as_str(), "errors": [],
        }),
        Err(refused) => {
            let errors: Vec<_> = refused
                .errors()
                .map(|error| {
                    json!({
                        "message": error.to_string(),
                        "fields": error.fields().unwrap_or_default(),
                        "statusCode": error.status_and_code().1,
                        "extendedErrorDetails": null,
                    })
                })
                .collect();
            json!({ "success": false, "created": false, "id": null, "errors": errors })
        }
    };
    String::from_utf8(answer::to_json(&result)).unwrap_or_default()
}

fn xml_result(outcome: &Outcome) -> String {
    let content = match outcome {
        Ok(written) => format!(
            "{}<success>true</success><created>{}</created>",
            xml::element("id", written.id.as_str()),
            written.created
        ),
        Err(refused) => {
            let errors = refused.errors().map(|error| {
                let fields = error.fields().unwrap_or_default();
                let fields = fields.iter().map(|field| xml::element("fields", field));
                format!(
                    "<errors>{}{}{}</errors>",
                    fields.collect::<String>(),
                    xml::element("message", &error.to_string()),
                    xml::element("statusCode", error.status_and_code().1)
                )
            });
            let errors = errors.collect::<String>();
            format!("{errors}<success>false</success><created>false</created>")
        }
    };
    format!("<result>{content}</result>")
}
