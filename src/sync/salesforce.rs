//! Salesforce by REST: upserts by external id, collections for bulk.

mod batch;
mod jobs;
mod login;
mod people;
mod record;
mod single;

pub(super) use batch::{BATCH_LIMIT, write_many};
pub(super) use jobs::write_in_job;
pub(super) use login::{identity, permission, renew, user_by_email};
pub(super) use people::{contact_by_email, lead_owner, listed};
pub(super) use record::{activity_properties, record_properties};
pub(super) use single::write_one;

use super::Write;
use super::request::{Answer, Request};
use crate::apollo::CrmObject;
use reqwest::Method;

/// The version whose shapes this client was written against.
const VERSION: &str = "v60.0";

/// The vendor's name. E-mails, tasks and calls are all Tasks, told apart by `TaskSubtype`.
fn object_name(object: CrmObject) -> &'static str {
    match object {
        CrmObject::Contact => "Contact",
        CrmObject::Account => "Account",
        CrmObject::Lead => "Lead",
        CrmObject::Email | CrmObject::Task | CrmObject::Call => "Task",
    }
}

/// A request below the data API.
fn data(method: Method, path: &[&str]) -> Request {
    Request::new(method, &[&["services", "data", VERSION], path].concat())
}

/// REST runs assignment rules on create and update unless told not to (guide, "Assignment Rule Header").
fn with_rules(mut request: Request, write: &Write) -> Request {
    request.headers.push((
        "Sforce-Auto-Assign",
        if write.assignment_rules {
            "TRUE"
        } else {
            "FALSE"
        },
    ));
    request
}

/// `[{"errorCode": …, "message": …}]`, of which the first is enough.
fn refusal(answer: &Answer) -> super::failure::Failure {
    let code = answer
        .text("/0/errorCode")
        .map_or_else(|| answer.status.to_string(), str::to_owned);
    let message = answer
        .text("/0/message")
        .map_or_else(|| answer.body.to_string(), str::to_owned);
    super::failure::Failure::refused(code, message)
}
