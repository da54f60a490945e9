//! Which system under test a command line names.

use crm_conformance::suite::run::Connect;
use crm_conformance::sut::Address;

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

/// How to get at it, and whether its messages are validated.
pub(super) fn connect(asked: &RunOptions) -> Result<Connect, Failure> {
    let connect = named(asked)?;
    Ok(if asked.no_validate {
        connect.unvalidated()
    } else {
        connect
    })
}

/// How to get at it. By hand, that is decided once somebody sits there.
fn named(asked: &RunOptions) -> Result<Connect, Failure> {
    if by_hand(asked) {
        check_by_hand(asked)?;
        return Ok(Connect::reference(policy(None)?));
    }
    if asked.manual.only_by_hand() {
        return Err(Failure::usage(
            "--progress and --each-row-once go with --sut manual alone",
        ));
    }
    let (urls, commands): (Vec<&String>, Vec<&String>) =
        asked.sut.iter().partition(|one| names_url(one));
    match (&commands[..], &urls[..]) {
        ([], []) => {
            let policy = policy(asked.faulty.as_deref())?;
            Ok(match asked.crm_target {
                Some(_) => Connect::patient_reference(policy),
                None => Connect::reference(policy),
            })
        }
        ([], urls) => addresses(urls, asked.proxy),
        ([command], []) if command.trim().is_empty() => {
            Err(Failure::usage("--sut needs a command or a URL"))
        }
        ([command], []) => {
            let connect = Connect::command(*command);
            Ok(if asked.proxy {
                connect.through_proxy()
            } else {
                connect
            })
        }
        (_, []) => Err(Failure::usage(
            "one command is enough for --sut\nhint: as many processes of it are started as there are scenarios at a time",
        )),
        _ => Err(Failure::usage(
            "--sut takes one command, or one or more URLs, and not both",
        )),
    }
}

fn names_url(text: &str) -> bool {
    let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    start.starts_with("http://") || start.starts_with("https://")
}

fn addresses(urls: &[&String], proxy: bool) -> Result<Connect, Failure> {
    if proxy {
        return Err(Failure::usage(
            "--proxy sets the environment of a process that is started here, and has none to set for a URL",
        ));
    }
    let addresses = urls.iter().map(|url| {
        url.parse::<Address>()
            .map_err(|error| Failure::usage(format!("--sut: {error}")))
    });
    let addresses: Vec<Address> = addresses.collect::<Result<_, _>>()?;
    for (index, address) in addresses.iter().enumerate() {
        if addresses[..index].contains(address) {
            return Err(Failure::usage(format!(
                "--sut {} is there twice; each URL has to be a driver of its own, since it serves one scenario at a time",
                urls[index]
            )));
        }
    }
    Ok(Connect::addresses(addresses))
}

/// What has to be said to get at the same one again.
pub(super) fn again(asked: &RunOptions) -> Vec<String> {
    let named = asked.sut.iter();
    let mut words: Vec<String> = named
        .flat_map(|one| ["--sut".to_owned(), one.clone()])
        .collect();
    for (said, option) in [
        (asked.proxy, "--proxy"),
        (asked.no_validate, "--no-validate"),
    ] {
        words.extend(said.then(|| option.to_owned()));
    }
    words
}
