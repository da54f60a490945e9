//! N1 to N8: what no reading allows.

use crate::rules::row::Body;
use crate::rules::{Row, RowId, SentenceId};

pub(super) fn rows() -> Vec<Row> {
    let a = SentenceId::a;
    let b = SentenceId::b;
    vec![
        never(
            1,
            "Owner and Created By are you, team sync or the most permitted, and nobody else",
            vec![a(3), a(8), b(3)],
        ),
        never(
            2,
            "What is reported is so: a record where success is reported, none where a refusal is",
            vec![a(25)],
        ),
        never(3, "One push makes one record", vec![a(5)]),
        never(4, "Created By never changes", vec![a(7), a(11)]),
        never(5, "A push never changes Apollo's owner", vec![a(2), b(1)]),
        never(
            6,
            "Nothing is written with a credential outside the row's set",
            vec![a(3), a(8), b(3)],
        ),
        never(
            7,
            "No built-in, test or admin user is Owner or Created By",
            vec![a(3), b(3)],
        ),
        never(
            8,
            "An owner id is of the right kind, org and CRM",
            vec![a(17)],
        ),
    ]
}

fn never(number: u8, title: &'static str, grounds: Vec<SentenceId>) -> Row {
    Row {
        id: RowId::n(number),
        title,
        body: Body::Invariant { grounds },
    }
}
