//! The suite's own words, put together by machine. What they mean is written in the parameters of the steps.

use crate::observe::Field;
use crate::rules::{Crm, Kind, Mode, Personal, Source};

/// One value that a Then accepts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// As features call them.
    Person(String),
    Nobody,
    Refused,
}

/// `a contact`, `an e-mail`.
pub(super) fn a(kind: Kind) -> String {
    let article = match kind {
        Kind::Account | Kind::Email => "an",
        _ => "a",
    };
    format!("{article} {kind}")
}

pub(super) fn source(source: Source) -> &'static str {
    match source {
        Source::Manual => "by hand",
        Source::Csv => "from a CSV upload",
        Source::Gmail => "from the extension in Gmail",
        Source::Linkedin => "from the extension in LinkedIn",
        Source::Prospecting => "from prospecting",
        Source::JobChange => "from job change enrichment",
    }
}

pub(super) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Single => "on its own",
        Mode::Bulk => "in bulk",
    }
}

/// What has become of a login.
pub(super) fn state(state: Personal) -> &'static str {
    match state {
        Personal::Refreshable => "needs a refresh",
        Personal::Revoked => "has been revoked",
        Personal::Inactive => "belongs to a deactivated user",
        Personal::Linked | Personal::Never => "works",
    }
}

/// A Then about a field: of the last push, or of one record among several.
pub(super) fn recorded(crm: Crm, field: Field, said: &[Said], record: Option<&str>) -> String {
    let mut whom: Vec<String> = Vec::new();
    for one in said {
        let word = match one {
            Said::Person(person) => person.clone(),
            Said::Nobody => "nobody".to_owned(),
            Said::Refused => continue,
        };
        if !whom.contains(&word) {
            whom.push(word);
        }
    }
    let of = record
        .map(|record| format!(" of {record}"))
        .unwrap_or_default();
    let refused = said.contains(&Said::Refused);
    if whom.is_empty() && refused {
        return format!("the push{of} is refused");
    }
    let who = if field == Field::ApolloOwner {
        "Apollo".to_owned()
    } else {
        crm.to_string()
    };
    let what = if field == Field::CreatedBy {
        "Created By"
    } else {
        "Owner"
    };
    let unless = if refused {
        ", unless the push is refused"
    } else {
        ""
    };
    format!("{who} records {} as {what}{of}{unless}", whom.join(" or "))
}
