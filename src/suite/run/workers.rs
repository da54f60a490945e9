use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Options, scenario, unjudged};
use crate::report::{Ended, ScenarioReport};
use crate::suite::feature::Scenario;
use crate::suite::harness::Harness;

enum Message {
    Begun {
        worker: usize,
        index: usize,
    },
    Done {
        worker: usize,
        index: usize,
        report: Box<ScenarioReport>,
    },
}

/// Runs every scenario once, and hands over each report.
pub(super) fn run(
    harness: &Arc<Harness>,
    scenarios: &Arc<[Scenario]>,
    options: &Options,
    mut on_done: impl FnMut(usize, ScenarioReport),
) {
    let (sender, messages) = channel();
    let crew = Crew {
        harness: harness.clone(),
        scenarios: scenarios.clone(),
        options: options.clone(),
        next: Arc::new(AtomicUsize::new(0)),
        sender,
    };
    let hired = options.concurrency.max(1).min(scenarios.len());
    (0..hired).for_each(|worker| crew.hire(worker));
    let mut watch = Watch {
        busy: HashMap::new(),
        hired,
        deadline: options.scenario_deadline + options.grace,
    };
    let mut given_up: Vec<usize> = Vec::new();
    let mut left = scenarios.len();
    while left > 0 {
        if let Some((index, report)) = watch.next(&messages, &crew) {
            // A thread that was given up may finish after all; its scenario has been reported already.
            if given_up.contains(&index) {
                continue;
            }
            if matches!(report.ended, Ended::SystemFailed { .. }) {
                given_up.push(index);
            }
            left -= 1;
            on_done(index, report);
        }
    }
}

/// What every worker needs.
struct Crew {
    harness: Arc<Harness>,
    scenarios: Arc<[Scenario]>,
    options: Options,
    next: Arc<AtomicUsize>,
    sender: Sender<Message>,
}

impl Crew {
    fn hire(&self, worker: usize) {
        let (harness, scenarios) = (self.harness.clone(), self.scenarios.clone());
        let (options, next, sender) =
            (self.options.clone(), self.next.clone(), self.sender.clone());
        // A thread that can't be started is missed by nobody as long as another works.
        let _ = thread::Builder::new()
            .name(format!("scenarios-{worker}"))
            .spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(scenario) = scenarios.get(index) else {
                        return;
                    };
                    let begun = sender.send(Message::Begun { worker, index });
                    let report = Box::new(scenario::run(&harness, scenario, &options));
                    if begun
                        .and(sender.send(Message::Done {
                            worker,
                            index,
                            report,
                        }))
                        .is_err()
                    {
                        return;
                    }
                }
            });
    }
}

/// Who works on what, since when.
struct Watch {
    busy: HashMap<usize, (usize, Instant)>,
    hired: usize,
    deadline: Duration,
}

impl Watch {
    /// The next scenario that ends, or that is given up.
    fn next(
        &mut self,
        messages: &Receiver<Message>,
        crew: &Crew,
    ) -> Option<(usize, ScenarioReport)> {
        match messages.recv_timeout(Duration::from_millis(500)) {
            Ok(Message::Begun { worker, index }) => {
                self.busy.insert(worker, (index, Instant::now()));
                None
            }
            Ok(Message::Done {
                worker,
                index,
                report,
            }) => {
                self.busy.remove(&worker);
                Some((index, *report))
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => self.give_up(crew),
        }
    }

    fn give_up(&mut self, crew: &Crew) -> Option<(usize, ScenarioReport)> {
        let late = self
            .busy
            .iter()
            .find(|(_, (_, since))| since.elapsed() > self.deadline);
        let (worker, index) = late.map(|(worker, (index, _))| (*worker, *index))?;
        self.busy.remove(&worker);
        crew.hire(self.hired);
        self.hired += 1;
        let what = "it hangs, without ever letting others go on".to_owned();
        Some((
            index,
            unjudged(&crew.scenarios[index], Ended::SystemFailed { what }),
        ))
    }
}
