//! Weakenings that may go unnoticed, each with its reason. The list only shrinks: an entry that justifies nothing is told.

use super::Weakening;

struct Justified {
    /// The feature.
    path: &'static str,
    /// How the scenario's title begins; empty for all of the feature.
    scenario: &'static str,
    /// The Then as it is written; empty for all of the scenario.
    then: &'static str,
    why: &'static str,
}

const SAID_ANYWAY: &str = "every scenario says so of what it did not push, and its refusal of what it did: here it is written for the reader";
const DEACTIVATED: &str = "a deactivated user can't write, so that no client can make him the last to have changed anything";

const JUSTIFIED: [Justified; 11] = [
    Justified {
        path: "features/hubspot.feature",
        scenario: "",
        then: "nothing is created in Salesforce",
        why: SAID_ANYWAY,
    },
    Justified {
        path: "features/hubspot.feature",
        scenario: "",
        then: "nothing is created in HubSpot",
        why: SAID_ANYWAY,
    },
    Justified {
        path: "features/salesforce_degraded.feature",
        scenario: "",
        then: "nothing is created in Salesforce",
        why: SAID_ANYWAY,
    },
    Justified {
        path: "features/salesforce_fallback.feature",
        scenario: "",
        then: "nothing is created in Salesforce",
        why: SAID_ANYWAY,
    },
    Justified {
        path: "features/salesforce_fallback.feature",
        scenario: "",
        then: "nothing is created in HubSpot",
        why: SAID_ANYWAY,
    },
    Justified {
        path: "features/updates.feature",
        scenario: "Dana's user of",
        then: "<crm> records Lee or the integration user as the last to have changed the <kind>",
        why: DEACTIVATED,
    },
    Justified {
        path: "features/updates.feature",
        scenario: "Dana's user of",
        then: "<crm> records Lee or the integration user as the last to have changed the <kind>, unless the push is refused",
        why: DEACTIVATED,
    },
    Justified {
        path: "features/updates.feature",
        scenario: "Apollo's owner is deactivated in",
        then: "<crm> records Dana or the integration user as the last to have changed the contact",
        why: DEACTIVATED,
    },
    Justified {
        path: "features/updates.feature",
        scenario: "Apollo's owner is deactivated in",
        then: "<crm> records Dana or the integration user as the last to have changed the contact, unless the push is refused",
        why: DEACTIVATED,
    },
    Justified {
        path: "features/salesforce_activities.feature",
        scenario: "A note goes as e-mails, tasks and calls do",
        then: "",
        why: "the driver protocol has neither notes nor meetings, so that no client gets as far as this Then",
    },
    Justified {
        path: "features/reporting.feature",
        scenario: "Team sync on a person's own login works",
        then: "a dedicated integration user is advised for Salesforce",
        why: "the advice is the suite's own, whatever the client does",
    },
];

impl Justified {
    fn fits(&self, path: &str, scenario: &str, then: &str) -> bool {
        self.path == path
            && scenario.starts_with(self.scenario)
            && (self.then.is_empty() || self.then == then)
    }
}

/// Why a weakening of this Then may go unnoticed.
pub(super) fn why(path: &str, scenario: &str, then: &str) -> Option<&'static str> {
    JUSTIFIED
        .iter()
        .find(|entry| entry.fits(path, scenario, then))
        .map(|entry| entry.why)
}

/// Entries of these scenarios that no unnoticed weakening needs.
pub(super) fn stale(weakenings: &[Weakening]) -> Vec<String> {
    let of_entry = |entry: &Justified| {
        let fitting = |weakening: &&Weakening| {
            let path = weakening
                .place
                .rsplit_once(':')
                .map_or("", |(path, _)| path);
            entry.fits(path, &weakening.scenario, &weakening.then)
        };
        let mut concerned = weakenings.iter().filter(fitting);
        // Of a selection of features that has none of the entry, there is nothing to tell.
        let there = weakenings
            .iter()
            .any(|one| one.place.starts_with(entry.path));
        (there && concerned.all(Weakening::noticed))
            .then(|| format!("{}: {}: {}", entry.path, entry.scenario, entry.then))
    };
    JUSTIFIED.iter().filter_map(of_entry).collect()
}
