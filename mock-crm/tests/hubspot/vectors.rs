//! The ownership vectors: situations that a conformance suite has to be able to tell apart, one test each.

mod others;
mod owner;
mod writers;

use serde_json::{Value, json};

use crate::harness::{Answer, CONTACTS, TestPortal};

/// The properties that an audit asks for by name.
const AUDIT: &str = "hubspot_owner_id,hubspot_owner_assigneddate,hs_all_owner_ids,hs_user_ids_of_all_owners,\
                     hs_created_by_user_id,hs_updated_by_user_id,hs_object_source,hs_object_source_id,\
                     hs_object_source_user_id";

/// A create of a contact with this owner.
async fn owned_by(crm: &TestPortal, owner: &str) -> Answer {
    let body = json!({ "properties": { "hubspot_owner_id": owner } });
    crm.post(CONTACTS, body).await
}

async fn audit(crm: &TestPortal, id: &str) -> Value {
    crm.contact(id, AUDIT).await
}

/// The refusal of an owner that is none: what is certain of it.
#[track_caller]
fn refused_as_owner(answer: Answer) {
    let answer = answer.expect(400);
    let error = &answer.body["errors"][0];
    assert_eq!(error["code"], "INVALID_OWNER_ID", "{}", answer.body);
    assert_eq!(error["context"]["propertyName"][0], "hubspot_owner_id");
}

/// Nothing was put down.
#[track_caller]
fn nothing_written(crm: &TestPortal) {
    assert_eq!(crm.creates().len(), 0);
}
