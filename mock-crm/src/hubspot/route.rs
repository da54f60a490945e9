//! What a path means. One set of endpoints stands behind all versions of HubSpot's paths.

use std::borrow::Cow;

use http::Method;
use percent_encoding::percent_decode_str;
use smallvec::SmallVec;

/// The generation of a path: it decides little things about answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// v1 and v2.
    One,
    /// v3.
    Three,
    /// v4.
    Four,
    /// 2025-09 and later.
    Dated,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint<'p> {
    /// Under `objects/{objectType}`.
    Objects(&'p str, ObjectEndpoint<'p>),
    Owners,
    Owner(&'p str),
    Properties(&'p str),
    Property(&'p str, &'p str),
    Users,
    User(&'p str),
    Roles,
    Teams,
    AccountDetails,
    Authorize,
    Token,
    Introspect,
    Revoke,
    AccessToken(&'p str),
    RefreshToken(&'p str),
    DeleteRefreshToken(&'p str),
    PrivateAppToken,
}

/// What is asked for under `objects/{objectType}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectEndpoint<'p> {
    List,
    Create,
    Read(&'p str),
    Update(&'p str),
    Archive(&'p str),
    Search,
    BatchCreate,
    BatchRead,
    BatchUpdate,
    BatchUpsert,
    BatchArchive,
    /// Links of a record to records of a type.
    Links {
        id: &'p str,
        to: &'p str,
    },
    Link {
        id: &'p str,
        to: &'p str,
        to_id: &'p str,
    },
    LinkDefault {
        id: &'p str,
        to: &'p str,
        to_id: &'p str,
    },
    Unlink {
        id: &'p str,
        to: &'p str,
        to_id: &'p str,
    },
}

/// What came of a path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Routed<'p> {
    To(Version, Endpoint<'p>),
    MethodNotAllowed,
    /// HubSpot has it, the mock has not.
    NotSimulated,
    /// HubSpot has nothing there either.
    Unknown,
}

/// The parts of a path, decoded. A slash at the end or a double one means nothing.
#[derive(Debug)]
pub(crate) struct Segments<'a>(SmallVec<[Cow<'a, str>; 10]>);

impl<'a> Segments<'a> {
    pub(crate) fn of(path: &'a str) -> Self {
        let parts = path.split('/').filter(|part| !part.is_empty());
        Self(
            parts
                .map(|part| percent_decode_str(part).decode_utf8_lossy())
                .collect(),
        )
    }
}

/// Finds out what a call asks for.
pub(crate) fn route<'p>(method: &Method, segments: &'p Segments<'_>) -> Routed<'p> {
    let parts: SmallVec<[&'p str; 10]> = segments.0.iter().map(|part| &**part).collect();
    let (version, found) = match parts.as_slice() {
        ["crm", "objects", version, object_type, rest @ ..] if dated(version) => {
            (Version::Dated, objects(method, object_type, rest))
        }
        [
            "crm",
            version @ ("v3" | "v4"),
            "objects",
            object_type,
            rest @ ..,
        ] => (generation(version), objects(method, object_type, rest)),
        [
            "crm",
            version @ "v3",
            area @ ("owners" | "properties"),
            rest @ ..,
        ]
        | ["crm", area @ ("owners" | "properties"), version, rest @ ..]
            if *version == "v3" || dated(version) =>
        {
            (generation(version), crm(method, area, rest))
        }
        ["settings", version @ "v3", "users", rest @ ..]
        | ["settings", "users", version, rest @ ..]
            if *version == "v3" || dated(version) =>
        {
            (generation(version), users(method, rest))
        }
        ["account-info", version, "details"] if *version == "v3" || dated(version) => {
            (generation(version), get(method, Endpoint::AccountDetails))
        }
        ["oauth", "authorize", ..] => (Version::One, get(method, Endpoint::Authorize)),
        ["oauth", "v2", "private-apps", "get", "access-token-info"] => {
            (Version::One, post(method, Endpoint::PrivateAppToken))
        }
        ["oauth", version, rest @ ..] if matches!(*version, "v1" | "v3") || dated(version) => {
            (generation(version), oauth(method, version, rest))
        }
        _ => (Version::One, elsewhere(&parts)),
    };
    match found {
        Found::Endpoint(endpoint) => Routed::To(version, endpoint),
        Found::OtherMethod => Routed::MethodNotAllowed,
        Found::NotSimulated => Routed::NotSimulated,
        Found::Nothing => Routed::Unknown,
    }
}

enum Found<'p> {
    Endpoint(Endpoint<'p>),
    OtherMethod,
    NotSimulated,
    Nothing,
}

fn dated(version: &str) -> bool {
    [
        "2025-09",
        "2026-03",
        "2026-09",
        "2026-09-beta",
        "2027-03-beta",
    ]
    .contains(&version)
}

fn generation(version: &str) -> Version {
    match version {
        "v3" => Version::Three,
        "v4" => Version::Four,
        version if dated(version) => Version::Dated,
        _ => Version::One,
    }
}

fn get<'p>(method: &Method, endpoint: Endpoint<'p>) -> Found<'p> {
    only(*method == Method::GET, endpoint)
}

fn post<'p>(method: &Method, endpoint: Endpoint<'p>) -> Found<'p> {
    only(*method == Method::POST, endpoint)
}

fn only(right: bool, endpoint: Endpoint<'_>) -> Found<'_> {
    match right {
        true => Found::Endpoint(endpoint),
        false => Found::OtherMethod,
    }
}

fn objects<'p>(method: &Method, object_type: &'p str, rest: &[&'p str]) -> Found<'p> {
    use ObjectEndpoint as O;
    let found = match (method.as_str(), rest) {
        ("GET", []) => O::List,
        ("POST", []) => O::Create,
        ("POST", ["search"]) => O::Search,
        ("POST", ["batch", "create"]) => O::BatchCreate,
        ("POST", ["batch", "read"]) => O::BatchRead,
        ("POST", ["batch", "update"]) => O::BatchUpdate,
        ("POST", ["batch", "upsert"]) => O::BatchUpsert,
        ("POST", ["batch", "archive"]) => O::BatchArchive,
        ("POST", ["merge" | "gdpr-delete"]) => return Found::NotSimulated,
        (_, ["search" | "merge" | "gdpr-delete"] | ["batch", _] | []) => return Found::OtherMethod,
        ("GET", [id]) => O::Read(id),
        ("PATCH", [id]) => O::Update(id),
        ("DELETE", [id]) => O::Archive(id),
        ("GET", [id, "associations", to]) => O::Links { id, to },
        ("PUT", [id, "associations", "default", to, to_id]) => O::LinkDefault { id, to, to_id },
        ("PUT", [id, "associations", to, to_id]) => O::Link { id, to, to_id },
        ("DELETE", [id, "associations", to, to_id]) => O::Unlink { id, to, to_id },
        (_, [_] | [_, "associations", _] | [_, "associations", _, _]) => return Found::OtherMethod,
        (_, [_, "associations", ..]) => return Found::NotSimulated,
        _ => return Found::Nothing,
    };
    Found::Endpoint(Endpoint::Objects(object_type, found))
}

fn crm<'p>(method: &Method, area: &str, rest: &[&'p str]) -> Found<'p> {
    match (area, rest) {
        ("owners", []) => get(method, Endpoint::Owners),
        ("owners", [id]) => get(method, Endpoint::Owner(id)),
        ("properties", [_, "batch" | "groups", ..]) => Found::NotSimulated,
        ("properties", [_] | [_, _]) if *method != Method::GET => Found::NotSimulated,
        ("properties", [object_type]) => get(method, Endpoint::Properties(object_type)),
        ("properties", [object_type, name]) => get(method, Endpoint::Property(object_type, name)),
        _ => Found::Nothing,
    }
}

fn users<'p>(method: &Method, rest: &[&'p str]) -> Found<'p> {
    match rest {
        [] | [_] if *method != Method::GET => Found::NotSimulated,
        [] => get(method, Endpoint::Users),
        ["roles"] => get(method, Endpoint::Roles),
        ["teams"] => get(method, Endpoint::Teams),
        ["seats"] => Found::NotSimulated,
        [id] => get(method, Endpoint::User(id)),
        _ => Found::Nothing,
    }
}

