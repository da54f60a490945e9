mod cells;
mod histories;

use crate::faulty;
use crate::suite::run::{Connect, Options};
use crate::sync::Policy;

/// A seed of the tests' own, so that they are the same every time.
const SEED: u64 = 20;

fn reference() -> Options {
    Options {
        connect: Connect::reference(Policy::reference()),
        ..Options::new(SEED)
    }
}

#[track_caller]
fn faulty_options(name: &str) -> Options {
    let client = faulty::find(name).expect("a client of the catalogue");
    Options {
        connect: Connect::reference(client.policy),
        ..Options::new(SEED)
    }
}
