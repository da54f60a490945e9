//! `/sobjects`, `/sobjects/{object}`, `/sobjects/{object}/describe`.

use axum::body::Body;
use axum::response::Response;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::answer;
use super::error::ApiError;
use super::records::visible;
use super::rest::{Caller, Segments};
use super::schema::{Field, Flags, Kind, SObject};

/// `GET /sobjects`
pub(super) async fn list(caller: Caller) -> Response<Body> {
    let base = caller.version.base();
    let seen = caller
        .org()
        .schema()
        .objects()
        .iter()
        .filter(|object| caller.principal.sees(object));
    let objects: Vec<_> = seen.map(|object| summary(object, &base)).collect();
    let body = json!({ "encoding": "UTF-8", "maxBatchSize": 200, "sobjects": objects });
    answer::json(StatusCode::OK, answer::to_json(&body))
}

/// `GET /sobjects/{object}`. Nobody views records in a mock, so none are recent.
pub(super) async fn basic(
    caller: Caller,
    Segments([object]): Segments<1>,
) -> Result<Response<Body>, ApiError> {
    let object = visible(caller.org(), &caller.principal, &object)?;
    let body =
        json!({ "objectDescribe": summary(&object, &caller.version.base()), "recentItems": [] });
    Ok(answer::json(StatusCode::OK, answer::to_json(&body)))
}

/// `GET /sobjects/{object}/describe`
pub(super) async fn describe(
    caller: Caller,
    Segments([object]): Segments<1>,
) -> Result<Response<Body>, ApiError> {
    let object = visible(caller.org(), &caller.principal, &object)?;
    let audit = object.audit && caller.principal.has("PermissionsCreateAuditFields");
    let mut body = summary(&object, &caller.version.base());
    let fields: Vec<_> = object
        .fields()
        .iter()
        .map(|each| field(each, &object, audit))
        .collect();
    let children = caller.org().schema().child_relationships(&object);
    let children = children.into_iter().map(|(child, place, name)| {
        json!({
            "cascadeDelete": object.name == "Account" && ["Contact", "Opportunity"].contains(&&*child.name),
            "childSObject": child.name,
            "deprecatedAndHidden": false,
            "field": child.fields()[place].name,
            "junctionIdListNames": [],
            "junctionReferenceTo": [],
            "relationshipName": name,
            "restrictedDelete": false,
        })
    });
    for (key, value) in [
        ("fields", fields.into()),
        ("childRelationships", children.collect::<Vec<_>>().into()),
        ("actionOverrides", json!([])),
        ("namedLayoutInfos", json!([])),
        ("recordTypeInfos", master_record_type()),
        ("supportedScopes", json!([])),
        ("sobjectDescribeOption", "FULL".into()),
    ] {
        body.insert(key.to_owned(), value);
    }
    Ok(answer::json(StatusCode::OK, answer::to_json(&body)))
}

fn master_record_type() -> Value {
    json!([{
        "active": true, "available": true, "defaultRecordTypeMapping": true, "developerName": "Master",
        "master": true, "name": "Master", "recordTypeId": "012000000000000AAA", "urls": {},
    }])
}

fn summary(object: &SObject, base: &str) -> Map<String, Value> {
    let url = format!("{base}/sobjects/{}", object.name);
    let urls = json!({
        "rowTemplate": format!("{url}/{{ID}}"),
        "describe": format!("{url}/describe"),
        "sobject": url,
    });
    let mut summary = Map::new();
    for (key, value) in [
        ("name", Value::from(&*object.name)),
        ("label", (&*object.label).into()),
        ("labelPlural", (&*object.plural).into()),
        ("keyPrefix", String::from_utf8_lossy(&object.prefix).into()),
        ("custom", object.custom.into()),
        ("createable", object.createable.into()),
        ("updateable", object.updateable.into()),
        ("deletable", object.deletable.into()),
        ("undeletable", object.deletable.into()),
        ("queryable", true.into()),
        ("retrieveable", true.into()),
        ("replicateable", true.into()),
        ("searchable", false.into()),
        ("urls", urls),
    ] {
        summary.insert(key.to_owned(), value);
    }
    for key in [
        "activateable",
        "customSetting",
        "deepCloneable",
        "deprecatedAndHidden",
        "feedEnabled",
        "hasSubtypes",
        "isInterface",
        "isSubtype",
        "layoutable",
        "mergeable",
        "mruEnabled",
        "triggerable",
    ] {
        summary.insert(key.to_owned(), false.into());
    }
    for key in ["associateEntityType", "associateParentEntity"] {
        summary.insert(key.to_owned(), Value::Null);
    }
    summary
}

