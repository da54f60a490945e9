use std::path::PathBuf;

use crm_conformance::report::Exit;
use crm_conformance::suite;

use super::Failure;

/// Says what is wrong with features.
pub(super) fn lint(paths: &[PathBuf]) -> Result<Exit, Failure> {
    match suite::scenarios(paths) {
        Ok(scenarios) => {
            anstream::println!(
                "{} scenarios, and nothing is wrong with them",
                scenarios.len()
            );
            Ok(Exit::Conformant)
        }
        Err(found) => {
            for diagnostic in &found {
                anstream::eprintln!("{diagnostic}");
            }
            let errors = if found.len() == 1 {
                "1 error".to_owned()
            } else {
                format!("{} errors", found.len())
            };
            anstream::eprintln!("{errors}");
            Ok(Exit::FeatureError)
        }
    }
}
