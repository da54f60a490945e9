//! One line of a table of standard fields, written down as a constant.

use super::field::{Flags, Kind, Source};

/// A standard field as its object's table has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) name: &'static str,
    /// `None`: the name with spaces.
    pub(super) label: Option<&'static str>,
    pub(super) kind: Kind,
    pub(super) length: u32,
    pub(super) flags: Flags,
    pub(super) references: &'static [&'static str],
    pub(super) values: &'static [&'static str],
    pub(super) default: Option<&'static str>,
    pub(super) source: Source,
}

const fn column(name: &'static str, kind: Kind, length: u32, flags: &str) -> Column {
    Column {
        name,
        label: None,
        kind,
        length,
        flags: Flags::read(flags),
        references: &[],
        values: &[],
        default: None,
        source: Source::Body,
    }
}

impl Column {
    pub(super) const fn label(mut self, label: &'static str) -> Self {
        self.label = Some(label);
        self
    }

    pub(super) const fn source(mut self, source: Source) -> Self {
        self.source = source;
        self
    }

    pub(super) const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }
}

/// One line of text.
pub(super) const fn string(name: &'static str, length: u32, flags: &str) -> Column {
    column(name, Kind::String, length, flags)
}

/// Text of several lines.
pub(super) const fn textarea(name: &'static str, length: u32, flags: &str) -> Column {
    column(name, Kind::TextArea, length, flags)
}

/// One of these values; any other is kept as well, unless the flags say `r`.
pub(super) const fn picklist(
    name: &'static str,
    length: u32,
    flags: &str,
    values: &'static [&'static str],
) -> Column {
    let mut column = column(name, Kind::Picklist, length, flags);
    column.values = values;
    column
}

/// A field of another type; its length is that of the type.
pub(super) const fn typed(name: &'static str, kind: Kind, flags: &str) -> Column {
    let length = match kind {
        Kind::Email => 80,
        Kind::Phone => 40,
        Kind::Url | Kind::Combobox => 255,
        _ => 0,
    };
    column(name, kind, length, flags)
}

/// The id of a record of one of these objects.
pub(super) const fn reference(
    name: &'static str,
    flags: &str,
    objects: &'static [&'static str],
) -> Column {
    let mut column = column(name, Kind::Reference, 18, flags);
    column.references = objects;
    column
}

/// The id of the record itself.
pub(super) const fn id(label: &'static str) -> Column {
    column("Id", Kind::Id, 18, "di")
        .label(label)
        .source(Source::Id)
}

/// `OwnerId`, of objects whose records have an owner.
pub(super) const fn owner(objects: &'static [&'static str]) -> Column {
    reference("OwnerId", "cud", objects)
        .label("Owner ID")
        .source(Source::OwnerId)
}

/// The five fields that every record gets from the system. Section 4.3 of the object reference: system fields.
pub(super) const AUDIT: [Column; 5] = [
    typed("CreatedDate", Kind::DateTime, "da").source(Source::CreatedDate),
    reference("CreatedById", "da", &["User"])
        .label("Created By ID")
        .source(Source::CreatedById),
    typed("LastModifiedDate", Kind::DateTime, "da").source(Source::LastModifiedDate),
    reference("LastModifiedById", "da", &["User"])
        .label("Last Modified By ID")
        .source(Source::LastModifiedById),
    typed("SystemModstamp", Kind::DateTime, "d").source(Source::SystemModstamp),
];

/// In the recycle bin.
pub(super) const IS_DELETED: Column = typed("IsDeleted", Kind::Boolean, "d")
    .label("Deleted")
    .source(Source::IsDeleted);

/// The parts of an address and the whole of it.
pub(super) const fn address(names: [&'static str; 9]) -> [Column; 9] {
    let [
        street,
        city,
        state,
        postal_code,
        country,
        latitude,
        longitude,
        accuracy,
        whole,
    ] = names;
    [
        textarea(street, 255, "cun"),
        string(city, 40, "cun"),
        string(state, 80, "cun"),
        string(postal_code, 20, "cun"),
        string(country, 80, "cun"),
        typed(latitude, Kind::Double, "cun"),
        typed(longitude, Kind::Double, "cun"),
        picklist(accuracy, 40, "cunr", &GEOCODE_ACCURACY),
        typed(whole, Kind::Address, "n").source(Source::Address),
    ]
}

const GEOCODE_ACCURACY: [&str; 11] = [
    "Address",
    "NearAddress",
    "Block",
    "Street",
    "ExtendedZip",
    "Zip",
    "Neighborhood",
    "City",
    "County",
    "State",
    "Unknown",
];
