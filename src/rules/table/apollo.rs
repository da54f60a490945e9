//! O1 to O4: who owns the record in Apollo.

use crate::rules::condition::when;
use crate::rules::expectation::{ambiguous, documented, inferred};
use crate::rules::reading::q;
use crate::rules::row::{cell, of_cells};
use crate::rules::{Event, Kind, Outcome, Personal, Role, Row, RowId, Source};

const MADE_BY_YOU: &[Event] = &[
    Event::Create,
    Event::CreateInMixedBatch,
    Event::CreateAfterTeamSyncChange,
    Event::CreateAfterRelinking,
];

/// Every event whose push must leave Apollo's owner alone; with the assignment-rule switch on, O3 speaks instead.
const LEFT_ALONE: &[Event] = &[
    Event::Create,
    Event::CreateAsByProduct,
    Event::CreateAutomatically,
    Event::CreateInMixedBatch,
    Event::CreateForAnotherOwner,
    Event::CreateAfterTeamSyncChange,
    Event::CreateAfterRelinking,
    Event::UpdateSameOwner,
    Event::UpdateOtherOwner,
    Event::UpdateAfterLinking,
    Event::UpdateAfterUnlinking,
    Event::KeptAfterTeamSyncChange,
    Event::KeptAfterRelinking,
];

const LINKED: &[Personal] = &[
    Personal::Linked,
    Personal::Refreshable,
    Personal::Revoked,
    Personal::Inactive,
];

pub(super) fn rows() -> Vec<Row> {
    vec![
        of_cells(
            RowId::o(1),
            "Whoever makes a contact or account owns it in Apollo",
            [
                cell(when(MADE_BY_YOU).kinds(Kind::RECORDS).personal(LINKED))
                    .apollo_owner(documented(Role::You).a(&[2]).b(&[1])),
                cell(
                    when(MADE_BY_YOU)
                        .kinds(Kind::RECORDS)
                        .personal(&[Personal::Never]),
                )
                .apollo_owner(documented(Role::You).a(&[2, 22]).b(&[1, 8])),
            ],
        ),
        of_cells(
            RowId::o(2),
            "A push leaves Apollo's owner alone, done or refused",
            [cell(when(LEFT_ALONE).kinds(Kind::RECORDS))
                .apollo_owner(inferred(Outcome::Unchanged).a(&[2]).b(&[1]))],
        ),
        of_cells(
            RowId::o(3),
            "With the assignment-rule switch on, the rule's owner comes back to Apollo",
            [cell(
                when(&[Event::CreateUnderAssignmentRules])
                    .salesforce()
                    .kinds(Kind::RECORDS),
            )
            .apollo_owner(
                ambiguous(
                    q(19, 'b'),
                    Role::RuleUser,
                    "the vendor's page on assignment rules says so; neither document does",
                )
                .or(q(19, 'a'), Role::You, "neither document knows the switch"),
            )
            .owner(
                ambiguous(
                    q(19, 'b'),
                    Role::RuleUser,
                    "active rules take the owner over once the switch is on",
                )
                .or(q(19, 'a'), Role::You, "neither document knows the switch"),
            )],
        ),
        of_cells(
            RowId::o(4),
            "A contact found by a job change belongs to the followed contact's owner or to whoever confirmed it",
            [cell(
                when(&[Event::CreateAutomatically])
                    .kinds(&[Kind::Contact])
                    .sources(&[Source::JobChange]),
            )
            .apollo_owner(
                ambiguous(
                    q(5, 'a'),
                    Role::FollowedContactsOwner,
                    "there is no \"you\" in A2; the follower's owner is next of kin",
                )
                .or(
                    q(5, 'b'),
                    Role::Confirmer,
                    "whoever confirmed the change is the one who made the contact",
                ),
            )],
        ),
    ]
}
