//! Which system under test a command line names.

use crm_conformance::suite::run::Connect;

use super::run::policy;
use super::{Failure, RunOptions};

/// How to get at it.
pub(super) fn connect(asked: &RunOptions) -> Result<Connect, Failure> {
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
