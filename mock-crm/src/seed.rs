//! Seed files: the orgs and portals that are there when the server starts.

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
    #[error("{0}")]
    Yaml(String),
    /// It names something that is not there, or the like: `salesforce[0].users[2].profile: …`.
    #[error("{file}: {problem}")]
    Specification {
        /// The file.
        file: String,
        /// Where in it, what is wrong, and what to do about it.
        problem: String,
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
        serde_saphyr::from_str(text).map_err(|error| {
            let options = serde_saphyr::render_options! { source_name: Some(file) };
            let rendered = error.render_with_options(options);
            SeedError::Yaml(rendered.trim_start_matches("error: ").to_owned())
        })
    }

    /// Opens the orgs and portals.
    ///
    /// # Errors
    /// Where one of them can't be made; those before it stay open. Errors call the seed `file`.
    pub fn open(self, crms: &Crms, file: &str) -> Result<(), SeedError> {
        let failed = |place: String, problem: &dyn std::fmt::Display| SeedError::Specification {
            file: file.to_owned(),
            problem: format!("{place}.{problem}"),
        };
        for (index, spec) in self.salesforce.into_iter().enumerate() {
            crms.salesforce
                .open(spec, None)
                .map_err(|error| failed(format!("salesforce[{index}]"), &error))?;
        }
        for (index, spec) in self.hubspot.into_iter().enumerate() {
            crms.hubspot
                .open(spec, None)
                .map_err(|error| failed(format!("hubspot[{index}]"), &error))?;
        }
        Ok(())
    }
}
