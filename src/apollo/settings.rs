//! Push settings: what an admin has switched on for the whole team.

use serde::{Deserialize, Serialize};

/// Settings > Integrations > CRM, as far as they change who owns a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct PushSettings {
    /// Lets Salesforce's assignment rules choose the owner. Off unless somebody switches it on.
    pub assignment_rules: bool,
}
