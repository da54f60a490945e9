//! A situation as a person would tell it, for messages.

use crate::rules::{Event, Mode, Others, Personal, Situation, Team};

/// `Dana's contact in Salesforce (made by hand; pushed alone, for the first time; ...)`
pub(super) fn in_words(record: &str, situation: &Situation) -> String {
    let source = situation.source.map(|source| format!("{source}; "));
    let mode = match situation.mode {
        Mode::Single => "on its own",
        Mode::Bulk => "in bulk",
    };
    format!(
        "{record} ({}{}, {mode}; {}; {}; {})",
        source.unwrap_or_default(),
        event(situation.event),
        personal(situation.personal),
        team(situation.team),
        others(situation.others)
    )
}

fn personal(state: Personal) -> &'static str {
    match state {
        Personal::Linked => "the login is linked",
        Personal::Refreshable => "the login needs a refresh",
        Personal::Never => "no login is linked",
        Personal::Revoked => "the login has been revoked",
        Personal::Inactive => "the login is a deactivated user's",
    }
}

fn team(state: Team) -> &'static str {
    match state {
        Team::Connected => "team sync is connected",
        Team::ConnectedAtTop => "team sync is connected as one of the most permitted",
        Team::None => "team sync is not connected",
        Team::Broken => "team sync is broken",
    }
}

fn others(state: Others) -> &'static str {
    match state {
        Others::Nobody => "nobody else has linked",
        Others::Ranked => "others have linked, one of them the most permitted",
        Others::Tie => "others have linked, several of them the most permitted",
    }
}

fn event(event: Event) -> &'static str {
    match event {
        Event::Create => "for the first time",
        Event::CreateAsByProduct => "made along with a contact",
        Event::CreateAutomatically => "for the first time, by Apollo itself",
        Event::CreateUnderAssignmentRules => "for the first time, under assignment rules",
        Event::CreateInMixedBatch => "for the first time, in a batch of several people's records",
        Event::CreateForAnotherOwner => "for the first time, by somebody who is not its owner",
        Event::CreateInvalid => "with values that the CRM does not take",
        Event::CreateAfterTeamSyncChange => {
            "for the first time, after team sync became another user"
        }
        Event::CreateAfterRelinking => "for the first time, after another user was linked",
        Event::LogOnAnothersContact => "logged on somebody else's contact",
        Event::SendAutomatically => "sent by a sequence",
        Event::UpdateSameOwner => "updated, the owner being the same",
        Event::UpdateOtherOwner => "updated, the owner being another",
        Event::UpdateFound => "found in the CRM",
        Event::UpdateAfterLinking => "updated, after the login was linked",
        Event::UpdateAfterUnlinking => "updated, after the login was unlinked",
        Event::KeptAfterTeamSyncChange => "there before team sync became another user",
        Event::KeptAfterRelinking => "there before another user was linked",
    }
}
