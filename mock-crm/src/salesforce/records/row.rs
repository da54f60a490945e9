//! A record as it is read: its fields' values, and the records it refers to.

use std::cell::OnceCell;

use crate::clock::Timestamp;
use crate::ids::SalesforceId;
use crate::query::Value;
use crate::salesforce::answer;
use crate::salesforce::body::{self, Given, Pairs};
use crate::salesforce::org::Org;
use crate::salesforce::schema::{Field, Kind, SObject, Source};
use crate::store::{Record, Serial, Store};

/// A record with what is needed to read it. The body is parsed when the first of its fields is asked for.
#[derive(Debug)]
pub(in crate::salesforce) struct Row<'s> {
    org: &'s Org,
    store: &'s Store,
    pub(in crate::salesforce) object: &'s SObject,
    pub(in crate::salesforce) serial: Serial,
    pub(in crate::salesforce) record: &'s Record,
    body: OnceCell<Pairs<'s>>,
}

impl<'s> Row<'s> {
    pub(in crate::salesforce) fn new(
        org: &'s Org,
        store: &'s Store,
        object: &'s SObject,
        serial: Serial,
        record: &'s Record,
    ) -> Self {
        Self {
            org,
            store,
            object,
            serial,
            record,
            body: OnceCell::new(),
        }
    }

    pub(in crate::salesforce) fn id(&self) -> SalesforceId {
        self.org.record_id(self.object.key, self.serial)
    }

    /// The value of a field of the record's object.
    pub(in crate::salesforce) fn value(&self, field: &Field) -> Value<'s> {
        let symbol = |symbol| Value::Text(self.store.symbols.text(symbol).into());
        match field.source {
            Source::Body => self.stored(field),
            Source::Id => Value::Text(self.id().to_string().into()),
            Source::IsDeleted => Value::Boolean(self.record.deleted),
            Source::OwnerId => self.record.owner.map_or(Value::Null, symbol),
            Source::CreatedDate => Value::Instant(self.record.created_at),
            Source::CreatedById => symbol(self.record.created_by),
            Source::SystemModstamp => Value::Instant(self.record.modified_at),
            Source::LastModifiedDate => match self.stored(field) {
                Value::Null => Value::Instant(self.record.modified_at),
                set => set,
            },
            Source::LastModifiedById => match self.stored(field) {
                Value::Null => symbol(self.record.modified_by),
                set => set,
            },
            Source::FullName => self.full_name(),
            // A compound has no single value; it is written by `push_named`.
            Source::Address => Value::Null,
            Source::ActivityAccount => self.activity_account(),
            Source::OfContact(name) => self
                .referred("ContactId")
                .map_or(Value::Null, |contact| contact.named(name)),
            Source::FiscalYear => self
                .close_date()
                .map_or(Value::Null, |date| Value::Number(date.year().into())),
            Source::FiscalQuarter => self.close_date().map_or(Value::Null, |date| {
                Value::Number(f64::from((date.month() + 2) / 3))
            }),
            Source::TaskClosed => self.is("Status", &["Completed"]),
            Source::TaskHighPriority => self.is("Priority", &["High"]),
            Source::CaseClosed => self.is("Status", &["Closed"]),
            Source::OpportunityClosed => self.is("StageName", &["Closed Won", "Closed Lost"]),
            Source::OpportunityWon => self.is("StageName", &["Closed Won"]),
        }
    }

    /// The value of the field of this name; of the pseudo-field `Type`, the object's name.
    pub(in crate::salesforce) fn named(&self, name: &str) -> Value<'s> {
        match self.object.field(name) {
            Some(field) => self.value(field),
            None if name == "Type" => Value::Text(self.object.name.as_ref().into()),
            None => Value::Null,
        }
    }

    /// The type of a field by its name.
    pub(in crate::salesforce) fn kind(&self, name: &str) -> Kind {
        let field = self.object.field(name);
        field.map_or(Kind::String, |field| field.kind)
    }

    /// The record that a reference leads to.
    pub(in crate::salesforce) fn follow(&self, field: &Field) -> Option<Row<'s>> {
        let Value::Text(id) = self.value(field) else {
            return None;
        };
        let id = SalesforceId::parse(&id)?;
        let object = self.org.schema().by_prefix(id.prefix())?;
        let serial = self.org.serial(self.store, object.key, id)?;
        let record = self.store.get(serial)?;
        Some(Row::new(self.org, self.store, object, serial, record))
    }

    /// The record that the reference of this name leads to.
    fn referred(&self, name: &str) -> Option<Row<'s>> {
        self.follow(self.object.field(name)?)
    }

    /// Of the record that the activity is about, and if that has none, of the person.
    fn activity_account(&self) -> Value<'s> {
        let of = |name: &str| {
            let row = self.referred(name)?;
            let field = match &*row.object.name {
                "Account" => "Id",
                _ => "AccountId",
            };
            Some(row.named(field)).filter(|account| *account != Value::Null)
        };
        of("WhatId").or_else(|| of("WhoId")).unwrap_or(Value::Null)
    }

    fn close_date(&self) -> Option<jiff::civil::Date> {
        self.text("CloseDate")?.parse().ok()
    }

    fn pairs(&self) -> &Pairs<'s> {
        let record: &'s Record = self.record;
        self.body.get_or_init(|| body::stored(&record.body))
    }

    fn stored(&self, field: &Field) -> Value<'s> {
        match (body::get(self.pairs(), &field.name), field.kind) {
            (Some(Given::Boolean(value)), _) => Value::Boolean(*value),
            (Some(Given::Integer(number)), _) => Value::Number(*number as f64),
            (Some(Given::Number(number)), _) => Value::Number(*number),
            (Some(Given::Text(text)), Kind::DateTime) => {
                Timestamp::parse(text).map_or(Value::Null, Value::Instant)
            }
            (Some(Given::Text(text)), _) => Value::Text(text.clone()),
            (_, Kind::Boolean) => Value::Boolean(false),
            _ => Value::Null,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        match body::get(self.pairs(), name)? {
            Given::Text(text) => Some(text),
            _ => None,
        }
    }

    fn is(&self, name: &str, values: &[&str]) -> Value<'s> {
        Value::Boolean(self.text(name).is_some_and(|text| values.contains(&text)))
    }

    fn full_name(&self) -> Value<'s> {
        let parts = [self.text("FirstName"), self.text("LastName")];
        let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        match name.is_empty() {
            true => Value::Null,
            false => Value::Text(name.into()),
        }
    }
}

