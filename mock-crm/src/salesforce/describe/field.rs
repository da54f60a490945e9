//! One field of a describe.

use serde_json::{Map, Value, json};

use crate::salesforce::schema::{Field, Flags, Kind, SObject};

/// What the caller may do with the object's records, as far as it shows in the fields.
pub(super) struct Rights {
    pub(super) create: bool,
    pub(super) edit: bool,
    /// Audit fields may be set on insert.
    pub(super) audit: bool,
}

/// A field as a describe has it.
pub(super) fn field(field: &Field, object: &SObject, rights: &Rights) -> Value {
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
    let coordinate = field.name.ends_with("Latitude") || field.name.ends_with("Longitude");
    let (precision, scale) = match field.kind {
        Kind::Double if coordinate => (18, 15),
        Kind::Currency | Kind::Double | Kind::Percent => (18, 2),
        _ => (0, 0),
    };
    [
        ("aggregatable", json!(field.filterable())),
        ("aiPredictionField", json!(false)),
        ("autoNumber", json!(field.name == "CaseNumber")),
        ("byteLength", json!(text_length * 3)),
        ("calculated", json!(false)),
        ("calculatedFormula", json!(null)),
        ("cascadeDelete", json!(has(Flags::MASTER))),
        ("caseSensitive", json!(false)),
        ("compoundFieldName", json!(compound(field, object))),
        ("controllerName", json!(null)),
        (
            "createable",
            json!(rights.create && has(Flags::CREATEABLE) || rights.audit && has(Flags::AUDIT)),
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
        ("defaultValueFormula", json!(null)),
        ("defaultedOnCreate", json!(has(Flags::DEFAULTED))),
        ("dependentPicklist", json!(false)),
        ("deprecatedAndHidden", json!(false)),
        ("digits", json!(if field.kind == Kind::Int { 8 } else { 0 })),
        ("displayLocationInDecimal", json!(coordinate)),
        ("encrypted", json!(false)),
        ("externalId", json!(has(Flags::EXTERNAL_ID))),
        ("extraTypeInfo", json!(null)),
        ("filterable", json!(field.filterable())),
        ("filteredLookupInfo", json!(null)),
        ("formulaTreatNullNumberAsZero", json!(false)),
        (
            "groupable",
            json!(field.filterable() && !field.kind.fractional() && field.kind != Kind::DateTime),
        ),
        ("highScaleNumber", json!(false)),
        ("htmlFormatted", json!(false)),
        (
            "idLookup",
            json!(has(Flags::ID_LOOKUP) || has(Flags::EXTERNAL_ID)),
        ),
        ("inlineHelpText", json!(null)),
        ("label", json!(field.label)),
        ("length", json!(text_length)),
        ("mask", json!(null)),
        ("maskType", json!(null)),
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
        ("queryByDistance", json!(field.kind == Kind::Address)),
        ("referenceTargetField", json!(null)),
        ("referenceTo", json!(field.referenced().collect::<Vec<_>>())),
        ("relationshipName", json!(field.relationship)),
        ("relationshipOrder", json!(has(Flags::MASTER).then_some(0))),
        ("restrictedDelete", json!(false)),
        ("restrictedPicklist", json!(has(Flags::RESTRICTED))),
        ("scale", json!(scale)),
        ("searchPrefilterable", json!(field.kind == Kind::Reference)),
        ("soapType", json!(soap)),
        ("sortable", json!(field.filterable())),
        ("type", json!(kind)),
        ("unique", json!(has(Flags::UNIQUE))),
        ("updateable", json!(rights.edit && has(Flags::UPDATEABLE))),
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
