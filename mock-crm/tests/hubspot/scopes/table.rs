//! The routes and their scopes, as HubSpot's API description names them.

/// One endpoint at one of its paths.
#[derive(Debug)]
pub(super) struct Route {
    /// As the mock lists it: `Object::List`.
    pub(super) endpoint: &'static str,
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    /// One scope of each list is needed.
    pub(super) needs: &'static [&'static [&'static str]],
}

const fn route(
    endpoint: &'static str,
    method: &'static str,
    path: &'static str,
    needs: &'static [&'static [&'static str]],
) -> Route {
    Route {
        endpoint,
        method,
        path,
        needs,
    }
}

const READ_CONTACTS: &[&str] = &["crm.objects.contacts.read"];
const WRITE_CONTACTS: &[&str] = &["crm.objects.contacts.write"];
const READ_COMPANIES: &[&str] = &["crm.objects.companies.read"];
const WRITE_COMPANIES: &[&str] = &["crm.objects.companies.write"];
const READ_EMAILS: &[&str] = &["crm.objects.contacts.read", "sales-email-read"];
const OWNERS: &[&str] = &["crm.objects.owners.read", "automation"];
const READ_USERS: &[&str] = &["settings.users.read", "crm.objects.users.read"];
const WRITE_USERS: &[&str] = &["settings.users.write", "crm.objects.users.write"];
const READ_USER_RECORDS: &[&str] = &["crm.objects.users.read", "settings.users.read"];
const TEAMS: &[&str] = &["settings.users.teams.read"];
const READ_DEFINITIONS: &[&str] = &[
    "crm.schemas.deals.read",
    "crm.objects.deals.read",
    "crm.objects.deals.write",
    "crm.schemas.deals.write",
];
const WRITE_DEFINITIONS: &[&str] = &["crm.schemas.deals.write", "crm.objects.deals.write"];

const READ_SCHEMAS: &[&str] = &["crm.schemas.custom.read", "crm.schemas.custom.write"];
const WRITE_SCHEMAS: &[&str] = &["crm.schemas.custom.write"];

const CONTACTS: &str = "/crm/v3/objects/contacts";

/// Endpoints that no scope opens: they need a client's secret, a developer's key, or nothing at all, or (`oauth`) what
/// every token has.
pub(super) const WITHOUT: &[&str] = &[
    "OAuth::Authorize",
    "OAuth::Token",
    "OAuth::Introspect",
    "OAuth::Revoke",
    "OAuth::AccessToken",
    "OAuth::RefreshToken",
    "OAuth::DeleteRefreshToken",
    "OAuth::PrivateAppToken",
    "Webhook::Settings",
    "Webhook::PutSettings",
    "Webhook::DeleteSettings",
    "Webhook::Subscriptions",
    "Webhook::Subscribe",
    "Webhook::BatchUpdate",
    "Webhook::Subscription",
    "Webhook::UpdateSubscription",
    "Webhook::Unsubscribe",
    "Account::Details",
];

pub(super) const ROUTES: &[Route] = &[
    route(
        "Association::ConnectNamed",
        "PUT",
        "/crm/v3/objects/contacts/1/associations/companies/2/contact_to_company",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::DisconnectNamed",
        "DELETE",
        "/crm/v3/objects/contacts/1/associations/companies/2/contact_to_company",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::BatchCreate",
        "POST",
        "/crm/v4/associations/contacts/companies/batch/create",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::BatchCreateDefault",
        "POST",
        "/crm/v4/associations/contacts/companies/batch/associate/default",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::BatchRead",
        "POST",
        "/crm/v3/associations/contacts/companies/batch/read",
        &[READ_COMPANIES, READ_CONTACTS],
    ),
    route(
        "Association::BatchArchive",
        "POST",
        "/crm/associations/2026-03/contacts/companies/batch/archive",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::BatchArchiveLabels",
        "POST",
        "/crm/v4/associations/contacts/companies/batch/labels/archive",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::Types",
        "GET",
        "/crm/v3/associations/contacts/companies/types",
        &[READ_COMPANIES, READ_CONTACTS],
    ),
    route(
        "Association::Labels",
        "GET",
        "/crm/v4/associations/contacts/companies/labels",
        &[READ_COMPANIES, READ_CONTACTS],
    ),
    route(
        "Association::CreateLabel",
        "POST",
        "/crm/v4/associations/contacts/companies/labels",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::RenameLabel",
        "PUT",
        "/crm/v4/associations/contacts/companies/labels",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::DeleteLabel",
        "DELETE",
        "/crm/v4/associations/contacts/companies/labels/1",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Engagement::Create",
        "POST",
        "/engagements/v1/engagements",
        &[WRITE_CONTACTS],
    ),
    route(
        "Engagement::Read",
        "GET",
        "/engagements/v1/engagements/1",
        &[READ_CONTACTS],
    ),
    route(
        "Engagement::Update",
        "PATCH",
        "/engagements/v1/engagements/1",
        &[WRITE_CONTACTS],
    ),
    route(
        "Engagement::Delete",
        "DELETE",
        "/engagements/v1/engagements/1",
        &[WRITE_CONTACTS],
    ),
    route(
        "Engagement::Paged",
        "GET",
        "/engagements/v1/engagements/paged",
        &[READ_CONTACTS],
    ),
    route(
        "Engagement::RecentlyModified",
        "GET",
        "/engagements/v1/engagements/recent/modified",
        &[READ_CONTACTS],
    ),
    route(
        "Engagement::ModifiedAfter",
        "GET",
        "/engagements/v1/engagements/modified/after",
        &[READ_CONTACTS],
    ),
    route(
        "Engagement::Associated",
        "GET",
        "/engagements/v1/engagements/associated/CONTACT/1/paged",
        &[READ_CONTACTS],
    ),
    route("Object::List", "GET", CONTACTS, &[READ_CONTACTS]),
    route(
        "Object::List",
        "GET",
        "/crm/objects/2026-03/0-2",
        &[READ_COMPANIES],
    ),
    route(
        "Object::List",
        "GET",
        "/crm/v3/objects/tasks",
        &[READ_CONTACTS],
    ),
    route(
        "Object::List",
        "GET",
        "/crm/v3/objects/emails",
        &[READ_EMAILS],
    ),
    route(
        "Object::List",
        "GET",
        "/crm/v3/objects/users",
        &[READ_USER_RECORDS],
    ),
    route("Object::Create", "POST", CONTACTS, &[WRITE_CONTACTS]),
    route(
        "Object::Create",
        "POST",
        "/crm/v3/objects/emails",
        &[WRITE_CONTACTS],
    ),
    route(
        "Object::Create",
        "POST",
        "/crm/v3/objects/notes",
        &[WRITE_CONTACTS],
    ),
    route(
        "Object::Read",
        "GET",
        "/crm/v3/objects/contacts/1",
        &[READ_CONTACTS],
    ),
    route(
        "Object::Update",
        "PATCH",
        "/crm/v3/objects/contacts/1",
        &[WRITE_CONTACTS],
    ),
    route(
        "Object::Archive",
        "DELETE",
        "/crm/v3/objects/contacts/1",
        &[WRITE_CONTACTS],
    ),
    route(
        "Object::Search",
        "POST",
        "/crm/v3/objects/contacts/search",
        &[READ_CONTACTS],
    ),
    route(
        "Object::BatchCreate",
        "POST",
        "/crm/v3/objects/companies/batch/create",
        &[WRITE_COMPANIES],
    ),
    route(
        "Object::BatchRead",
        "POST",
        "/crm/v3/objects/companies/batch/read",
        &[READ_COMPANIES],
    ),
    route(
        "Object::BatchUpdate",
        "POST",
        "/crm/v3/objects/companies/batch/update",
        &[WRITE_COMPANIES],
    ),
    route(
        "Object::BatchUpsert",
        "POST",
        "/crm/v3/objects/companies/batch/upsert",
        &[WRITE_COMPANIES],
    ),
    route(
        "Object::BatchArchive",
        "POST",
        "/crm/v3/objects/companies/batch/archive",
        &[WRITE_COMPANIES],
    ),
    route(
        "Association::List",
        "GET",
        "/crm/v4/objects/contacts/1/associations/companies",
        &[READ_COMPANIES, READ_CONTACTS],
    ),
    route(
        "Association::Connect",
        "PUT",
        "/crm/v4/objects/contacts/1/associations/companies/2",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::ConnectDefault",
        "PUT",
        "/crm/v4/objects/contacts/1/associations/default/companies/2",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Association::Disconnect",
        "DELETE",
        "/crm/v4/objects/contacts/1/associations/companies/2",
        &[WRITE_COMPANIES, WRITE_CONTACTS],
    ),
    route(
        "Object::Merge",
        "POST",
        "/crm/v3/objects/contacts/merge",
        &[WRITE_CONTACTS],
    ),
    route(
        "Object::GdprDelete",
        "POST",
        "/crm/v3/objects/contacts/gdpr-delete",
        &[WRITE_CONTACTS],
    ),
    route(
        "Schema::List",
        "GET",
        "/crm-object-schemas/v3/schemas",
        &[READ_SCHEMAS],
    ),
    route(
        "Schema::Create",
        "POST",
        "/crm-object-schemas/v3/schemas",
        &[WRITE_SCHEMAS],
    ),
    route(
        "Schema::Read",
        "GET",
        "/crm/v3/schemas/thing",
        &[READ_SCHEMAS],
    ),
    route(
        "Schema::Update",
        "PATCH",
        "/crm-object-schemas/2026-03/schemas/thing",
        &[WRITE_SCHEMAS],
    ),
    route(
        "Schema::Archive",
        "DELETE",
        "/crm-object-schemas/v3/schemas/thing",
        &[WRITE_SCHEMAS],
    ),
    route("Owner::List", "GET", "/crm/v3/owners", &[OWNERS]),
    route("Owner::Read", "GET", "/crm/owners/2026-03/1", &[OWNERS]),
    route("User::List", "GET", "/settings/v3/users/", &[READ_USERS]),
    route(
        "User::Read",
        "GET",
        "/settings/users/2026-03/1",
        &[READ_USERS],
    ),
    route(
        "User::Roles",
        "GET",
        "/settings/v3/users/roles",
        &[READ_USERS],
    ),
    route(
        "User::Create",
        "POST",
        "/settings/v3/users/",
        &[WRITE_USERS],
    ),
    route(
        "User::Update",
        "PUT",
        "/settings/v3/users/1",
        &[WRITE_USERS],
    ),
    route(
        "User::Remove",
        "DELETE",
        "/settings/users/2026-03/1",
        &[WRITE_USERS],
    ),
    route(
        "Pipeline::List",
        "GET",
        "/crm/v3/pipelines/deals",
        &[READ_DEFINITIONS],
    ),
    route(
        "Pipeline::Read",
        "GET",
        "/crm/v3/pipelines/deals/default",
        &[READ_DEFINITIONS],
    ),
    route(
        "Pipeline::Stages",
        "GET",
        "/crm/v3/pipelines/deals/default/stages",
        &[READ_DEFINITIONS],
    ),
    route(
        "Pipeline::Stage",
        "GET",
        "/crm/pipelines/2026-03/deals/default/stages/closedwon",
        &[READ_DEFINITIONS],
    ),
    route("User::Teams", "GET", "/settings/v3/users/teams", &[TEAMS]),
    route(
        "Property::List",
        "GET",
        "/crm/v3/properties/deals",
        &[READ_DEFINITIONS],
    ),
    route(
        "Property::Create",
        "POST",
        "/crm/v3/properties/deals",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::Read",
        "GET",
        "/crm/v3/properties/deals/amount",
        &[READ_DEFINITIONS],
    ),
    route(
        "Property::Update",
        "PATCH",
        "/crm/v3/properties/deals/amount",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::Archive",
        "DELETE",
        "/crm/v3/properties/deals/x",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::BatchCreate",
        "POST",
        "/crm/v3/properties/deals/batch/create",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::BatchRead",
        "POST",
        "/crm/v3/properties/deals/batch/read",
        &[READ_DEFINITIONS],
    ),
    route(
        "Property::BatchArchive",
        "POST",
        "/crm/v3/properties/deals/batch/archive",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::Groups",
        "GET",
        "/crm/v3/properties/deals/groups",
        &[READ_DEFINITIONS],
    ),
    route(
        "Property::CreateGroup",
        "POST",
        "/crm/v3/properties/deals/groups",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::Group",
        "GET",
        "/crm/v3/properties/deals/groups/x",
        &[READ_DEFINITIONS],
    ),
    route(
        "Property::UpdateGroup",
        "PATCH",
        "/crm/v3/properties/deals/groups/x",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::ArchiveGroup",
        "DELETE",
        "/crm/v3/properties/deals/groups/x",
        &[WRITE_DEFINITIONS],
    ),
    route(
        "Property::Legacy",
        "GET",
        "/properties/v2/deals/properties",
        &[READ_DEFINITIONS],
    ),
];
