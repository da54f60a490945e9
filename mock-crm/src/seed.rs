//! Seed files: the orgs and portals that are there when the server starts.

pub mod place;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::crms::Crms;
use crate::hubspot::PortalSpec;
use crate::salesforce::OrgSpec;

/// A commented seed: a small org and a small portal, for people to start from.
pub const EXAMPLE: &str = include_str!("seed/example.yaml");

/// What a seed file has.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// Orgs.
    pub salesforce: Vec<OrgSpec>,
    /// Portals.
    pub hubspot: Vec<PortalSpec>,
    #[serde(skip)]
    source: Source,
}

/// What it was read from.
#[derive(Clone, Debug, Default)]
struct Source {
    file: String,
    text: String,
}

/// A seed file that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// It can't be read.
    #[error("could not read {}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no YAML, or no seed: file, line and column, what was expected, and the lines around it.
    #[error("{0}\nhint: {EXAMPLE_HINT}")]
    Yaml(String),
    /// It names something that is not there, or the like.
    #[error("{place}: {path}: {problem}\nhint: {hint}")]
    Specification {
        /// File, line and column.
        place: String,
        /// `salesforce[0].users[2].profile`.
        path: String,
        /// What is wrong.
        problem: String,
        /// What to do about it.
        hint: String,
    },
}

impl Seed {
    /// Reads a file.
    ///
    /// # Errors
    /// Where it can't be read, or is no seed.
    pub fn read(path: &Path) -> Result<Self, SeedError> {
        let text = std::fs::read_to_string(path).map_err(|source| SeedError::File {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text, &path.display().to_string())
    }

    /// Reads a text, which errors call `file`.
    ///
    /// # Errors
    /// Where it is no seed.
    pub fn parse(text: &str, file: &str) -> Result<Self, SeedError> {
        let mut seed: Self = serde_saphyr::from_str(text).map_err(|error| {
            let options = serde_saphyr::render_options! { source_name: Some(file) };
            let rendered = error.render_with_options(options);
            SeedError::Yaml(rendered.trim_start_matches("error: ").to_owned())
        })?;
        seed.source = Source {
            file: file.to_owned(),
            text: text.to_owned(),
        };
        Ok(seed)
    }

    /// Opens the orgs and portals.
    ///
    /// # Errors
    /// Where one of them can't be made; those before it stay open.
    pub fn open(self, crms: &Crms) -> Result<(), SeedError> {
        let source = self.source;
        for (index, spec) in self.salesforce.into_iter().enumerate() {
            let path = format!("salesforce[{index}]");
            crms.salesforce.open(spec, None).map_err(|error| {
                let hint = error.hint.unwrap_or_else(|| EXAMPLE_HINT.to_owned());
                source.refused(format!("{path}.{}", error.path), error.message, hint)
            })?;
        }
        for (index, spec) in self.hubspot.into_iter().enumerate() {
            let path = format!("hubspot[{index}]");
            crms.hubspot.open(spec, None).map_err(|error| {
                source.refused(format!("{path}.{}", error.path), error.problem, error.hint)
            })?;
        }
        Ok(())
    }
}

const EXAMPLE_HINT: &str = "`mock-crm init` prints a commented seed file";

impl Source {
    fn refused(&self, path: String, problem: String, hint: String) -> SeedError {
        let place = match place::of(&self.text, &path) {
            Some((line, column)) => format!("{}:{line}:{column}", self.file),
            None => self.file.clone(),
        };
        SeedError::Specification {
            place,
            path,
            problem,
            hint,
        }
    }
}
