//! What a policy comes to: everything that it chooses, in every situation, and its manners.

use crate::apollo::{
    Activity, ActivityKind, Apollo, Credentials, Crm, CrmObject, Details, Fields, Grant, Holder,
    Kind, Mode, NewActivity, NewRecord, PushSettings, Record, Role, Source, User, UserId,
};
use crate::sync::{
    Acting, Availability, Candidate, Case, Change, Found, Identity, Moment, Outcome, Permission,
    Policy, Verb, Whose, Write,
};

/// Equal for two policies that do the same in every situation.
pub(super) fn conduct(policy: &Policy) -> Vec<String> {
    let choices = every_case().flat_map(|case| choices(policy, &case));
    let writes = every_write().map(|write| sent(policy, &write));
    choices
        .chain(writes)
        .chain([people(policy), manners(policy)])
        .collect()
}

/// The logins and owners of a case, whatever is known of logins.
fn choices(policy: &Policy, case: &Case) -> Vec<String> {
    let logins = |found: &Found| match policy.second_look {
        Some(second_look) => second_look(case, found),
        None => (policy.credentials)(case),
    };
    let owners = format!("{:?}", (policy.owners)(case));
    let logins = every_finding().map(|found| format!("{:?}", logins(&found)));
    logins.chain([owners]).collect()
}

fn every_finding() -> impl Iterator<Item = Found> {
    use Availability::{Absent, Unusable, Usable};
    let each = [Usable, Absent, Unusable];
    each.into_iter().flat_map(move |you| {
        each.map(|team_sync| {
            let mut found = Found::default();
            found.set(Whose::You, you);
            found.set(Whose::TeamSync, team_sync);
            found
        })
    })
}

/// Everything that the documents could ask about a push.
fn every_case() -> impl Iterator<Item = Case> {
    use CrmObject::{Account, Call, Contact, Email, Lead, Task};
    use Source::{Csv, Gmail, Jobchange, Linkedin, Manual, Prospecting};
    let verbs = [
        Verb::Create,
        Verb::Update {
            owner_changed: false,
        },
    ];
    let crms = [Crm::Salesforce, Crm::Hubspot].into_iter();
    let modes = crms.flat_map(|crm| [Mode::Single, Mode::Bulk].map(|mode| (crm, mode)));
    let objects = [Contact, Account, Lead, Email, Task, Call];
    let with_objects = modes.flat_map(move |(crm, mode)| objects.map(|object| (crm, mode, object)));
    let sources = [Manual, Csv, Gmail, Linkedin, Prospecting, Jobchange];
    with_objects.flat_map(move |(crm, mode, object)| {
        sources.into_iter().flat_map(move |source| {
            verbs.map(|verb| Case {
                crm,
                mode,
                object,
                source,
                verb,
            })
        })
    })
}

/// A write of every case, once with the writer as owner and once with somebody else.
fn every_write() -> impl Iterator<Item = Write> {
    // A write knows nothing of its record's source.
    let cases = every_case().filter(|case| case.source == Source::Manual);
    cases.flat_map(|case| {
        [Some("101"), Some("102"), None].map(|owner| Write {
            crm: case.crm,
            mode: case.mode,
            object: case.object,
            change: match case.verb {
                Verb::Create => Change::Create {
                    external_id: "a1".into(),
                },
                Verb::Update { .. } => Change::Update { crm_id: "1".into() },
            },
            properties: [("Phone".to_owned(), "+1 555 0100".into())]
                .into_iter()
                .collect(),
            owner: owner.map(Into::into),
            related: vec![],
            assignment_rules: false,
            writer: identity(),
        })
    })
}

/// What is sent of a write in the end.
fn sent(policy: &Policy, write: &Write) -> String {
    let mut write = write.clone();
    (policy.last_look)(&mut write);
    format!("{write:?}")
}

fn identity() -> Identity {
    Identity {
        user_id: "101".into(),
        owner_id: Some("005000000000009AAA".into()),
    }
}

