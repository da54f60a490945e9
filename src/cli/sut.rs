//! Which system under test a command line names.

use crm_conformance::suite::run::Connect;

use super::run::policy;
use super::{Failure, RunOptions};

/// Whether a person does what is asked of it.
pub(super) fn by_hand(asked: &RunOptions) -> bool {
    asked.sut.iter().any(|one| one == "manual")
}

/// What else makes no sense where a person does it.
fn check_by_hand(asked: &RunOptions) -> Result<(), Failure> {
    let several = asked.concurrency.is_some_and(|several| several > 1);
    let wrong = [
        (
            asked.sut.len() > 1,
            "--sut manual is the only --sut: a product is tested by hand or by a driver",
        ),
        (
            several,
            "--sut manual goes with --concurrency 1 alone: a person does one scenario at a time",
        ),
        (
            asked.proxy,
            "--proxy leads a process that --sut starts, and --sut manual starts none",
        ),
    ];
    match wrong.into_iter().find(|(wrong, _)| *wrong) {
        Some((_, why)) => Err(Failure::usage(why)),
        None => Ok(()),
    }
}

/// How to get at it. By hand, that is decided once somebody sits there.
pub(super) fn connect(asked: &RunOptions) -> Result<Connect, Failure> {
    if by_hand(asked) {
        check_by_hand(asked)?;
        return Ok(Connect::reference(policy(None)?));
    }
    if asked.manual.only_by_hand() {
        return Err(Failure::usage(
            "--progress and --each-row-once go with --sut manual alone",
        ));
    }
    let command = match &asked.sut[..] {
        [] => return Ok(Connect::reference(policy(asked.faulty.as_deref())?)),
        [one] => one,
        [_, ..] => {
            return Err(Failure::usage(
                "one command is enough for --sut: as many processes of it are started as there are scenarios at a time",
            ));
        }
    };
    let connect = Connect::command(command);
    Ok(if asked.proxy {
        connect.through_proxy()
    } else {
        connect
    })
}

/// What has to be said to get at the same one again.
pub(super) fn again(asked: &RunOptions) -> Vec<String> {
    let named = asked.sut.iter();
    let mut words: Vec<String> = named
        .flat_map(|one| ["--sut".to_owned(), one.clone()])
        .collect();
    if asked.proxy {
        words.push("--proxy".to_owned());
    }
    words
}
