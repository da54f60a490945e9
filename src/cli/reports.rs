//! Report files: at any moment each is a whole report, of a run that has ended or of one that says that it has not.
//!
//! A build server collects whatever lies there, also when the run was killed. So a report is written first before anything runs,
//! then now and again while it runs, and at the end.

use std::io::{self, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use crm_conformance::report::{NotRun, RunReport, ScenarioReport, Stopped, json, junit};

use super::whole_file::WholeFile;
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
        self.so_far.scenarios.clear();
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

/// Writes the files that were asked for, of a run that has ended.
pub(super) fn write(
    json: Option<&Path>,
    junit: Option<&Path>,
    report: &RunReport,
) -> Result<(), Failure> {
    for (path, format) in [(json, Format::Json), (junit, Format::Junit)] {
        if let Some(path) = path {
            ReportFile::create(path, format)?.write(report)?;
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Format {
    Json,
    Junit,
}

struct ReportFile {
    file: WholeFile,
    format: Format,
}

impl ReportFile {
    fn create(path: &Path, format: Format) -> Result<Self, Failure> {
        let file = WholeFile::at(path)?;
        Ok(Self { file, format })
    }

    /// A pipe or a device gets the finished report alone.
    fn replaceable(&self) -> bool {
        self.file.replaceable()
    }

    fn write(&mut self, report: &RunReport) -> Result<(), Failure> {
        let format = self.format;
        self.file.write(|to| format.write(report, to))
    }
}

impl Format {
    fn write(self, report: &RunReport, to: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Json => Ok(json::write(report, to)?),
            Self::Junit => junit::write(report, to),
        }
    }
}
