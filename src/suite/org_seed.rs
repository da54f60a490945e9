//! A team's own custom objects and fields, in every scenario's org and portal.
//!
//! An integration that sends a field of the team's own is refused by an org that has no such field. The form is that of
//! mock-crm's seed files, without what a scenario brings itself: people, apps, records.

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use mock_crm::hubspot::spec::{ObjectSpec, PropertySpec};
use mock_crm::salesforce::{CustomFieldSpec, CustomObjectSpec};
use mock_crm::seed::place;
use serde::Deserialize;

use super::world;

/// What is added.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrgSeed {
    /// To every org.
    pub salesforce: SalesforceSeed,
    /// To every portal.
    pub hubspot: HubspotSeed,
}

/// What is added to an org.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SalesforceSeed {
    /// Custom objects.
    pub custom_objects: Vec<CustomObjectSpec>,
    /// Custom fields, of these and of standard objects.
    pub custom_fields: Vec<CustomFieldSpec>,
}

/// What is added to a portal.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HubspotSeed {
    /// Custom object types.
    pub objects: Vec<ObjectSpec>,
    /// Properties, of these and of HubSpot's own.
    pub properties: Vec<PropertySpec>,
}

/// Something that no org or portal can be opened with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Where: `salesforce.custom_fields[0].type`.
    pub path: String,
    /// What.
    pub problem: String,
    /// What to do about it.
    pub hint: Option<String>,
}

/// An org seed that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum OrgSeedError {
    /// It can't be read.
    #[error("could not read the org seed {}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no YAML, or has something that belongs to the scenarios; with file, line and column.
    #[error("{0}\nhint: {FORM}")]
    Yaml(String),
    /// No org or portal can be opened with it.
    #[error("{place}: {path}: {problem}\nhint: {hint}")]
    Refused {
        /// File, line and column.
        place: String,
        /// `salesforce.custom_fields[0].type`.
        path: String,
        /// What is wrong.
        problem: String,
        /// What to do about it.
        hint: String,
    },
}

const FORM: &str = "an org seed has 'salesforce' with 'custom_objects' and 'custom_fields', and 'hubspot' with 'objects' and \
                    'properties'; people, apps and records are each scenario's own";

impl OrgSeed {
    /// Reads a file, and tries it out on an org and a portal as scenarios have them.
    ///
    /// # Errors
    /// Where it can't be read, is no org seed, or no org or portal can be opened with it.
    pub fn read(path: &Path) -> Result<Self, OrgSeedError> {
        let text = std::fs::read_to_string(path).map_err(|source| OrgSeedError::File {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text, &path.display().to_string())
    }

    /// The same of a text, which errors call `file`.
    ///
    /// # Errors
    /// As above.
    pub fn parse(text: &str, file: &str) -> Result<Self, OrgSeedError> {
        let seed: Self = serde_saphyr::from_str(text).map_err(|error| {
            let options = serde_saphyr::render_options! { source_name: Some(file) };
            let rendered = error.render_with_options(options);
            OrgSeedError::Yaml(rendered.trim_start_matches("error: ").to_owned())
        })?;
        world::try_out(&seed).map_err(|wrong| refused(wrong, text, file))?;
        Ok(seed)
    }
}

fn refused(wrong: Wrong, text: &str, file: &str) -> OrgSeedError {
    let place = match place::of(text, &wrong.path) {
        Some((line, column)) => format!("{file}:{line}:{column}"),
        None => file.to_owned(),
    };
    OrgSeedError::Refused {
        place,
        path: wrong.path,
        problem: wrong.problem,
        hint: wrong.hint.unwrap_or_else(|| FORM.to_owned()),
    }
}
