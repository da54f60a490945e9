use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use crm_conformance::explore::{
    Cell, ExploreReport, HistoriesReport, Shrunk, TableReport, Trouble, Wanted, explore_histories,
    explore_table, sample, write,
};
use crm_conformance::observe::Settings;
use crm_conformance::report::Exit;
use crm_conformance::suite::run::{Connect, Options};
use indicatif::{ProgressBar, ProgressStyle};

use super::run::policy;
use super::whole_file::WholeFile;
use super::{CrmName, Failure, output, signals};

/// What to explore, how strictly, and where to report it.
#[derive(Debug, Args)]
pub(super) struct ExploreOptions {
    /// Only this CRM.
    #[arg(long, value_enum)]
    crm: Option<CrmName>,
    /// Only so many cells, drawn by the seed [default: all].
    #[arg(long, value_name = "N")]
    sample: Option<usize>,
    /// How many random histories.
    #[arg(long, value_name = "N", default_value_t = 200)]
    histories: usize,
    /// The cells, and no histories.
    #[arg(long, conflicts_with = "histories_only")]
    cells_only: bool,
    /// The histories, and no cells.
    #[arg(long)]
    histories_only: bool,
    /// What is only inferred has to hold, too, and of several readings the recommended one.
    #[arg(long)]
    strict: bool,
    /// Explore a client that gets one thing wrong, in place of the reference client. `self-test --list` lists them.
    #[arg(long, value_name = "NAME")]
    faulty: Option<String>,
    /// Cells, histories, names and ids are drawn from it [default: another one each time].
    #[arg(long, value_name = "N")]
    random_seed: Option<u64>,
    /// Scenarios at a time [default: as many as cores].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    concurrency: Option<u16>,
    /// Write the smallest histories that go wrong into this folder, as features.
    #[arg(long, value_name = "DIR")]
    save: Option<PathBuf>,
    /// Also write what was found as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Print one cell as a feature, and run nothing.
    #[arg(long, value_name = "CELL")]
    print: Option<String>,
}

/// Ways to go wrong of which the smallest history is shown.
const SHRUNK: usize = 8;

/// Goes through the decision table and through histories.
pub(super) fn explore(asked: &ExploreOptions) -> Result<Exit, Failure> {
    if let Some(id) = &asked.print {
        return print_cell(id);
    }
    let options = options(asked)?;
    signals::watch(options.stop.clone())
        .map_err(|error| Failure::harness(format!("could not listen to signals: {error}")))?;
    let json = asked.json.as_deref().map(WholeFile::anew).transpose()?;
    let mut report = ExploreReport {
        seed: options.seed,
        strict: asked.strict,
        stopped: None,
        table: table(asked, &options)?,
        histories: histories(asked, &options)?,
    };
    report.stopped = options.stop.asked();
    if let Some(mut file) = json {
        file.write(|to| Ok(serde_json::to_writer_pretty(to, &report)?))?;
    }
    output::print(|to| write(&report, to))?;
    if let Some(folder) = &asked.save {
        let shrunk = report.histories.iter().flat_map(|one| &one.shrunk);
        save(folder, &shrunk.collect::<Vec<_>>())?;
    }
    Ok(report.exit())
}

fn options(asked: &ExploreOptions) -> Result<Options, Failure> {
    let mut options = Options::new(asked.random_seed.unwrap_or_else(rand::random));
    options.settings = Settings {
        strict: asked.strict,
        ..Settings::default()
    };
    if let Some(concurrency) = asked.concurrency {
        options.concurrency = usize::from(concurrency);
    }
    options.connect = Connect::reference(policy(asked.faulty.as_deref())?);
    Ok(options)
}

fn table(asked: &ExploreOptions, options: &Options) -> Result<Option<TableReport>, Failure> {
    if asked.histories_only {
        return Ok(None);
    }
    let mut cells = Cell::all();
    if let Some(crm) = asked.crm {
        cells.retain(|cell| cell.crm == crm.into());
    }
    if let Some(count) = asked.sample {
        cells = sample(&cells, count, options.seed);
    }
    let bar = progress(cells.len(), "cells");
    let report = explore_table(&cells, options, || bar.inc(1)).map_err(failed)?;
    bar.finish_and_clear();
    Ok(Some(report))
}

fn histories(
    asked: &ExploreOptions,
    options: &Options,
) -> Result<Option<HistoriesReport>, Failure> {
    if asked.cells_only || asked.histories == 0 || options.stop.asked().is_some() {
        return Ok(None);
    }
    let bar = progress(0, "pushes of histories");
    let wanted = Wanted {
        histories: asked.histories,
        crm: asked.crm.map(Into::into),
        shrunk: SHRUNK,
    };
    let report = explore_histories(wanted, options, || bar.inc(1)).map_err(failed)?;
    bar.finish_and_clear();
    Ok(Some(report))
}

/// On a terminal only; of an unknown length where that is 0.
fn progress(length: usize, what: &str) -> ProgressBar {
    let (bar, template) = match u64::try_from(length) {
        Ok(length) if length > 0 => (
            ProgressBar::new(length),
            format!("{{bar:30}} {{pos}}/{{len}} {what}, {{elapsed}}"),
        ),
        _ => (
            ProgressBar::no_length(),
            format!("{{spinner}} {{pos}} {what}, {{elapsed}}"),
        ),
    };
    match ProgressStyle::with_template(&template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn print_cell(id: &str) -> Result<Exit, Failure> {
    let cell = Cell::all().into_iter().find(|cell| cell.id() == id);
    let Some(cell) = cell else {
        return Err(Failure::usage(format!(
            "there is no cell '{id}'; one is called like {}",
            Cell::all().first().map(Cell::id).unwrap_or_default()
        )));
    };
    output::print(|to| to.write_all(cell.feature().text.as_bytes()))?;
    Ok(Exit::Conformant)
}

fn save(folder: &Path, shrunk: &[&Shrunk]) -> Result<(), Failure> {
    let could_not = |path: &Path, error: std::io::Error| {
        Failure::usage(format!("could not write {}: {error}", path.display()))
    };
    fs::create_dir_all(folder).map_err(|error| could_not(folder, error))?;
    for history in shrunk {
        let path = folder.join(&history.path);
        fs::write(&path, &history.text).map_err(|error| could_not(&path, error))?;
    }
    let plural = if shrunk.len() == 1 { "" } else { "s" };
    let (count, folder) = (shrunk.len(), folder.display());
    output::print(|to| writeln!(to, "{count} feature{plural} written to {folder}"))
}

fn failed(trouble: Trouble) -> Failure {
    let mut text = trouble.to_string();
    if let Some(cause) = std::error::Error::source(&trouble) {
        text.push_str(&format!(": {cause}"));
    }
    Failure::harness(text)
}
