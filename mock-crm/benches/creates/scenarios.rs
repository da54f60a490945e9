//! What a scenario costs before its first step: an org and a portal of its own, in this process.

use std::time::Instant;

use mock_crm::MockCrm;
use mock_crm::seed::{EXAMPLE, Seed};

use crate::table::Table;

const SCENARIOS: u32 = 1_000;

pub(crate) fn measure(table: &mut Table) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
    let crm = runtime
        .block_on(MockCrm::start())
        .expect("free ports can be listened on");
    let mut seed = Seed::parse(EXAMPLE, "the demo seed").expect("the example is a seed");
    // Each portal gets a number of its own.
    seed.hubspot.iter_mut().for_each(|portal| portal.id = None);

    let started = Instant::now();
    for _ in 0..SCENARIOS {
        seed.clone().open(&crm).expect("the example opens");
    }
    let open = started.elapsed() / SCENARIOS;
    table.row("opening an org and a portal", format!("{open:.1?}"), "1 ms");

    let started = Instant::now();
    let orgs = crm.orgs().into_iter().map(|org| org.org);
    let portals = crm
        .portals()
        .into_iter()
        .map(|portal| portal.portal.to_string());
    for org in orgs.chain(portals).collect::<Vec<_>>() {
        crm.close(&org).expect("it is open");
    }
    drop(crm);
    let close = started.elapsed();
    table.row("closing 1000 of each", format!("{close:.1?}"), "no hang");
}
