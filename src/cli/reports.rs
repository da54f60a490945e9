//! Report files: at any moment each is a whole report, of a run that has ended or of one that says that it has not.
//!
//! A build server collects whatever lies there, also when the run was killed. So a report is written beside its place and moved
//! there, first before anything runs, then now and again while it runs, and at the end.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crm_conformance::report::{NotRun, RunReport, ScenarioReport, Stopped, json, junit};

use super::{Failure, RunOptions};

/// The files that were asked for, and what has to be in them should the run end here.
pub(super) struct Reports {
    files: Vec<ReportFile>,
    so_far: RunReport,
    next_at: Instant,
}

/// Between two writings of an unfinished report.
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);

/// Writing may take up no more than one part in so many of the time.
const SHARE: u32 = 20;

impl Reports {
    /// Writes reports of a run that has not begun: a path that can't be written is told at once.
    pub(super) fn create(asked: &RunOptions, header: RunReport) -> Result<Self, Failure> {
        let named = [(&asked.json, Format::Json), (&asked.junit, Format::Junit)];
        let mut files = Vec::new();
        for (path, format) in named {
            if let Some(path) = path {
                files.push(ReportFile::create(path, format)?);
            }
        }
        let mut reports = Self {
            files,
            so_far: RunReport {
                stopped: Some(Stopped::Unfinished),
                ..header
            },
            next_at: Instant::now(),
        };
        reports.write_so_far()?;
        Ok(reports)
    }

    /// These are going to run.
    pub(super) fn chosen(&mut self, scenarios: Vec<NotRun>) -> Result<(), Failure> {
        self.so_far.not_run = scenarios;
        self.write_so_far()
    }

    /// A scenario has ended.
    pub(super) fn done(&mut self, scenario: &ScenarioReport) -> Result<(), Failure> {
        if self.files.is_empty() {
            return Ok(());
        }
        let same = |one: &NotRun| one.location == scenario.location && one.name == scenario.name;
        if let Some(index) = self.so_far.not_run.iter().position(same) {
            self.so_far.not_run.remove(index);
        }
        self.so_far.scenarios.push(scenario.clone());
        if Instant::now() < self.next_at {
            return Ok(());
        }
        self.write_so_far()
    }

    fn write_so_far(&mut self) -> Result<(), Failure> {
        let begun = Instant::now();
        for file in self.files.iter_mut().filter(|file| file.replaceable()) {
            file.write(&self.so_far)?;
        }
        self.next_at = Instant::now() + SHORTEST_PAUSE.max(begun.elapsed() * SHARE);
        Ok(())
    }

    /// The run has ended.
    pub(super) fn finish(mut self, report: &RunReport) -> Result<(), Failure> {
        self.files
            .iter_mut()
            .try_for_each(|file| file.write(report))
    }
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Junit,
}

struct ReportFile {
    path: PathBuf,
    format: Format,
    /// A pipe or a device can't be replaced: it gets the finished report alone.
    stream: Option<File>,
}

impl ReportFile {
    fn create(path: &Path, format: Format) -> Result<Self, Failure> {
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
            format,
            stream: stream.transpose().map_err(refused)?,
        };
        if file.replaceable() {
            let beside = file.beside();
            File::create(&beside).map_err(refused)?;
            fs::remove_file(beside).map_err(refused)?;
        }
        Ok(file)
    }

    fn replaceable(&self) -> bool {
        self.stream.is_none()
    }

    /// Where the report grows, out of sight of whoever looks for reports.
    fn beside(&self) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!(".{name}.unfinished"))
    }

    fn write(&mut self, report: &RunReport) -> Result<(), Failure> {
        let written = match &mut self.stream {
            Some(stream) => self.format.write(report, stream),
            None => self.replace(report),
        };
        written.map_err(|error| {
            let path = self.path.display();
            Failure::harness(format!("could not write {path}: {error}"))
        })
    }

    fn replace(&self, report: &RunReport) -> io::Result<()> {
        let beside = self.beside();
        self.format.write(report, File::create(&beside)?)?;
        fs::rename(beside, &self.path)
    }
}

impl Format {
    fn write(self, report: &RunReport, to: impl Write) -> io::Result<()> {
        let mut to = BufWriter::new(to);
        match self {
            Self::Json => json::write(report, &mut to)?,
            Self::Junit => junit::write(report, &mut to)?,
        }
        to.flush()
    }
}
