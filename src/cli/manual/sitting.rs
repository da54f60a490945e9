//! One sitting: from the first scenario that has not been done to the last, or to where the person leaves off.

use std::sync::Arc;

use crm_conformance::observe::Judgement;
use crm_conformance::report::{NotRun, RunReport, ScenarioReport, Stopped, SystemUnderTest};
use crm_conformance::suite::by_hand::password;
use crm_conformance::suite::feature::Scenario;
use crm_conformance::suite::run::{self, Connect, Options};
use crm_conformance::sut::Driver;
use crm_conformance::sut::manual::{Console, Desk, Manual, Product};

use super::plan::Plan;
use super::progress::Progress;
use crate::cli::Failure;
use crate::cli::reports::Reports;
use crate::cli::run::header;

/// Who sits there, and what there is to do.
pub(super) struct Sitting<'a> {
    pub(super) plan: Plan,
    pub(super) options: &'a Options,
    pub(super) console: &'a Arc<Console>,
    pub(super) product: &'a Product,
}

impl Sitting<'_> {
    /// The report of all that has been done so far, and what the product turned out to lack.
    pub(super) fn hold(
        &self,
        progress: &mut Progress,
        reports: &mut Reports,
    ) -> Result<(RunReport, Option<String>), Failure> {
        self.tell(progress, reports)?;
        let desk = Arc::new(self.desk()?);
        let mut kept = Ok(());
        let options = self.by(&desk);
        let report = run::run(self.plan.to_do.clone(), &options, |report| {
            if kept.is_ok() {
                kept = progress.keep(report).and_then(|()| reports.done(report));
            }
            desk.say(&self.came_to(report, desk.one_done(), progress));
        });
        kept?;
        let report = report
            .map_err(|error| Failure::harness(format!("could not start the mocks: {error}")))?;
        // A write that came late is known only now.
        for scenario in &report.scenarios {
            progress.keep(scenario)?;
        }
        let report = self.whole(report, progress);
        if desk.lacks().is_none() {
            self.console.say(&farewell(&report, &desk, progress));
        }
        Ok((report, desk.lacks()))
    }

    /// What is known already is in the report files from the start.
    fn tell(&self, progress: &Progress, reports: &mut Reports) -> Result<(), Failure> {
        reports.chosen(self.plan.chosen.iter().map(run::not_run).collect())?;
        for scenario in &self.plan.chosen {
            if let Some(report) = self.known(scenario, progress) {
                reports.done(report)?;
            }
        }
        Ok(())
    }

    fn known<'a>(
        &'a self,
        scenario: &Scenario,
        progress: &'a Progress,
    ) -> Option<&'a ScenarioReport> {
        let settled =
            self.plan.settled.iter().find(|report| {
                (&report.feature, &report.name) == (&scenario.feature, &scenario.name)
            });
        settled.or_else(|| progress.done(scenario))
    }

    fn desk(&self) -> Result<Desk, Failure> {
        let stop = self.options.stop.clone();
        let desk = Desk::new(
            self.console.clone(),
            self.product.clone(),
            self.plan.counts(),
            move || stop.leave_off(),
        );
        // People of a live CRM log in as they always do.
        let mocks = self.options.live.is_none();
        desk.map(|desk| {
            if mocks {
                desk.with_password(password())
            } else {
                desk
            }
        })
        .map_err(|error| Failure::harness(format!("there is no HTTP client: {error}")))
    }

    fn by(&self, desk: &Arc<Desk>) -> Options {
        let desk = desk.clone();
        Options {
            connect: Connect::new(move || Driver::new(Manual::new(desk.clone()))),
            concurrency: 1,
            ..self.options.clone()
        }
    }

    fn came_to(&self, report: &ScenarioReport, done: usize, progress: &Progress) -> String {
        let came_to = match report.worst() {
            Some(Judgement::Passed) => "as the document says",
            Some(Judgement::Warning) => "with a warning",
            Some(Judgement::Failed) => "not as the document says",
            Some(Judgement::Unsupported) => "not supported",
            Some(Judgement::NotObservable) => "where the CRM does not show it",
            Some(Judgement::Error) => "not to be judged",
            None => "without a verdict",
        };
        format!(
            "\n--- That came out {came_to}: {}. {done} of {} are done, and kept in {}.",
            report.name,
            self.plan.counts().1,
            progress.path()
        )
    }

    /// Everything that was chosen, whoever did it when.
    fn whole(&self, sitting: RunReport, progress: &Progress) -> RunReport {
        let mut not_run: Vec<NotRun> = Vec::new();
        let mut scenarios: Vec<ScenarioReport> = Vec::new();
        for scenario in &self.plan.chosen {
            match self.known(scenario, progress) {
                Some(report) => scenarios.push(report.clone()),
                None => match sitting.scenarios.iter().find(|one| is(scenario, one)) {
                    Some(broken) => scenarios.push(broken.clone()),
                    None => not_run.push(run::not_run(scenario)),
                },
            }
        }
        let Product {
            name,
            version,
            capabilities,
        } = self.product.clone();
        RunReport {
            system: SystemUnderTest {
                name,
                version,
                capabilities,
            },
            scenarios,
            not_run,
            harness_errors: sitting.harness_errors,
            warnings: sitting.warnings,
            stopped: sitting.stopped,
            selection: self.plan.narrowed(&self.options.selection),
            ..header(self.options)
        }
    }
}

fn is(scenario: &Scenario, report: &ScenarioReport) -> bool {
    (&report.feature, &report.name) == (&scenario.feature, &scenario.name)
}

/// How it ended, and how to go on.
fn farewell(report: &RunReport, desk: &Desk, progress: &Progress) -> String {
    if report.not_run.is_empty() {
        return format!(
            "\nEverything is done. {} is no longer needed.",
            progress.path()
        );
    }
    let why = match report.stopped {
        Some(Stopped::LeftOff) if desk.ran_out() => "The answers have ended. ",
        _ => "",
    };
    let done = report.scenarios.len();
    let all = done + report.not_run.len();
    format!(
        "\n{why}Stopped: {done} of {all} scenarios are done, and kept in {}. Go on with the same command.",
        progress.path()
    )
}
