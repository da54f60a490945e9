//! Contacts.

use super::property::{Derived, Kind, Property};
use super::{Family, ObjectType};

/// Stages that every portal has; a record that names none is a lead.
pub(super) const LIFECYCLE_STAGES: [&str; 8] = [
    "subscriber",
    "lead",
    "marketingqualifiedlead",
    "salesqualifiedlead",
    "opportunity",
    "customer",
    "evangelist",
    "other",
];

pub(super) const LEAD_STATUSES: [&str; 8] = [
    "NEW",
    "OPEN",
    "IN_PROGRESS",
    "OPEN_DEAL",
    "UNQUALIFIED",
    "ATTEMPTED_TO_CONTACT",
    "CONNECTED",
    "BAD_TIMING",
];

pub(super) fn contacts() -> ObjectType {
    let mut contacts = ObjectType::new("contacts", "contact", "0-1", Family::Crm, properties());
    contacts.created = "createdate";
    contacts.modified = "lastmodifieddate";
    contacts.default_properties = &[
        "createdate",
        "email",
        "firstname",
        "hs_object_id",
        "lastmodifieddate",
        "lastname",
    ];
    contacts.searchable = &[
        "firstname",
        "lastname",
        "email",
        "phone",
        "hs_additional_emails",
        "company",
    ];
    contacts
}

fn properties() -> Vec<Property> {
    let phone = |name, label| Property::new(name, label, Kind::PhoneNumber, "phonenumber");
    let mut all = vec![
        Property::text("email", "Email").unique(),
        Property::text("firstname", "First Name"),
        Property::text("lastname", "Last Name"),
        phone("phone", "Phone Number"),
        phone("mobilephone", "Mobile Phone Number"),
        phone("fax", "Fax Number"),
        Property::text("company", "Company Name"),
        Property::text("jobtitle", "Job Title"),
        Property::text("salutation", "Salutation"),
        Property::text("seniority", "Seniority"),
        Property::text("industry", "Industry"),
        Property::text("website", "Website URL"),
        Property::text("hs_linkedin_url", "LinkedIn URL"),
        Property::text("linkedinbio", "LinkedIn Bio"),
        Property::text("twitterhandle", "Twitter Username"),
        Property::text("address", "Street Address"),
        Property::text("city", "City"),
        Property::text("state", "State/Region"),
        Property::text("zip", "Postal Code"),
        Property::text("country", "Country/Region"),
        Property::area("message", "Message"),
        Property::select("lifecyclestage", "Lifecycle Stage", &LIFECYCLE_STAGES).default("lead"),
        Property::select("hs_lead_status", "Lead Status", &LEAD_STATUSES),
        Property::text("hs_analytics_source", "Original Traffic Source").read_only(),
        Property::text("hs_additional_emails", "Additional email addresses").read_only(),
        // That a client can set it, and is associated by that, is not simulated: the value alone is kept.
        Property::number("associatedcompanyid", "Primary Associated Company ID")
            .derived(Derived::PrimaryCompany),
        Property::text("hs_email_domain", "Email Domain")
            .read_only()
            .derived(Derived::EmailDomain),
        Property::text("hs_full_name_or_email", "Full name or email")
            .read_only()
            .derived(Derived::FullNameOrEmail),
        Property::text("hs_all_contact_vids", "All vids for a contact")
            .read_only()
            .derived(Derived::ObjectId),
        Property::flag("hs_is_contact", "Is a contact")
            .read_only()
            .default("true"),
        Property::flag("hs_is_unworked", "Contact unworked")
            .read_only()
            .default("true"),
        Property::text("hs_pipeline", "Pipeline")
            .read_only()
            .default("contacts-lifecycle-pipeline"),
        Property::datetime("createdate", "Create Date")
            .read_only()
            .derived(Derived::CreatedAt),
        Property::datetime("lastmodifieddate", "Last Modified Date")
            .read_only()
            .derived(Derived::ModifiedAt),
        Property::flag(
            "hs_currently_enrolled_in_prospecting_agent",
            "Enrolled in the prospecting agent",
        )
        .read_only()
        .default("false"),
    ];
    all.extend(counters());
    all.extend(stage_dates());
    all
}

/// Numbers that recorded creates answer with, all of them zero on a new contact.
fn counters() -> impl Iterator<Item = Property> {
    let counters = [
        ("num_notes", "Number of Sales Activities"),
        (
            "hs_associated_target_accounts",
            "Associated target accounts",
        ),
        (
            "hs_membership_has_accessed_private_content",
            "Has accessed private content",
        ),
        ("hs_registered_member", "Registered member"),
    ];
    let counter = |(name, label)| Property::number(name, label).read_only().default("0");
    counters.into_iter().map(counter)
}

/// When the record came into each lifecycle stage.
pub(super) fn stage_dates() -> Vec<Property> {
    let dates = [
        ("hs_lifecyclestage_subscriber_date", "subscriber"),
        ("hs_lifecyclestage_lead_date", "lead"),
        (
            "hs_lifecyclestage_marketingqualifiedlead_date",
            "marketingqualifiedlead",
        ),
        (
            "hs_lifecyclestage_salesqualifiedlead_date",
            "salesqualifiedlead",
        ),
        ("hs_lifecyclestage_opportunity_date", "opportunity"),
        ("hs_lifecyclestage_customer_date", "customer"),
        ("hs_lifecyclestage_evangelist_date", "evangelist"),
        ("hs_lifecyclestage_other_date", "other"),
    ];
    let date = |(name, stage)| {
        let entered = Property::datetime(name, "Became a lifecycle stage on");
        entered.read_only().derived(Derived::StageEnteredAt(stage))
    };
    dates.into_iter().map(date).collect()
}
