//! One operation: its handler, and what the OpenAPI document says of it.

use axum::routing::MethodRouter;
use http::Method;

use super::Shared;

/// A method of a path.
pub(super) struct Operation {
    pub(super) method: Method,
    /// As axum and OpenAPI write it alike: `/requests/{request}`.
    pub(super) path: &'static str,
    pub(super) summary: &'static str,
    pub(super) parameters: Vec<Parameter>,
    /// The schema of the body that it takes.
    pub(super) body: Option<&'static str>,
    pub(super) status: u16,
    /// The schema of the answer; `None` where it has no body.
    pub(super) answer: Option<&'static str>,
    pub(super) handler: MethodRouter<Shared>,
}

/// A parameter in the query or the path.
#[derive(Clone, Copy)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) place: Place,
    pub(super) kind: Kind,
    pub(super) description: &'static str,
}

#[derive(Clone, Copy)]
pub(super) enum Place {
    Query,
    Path,
    Header,
}

#[derive(Clone, Copy)]
pub(super) enum Kind {
    Text,
    Number,
    OneOf(&'static [&'static str]),
}

pub(super) const fn query(name: &'static str, kind: Kind, description: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Query,
        kind,
        description,
    }
}

pub(super) const fn path(name: &'static str, description: &'static str) -> Parameter {
    Parameter {
        name,
        place: Place::Path,
        kind: Kind::Text,
        description,
    }
}

pub(super) const CRM: Parameter = query(
    "crm",
    Kind::OneOf(&["salesforce", "hubspot"]),
    "Of this vendor.",
);
pub(super) const ORG: Parameter = query(
    "org",
    Kind::Text,
    "In this org (15 or 18 characters) or portal.",
);
pub(super) const OBJECT: Parameter = query(
    "object",
    Kind::Text,
    "Of this object (`Contact`) or object type (`contacts`).",
);
pub(super) const RECORD: Parameter = query("record", Kind::Text, "Of the record with this id.");
pub(super) const OWNER: Parameter = query(
    "owner",
    Kind::Text,
    "With this owner id; empty: without an owner.",
);
pub(super) const TOKEN: Parameter =
    query("token", Kind::Text, "With the token of this id (`t17`).");
pub(super) const AFTER: Parameter =
    query("after", Kind::Number, "With a higher number than this; 0.");
pub(super) const LIMIT: Parameter = query(
    "limit",
    Kind::Number,
    "At most that many rows, up to 10000; 1000.",
);
pub(super) const LAST_EVENT_ID: Parameter = Parameter {
    name: "Last-Event-ID",
    place: Place::Header,
    kind: Kind::Number,
    description: "With `Accept: text/event-stream`: goes on after this sequence.",
};
