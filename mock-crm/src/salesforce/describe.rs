//! `/sobjects`, `/sobjects/{object}`, `/sobjects/{object}/describe`.

mod field;

use axum::body::Body;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

use super::answer;
use super::error::ApiError;
use super::principals::Right;
use super::recent;
use super::records::visible;
use super::rest::{Caller, Segments, Validator, Verdict};
use super::schema::SObject;
use field::{Rights, field};

/// Records that are listed with an object.
const RECENT: usize = 10;

/// `GET /sobjects`
pub(super) async fn list(caller: Caller, headers: HeaderMap) -> Result<Response<Body>, ApiError> {
    let seen = caller
        .org()
        .schema()
        .objects()
        .iter()
        .filter(|object| caller.principal.sees(object));
    let objects: Vec<_> = seen.map(|object| summary(object, &caller)).collect();
    let body = json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects });
    unless_known(&caller, &headers, answer::to_json(&body))
}

/// The body, unless the caller has it. The schema stays what it was when the org was opened; whether a change of rights
/// counts as one is unverified, and shows in the mark only.
fn unless_known(
    caller: &Caller,
    headers: &HeaderMap,
    body: Vec<u8>,
) -> Result<Response<Body>, ApiError> {
    let mark = body.iter().fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| {
        (mark ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let validator = Validator {
        modified_at: caller.org().opened_at(),
        tag: Some(format!("\"{mark:016x}\"")),
    };
    Ok(match validator.check(headers)? {
        Verdict::NotModified => validator.not_modified(),
        Verdict::Send => validator.mark(answer::json(StatusCode::OK, body)),
    })
}

/// `GET /sobjects/{object}`
pub(super) async fn basic(
    caller: Caller,
    Segments([object]): Segments<1>,
) -> Result<Response<Body>, ApiError> {
    let object = visible(caller.org(), &caller.principal, &object)?;
    let summary = summary(&object, &caller);
    let mut json = br#"{"objectDescribe":"#.to_vec();
    json.extend_from_slice(&answer::to_json(&summary));
    json.extend_from_slice(br#","recentItems":"#);
    json.extend_from_slice(&recent::items(&caller, Some(&object), RECENT));
    json.push(b'}');
    Ok(answer::json(StatusCode::OK, json))
}

/// `GET /sobjects/{object}/describe`
pub(super) async fn describe(
    caller: Caller,
    Segments([object]): Segments<1>,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    let object = visible(caller.org(), &caller.principal, &object)?;
    let body = answer::to_json(&full(&caller, &object));
    unless_known(&caller, &headers, body)
}

fn full(caller: &Caller, object: &SObject) -> Map<String, Value> {
    let may = |right| object.setup || caller.principal.may(object, right);
    let rights = Rights {
        create: may(Right::Create),
        edit: may(Right::Edit),
        audit: object.audit && caller.principal.has("PermissionsCreateAuditFields"),
    };
    let mut body = summary(object, caller);
    let fields: Vec<_> = object
        .fields()
        .iter()
        .map(|each| field(each, object, &rights))
        .collect();
    let seen = |child: &SObject| caller.principal.sees(child);
    let children = caller.org().schema().references_to(object);
    let children: Vec<_> = children
        .filter(|(child, ..)| seen(child))
        .map(|(child, place, name)| child_relationship(caller, object, child, place, name))
        .collect();
    let url = format!("{}/sobjects/{}", caller.version.base(), object.name);
    for (key, value) in [
        ("actionOverrides", json!([])),
        ("childRelationships", children.into()),
        ("compactLayoutable", (!object.setup).into()),
        ("defaultImplementation", Value::Null),
        ("extendedBy", Value::Null),
        ("extendsInterfaces", Value::Null),
        ("fields", fields.into()),
        ("implementedBy", Value::Null),
        ("implementsInterfaces", Value::Null),
        ("listviewable", Value::Null),
        ("lookupLayoutable", Value::Null),
        ("namedLayoutInfos", json!([])),
        ("networkScopeFieldName", Value::Null),
        ("recordTypeInfos", master_record_type(&url)),
        ("searchLayoutable", (!object.setup).into()),
        ("sobjectDescribeOption", "FULL".into()),
        ("supportedScopes", scopes(object)),
    ] {
        body.insert(key.to_owned(), value);
    }
    body
}

fn child_relationship(
    caller: &Caller,
    object: &SObject,
    child: &SObject,
    place: usize,
    name: Option<String>,
) -> Value {
    let field = child.fields().get(place).map(|field| &field.name);
    let mut owned = caller.org().schema().owned_children(object);
    let cascades = owned.any(|(owned, by)| owned.key == child.key && Some(&by.name) == field);
    json!({
        "cascadeDelete": cascades,
        "childSObject": child.name,
        "deprecatedAndHidden": false,
        "field": field,
        "junctionIdListNames": [],
        "junctionReferenceTo": [],
        "relationshipName": name,
        "restrictedDelete": false,
    })
}

fn scopes(object: &SObject) -> Value {
    if object.owner_field().is_none() {
        return json!([{ "label": "All records", "name": "everything" }]);
    }
    let plural = object.plural.to_lowercase();
    json!([
        { "label": format!("All {plural}"), "name": "everything" },
        { "label": format!("My {plural}"), "name": "mine" },
    ])
}

fn master_record_type(url: &str) -> Value {
    let layout = format!("{url}/describe/layouts/012000000000000AAA");
    json!([{
        "active": true, "available": true, "defaultRecordTypeMapping": true, "developerName": "Master",
        "master": true, "name": "Master", "recordTypeId": "012000000000000AAA", "urls": { "layout": layout },
    }])
}

fn summary(object: &SObject, caller: &Caller) -> Map<String, Value> {
    let may = |right| object.setup || caller.principal.may(object, right);
    let url = format!("{}/sobjects/{}", caller.version.base(), object.name);
    let mut urls = Map::new();
    urls.insert("sobject".to_owned(), url.clone().into());
    for (key, path) in [
        ("rowTemplate", "{ID}"),
        ("describe", "describe"),
        ("layouts", "describe/layouts"),
        ("compactLayouts", "describe/compactLayouts"),
        ("approvalLayouts", "describe/approvalLayouts"),
        ("listviews", "listviews"),
        ("quickActions", "quickActions"),
        ("defaultValues", "defaultValues?recordTypeId&fields"),
    ] {
        urls.insert(key.to_owned(), format!("{url}/{path}").into());
    }
    // What a real org says of its own objects; layouts and the like are not there, whatever is said of them.
    let of_users = !object.setup;
    let merges = matches!(&*object.name, "Account" | "Contact" | "Lead" | "Case");
    let deletable = object.deletable && may(Right::Delete);
    let flags = [
        ("activateable", false),
        ("createable", object.createable && may(Right::Create)),
        ("custom", object.custom),
        ("customSetting", false),
        ("deepCloneable", false),
        ("deletable", deletable),
        ("deprecatedAndHidden", false),
        ("feedEnabled", of_users),
        ("hasSubtypes", false),
        ("isInterface", false),
        ("isSubtype", false),
        ("layoutable", of_users),
        ("mergeable", merges),
        ("mruEnabled", of_users),
        ("queryable", true),
        ("replicateable", true),
        ("retrieveable", true),
        ("searchable", of_users),
        ("triggerable", of_users),
        ("undeletable", deletable && of_users),
        ("updateable", object.updateable && may(Right::Edit)),
    ];
    let mut summary = Map::new();
    for (key, value) in flags {
        summary.insert(key.to_owned(), value.into());
    }
    for (key, value) in [
        ("associateEntityType", Value::Null),
        ("associateParentEntity", Value::Null),
        ("keyPrefix", String::from_utf8_lossy(&object.prefix).into()),
        ("label", (&*object.label).into()),
        ("labelPlural", (&*object.plural).into()),
        ("name", (&*object.name).into()),
        ("urls", urls.into()),
    ] {
        summary.insert(key.to_owned(), value);
    }
    summary
}
