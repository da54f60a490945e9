//! Where features come from: out of the binary, or from files and folders.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Source;
use crate::suite::diagnostic::{Diagnostic, nearest};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/features");

/// A feature that is longer was not written by a person.
const LARGEST: u64 = 4 * 1024 * 1024;

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

/// What was found at some paths.
#[derive(Clone, Debug, Default)]
pub struct Read {
    /// The files that could be read, each once, in the order of their paths.
    pub sources: Vec<Source>,
    /// The paths that could not.
    pub unreadable: Vec<Diagnostic>,
}

/// The features at these paths; of a folder, all in it and below.
pub fn read(paths: &[PathBuf]) -> Read {
    let mut walk = Walk::default();
    for path in paths {
        walk.named(path);
    }
    walk.read
        .sources
        .sort_by(|left, right| left.path.cmp(&right.path));
    walk.read
}

#[derive(Default)]
struct Walk {
    read: Read,
    /// Files and folders that were looked at, whatever they were called: a file that is named twice is read once, and a
    /// link that leads back ends there.
    seen: BTreeSet<PathBuf>,
    features: usize,
}

impl Walk {
    fn named(&mut self, path: &Path) {
        let (features, unreadable) = (self.features, self.read.unreadable.len());
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.folder(path);
                if self.features == features && self.read.unreadable.len() == unreadable {
                    self.refuse(path, "there is no .feature file in this folder");
                }
            }
            Ok(_) => self.file(path),
            Err(error) => self.refuse(path, format!("can't be read: {error}")),
        }
    }

    fn folder(&mut self, path: &Path) {
        if !self.is_new(path) {
            return;
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        match entries {
            Ok(entries) => {
                for entry in entries {
                    self.entry(&entry.path());
                }
            }
            Err(error) => self.refuse(path, format!("can't be read: {error}")),
        }
    }

    fn entry(&mut self, path: &Path) {
        if path.is_dir() {
            self.folder(path);
        } else if is_feature(path) {
            self.file(path);
        } else if is_nearly_a_feature(path) {
            let message = "this file would be passed over: its name doesn't end in .feature";
            self.refuse(path, message);
        }
    }

    fn file(&mut self, path: &Path) {
        self.features += 1;
        if !self.is_new(path) {
            return;
        }
        match text_of(path) {
            Ok(text) => self.read.sources.push(Source {
                path: path.display().to_string(),
                text,
            }),
            Err(message) => self.refuse(path, message),
        }
    }

    fn is_new(&mut self, path: &Path) -> bool {
        let same = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let new = self.seen.insert(same);
        // What was found there before counts for a path that is named a second time, too.
        self.features += usize::from(!new);
        new
    }

    fn refuse(&mut self, path: &Path, message: impl Into<String>) {
        let path = path.display().to_string();
        self.read
            .unreadable
            .push(Diagnostic::of_file(&path, message));
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let unreadable = |error: io::Error| format!("can't be read: {error}");
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        return Err("this is neither a file nor a folder".to_owned());
    }
    if metadata.len() > LARGEST {
        return Err(format!(
            "this file is larger than {} MB",
            LARGEST / 1024 / 1024
        ));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("this file is no UTF-8 text, from line {line} on: save it as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

fn extension(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?;
    Some(extension.to_lowercase())
}

fn is_feature(path: &Path) -> bool {
    extension(path).is_some_and(|extension| extension == "feature")
}

/// `x.features`, `x.feature.txt`: somebody meant it to be read.
fn is_nearly_a_feature(path: &Path) -> bool {
    let inner = path.file_stem().map(Path::new).is_some_and(is_feature);
    extension(path).is_some_and(|extension| {
        inner && extension == "txt" || nearest(&extension, ["feature"]).is_some()
    })
}
