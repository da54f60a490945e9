//! How a record gets into the product: by hand, from a file, from the extension, or found by the product itself.

use super::fields;
use crate::sut::manual::scene::{Scene, title};
use crate::sut::{Kind, NewRecord, Source};

/// One contact or account to be saved, and not pushed yet.
pub(in crate::sut::manual) fn save(new: &NewRecord, scene: &Scene) -> String {
    let mut lines = vec![how(new, &scene.name(&new.user))];
    if new.source == Source::Csv {
        lines.extend(csv(new));
    } else {
        lines.extend(fields(&new.fields));
    }
    let account = new.account.as_ref();
    lines.extend(account.map(|account| format!("  It belongs to {}.", scene.called(account))));
    lines.push("Push nothing yet.".to_owned());
    lines.join("\n")
}

fn how(new: &NewRecord, person: &str) -> String {
    let this = match new.kind {
        Kind::Contact => "this contact",
        Kind::Account => "this account",
    };
    match new.source {
        Source::Manual => format!("In the product, as {person}, add {this} by hand:"),
        Source::Csv => {
            format!("In the product, as {person}, import {this} from a CSV file with these lines:")
        }
        Source::Gmail => format!(
            "As {person}, save {this} with the product's Chrome extension in Gmail, from a message of {}:",
            title(new)
        ),
        Source::Linkedin => {
            format!("As {person}, save {this} with the product's Chrome extension in LinkedIn:")
        }
        Source::Prospecting => {
            format!(
                "In the product, as {person}, find {this} by prospecting (search), and save it:"
            )
        }
        Source::Jobchange => format!(
            "In the product, let job change enrichment bring {this}, and confirm it as {person}:"
        ),
    }
}

fn csv(new: &NewRecord) -> Vec<String> {
    let line = |cells: Vec<&str>| {
        let quoted: Vec<String> = cells.into_iter().map(quoted).collect();
        format!("    {}", quoted.join(","))
    };
    vec![
        line(new.fields.keys().map(String::as_str).collect()),
        line(new.fields.values().map(String::as_str).collect()),
    ]
}

/// RFC 4180.
fn quoted(cell: &str) -> String {
    if cell.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
