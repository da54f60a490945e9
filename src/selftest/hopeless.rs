//! Clients that get nothing right, each in its own way: none of them may get a documented row counted as kept.
//!
//! They speak the driver protocol line by line and know nothing of the rules. Most have the reference client inside, for everything
//! that happens on Apollo's side alone.

mod late;
mod line;
mod manners;
mod memory;
mod twice;

use std::time::Duration;

use super::{Client, Kind};
use crate::suite::run::Connect;
use crate::sut::{Driver, InProcess};

/// How long the client that hangs is waited for.
const PATIENCE: Duration = Duration::from_millis(300);

/// All of them.
pub fn clients() -> Vec<Client> {
    vec![
        hopeless(
            "does-nothing",
            "refuses every push and every activity, and never speaks to a CRM",
            manners::connect(manners::refuse),
        ),
        hopeless(
            "lies",
            "reports success with made-up ids, and never speaks to a CRM",
            manners::connect(manners::lie),
        ),
        hopeless(
            "crashes",
            "ends as soon as it is to push or to log something",
            manners::connect(manners::end),
        ),
        Client {
            patience: Some(PATIENCE),
            ..hopeless(
                "hangs",
                "never answers anything",
                manners::connect(manners::hang),
            )
        },
        hopeless(
            "answers-from-memory",
            "does one scenario, and gives the same answers ever after",
            memory::connect(),
        ),
        hopeless(
            "writes-late",
            "reports success at once, and writes when the scenario is over",
            around(late::Late::new),
        ),
        hopeless(
            "writes-twice",
            "makes every record a second time, under another id of its own",
            around(twice::Twice::new),
        ),
        hopeless(
            "echoes",
            "says hello, and then answers what it was told",
            manners::connect(manners::echo),
        ),
    ]
}

fn hopeless(name: &str, description: &str, connect: Connect) -> Client {
    Client {
        name: name.to_owned(),
        description: description.to_owned(),
        kind: Kind::Hopeless,
        breaks: Vec::new(),
        causes: Vec::new(),
        connect,
        strict: false,
        patience: None,
    }
}

/// A transport around the reference client.
fn around<T: crate::sut::Transport + 'static>(wrap: fn(InProcess) -> T) -> Connect {
    Connect::around_reference(move |inside| Driver::new(wrap(inside)))
}
