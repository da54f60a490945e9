//! Record ids and names, as the wire and the ledger have them.

use crate::hubspot::setup::CurrentSetup;
use crate::store::{ObjectKey, Serial};
use crate::tenant::Naming;

/// The record ids of one portal: twelve digits, as in recent recordings, and none of them an id of another portal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RecordIds {
    first: u64,
}

/// Added to a portal's number, so that ids have twelve digits from the first portal on.
const NUMBER_OFFSET: u64 = 48;

impl RecordIds {
    pub(crate) fn new(number: u32) -> Self {
        Self {
            first: (u64::from(number) + NUMBER_OFFSET) << 32,
        }
    }

    pub(crate) fn id(self, serial: Serial) -> u64 {
        self.first + u64::from(serial.0)
    }

    pub(crate) fn serial(self, id: &str) -> Option<Serial> {
        let id: u64 = id.parse().ok()?;
        u32::try_from(id.checked_sub(self.first)?).ok().map(Serial)
    }
}

/// What the ledger needs to write names.
#[derive(Debug)]
pub(super) struct PortalNaming {
    pub(super) record_ids: RecordIds,
    pub(super) setup: CurrentSetup,
}

impl Naming for PortalNaming {
    fn object_name(&self, object: ObjectKey) -> String {
        let setup = self.setup.now();
        let name = setup.type_of(object).map(|found| found.name.to_string());
        name.unwrap_or_default()
    }

    fn record_id(&self, _object: ObjectKey, serial: Serial) -> String {
        self.record_ids.id(serial).to_string()
    }
}