/// Appends `"attributes":{…}`.
pub(in crate::salesforce) fn push_attributes(json: &mut Vec<u8>, row: &Row<'_>, base: &str) {
    let (name, id) = (&row.object.name, row.id());
    for part in [
        r#""attributes":{"type":""#,
        name,
        r#"","url":""#,
        base,
        "/sobjects/",
        name,
        "/",
        id.as_str(),
        r#""}"#,
    ] {
        json.extend_from_slice(part.as_bytes());
    }
}

/// Appends `"name":value` of a field by name.
pub(in crate::salesforce) fn push_named(json: &mut Vec<u8>, row: &Row<'_>, name: &str) {
    answer::push_text(json, name);
    json.push(b':');
    match row.object.field(name) {
        Some(field) if field.source == Source::Address => push_address(json, row, field),
        Some(field) => push_value(json, &row.value(field), field.kind),
        None => push_value(json, &row.named(name), Kind::String),
    }
}

/// Appends a value as the REST API writes it.
pub(in crate::salesforce) fn push_value(json: &mut Vec<u8>, value: &Value<'_>, kind: Kind) {
    match value {
        Value::Null => json.extend_from_slice(b"null"),
        Value::Boolean(true) => json.extend_from_slice(b"true"),
        Value::Boolean(false) => json.extend_from_slice(b"false"),
        Value::Number(number) => answer::push_number(json, *number, kind.fractional()),
        Value::Text(text) => answer::push_text(json, text),
        Value::Instant(at) => answer::push_text(json, &at.iso_without_colon().to_string()),
    }
}

/// The parts of an address by the names they have in the compound; null if all are empty.
fn push_address(json: &mut Vec<u8>, row: &Row<'_>, field: &Field) {
    const PARTS: [(&str, &str); 8] = [
        ("city", "City"),
        ("country", "Country"),
        ("geocodeAccuracy", "GeocodeAccuracy"),
        ("latitude", "Latitude"),
        ("longitude", "Longitude"),
        ("postalCode", "PostalCode"),
        ("state", "State"),
        ("street", "Street"),
    ];
    let prefix = field.name.strip_suffix("Address").unwrap_or_default();
    let value = |part: &str| row.named(&format!("{prefix}{part}"));
    if PARTS.iter().all(|(_, part)| value(part) == Value::Null) {
        json.extend_from_slice(b"null");
        return;
    }
    for (place, (name, part)) in PARTS.iter().enumerate() {
        json.push(if place == 0 { b'{' } else { b',' });
        answer::push_text(json, name);
        json.push(b':');
        push_value(json, &value(part), Kind::Double);
    }
    json.push(b'}');
}
