//! Whether a driver keeps to the driver protocol: judged before any scenario, on mocks of its own.
//!
//! A check asks the driver as the suite would, or as it never would, and looks at the raw lines, which a transport would have sorted.
//! What the CRMs recorded decides wherever they could have recorded something.

mod bench;
mod crms;
mod finding;
mod scene;
mod subject;
mod talk;

mod crowd;
mod declared;
mod hello;
mod life;
mod manners;
mod memory;
mod size;
mod unknown;

pub mod report;
pub mod terminal;

use std::time::Duration;

use bench::Bench;
use crms::Crms;
use finding::Found;
pub use finding::Problem;
pub use report::{Check, Report, Status};
pub use subject::Address;

/// What to check, and how patiently.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the driver is.
    pub address: Address,
    /// Whether a process is led through a proxy, since its libraries have the hosts of the CRMs built in.
    pub proxy: bool,
    /// How long an answer may take.
    pub deadline: Duration,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The harness broke: that says nothing of the driver.
    #[error("{0}")]
    Harness(String),
    /// The command is none.
    #[error("--sut: there is no such command: {0}")]
    NoCommand(String),
}

/// One check: the word that names it, what has to hold, and how that is found out.
type Entry = (&'static str, &'static str, fn(&mut Bench) -> Found);

/// In the order in which they are reported. Those of `manners` judge every answer that was given to the others, so they run last.
const CHECKS: [Entry; 24] = [
    ("hello", "starts, and says hello", hello::says_hello),
    (
        "capabilities",
        "declares what it can do in the protocol's words",
        hello::declares_words,
    ),
    (
        "answers",
        "every answer is as the schema says",
        manners::answers_fit,
    ),
    (
        "errors",
        "every error is as the schema says",
        manners::errors_fit,
    ),
    (
        "ids",
        "repeats the id of a request, number or string",
        manners::repeats_ids,
    ),
    ("one-answer", "one answer a request", manners::answers_once),
    (
        "order",
        "answers in the order of the requests",
        crowd::in_order,
    ),
    (
        "unknown-method",
        "a method that it does not know is -32601",
        unknown::unknown_method,
    ),
    (
        "failure",
        "a failure inside a method is not an unknown method",
        unknown::failure_inside,
    ),
    (
        "logins",
        "links and unlinks logins, connects and disconnects team sync",
        declared::takes_logins,
    ),
    ("declared", "can do what it declares", declared::can_do),
    (
        "done",
        "answers once the work is done",
        declared::done_when_answered,
    ),
    (
        "nothing",
        "a push of no record writes nothing",
        memory::push_of_nothing,
    ),
    (
        "forgets-records",
        "reset forgets records",
        memory::forgets_records,
    ),
    (
        "forgets-users",
        "reset forgets users",
        memory::forgets_users,
    ),
    (
        "forgets-logins",
        "reset forgets logins",
        memory::forgets_logins,
    ),
    (
        "forgets-errors",
        "reset empties the error log",
        memory::forgets_errors,
    ),
    ("many-resets", "reset after reset", memory::many_resets),
    ("long", "takes a long message", size::long_message),
    ("unicode", "takes any letter", size::any_letter),
    (
        "parallel",
        "two at a time, each for itself",
        crowd::side_by_side,
    ),
    (
        "restart",
        "starts again after it was killed",
        life::starts_again,
    ),
    ("ends", "ends when its standard input does", life::ends),
    (
        "noise",
        "standard output is for answers alone",
        manners::no_noise,
    ),
];

/// Judges a driver.
///
/// # Errors
/// Where the mocks can't be started, or a process can't be.
pub fn check(options: &Options) -> Result<Report, Broken> {
    let crms = Crms::start(options.proxy)?;
    let mut bench = Bench::new(options.clone(), crms);
    let late = |name: &str| manners::NAMES.contains(&name);
    let mut found: Vec<Option<Found>> = CHECKS.iter().map(|_| None).collect();
    for last in [false, true] {
        for ((name, _, judge), found) in CHECKS.iter().zip(&mut found) {
            if late(name) == last {
                *found = Some(bench.run(*judge));
            }
        }
    }
    bench.broken()?;
    let checks = CHECKS.iter().zip(found).map(|((name, title, _), found)| {
        let found = found.unwrap_or(Ok(()));
        Check::new(name, title, found)
    });
    Ok(Report::new(bench.introduction(), checks.collect()))
}