fn oauth<'p>(method: &Method, version: &str, rest: &[&'p str]) -> Found<'p> {
    match rest {
        ["token"] => post(method, Endpoint::Token),
        ["token", "introspect"] if version != "v1" => post(method, Endpoint::Introspect),
        ["token", "revoke"] if version != "v1" => post(method, Endpoint::Revoke),
        ["access-tokens", token] if version == "v1" => get(method, Endpoint::AccessToken(token)),
        ["refresh-tokens", token] if version == "v1" => match *method {
            Method::GET => Found::Endpoint(Endpoint::RefreshToken(token)),
            Method::DELETE => Found::Endpoint(Endpoint::DeleteRefreshToken(token)),
            _ => Found::OtherMethod,
        },
        _ => Found::Nothing,
    }
}

/// The first parts of HubSpot's other paths.
const AREAS: [&str; 27] = [
    "account-info",
    "analytics",
    "appinstalls",
    "automation",
    "broadcast",
    "business-units",
    "calling",
    "cms",
    "communication-preferences",
    "companies",
    "contacts",
    "content",
    "conversations",
    "crm",
    "crm-associations",
    "crm-object-schemas",
    "crm-objects",
    "deals",
    "engagements",
    "events",
    "files",
    "forms",
    "integrations",
    "marketing",
    "oauth",
    "properties",
    "settings",
];

fn elsewhere<'p>(parts: &[&str]) -> Found<'p> {
    let webhooks = [
        "webhooks",
        "webhooks-journal",
        "owners",
        "scheduler",
        "email",
    ];
    match parts.first() {
        Some(area) if AREAS.contains(area) || webhooks.contains(area) => Found::NotSimulated,
        _ => Found::Nothing,
    }
}
