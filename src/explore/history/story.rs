//! What has happened so far in a history, as far as it decides what can happen next, and how a record is called.

use std::collections::{BTreeMap, BTreeSet};

use super::{Act, History, RecordNumber};
use crate::rules::{Crm, Kind, Mode, Personal, Source};
use crate::suite::people::Person;

/// The state of a history after some of its acts.
#[derive(Clone, Debug)]
pub(in crate::explore) struct Story {
    pub(super) crm: Crm,
    pub(super) links: BTreeMap<Person, Personal>,
    pub(super) deactivated: BTreeSet<Person>,
    second_user: bool,
    elsewhere: BTreeSet<Person>,
    pub(super) team: Option<(Person, bool)>,
    pub(super) records: Vec<Saved>,
    activities: BTreeMap<Kind, usize>,
    /// Something is about to go wrong.
    pub(super) in_trouble: bool,
    /// In the order in which the World knows them: by their first push.
    pub(super) subjects: Vec<Pushed>,
}

/// A record in Apollo.
#[derive(Clone, Debug)]
pub(super) struct Saved {
    pub(super) number: RecordNumber,
    pub(super) kind: Kind,
    pub(super) source: Source,
    pub(super) owner: Person,
    account: Option<RecordNumber>,
    /// Somebody has pushed it, with whatever outcome.
    pub(super) pushed: bool,
    /// No reading of the rules would have had its push refused.
    pub(super) in_crm: bool,
}

/// What the World judges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pushed {
    Record(RecordNumber),
    Activity(Kind, usize),
}

/// The vocabulary knows a first and a second.
const OF_A_KIND: usize = 2;

impl Story {
    pub(in crate::explore) fn new(crm: Crm) -> Self {
        Self {
            crm,
            links: BTreeMap::new(),
            deactivated: BTreeSet::new(),
            second_user: false,
            elsewhere: BTreeSet::new(),
            team: None,
            records: Vec::new(),
            activities: BTreeMap::new(),
            in_trouble: false,
            subjects: Vec::new(),
        }
    }

    /// The state after the whole history.
    pub(super) fn of(history: &History) -> Self {
        let mut story = Self::new(history.crm);
        for act in &history.acts {
            story.goes_on(act);
        }
        story
    }

    /// Takes the act in; `false`, and nothing happens, where it makes no sense here.
    pub(in crate::explore) fn goes_on(&mut self, act: &Act) -> bool {
        self.can(act) && {
            self.take(act);
            true
        }
    }

    fn can(&self, act: &Act) -> bool {
        let runs_team_sync = |who: Person| self.team.is_some_and(|(user, _)| user == who);
        match act {
            Act::Link(who) => {
                let works = matches!(
                    self.links.get(who),
                    Some(Personal::Linked | Personal::Refreshable)
                );
                !works && !self.deactivated.contains(who) && !runs_team_sync(*who)
            }
            Act::LinkSecondUser => self.links.contains_key(&Person::Dana) && !self.second_user,
            Act::LinkElsewhere(who) => !self.elsewhere.contains(who),
            Act::Unlink(who) => self.links.contains_key(who),
            Act::Spoil(who, state) => {
                let now = self.links.get(who);
                matches!(now, Some(Personal::Linked | Personal::Refreshable)) && now != Some(state)
            }
            Act::ConnectTeamSync(who) => {
                !self.links.contains_key(who) && self.team != Some((*who, false))
            }
            Act::BreakTeamSync => self.team.is_some_and(|(_, broken)| !broken),
            Act::DisconnectTeamSync => self.team.is_some(),
            Act::Save(number, _, kind, _) => {
                self.has_room(*number, *kind) && (self.crm, *kind) != (Crm::Hubspot, Kind::Lead)
            }
            Act::SaveWithAccount(number, ..) => {
                self.has_room(*number, Kind::Contact) && self.has_room(number + 1, Kind::Account)
            }
            Act::LoseNextAnswer | Act::BeBusyOnce => !self.in_trouble,
            Act::PushEverything(_) => self.is_one_batch(),
            Act::Assign(number, who) => {
                self.saved(*number).is_some_and(|saved| saved.owner != *who)
            }
            Act::Push(_, number, _) | Act::PushByItself(number) => self.saved(*number).is_some(),
            Act::Update(_, number, _) => self.saved(*number).is_some_and(|saved| saved.pushed),
            Act::Log(_, kind, number) => self.can_log(*kind, *number),
            Act::SendByItself(number) => self.can_log(Kind::Email, *number),
        }
    }

    fn has_room(&self, number: RecordNumber, kind: Kind) -> bool {
        let of_kind = self
            .records
            .iter()
            .filter(|saved| saved.kind == kind)
            .count();
        self.saved(number).is_none() && of_kind < OF_A_KIND
    }

    /// Leads are pushed apart from contacts and accounts.
    fn is_one_batch(&self) -> bool {
        let leads = self
            .records
            .iter()
            .filter(|saved| saved.kind == Kind::Lead)
            .count();
        !self.records.is_empty() && (leads == 0 || leads == self.records.len())
    }

    fn can_log(&self, kind: Kind, number: RecordNumber) -> bool {
        let logged = self.activities.get(&kind).copied().unwrap_or_default();
        logged < OF_A_KIND && self.saved(number).is_some_and(|saved| saved.in_crm)
    }

