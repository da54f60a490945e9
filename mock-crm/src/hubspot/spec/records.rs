//! Records that a portal has from the start, and how they came to be.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A record that is there from the start: no row in the ledger.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RecordSpec {
    /// The object type: `contacts`.
    pub object: String,
    /// The name of the person or queue that owns it.
    pub owner: Option<String>,
    /// The name of the user who made it in HubSpot's own pages; left out, the first user.
    pub created_by: Option<String>,
    /// The name of the app or private app that made it, with `created_by` as its user; left out, it was no app.
    pub app: Option<String>,
    /// The import by which `created_by` brought it in; left out, it was no import.
    pub import: Option<ImportSpec>,
    /// The form by which it came; left out, it was no form.
    pub form: Option<FormSpec>,
    /// Values of properties.
    pub properties: BTreeMap<String, String>,
}

/// An import.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ImportSpec {
    /// Its number, which its records carry as `hs_object_source_id`.
    pub id: u32,
    /// The name of the file, which they carry as `hs_object_source_detail_1`.
    pub file: String,
}

/// A form.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct FormSpec {
    /// Its id, which its records carry as `hs_object_source_id`.
    pub id: String,
    /// Its name, which they carry as `hs_object_source_detail_1`.
    pub name: String,
}
