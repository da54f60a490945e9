//! The people of a new portal and their numbers.

use std::sync::Arc;

use crate::clock::Timestamp;
use crate::hubspot::people::{Named, NewPerson, People, TakenNumber};
use crate::hubspot::spec::{PortalSpec, SpecError, UserSpec};
use crate::ids::Entropy;

/// User ids start here, owner ids there: nine digits apart, so that a mixed-up id is seen for what it is.
const FIRST_USER_ID: u64 = 10_000_000;
const FIRST_OWNER_ID: u64 = 1_100_000_000;
const FIRST_TEAM_ID: u32 = 178_500;
const FIRST_ROLE_ID: u32 = 300;

/// Numbers that nobody has been given yet.
///
/// They differ from portal to portal, as long as there are fewer than a hundred thousand, so that an owner of one portal
/// is nobody in another. User ids fit 32 bits, as the wire wants.
struct Numbers<'a> {
    portal: u64,
    entropy: &'a Entropy,
    given: u64,
}

/// A user id and an owner id for somebody who comes later.
pub(crate) fn later_numbers(people: &People, number: u32, entropy: &Entropy) -> (u32, u64) {
    let mut numbers = Numbers {
        portal: u64::from(number % 100_000),
        entropy,
        given: 2 * people.all().len() as u64,
    };
    let taken = |id: u64| {
        let id = id.to_string();
        people.user(&id).is_some() || people.owner(&id).is_some()
    };
    let mut free = |first| loop {
        let number = numbers.next(first);
        if !taken(number) {
            return number;
        }
    };
    let user = u32::try_from(free(FIRST_USER_ID)).unwrap_or(u32::MAX);
    (user, free(FIRST_OWNER_ID))
}

impl Numbers<'_> {
    fn next(&mut self, first: u64) -> u64 {
        self.given += 1;
        first + self.portal * 10_000 + self.given * 7 + self.entropy.next() % 7
    }
}

pub(super) fn people(
    spec: &PortalSpec,
    number: u32,
    at: Timestamp,
    entropy: &Entropy,
) -> Result<People, SpecError> {
    let mut people = People::new(
        named(
            spec.teams.iter().map(|team| (team.id, &team.name)),
            FIRST_TEAM_ID,
        ),
        named(
            spec.roles.iter().map(|role| (role.id, &role.name)),
            FIRST_ROLE_ID,
        ),
    );
    let mut numbers = Numbers {
        portal: u64::from(number % 100_000),
        entropy,
        given: 0,
    };
    // Numbers that the specification names are given out first, so that none that is made up can be one of them.
    let reserved = reserved(spec);
    let free = |numbers: &mut Numbers<'_>, first| loop {
        let number = numbers.next(first);
        if !reserved.contains(&number) {
            return number;
        }
    };
    for (index, user) in spec.users.iter().enumerate() {
        let path = format!("users[{index}]");
        let mut new = person(spec, user, &path, at)?;
        if user.user {
            let mut made = || free(&mut numbers, FIRST_USER_ID);
            new.user_id = user.user_id.or_else(|| u32::try_from(made()).ok());
        }
        if user.owner {
            new.owner_id = Some(
                user.owner_id
                    .unwrap_or_else(|| free(&mut numbers, FIRST_OWNER_ID)),
            );
        }
        add(&mut people, new, &path)?;
    }
    for (index, queue) in spec.queue_owners.iter().enumerate() {
        let path = format!("queue_owners[{index}]");
        let owner_id = queue
            .owner_id
            .unwrap_or_else(|| free(&mut numbers, FIRST_OWNER_ID));
        let new = NewPerson {
            owner_id: Some(owner_id),
            queue: true,
            ..nobody(&queue.name, at)
        };
        add(&mut people, new, &path)?;
    }
    Ok(people)
}

fn reserved(spec: &PortalSpec) -> Vec<u64> {
    let users = spec.users.iter();
    let user_ids = users.clone().filter_map(|user| user.user_id.map(u64::from));
    let owner_ids = users.filter_map(|user| user.owner_id);
    let queues = spec.queue_owners.iter().filter_map(|queue| queue.owner_id);
    user_ids.chain(owner_ids).chain(queues).collect()
}

fn nobody(name: &str, at: Timestamp) -> NewPerson {
    NewPerson {
        name: name.to_owned(),
        email: None,
        user_id: None,
        owner_id: None,
        super_admin: false,
        queue: false,
        role: None,
        team: None,
        secondary_teams: Vec::new(),
        names: None,
        record: None,
        active: true,
        at,
    }
}

fn person(
    spec: &PortalSpec,
    user: &UserSpec,
    path: &str,
    at: Timestamp,
) -> Result<NewPerson, SpecError> {
    let find = |field: &str, wanted: &Option<String>, names: &[&String]| match wanted {
        None => Ok(None),
        Some(wanted) => match names.iter().position(|name| *name == wanted) {
            Some(index) => Ok(Some(index)),
            None => Err(SpecError::new(
                format!("{path}.{field}"),
                format!("there is no {field} called {wanted:?}"),
                format!("add it to the portal's {field}s, or name one of them"),
            )),
        },
    };
    let roles: Vec<&String> = spec.roles.iter().map(|role| &role.name).collect();
    let teams: Vec<&String> = spec.teams.iter().map(|team| &team.name).collect();
    let secondary: Result<Vec<_>, _> = (user.secondary_teams.iter())
        .map(|team| find("team", &Some(team.clone()), &teams))
        .collect();
    let email = user.email.clone().unwrap_or_else(|| email_of(&user.name));
    Ok(NewPerson {
        email: Some(email),
        super_admin: user.super_admin,
        role: find("role", &user.role, &roles)?,
        team: find("team", &user.team, &teams)?,
        secondary_teams: secondary?.into_iter().flatten().collect(),
        active: user.active,
        ..nobody(&user.name, at)
    })
}

fn email_of(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    format!("{}@example.com", words.join("."))
}

fn add(people: &mut People, new: NewPerson, path: &str) -> Result<(), SpecError> {
    if new.name.is_empty() || people.find(&new.name).is_some() {
        let hint = "names tell people apart: give each person and queue one of their own";
        let problem = format!("nobody can be called {:?}", new.name);
        return Err(SpecError::new(format!("{path}.name"), problem, hint));
    }
    let email = new.email.clone();
    if let Some(email) = email.filter(|email| people.find(email).is_some()) {
        let problem = format!("{email} is taken by somebody else");
        let hint = "give each person an e-mail address of their own";
        return Err(SpecError::new(format!("{path}.email"), problem, hint));
    }
    people.add(new).map(|_| ()).map_err(|taken| {
        let field = match taken {
            TakenNumber::User => "user_id",
            TakenNumber::Owner => "owner_id",
        };
        let hint = format!("no two people have the same {field}");
        SpecError::new(format!("{path}.{field}"), "taken by somebody else", hint)
    })
}

fn named<'a>(all: impl Iterator<Item = (Option<u32>, &'a String)>, first: u32) -> Vec<Named> {
    (first..)
        .zip(all)
        .map(|(free, (id, name))| Named {
            id: Arc::from(id.unwrap_or(free).to_string()),
            name: name.clone(),
        })
        .collect()
}
