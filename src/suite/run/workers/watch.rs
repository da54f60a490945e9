//! Who works on what, since when; who is late; and whether the run goes on.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::{Crew, Desk, Message, Stopped};
use crate::report::{Ended, ScenarioReport};
use crate::suite::run::scenario::{Outcome, hangs, seconds};
use crate::suite::run::unjudged;

/// How often somebody looks up, where no message comes.
const TICK: Duration = Duration::from_millis(20);

/// How long a run that has to stop waits for the scenarios that are under way.
const LAST_MOMENTS: Duration = Duration::from_secs(1);

pub(super) struct Watch {
    busy: BTreeMap<usize, Busy>,
    hired: usize,
    /// Scenarios, in their order, that have been reported.
    reported: Vec<bool>,
    left: usize,
    hangs_in_a_row: usize,
    /// Why the run stops, and since when.
    stopped: Option<(Stopped, Instant)>,
}

struct Busy {
    index: usize,
    since: Instant,
    desk: Arc<Desk>,
}

impl Watch {
    pub(super) fn new(crew: &Crew, hired: usize) -> Self {
        Self {
            busy: BTreeMap::new(),
            hired,
            reported: vec![false; crew.scenarios.len()],
            left: crew.scenarios.len(),
            hangs_in_a_row: 0,
            stopped: None,
        }
    }

    /// Whether there is still something to wait for.
    pub(super) fn waits(&self) -> bool {
        let under_way = match &self.stopped {
            None => true,
            Some((_, since)) => !self.busy.is_empty() && since.elapsed() < LAST_MOMENTS,
        };
        self.left > 0 && under_way
    }

    /// Why the run has stopped before its last scenario, if it has.
    pub(super) fn stopped(self) -> Option<Stopped> {
        self.stopped.map(|(why, _)| why).filter(|_| self.left > 0)
    }

    /// The next scenario that ends, or that is given up.
    pub(super) fn next(
        &mut self,
        messages: &Receiver<Message>,
        crew: &Crew,
    ) -> io::Result<Option<(usize, ScenarioReport)>> {
        let outcome = match messages.recv_timeout(TICK) {
            Ok(Message::Begun {
                worker,
                index,
                desk,
            }) => {
                let since = Instant::now();
                self.busy.insert(worker, Busy { index, since, desk });
                None
            }
            Ok(Message::Done {
                worker,
                index,
                outcome,
            }) => {
                self.busy.remove(&worker);
                Some((index, *outcome))
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                self.give_up(crew)?
            }
        };
        if let Some(signal) = crew.options.stop.asked() {
            self.stop(Stopped::Interrupted { signal }, crew);
        }
        if outcome.as_ref().is_some_and(|(_, outcome)| outcome.left) {
            self.stop(Stopped::LeftOff, crew);
            return Ok(None);
        }
        // A thread that was given up may finish after all; its scenario has been reported already.
        let new = outcome.filter(|(index, _)| !self.reported[*index]);
        Ok(new.map(|(index, outcome)| self.count(index, outcome, crew)))
    }

    fn count(&mut self, index: usize, outcome: Outcome, crew: &Crew) -> (usize, ScenarioReport) {
        self.reported[index] = true;
        self.left -= 1;
        self.hangs_in_a_row = if outcome.hung {
            self.hangs_in_a_row + 1
        } else {
            0
        };
        if self.hangs_in_a_row >= crew.options.most_hangs.max(1) {
            let in_a_row = self.hangs_in_a_row;
            self.stop(Stopped::Hangs { in_a_row }, crew);
        }
        if crew.options.fail_fast && outcome.report.failed(crew.options.known_failures.as_ref()) {
            self.stop(Stopped::FirstFailure, crew);
        }
        (index, outcome.report)
    }

    /// The first reason counts.
    fn stop(&mut self, why: Stopped, crew: &Crew) {
        if self.stopped.is_none() {
            crew.close();
            self.stopped = Some((why, Instant::now()));
        }
    }

    /// Somebody who never yields can't be stopped, only left behind; another one takes over.
    fn give_up(&mut self, crew: &Crew) -> io::Result<Option<(usize, Outcome)>> {
        let late = self
            .busy
            .iter()
            .find_map(|(worker, busy)| Some((*worker, busy.late(crew)?)));
        let Some((worker, what)) = late else {
            return Ok(None);
        };
        let Some(busy) = self.busy.remove(&worker) else {
            return Ok(None);
        };
        busy.desk.dismissed.store(true, Ordering::Relaxed);
        crew.hire(self.hired)?;
        self.hired += 1;
        let report = unjudged(&crew.scenarios[busy.index], Ended::SystemFailed { what });
        let outcome = Outcome {
            hung: true,
            ..report.into()
        };
        Ok(Some((busy.index, outcome)))
    }
}

impl Busy {
    /// What it does instead of coming to an end, where its time is over.
    fn late(&self, crew: &Crew) -> Option<String> {
        let options = &crew.options;
        let scenario = &crew.scenarios[self.index];
        let step = self.desk.step();
        let blocked = "and lets nothing else go on";
        if let Some((line, since)) = step
            && since.elapsed() > options.step_deadline + options.grace
        {
            let took = seconds(options.step_deadline);
            let what = hangs(scenario, line, &took);
            return Some(format!("{what}, {blocked}"));
        }
        let deadline = options.start_deadline() + options.scenario_deadline + options.grace;
        (self.since.elapsed() > deadline).then(|| {
            let took = seconds(options.scenario_deadline);
            match step {
                Some((line, _)) => format!("{}, {blocked}", hangs(scenario, line, &took)),
                None => format!(
                    "{}: it has not come to its first step after {took}",
                    scenario.location()
                ),
            }
        })
    }
}
