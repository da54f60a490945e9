//! `/composite/tree/{object}`: records with their children, all created or none.

mod node;

use std::collections::HashMap;

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;

use crate::ids::SalesforceId;
use crate::salesforce::answer;
use crate::salesforce::body::{self as json, Given};
use crate::salesforce::error::{ApiError, Refused};
use crate::salesforce::records::Write;
use crate::salesforce::rest::{Caller, Payload, Segments};
use node::{Level, Node};

/// The ledger's name of this door.
const API: &str = "tree";

/// Records of a call. REST guide, "sObject Tree".
const LIMIT: usize = 200;

/// What became of a node: its reference id, and its record or why there is none.
type Outcome = (String, Result<SalesforceId, Refused>);

/// `POST /composite/tree/{object}`
pub(super) async fn tree(
    caller: Caller,
    Segments([object]): Segments<1>,
    body: Payload,
) -> Result<Response<Body>, Refused> {
    let write = caller.write(API);
    let object = write.object(&object)?;
    let mut pairs = json::object(&body)?;
    let records = pairs
        .iter()
        .position(|(name, _)| name == "records")
        .map(|place| pairs.swap_remove(place).1);
    let Some(Given::List(records)) = records else {
        return Err(ApiError::InvalidReference {
            message: "The request has no list of records".to_owned(),
        }
        .into());
    };
    let levels = match node::levels(&write, &object, records)? {
        Ok(levels) => levels,
        Err(refused) => return Ok(answer(&refused)),
    };
    if levels.iter().map(Vec::len).sum::<usize>() > LIMIT {
        return Err(ApiError::TooManyRecords { limit: LIMIT }.into());
    }
    let created = write.org.transaction(|| create(&write, levels));
    Ok(answer(&created.unwrap_or_else(|refused| refused)))
}

/// Creates level by level, parents first; a level in which one is refused is the last, and only its refusals are told.
fn create(write: &Write<'_>, levels: Vec<Level<'_>>) -> Result<Vec<Outcome>, Vec<Outcome>> {
    let mut created: Vec<Outcome> = Vec::new();
    let mut ids: HashMap<usize, SalesforceId> = HashMap::new();
    for level in levels {
        let mut refused = Vec::new();
        for node in level {
            let number = node.number;
            let (reference, result) = create_one(write, node, &ids);
            match result {
                Ok(id) => {
                    ids.insert(number, id);
                    created.push((reference, Ok(id)));
                }
                Err(error) => refused.push((reference, Err(error))),
            }
        }
        if !refused.is_empty() {
            return Err(refused);
        }
    }
    Ok(created)
}

fn create_one(write: &Write<'_>, node: Node<'_>, ids: &HashMap<usize, SalesforceId>) -> Outcome {
    let mut pairs = node.pairs;
    if let Some((parent, field)) = node.parent
        && let Some(id) = ids.get(&parent)
    {
        // The parent in the tree is the parent, whatever else is said.
        pairs.retain(|(name, _)| !name.eq_ignore_ascii_case(&field));
        pairs.push((field.into(), Given::Text(id.to_string().into())));
    }
    (node.reference, write.create(&node.object, pairs))
}

/// 201 with the ids, or 400 with the refusals.
fn answer(outcomes: &[Outcome]) -> Response<Body> {
    let failed = outcomes.iter().any(|(_, result)| result.is_err());
    let mut json = format!(r#"{{"hasErrors":{failed},"results":["#).into_bytes();
    for (place, (reference, result)) in outcomes.iter().enumerate() {
        let start = if place > 0 {
            r#",{"referenceId":"#
        } else {
            r#"{"referenceId":"#
        };
        json.extend_from_slice(start.as_bytes());
        answer::push_text(&mut json, reference);
        match result {
            Ok(id) => json.extend_from_slice(format!(r#","id":"{id}"}}"#).as_bytes()),
            Err(refused) => {
                json.extend_from_slice(br#","errors":"#);
                json.extend_from_slice(&refused.row_errors());
                json.push(b'}');
            }
        }
    }
    json.extend_from_slice(b"]}");
    let status = match failed {
        true => StatusCode::BAD_REQUEST,
        false => StatusCode::CREATED,
    };
    answer::json(status, json)
}
