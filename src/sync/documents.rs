//! What the two editions say, as the reference client follows it. Sentence ids are those of the rule table.

use super::{Acting, Candidate, Case, Moment, Owner, Verb, Whose};
use crate::apollo::{Activity, Apollo, Crm, CrmObject, Mode, Record, Source, UserId};

/// The column of the table of A21 and B7 that a record stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Creator {
    Personal,
    TeamSync,
}

/// Which login writes, the first choice first.
///
/// Yours if it is available; if not, team sync's, "or" that of the authenticated user with the highest permission (A3, A23, B3, B9),
/// read as an order (reading a of Q1). Created By in Salesforce depends on how the record came into Apollo (A19, A20, B5, B6): a record of
/// the table's second column goes through team sync first, and through you where there is no team sync (Q6).
pub(super) fn credentials(case: &Case) -> Vec<Whose> {
    match creator(case) {
        Creator::Personal => vec![Whose::You, Whose::TeamSync, Whose::Highest],
        Creator::TeamSync => vec![Whose::TeamSync, Whose::You, Whose::Highest],
    }
}

/// Who becomes Owner, the first choice first.
///
/// You, once you have linked, whoever creates the record (A17, A18, B4; A7 keeps ownership apart from creation). If you have not,
/// the team sync user (A15), or without team sync the user who is used instead (A3). HubSpot would leave a new record without an owner,
/// so the same people are named there (Q16).
/// An update says nothing about the owner, unless Apollo's owner was changed, and then only if that person has linked.
pub(super) fn owners(case: &Case) -> Vec<Owner> {
    match case.verb {
        Verb::Create => vec![
            Owner::Of(Whose::You),
            Owner::Of(Whose::TeamSync),
            Owner::Of(Whose::Highest),
        ],
        Verb::Update {
            owner_changed: true,
        } => vec![Owner::Of(Whose::ApolloOwner)],
        Verb::Update {
            owner_changed: false,
        } => vec![],
    }
}

/// Who "you" is: whoever pushes one record (A5, A15, A18), but in bulk the owner of each (reading a of Q4), as when nobody pushes (Q5).
pub(super) fn you(acting: &Acting) -> Option<UserId> {
    match (acting.mode, &acting.pusher) {
        (Mode::Single, Some(pusher)) => Some(pusher.clone()),
        (Mode::Single, None) | (Mode::Bulk, _) => Some(acting.record.owner.clone()),
    }
}

/// Whoever did it, never the owner of what it is about (T5).
pub(super) fn doer(activity: &Activity, _: &Record) -> Option<UserId> {
    activity.user.clone()
}

/// Whoever makes a record owns it in Apollo, linked or not (A2, A22, B1, B8). A push leaves that alone: its sentences name the CRM's
/// fields only.
pub(super) fn apollo_owner(_: &Apollo, record: &Record, moment: Moment<'_>) -> UserId {
    match moment {
        Moment::Saved => record.creator.clone(),
        Moment::Pushed { .. } => record.owner.clone(),
    }
}

/// The first connected of those with the highest permission in the CRM (Q9, Q17). `candidates` stand in the order of connecting.
pub(super) fn highest(candidates: &[Candidate]) -> Option<usize> {
    let top = candidates
        .iter()
        .map(|candidate| candidate.permission)
        .max()?;
    candidates
        .iter()
        .position(|candidate| candidate.permission == top)
}

/// The table speaks of creating records in Salesforce: not of HubSpot (Q15), not of updates, not of activities (A17, B4).
fn creator(case: &Case) -> Creator {
    let creates_record = matches!(
        case.object,
        CrmObject::Contact | CrmObject::Account | CrmObject::Lead
    );
    if case.crm == Crm::Salesforce && case.verb == Verb::Create && creates_record {
        table(case.object, case.source)
    } else {
        Creator::Personal
    }
}

/// A21 and B7, line by line. A lead is a contact that is pushed as one (Q13).
///
/// The table names contacts alone for LinkedIn and job changes, so an account from there follows the general rule (Q12).
fn table(object: CrmObject, source: Source) -> Creator {
    match (source, object) {
        (Source::Manual | Source::Csv | Source::Gmail, _) => Creator::Personal,
        (Source::Prospecting, _) => Creator::TeamSync,
        (Source::Linkedin | Source::Jobchange, CrmObject::Account) => Creator::Personal,
        (Source::Linkedin | Source::Jobchange, _) => Creator::TeamSync,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::apollo::{Credentials, Fields, Grant, Holder, Kind, NewRecord, PushSettings};
    use crate::apollo::{Role, User};
    use crate::sync::Permission;
    use Permission::{ChangesEverything, Ordinary, ReadsEverything};

    #[track_caller]
    fn check_highest(permissions: &[Permission], expected: Option<usize>) {
        let mut credentials = Credentials::default();
        let candidate = |permission: &Permission| {
            let user = UserId(format!("{permission:?}"));
            let grant = Grant {
                access_token: String::new(),
                refresh_token: None,
                instance_url: None,
                expires_in: None,
            };
            let holder = Holder::User(user);
            Candidate {
                credential: credentials.connect(Crm::Salesforce, holder.clone(), grant),
                holder,
                permission: *permission,
            }
        };
        let candidates: Vec<_> = permissions.iter().map(candidate).collect();
        assert_eq!(highest(&candidates), expected);
    }

    #[test]
    fn the_first_of_the_top_counts_as_the_highest() {
        check_highest(&[], None);
        check_highest(&[Ordinary], Some(0));
        check_highest(&[Ordinary, ReadsEverything], Some(1));
        check_highest(
            &[
                Ordinary,
                ChangesEverything,
                ReadsEverything,
                ChangesEverything,
            ],
            Some(1),
        );
    }

    fn record_of(owner: &str) -> Record {
        let mut apollo = Apollo::new("", PushSettings::default());
        let user = UserId(owner.into());
        let person = User {
            id: user.clone(),
            name: String::new(),
            email: String::new(),
            role: Role::Member,
        };
        apollo.add_user(person).unwrap();
        let fields = Fields::new();
        let new = NewRecord {
            kind: Kind::Contact,
            source: Source::Manual,
            user,
            account: None,
            fields,
        };
        apollo.create_record(new).unwrap().clone()
    }

    #[track_caller]
    fn check_you(row: &str, mode: Mode, pusher: Option<&str>, expected: &str) {
        let record = record_of("owner");
        let pusher = pusher.map(|user| UserId(user.into()));
        assert_eq!(
            you(&Acting {
                mode,
                pusher,
                record: &record
            }),
            Some(UserId(expected.into())),
            "{row}"
        );
    }

    #[test]
    fn you_are_the_pusher_of_one_record_and_the_owner_of_each_of_many() {
        check_you("U8", Mode::Single, Some("pusher"), "pusher");
        check_you("Q5", Mode::Single, None, "owner");
        check_you("R26", Mode::Bulk, Some("pusher"), "owner");
        check_you("R26", Mode::Bulk, None, "owner");
    }
}