    fn take(&mut self, act: &Act) {
        match act {
            Act::Link(who) => {
                self.links.insert(*who, Personal::Linked);
                self.second_user &= *who != Person::Dana;
            }
            Act::LinkSecondUser => {
                self.links.insert(Person::Dana, Personal::Linked);
                self.second_user = true;
            }
            Act::LinkElsewhere(who) => {
                self.elsewhere.insert(*who);
            }
            Act::Unlink(who) => {
                self.links.remove(who);
                self.second_user &= *who != Person::Dana;
            }
            Act::Spoil(who, state) => {
                self.links.insert(*who, *state);
                if *state == Personal::Inactive {
                    self.deactivated.insert(*who);
                }
            }
            Act::ConnectTeamSync(who) => self.team = Some((*who, false)),
            Act::BreakTeamSync => self.team = self.team.map(|(user, _)| (user, true)),
            Act::DisconnectTeamSync => self.team = None,
            Act::Save(number, who, kind, source) => self.save(*number, *who, *kind, *source, None),
            Act::SaveWithAccount(number, who, source) => {
                self.save(number + 1, *who, Kind::Account, *source, None);
                self.save(*number, *who, Kind::Contact, *source, Some(number + 1));
            }
            Act::Assign(number, who) => {
                if let Some(saved) = self.saved_mut(*number) {
                    saved.owner = *who;
                }
            }
            Act::LoseNextAnswer | Act::BeBusyOnce => self.in_trouble = true,
            Act::Push(who, number, mode) | Act::Update(who, number, mode) => {
                self.push(Some(*who), &[*number], *mode);
            }
            Act::PushByItself(number) => self.push(None, &[*number], Mode::Single),
            Act::PushEverything(who) => {
                let all: Vec<_> = self.records.iter().map(|saved| saved.number).collect();
                self.push(Some(*who), &all, Mode::Bulk);
            }
            Act::Log(_, kind, _) => self.log(*kind),
            Act::SendByItself(_) => self.log(Kind::Email),
        }
    }

    fn save(
        &mut self,
        number: RecordNumber,
        owner: Person,
        kind: Kind,
        source: Source,
        account: Option<RecordNumber>,
    ) {
        self.records.push(Saved {
            number,
            kind,
            source,
            owner,
            account,
            pushed: false,
            in_crm: false,
        });
    }

    fn push(&mut self, actor: Option<Person>, numbers: &[RecordNumber], mode: Mode) {
        self.in_trouble = false;
        let mut along = Vec::new();
        for number in numbers {
            let Some(saved) = self.saved(*number) else {
                continue;
            };
            let you = actor
                .filter(|_| mode == Mode::Single)
                .unwrap_or(saved.owner);
            let goes_in = self.goes_in(you, saved);
            along.extend(
                saved
                    .account
                    .filter(|account| !numbers.contains(account))
                    .map(|account| (account, goes_in)),
            );
            self.mark(*number, goes_in);
        }
        for (account, goes_in) in along {
            self.mark(account, goes_in);
        }
    }

    fn mark(&mut self, number: RecordNumber, goes_in: bool) {
        if !self.subjects.contains(&Pushed::Record(number)) {
            self.subjects.push(Pushed::Record(number));
        }
        if let Some(saved) = self.saved_mut(number) {
            saved.pushed = true;
            saved.in_crm |= goes_in;
        }
    }

    /// Whether every reading lets the push through.
    fn goes_in(&self, you: Person, saved: &Saved) -> bool {
        let team_sync = self.team.is_some_and(|(_, broken)| !broken);
        let others = self
            .links
            .values()
            .any(|state| matches!(state, Personal::Linked | Personal::Refreshable));
        match self.links.get(&you) {
            Some(Personal::Linked | Personal::Refreshable) => {
                team_sync || self.crm == Crm::Hubspot || !saved.source.in_team_column()
            }
            Some(_) => false,
            None => team_sync || (self.team.is_none() && others),
        }
    }

    fn log(&mut self, kind: Kind) {
        self.in_trouble = false;
        let count = self.activities.entry(kind).or_default();
        self.subjects.push(Pushed::Activity(kind, *count));
        *count += 1;
    }

    pub(super) fn saved(&self, number: RecordNumber) -> Option<&Saved> {
        self.records.iter().find(|saved| saved.number == number)
    }

    fn saved_mut(&mut self, number: RecordNumber) -> Option<&mut Saved> {
        self.records.iter_mut().find(|saved| saved.number == number)
    }

    /// `the contact`; `the first contact` where there are two.
    pub(super) fn called(&self, number: RecordNumber) -> String {
        let Some(kind) = self.saved(number).map(|saved| saved.kind) else {
            return String::new();
        };
        let of_kind: Vec<_> = self
            .records
            .iter()
            .filter(|saved| saved.kind == kind)
            .collect();
        let place = of_kind.iter().position(|saved| saved.number == number);
        the(&kind.to_string(), place.unwrap_or_default(), of_kind.len())
    }

    /// The same, of a record or an activity.
    pub(super) fn called_subject(&self, pushed: Pushed) -> String {
        match pushed {
            Pushed::Record(number) => self.called(number),
            Pushed::Activity(kind, place) => {
                let count = self.activities.get(&kind).copied().unwrap_or_default();
                the(&kind.to_string(), place, count)
            }
        }
    }
}

fn the(kind: &str, place: usize, count: usize) -> String {
    match (count, place) {
        (0 | 1, _) => format!("the {kind}"),
        (_, 0) => format!("the first {kind}"),
        _ => format!("the second {kind}"),
    }
}