/// A field as a describe has it. `audit`: the caller may set audit fields, so they show as such.
fn field(field: &Field, object: &SObject, audit: bool) -> Value {
    let has = |flag| field.flags.has(flag);
    let (kind, soap) = field.kind.names();
    let text_length = match field.kind {
        Kind::Boolean | Kind::Int | Kind::Date | Kind::DateTime | Kind::Address => 0,
        kind if kind.fractional() => 0,
        _ => field.length,
    };
    let values = field.values.iter().map(|value| {
        json!({
            "active": true, "defaultValue": field.default == Some(value), "label": value, "validFor": null, "value": value,
        })
    });
    let (precision, scale) = match field.kind {
        Kind::Currency | Kind::Double | Kind::Percent => (18, 2),
        _ => (0, 0),
    };
    [
        ("aggregatable", json!(field.filterable())),
        ("autoNumber", json!(field.name == "CaseNumber")),
        ("byteLength", json!(text_length * 3)),
        ("calculated", json!(false)),
        ("cascadeDelete", json!(false)),
        ("caseSensitive", json!(false)),
        ("compoundFieldName", json!(compound(field, object))),
        (
            "createable",
            json!(has(Flags::CREATEABLE) || audit && has(Flags::AUDIT)),
        ),
        ("custom", json!(field.name.ends_with("__c"))),
        (
            "defaultValue",
            json!(if field.kind == Kind::Boolean {
                Value::Bool(false)
            } else {
                Value::Null
            }),
        ),
        ("defaultedOnCreate", json!(has(Flags::DEFAULTED))),
        ("dependentPicklist", json!(false)),
        ("deprecatedAndHidden", json!(false)),
        ("digits", json!(if field.kind == Kind::Int { 8 } else { 0 })),
        ("encrypted", json!(false)),
        ("externalId", json!(has(Flags::EXTERNAL_ID))),
        ("extraTypeInfo", json!(null)),
        ("filterable", json!(field.filterable())),
        (
            "groupable",
            json!(field.filterable() && !field.kind.fractional() && field.kind != Kind::DateTime),
        ),
        ("htmlFormatted", json!(false)),
        (
            "idLookup",
            json!(has(Flags::ID_LOOKUP) || has(Flags::EXTERNAL_ID)),
        ),
        ("inlineHelpText", json!(null)),
        ("label", json!(field.label)),
        ("length", json!(text_length)),
        ("name", json!(field.name)),
        ("nameField", json!(has(Flags::NAME))),
        ("namePointing", json!(field.referenced().count() > 1)),
        ("nillable", json!(has(Flags::NILLABLE))),
        (
            "permissionable",
            json!(!field.required() && has(Flags::UPDATEABLE)),
        ),
        ("picklistValues", json!(values.collect::<Vec<_>>())),
        (
            "polymorphicForeignKey",
            json!(field.referenced().count() > 1),
        ),
        ("precision", json!(precision)),
        ("referenceTo", json!(field.referenced().collect::<Vec<_>>())),
        ("relationshipName", json!(field.relationship)),
        ("restrictedDelete", json!(false)),
        ("restrictedPicklist", json!(has(Flags::RESTRICTED))),
        ("scale", json!(scale)),
        ("soapType", json!(soap)),
        ("sortable", json!(field.filterable())),
        ("type", json!(kind)),
        ("unique", json!(has(Flags::UNIQUE))),
        ("updateable", json!(has(Flags::UPDATEABLE))),
        ("writeRequiresMasterRead", json!(false)),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect::<Map<_, _>>()
    .into()
}

/// The compound that a field is a part of: `Name`, `MailingAddress`.
fn compound<'o>(field: &Field, object: &'o SObject) -> Option<&'o str> {
    let mut compounds = object
        .fields()
        .iter()
        .filter(|field| field.kind == Kind::Address);
    let of_name = ["FirstName", "LastName", "Salutation"].contains(&&*field.name);
    if of_name {
        return object.field("Name").map(|field| &*field.name);
    }
    let parts = [
        "Street",
        "City",
        "State",
        "PostalCode",
        "Country",
        "Latitude",
        "Longitude",
        "GeocodeAccuracy",
    ];
    let part = parts
        .iter()
        .find_map(|part| field.name.strip_suffix(part))?;
    compounds
        .find(|address| address.name.strip_suffix("Address") == Some(part))
        .map(|address| &*address.name)
}
