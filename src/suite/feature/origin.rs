//! Where features come from: out of the binary, or from files and folders.

use std::fs;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Source;
use crate::suite::diagnostic::Diagnostic;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/features");

/// The features that the binary carries, in the order of their names.
pub fn built_in() -> Vec<Source> {
    let mut sources: Vec<Source> = BUILT_IN
        .files()
        .filter(|file| is_feature(file.path()))
        .map(|file| Source {
            path: format!("features/{}", file.path().display()),
            text: file.contents_utf8().unwrap_or_default().to_owned(),
        })
        .collect();
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    sources
}

/// The features at these paths; of a folder, all in it and below.
///
/// # Errors
/// With each path that can't be read or holds no feature.
pub fn read(paths: &[PathBuf]) -> Result<Vec<Source>, Vec<Diagnostic>> {
    let mut sources = Vec::new();
    let mut found = Vec::new();
    for path in paths {
        let before = sources.len();
        if let Err((path, error)) = collect(path, &mut sources) {
            found.push(Diagnostic::of_file(
                &path.display().to_string(),
                format!("can't be read: {error}"),
            ));
        } else if sources.len() == before {
            let message = "there is no .feature file in this folder";
            found.push(Diagnostic::of_file(&path.display().to_string(), message));
        }
    }
    sources.sort_by(|left, right| left.path.cmp(&right.path));
    sources.dedup_by(|left, right| left.path == right.path);
    if found.is_empty() {
        Ok(sources)
    } else {
        Err(found)
    }
}

type Unreadable = (PathBuf, std::io::Error);

fn collect(path: &Path, sources: &mut Vec<Source>) -> Result<(), Unreadable> {
    let unreadable = |error| (path.to_path_buf(), error);
    if fs::metadata(path).map_err(unreadable)?.is_dir() {
        for entry in fs::read_dir(path).map_err(unreadable)? {
            let inner = entry.map_err(unreadable)?.path();
            if inner.is_dir() || is_feature(&inner) {
                collect(&inner, sources)?;
            }
        }
        return Ok(());
    }
    let text = fs::read_to_string(path).map_err(unreadable)?;
    sources.push(Source {
        path: path.display().to_string(),
        text,
    });
    Ok(())
}

fn is_feature(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "feature")
}
