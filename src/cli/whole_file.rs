//! A file that at any moment is whole, or not there: it is written beside its place, and moved there.
//!
//! A build server collects whatever lies there, also when the process was killed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::Failure;

pub(super) struct WholeFile {
    path: PathBuf,
    /// A pipe or a device can't be replaced: what goes there is written once, at the end.
    stream: Option<File>,
}

impl WholeFile {
    /// Nothing is written yet, but that it can be is certain.
    pub(super) fn at(path: &Path) -> Result<Self, Failure> {
        let refused = |error: io::Error| {
            Failure::usage(format!("could not write {}: {error}", path.display()))
        };
        let there = fs::metadata(path);
        if there.as_ref().is_ok_and(fs::Metadata::is_dir) {
            return Err(refused(io::ErrorKind::IsADirectory.into()));
        }
        let stream = match there {
            Ok(there) if !there.is_file() => Some(File::options().write(true).open(path)),
            _ => None,
        };
        let file = Self {
            // Through a link, so that the link stays one.
            path: fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()),
            stream: stream.transpose().map_err(refused)?,
        };
        if file.replaceable() {
            let beside = file.beside();
            File::create(&beside).map_err(refused)?;
            fs::remove_file(beside).map_err(refused)?;
        }
        Ok(file)
    }

    /// The same, without what an earlier process has left there: nobody is to take that for what this one found out.
    pub(super) fn anew(path: &Path) -> Result<Self, Failure> {
        let file = Self::at(path)?;
        if file.replaceable() && file.path.exists() {
            fs::remove_file(&file.path).map_err(|error| {
                Failure::usage(format!("could not replace {}: {error}", path.display()))
            })?;
        }
        Ok(file)
    }

    pub(super) fn replaceable(&self) -> bool {
        self.stream.is_none()
    }

    /// Where the file grows, out of sight of whoever looks for it.
    fn beside(&self) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!(".{name}.unfinished"))
    }

    /// In place of what was there.
    pub(super) fn write(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<(), Failure> {
        let written = match &mut self.stream {
            Some(stream) => through(stream, write),
            None => self.replace(write),
        };
        written.map_err(|error| {
            let path = self.path.display();
            Failure::harness(format!("could not write {path}: {error}"))
        })
    }

    fn replace(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        let beside = self.beside();
        through(&mut File::create(&beside)?, write)?;
        fs::rename(beside, &self.path)
    }
}

fn through(
    file: &mut File,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut to = BufWriter::new(file);
    write(&mut to)?;
    to.flush()
}
