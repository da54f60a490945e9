//! The hosts that the mock stands in for: names in its certificate, and where its proxy leads.

use crate::tenant::Crm;

/// Salesforce's hosts that clients have hard-coded. A `*` stands for one label.
pub const SALESFORCE: [&str; 5] = [
    "login.salesforce.com",
    "test.salesforce.com",
    "*.my.salesforce.com",
    "*.sandbox.my.salesforce.com",
    "*.develop.my.salesforce.com",
];

/// HubSpot's.
pub const HUBSPOT: [&str; 3] = ["api.hubapi.com", "api.hubspot.com", "app.hubspot.com"];

/// Names and addresses of this machine.
pub const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "::1"];

/// Whose host this is, in any case.
pub fn vendor(host: &str) -> Option<Crm> {
    let host = host.to_ascii_lowercase();
    let one_of = |patterns: &[&str]| patterns.iter().any(|pattern| covers(pattern, &host));
    if one_of(&SALESFORCE) {
        Some(Crm::Salesforce)
    } else if one_of(&HUBSPOT) {
        Some(Crm::Hubspot)
    } else {
        None
    }
}

/// As certificates mean it: a wildcard is exactly one label.
fn covers(pattern: &str, host: &str) -> bool {
    match pattern.strip_prefix('*') {
        Some(suffix) => host
            .strip_suffix(suffix)
            .is_some_and(|label| !label.is_empty() && !label.contains('.')),
        None => pattern == host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_lead_to_their_vendor_and_others_nowhere() {
        for (host, expected) in [
            ("login.salesforce.com", Some(Crm::Salesforce)),
            ("ACME.my.salesforce.com", Some(Crm::Salesforce)),
            ("acme--dev.sandbox.my.salesforce.com", Some(Crm::Salesforce)),
            ("a.b.my.salesforce.com", None),
            ("my.salesforce.com", None),
            ("api.hubapi.com", Some(Crm::Hubspot)),
            ("api.hubspot.com", Some(Crm::Hubspot)),
            ("app.hubspot.com", Some(Crm::Hubspot)),
            ("app.hubapi.com", None),
            ("evil-api.hubapi.com", None),
            ("example.com", None),
        ] {
            assert_eq!(vendor(host), expected, "{host}");
        }
    }
}
