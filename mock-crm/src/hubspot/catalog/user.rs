//! The users of a portal as records: their ids are neither user ids nor owner ids.

use super::property::Property;
use super::{Family, ObjectType};

pub(super) fn users() -> ObjectType {
    let own = vec![
        Property::text("hs_email", "Email").read_only(),
        Property::text("hs_given_name", "First name").read_only(),
        Property::text("hs_family_name", "Last name").read_only(),
        Property::number("hs_internal_user_id", "Internal user ID").read_only(),
        Property::text("hs_job_title", "Job title"),
        Property::text("hs_additional_phone", "Additional phone"),
        Property::text("hs_standard_time_zone", "Time zone"),
        Property::text("hs_working_hours", "Working hours"),
        Property::text("hs_out_of_office_hours", "Out of office hours"),
        Property::select(
            "hs_availability_status",
            "Availability status",
            &["available", "away"],
        ),
        Property::text("hs_main_user_language_skill", "Main user language skill"),
        // Which owner the user is: on this type it does not say who owns the record.
        Property::number("hubspot_owner_id", "Owner ID").read_only(),
    ];
    let mut users = ObjectType::new("users", "user", "0-115", Family::User, own);
    users.scope = "users";
    users.searchable = &["hs_email", "hs_given_name", "hs_family_name"];
    users
}
