//! Properties of every object type: identity, ownership, and where the record came from.

use super::Family;
use super::property::{Derived, Kind, Property};

/// The properties that each type of the family has.
pub(super) fn properties(family: Family) -> Vec<Property> {
    let mut all = system();
    all.extend(ownership());
    all.extend(origin());
    if family == Family::Activity {
        all.push(Property::datetime("hs_timestamp", "Activity date"));
        all.push(Property::text("hs_attachment_ids", "Attached file IDs"));
        let creator = Property::number("hs_created_by", "Activity created by");
        all.push(creator.read_only().derived(Derived::CreatedBy));
        let modifier = Property::number("hs_modified_by", "Updated by");
        all.push(modifier.read_only().derived(Derived::UpdatedBy));
    }
    all
}

fn system() -> Vec<Property> {
    let computed = |property: Property, derived| property.read_only().derived(derived);
    vec![
        computed(
            Property::number("hs_object_id", "Record ID"),
            Derived::ObjectId,
        ),
        computed(
            Property::datetime("hs_createdate", "Object create date/time"),
            Derived::CreatedAt,
        ),
        computed(
            Property::datetime("hs_lastmodifieddate", "Object last modified date/time"),
            Derived::ModifiedAt,
        ),
        Property::select("hs_merged_object_ids", "Merged record IDs", &[]).read_only(),
        Property::text("hs_unique_creation_key", "Unique creation key").read_only(),
        Property::flag("hs_read_only", "Read only object").read_only(),
        computed(
            Property::flag("hs_was_imported", "Performed in an import"),
            Derived::Imported,
        ),
    ]
}

fn ownership() -> Vec<Property> {
    let computed = |property: Property, derived| property.read_only().derived(derived);
    let ids = |name, label| Property::select(name, label, &[]);
    vec![
        Property::new("hubspot_owner_id", "Owner", Kind::Owner, "select").derived(Derived::Owner),
        computed(
            Property::datetime("hubspot_owner_assigneddate", "Owner assigned date"),
            Derived::OwnerAssignedAt,
        ),
        computed(ids("hs_all_owner_ids", "All owner IDs"), Derived::AllOwners),
        computed(
            ids("hs_user_ids_of_all_owners", "User IDs of all owners"),
            Derived::AllOwnerUsers,
        ),
        // That integrations can't write the team is likely, not known.
        computed(ids("hubspot_team_id", "HubSpot team"), Derived::OwnerTeam),
        computed(
            ids("hs_all_team_ids", "All team IDs"),
            Derived::AllOwnerTeams,
        ),
        computed(ids("hs_owning_teams", "Owning teams"), Derived::OwnerTeam),
        ids("hs_all_accessible_team_ids", "All accessible team IDs").read_only(),
        ids(
            "hs_user_ids_of_all_notification_followers",
            "User IDs of all notification followers",
        )
        .read_only(),
        ids(
            "hs_user_ids_of_all_notification_unfollowers",
            "User IDs of all notification unfollowers",
        )
        .read_only(),
        ids("hs_shared_user_ids", "Shared users").read_only(),
        ids("hs_shared_team_ids", "Shared teams").read_only(),
    ]
}

/// Creator and source: set by HubSpot alone.
fn origin() -> Vec<Property> {
    let computed = |property: Property, derived| property.read_only().derived(derived);
    vec![
        computed(
            Property::number("hs_created_by_user_id", "Created by user ID"),
            Derived::CreatedBy,
        ),
        computed(
            Property::number("hs_updated_by_user_id", "Updated by user ID"),
            Derived::UpdatedBy,
        ),
        computed(
            Property::text("hs_object_source", "Record creation source"),
            Derived::SourceKind,
        ),
        computed(
            Property::select("hs_object_source_label", "Record source", &[]),
            Derived::SourceLabel,
        ),
        computed(
            Property::text("hs_object_source_id", "Record creation source ID"),
            Derived::SourceId,
        ),
        computed(
            Property::number("hs_object_source_user_id", "Record creation source user ID"),
            Derived::SourceUser,
        ),
        computed(
            Property::text("hs_object_source_detail_1", "Record source detail 1"),
            Derived::SourceDetail,
        ),
        Property::text("hs_object_source_detail_2", "Record source detail 2")
            .read_only()
            .on_create(),
        Property::text("hs_object_source_detail_3", "Record source detail 3")
            .read_only()
            .on_create(),
    ]
}
