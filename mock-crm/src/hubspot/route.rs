//! What a path means. One set of endpoints stands behind all versions of HubSpot's paths: the version is taken out of the
//! path first, and what is left names the endpoint, area by area.

mod associations;
mod definitions;
mod engagements;
mod oauth;
mod objects;
mod settings;
mod webhooks;

use std::borrow::Cow;

use http::Method;
use percent_encoding::percent_decode_str;
use smallvec::SmallVec;

pub(crate) use associations::{AssociationEndpoint, Pair, Records};
pub(crate) use definitions::{PipelineEndpoint, PropertyEndpoint, SchemaEndpoint};
pub(crate) use engagements::EngagementEndpoint;
pub(crate) use oauth::OAuthEndpoint;
pub(crate) use objects::ObjectEndpoint;
pub(crate) use settings::{OwnerEndpoint, UserEndpoint};
pub(crate) use webhooks::WebhookEndpoint;

/// The generation of a path: it decides little things about answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    /// v1, v2, and paths without a version.
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
    /// Connections between records of two types.
    Associations(Pair<'p>, AssociationEndpoint<'p>),
    Engagements(EngagementEndpoint<'p>),
    Owners(OwnerEndpoint<'p>),
    /// Under `properties/{objectType}`.
    Properties(&'p str, PropertyEndpoint<'p>),
    Schemas(SchemaEndpoint<'p>),
    /// Under `pipelines/{objectType}`.
    Pipelines(&'p str, PipelineEndpoint<'p>),
    Users(UserEndpoint<'p>),
    AccountDetails,
    OAuth(OAuthEndpoint<'p>),
    /// Under `webhooks/{appId}`.
    Webhooks(&'p str, WebhookEndpoint<'p>),
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

/// What came of the part of a path that belongs to one area.
enum Found<'p> {
    Endpoint(Endpoint<'p>),
    OtherMethod,
    NotSimulated,
    Nothing,
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
    use Version as V;
    let mut parts: SmallVec<[&'p str; 10]> = segments.0.iter().map(|part| &**part).collect();
    // `crm/v3/objects` and `crm/objects/2026-03` are the same place.
    let place = [1, 2]
        .into_iter()
        .find(|place| parts.get(*place).is_some_and(|part| is_version(part)));
    let name = place.map_or("", |place| parts.remove(place));
    let version = generation(name);
    let found = match (parts.as_slice(), version) {
        (["crm", "objects", object_type, rest @ ..], V::Three | V::Four | V::Dated) => {
            objects::route(method, object_type, rest)
        }
        (["crm", "associations", rest @ ..], V::Three | V::Four | V::Dated) => {
            associations::route(method, version, rest)
        }
        (["engagements", rest @ ..], V::One) if name == "v1" => engagements::route(method, rest),
        (["crm", "owners", rest @ ..], V::Three | V::Dated) => settings::owners(method, rest),
        (["crm", "properties", rest @ ..], V::Three | V::Dated) => {
            definitions::properties(method, rest)
        }
        (["crm", "pipelines", rest @ ..], V::Three | V::Dated) => {
            definitions::pipelines(method, rest)
        }
        (
            ["crm-object-schemas", "schemas", rest @ ..] | ["crm", "schemas", rest @ ..],
            V::Three | V::Dated,
        ) => definitions::schemas(method, rest),
        (["properties", rest @ ..], V::One) => definitions::legacy_properties(method, rest),
        // The same list by a path of companies' own, which tap-hubspot asks for.
        (["companies", "properties"], V::One) if name == "v2" => {
            definitions::legacy_properties(method, &["companies", "properties"])
        }
        (["settings", "users", rest @ ..], V::Three | V::Dated) => settings::users(method, rest),
        (["account-info", "details"], V::Three | V::Dated) => get(method, Endpoint::AccountDetails),
        (["oauth", rest @ ..], _) => oauth::route(method, name, rest),
        (["webhooks", app_id, rest @ ..], V::Three | V::Dated) => {
            webhooks::route(method, app_id, rest)
        }
        _ => elsewhere(&parts),
    };
    match found {
        Found::Endpoint(endpoint) => Routed::To(version, endpoint),
        Found::OtherMethod => Routed::MethodNotAllowed,
        Found::NotSimulated => Routed::NotSimulated,
        Found::Nothing => Routed::Unknown,
    }
}

fn is_version(part: &str) -> bool {
    matches!(part, "v1" | "v2" | "v3" | "v4") || dated(part)
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
