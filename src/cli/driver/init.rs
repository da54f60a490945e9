//! `driver init`: a driver to start from, which `driver check` accepts as it is.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use crm_conformance::report::Exit;

use crate::cli::{Failure, output};

/// In which language, and where.
#[derive(Debug, Args)]
pub(in crate::cli) struct InitOptions {
    /// The language of the system under test.
    #[arg(value_enum)]
    language: Language,
    /// The folder, made where it is not there.
    #[arg(default_value = ".")]
    folder: PathBuf,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    /// One file, without a library.
    Python,
    /// One file, without a library.
    Node,
    /// A package, with serde_json.
    Rust,
}

/// A file of a template: where it goes, and what is in it.
type File = (&'static str, &'static str);

const PYTHON: [File; 1] = [("driver.py", include_str!("init/driver.py"))];
const NODE: [File; 1] = [("driver.mjs", include_str!("init/driver.mjs"))];
const RUST: [File; 2] = [
    // Named so that no tool takes it for a package of this repository.
    ("Cargo.toml", include_str!("init/Cargo.toml.txt")),
    ("src/main.rs", include_str!("init/driver.rs.txt")),
];

impl Language {
    fn files(self) -> &'static [File] {
        match self {
            Self::Python => &PYTHON,
            Self::Node => &NODE,
            Self::Rust => &RUST,
        }
    }

    /// What starts the driver, from its folder.
    fn command(self) -> &'static str {
        match self {
            Self::Python => "python3 driver.py",
            Self::Node => "node driver.mjs",
            Self::Rust => "cargo run --quiet",
        }
    }
}

pub(super) fn init(asked: &InitOptions) -> Result<Exit, Failure> {
    let files = asked.language.files();
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|(path, _)| asked.folder.join(path))
        .collect();
    // All or nothing: half a driver would be in the way of the next try.
    if let Some(there) = paths.iter().find(|path| path.exists()) {
        return Err(refused(there));
    }
    for ((_, text), path) in files.iter().zip(&paths) {
        write(path, text)?;
    }
    output::print(|out| say(asked, &paths, out))?;
    Ok(Exit::Conformant)
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => refused(path),
        _ => Failure::usage(format!("could not write {}: {error}", path.display())),
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

fn refused(there: &Path) -> Failure {
    let what = format!(
        "{} is there already, and is not overwritten",
        there.display()
    );
    Failure::usage(format!(
        "{what}\nhint: name another folder, as in `driver init python my-driver`"
    ))
}

fn say(asked: &InitOptions, paths: &[PathBuf], out: &mut dyn Write) -> std::io::Result<()> {
    for path in paths {
        writeln!(out, "wrote {}", path.display())?;
    }
    let command = asked.language.command();
    writeln!(out, "\nnext:")?;
    if asked.folder != Path::new(".") {
        writeln!(out, "  cd {}", asked.folder.display())?;
    }
    writeln!(out, "  crm-conformance driver check --sut '{command}'")?;
    writeln!(
        out,
        "  then put your own code where the file says YOUR CODE, declare what works, and"
    )?;
    writeln!(out, "  crm-conformance run --sut '{command}'")
}