/// Whom it takes for "you", for an activity's doer, for the owner in Apollo and for the most permitted.
fn people(policy: &Policy) -> String {
    let team = Team::new();
    let mut people = vec![];
    for record in &team.records {
        for (mode, pusher) in [
            (Mode::Single, Some("lee")),
            (Mode::Bulk, Some("lee")),
            (Mode::Single, None),
        ] {
            let pusher = pusher.map(|user| UserId(user.into()));
            people.push((policy.you)(&Acting {
                mode,
                pusher,
                record,
            }));
        }
        people.push((policy.doer)(&team.activity, record));
        let lee = UserId("lee".into());
        for moment in [Moment::Saved, Moment::Pushed { by: Some(&lee) }] {
            people.push(Some((policy.apollo_owner)(&team.apollo, record, moment)));
        }
    }
    let highest = (policy.highest)(&team.candidates);
    format!("{people:?} {highest:?}")
}

/// Everything that is no choice of a person.
fn manners(policy: &Policy) -> String {
    let refusal = Outcome::Refused {
        reason: "no_credential".into(),
        message: String::new(),
    };
    let crms = [Crm::Salesforce, Crm::Hubspot].map(policy.owner_known_in);
    let owner_id = (policy.owner_id)(&identity());
    let told = (policy.told)(refusal);
    format!(
        "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {crms:?} {owner_id:?} {told:?}",
        policy.refresh,
        policy.creates,
        policy.ranked,
        policy.batches,
        policy.bulk,
        policy.recognition,
        policy.look_up,
    ) + &format!(
        " {:?} {:?} {:?}",
        policy.sessions,
        policy.patience,
        in_a_tie(policy)
    )
}

/// Whom it takes where two share the highest permission, after a weak login.
fn in_a_tie(policy: &Policy) -> Option<usize> {
    let mut candidates = Team::new().candidates;
    candidates.extend(candidates.last().cloned());
    (policy.highest)(&candidates)
}

/// Dana, who has linked nothing and whose records are pushed by Lee; an admin; a weak login that connected first, and a strong one.
struct Team {
    apollo: Apollo,
    records: Vec<Record>,
    activity: Activity,
    candidates: Vec<Candidate>,
}

impl Team {
    fn new() -> Self {
        let mut apollo = Apollo::new("", PushSettings::default());
        for (id, role) in [
            ("ada", Role::Admin),
            ("dana", Role::Member),
            ("lee", Role::Member),
        ] {
            let user = User {
                id: UserId(id.into()),
                name: id.into(),
                email: format!("{id}@x.example"),
                role,
            };
            apollo.add_user(user).unwrap();
        }
        let records: Vec<_> = [Source::Manual, Source::Csv]
            .map(|source| saved(&mut apollo, source))
            .to_vec();
        let activity = logged(&mut apollo, &records[0]);
        Team {
            apollo,
            records,
            activity,
            candidates: candidates(),
        }
    }
}

fn saved(apollo: &mut Apollo, source: Source) -> Record {
    let new = NewRecord {
        kind: Kind::Contact,
        source,
        user: UserId("dana".into()),
        account: None,
        fields: Fields::new(),
    };
    apollo.create_record(new).unwrap().clone()
}

fn logged(apollo: &mut Apollo, about: &Record) -> Activity {
    let details = Details {
        subject: "a call".into(),
        body: None,
        at: "2026-01-01T09:00:00Z".into(),
    };
    let new = NewActivity {
        kind: ActivityKind::Call,
        user: Some(UserId("lee".into())),
        about: about.id.clone(),
        details,
    };
    apollo.log_activity(new).unwrap().clone()
}

/// The first connected is neither the strongest nor the weakest.
fn candidates() -> Vec<Candidate> {
    let mut credentials = Credentials::default();
    [
        Permission::ReadsEverything,
        Permission::Ordinary,
        Permission::ChangesEverything,
    ]
    .map(|permission| {
        let holder = Holder::User(UserId(format!("{permission:?}")));
        let grant = Grant {
            access_token: String::new(),
            refresh_token: None,
            instance_url: None,
            expires_in: None,
        };
        Candidate {
            credential: credentials.connect(Crm::Salesforce, holder.clone(), grant),
            holder,
            permission,
        }
    })
    .to_vec()
}
