//! HubSpot by its objects API: single creates and batches, found again by a unique property.

mod batch;
mod existing;
mod login;
mod people;
mod record;
mod single;

pub(super) use batch::{BATCH_LIMIT, write_many};
pub(super) use login::{identity, owner_by_email, permission, renew};
pub(super) use people::listed;
pub(super) use record::{activity_properties, record_properties};
pub(super) use single::write_one;

use super::failure::Failure;
use super::request::{Answer, Request};
use crate::apollo::CrmObject;
use reqwest::Method;

/// The vendor's name. HubSpot has leads, but no documented sentence speaks of them: such a push is refused before it gets here.
fn object_name(object: CrmObject) -> &'static str {
    match object {
        CrmObject::Contact | CrmObject::Lead => "contacts",
        CrmObject::Account => "companies",
        CrmObject::Email => "emails",
        CrmObject::Task => "tasks",
        CrmObject::Call => "calls",
    }
}

/// A request below one object type.
fn objects(method: Method, object: CrmObject, path: &[&str]) -> Request {
    Request::new(
        method,
        &[&["crm", "v3", "objects", object_name(object)], path].concat(),
    )
}

/// The `code` of the first property that was refused, else the category of the whole, else `status`, which older services use for it.
fn refusal(answer: &Answer) -> Failure {
    let code = ["/errors/0/code", "/category", "/status"]
        .iter()
        .find_map(|pointer| answer.text(pointer));
    let message = answer
        .text("/message")
        .map_or_else(|| answer.body.to_string(), str::to_owned);
    Failure::refused(
        code.map_or_else(|| answer.status.to_string(), str::to_owned),
        message,
    )
}
