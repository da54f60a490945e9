//! What a portal is made of: the form of the seed file and of a Rust test alike. Everything has a default.

mod credentials;
mod error;
mod limits;
mod records;
mod switches;

use serde::{Deserialize, Serialize};

pub use credentials::{AppSpec, PrivateAppSpec, ServiceKeySpec, SubscriptionSpec, WebhooksSpec};
pub use error::SpecError;
pub use limits::RateLimits;
pub use records::{FormSpec, ImportSpec, RecordSpec};
pub use switches::{
    ArchivedOwnerPolicy, ArchivedOwnerUserId, CreatedByPolicy, DeactivatedUserTokens,
    DeleteMissingPolicy, ErrorSchemaMode, MergedContact, SourceDetails, Switches, UpdatedByPolicy,
};

/// A portal to open. `PortalSpec::default()` is an empty one, without users and apps.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct PortalSpec {
    /// The portal (hub) number; left out, the next free one from 62515 on.
    pub id: Option<u32>,
    /// What it is called.
    pub name: String,
    /// `hub_domain` of token information.
    pub domain: String,
    /// `accountType` of the account information: `STANDARD`, `SANDBOX`, `APP_DEVELOPER`. Nothing else depends on it.
    pub account_type: String,
    /// Apps that users of the portal can install by OAuth.
    pub apps: Vec<AppSpec>,
    /// Private apps: a token each, made when the portal is opened.
    pub private_apps: Vec<PrivateAppSpec>,
    /// Service keys: the same, by another name.
    pub service_keys: Vec<ServiceKeySpec>,
    /// The developer API key (`hapikey`) by which webhook settings of the portal's apps can be changed; left out, only the
    /// apps themselves can.
    pub developer_api_key: Option<String>,
    /// People: users, owners, or both.
    pub users: Vec<UserSpec>,
    /// Owners that are queues: no person, no user.
    pub queue_owners: Vec<QueueOwnerSpec>,
    /// Teams.
    pub teams: Vec<TeamSpec>,
    /// Roles: HubSpot tells their names only, never what they permit.
    pub roles: Vec<RoleSpec>,
    /// Custom object types.
    pub objects: Vec<ObjectSpec>,
    /// Properties beyond HubSpot's own.
    pub properties: Vec<PropertySpec>,
    /// Records that are there from the start.
    pub records: Vec<RecordSpec>,
    /// How the portal behaves where HubSpot's behaviour is a setting, or is not known for certain.
    pub switches: Switches,
}

impl Default for PortalSpec {
    fn default() -> Self {
        Self {
            id: None,
            name: "Mock portal".to_owned(),
            domain: "mock-portal.example".to_owned(),
            account_type: "DEVELOPER_TEST".to_owned(),
            apps: Vec::new(),
            private_apps: Vec::new(),
            service_keys: Vec::new(),
            developer_api_key: None,
            users: Vec::new(),
            queue_owners: Vec::new(),
            teams: Vec::new(),
            roles: Vec::new(),
            objects: Vec::new(),
            properties: Vec::new(),
            records: Vec::new(),
            switches: Switches::default(),
        }
    }
}

/// A person. Owner id, user id, record id in the users object and e-mail all differ, unless numbers are given that don't.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct UserSpec {
    /// First and last name; other parts of the specification refer to people by it.
    pub name: String,
    /// Left out, `first.last@example.com`.
    pub email: Option<String>,
    /// The one sign of permission that HubSpot's API shows.
    pub super_admin: bool,
    /// The name of one of the portal's roles.
    pub role: Option<String>,
    /// The name of the primary team.
    pub team: Option<String>,
    /// The names of further teams.
    pub secondary_teams: Vec<String>,
    /// `false`: deactivated; the owner is archived.
    pub active: bool,
    /// Whether the person can own records.
    pub owner: bool,
    /// Whether the person is a user at all: an owner that a sync brought in is none.
    pub user: bool,
    /// The owner id; left out, a free one.
    pub owner_id: Option<u64>,
    /// The user id; left out, a free one.
    pub user_id: Option<u32>,
    /// Whether the person has installed the portal's first app, so that there are tokens from the start.
    pub token: bool,
}

impl Default for UserSpec {
    fn default() -> Self {
        Self {
            name: String::new(),
            email: None,
            super_admin: false,
            role: None,
            team: None,
            secondary_teams: Vec::new(),
            active: true,
            owner: true,
            user: true,
            owner_id: None,
            user_id: None,
            token: false,
        }
    }
}

/// An owner that is a queue.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct QueueOwnerSpec {
    /// What it is called.
    pub name: String,
    /// The owner id; left out, a free one.
    pub owner_id: Option<u64>,
}

/// A team. Its members are the users who name it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct TeamSpec {
    /// Its number; left out, a free one.
    pub id: Option<u32>,
    /// What it is called.
    pub name: String,
}

/// A role.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoleSpec {
    /// Its number; left out, a free one.
    pub id: Option<u32>,
    /// What it is called. It may say "admin" and still be none.
    pub name: String,
}

/// A custom object type.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct ObjectSpec {
    /// The singular: `vehicle`.
    pub name: String,
    /// The plural, by which paths and the ledger name it; left out, the singular and an `s`.
    pub plural: Option<String>,
    /// Names of properties that a create must set.
    pub required: Vec<String>,
}

/// A property beyond HubSpot's own.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct PropertySpec {
    /// The object type: `contacts`.
    pub object: String,
    /// Its internal name: lower case.
    pub name: String,
    /// Left out, the name.
    pub label: Option<String>,
    /// `string`, `number`, `bool`, `enumeration`, `datetime`, `date` or `phone_number`.
    #[serde(rename = "type")]
    pub kind: String,
    /// `text`, `select`, …; left out, the usual one of the type.
    pub field_type: Option<String>,
    /// Values of an enumeration.
    pub options: Vec<String>,
    /// No two records have the same value, and records can be addressed by it (`idProperty`).
    pub unique: bool,
    /// Integrations can't write it.
    pub read_only: bool,
    /// Its values are the portal's owners, like those of `hubspot_owner_id`; its type is `enumeration`, whatever is given.
    pub owners: bool,
}

impl Default for PropertySpec {
    fn default() -> Self {
        Self {
            object: String::new(),
            name: String::new(),
            label: None,
            kind: "string".to_owned(),
            field_type: None,
            options: Vec::new(),
            unique: false,
            read_only: false,
            owners: false,
        }
    }
}

/// Everything that is simulated.
pub fn default_scopes() -> Vec<String> {
    [
        "oauth",
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
        "crm.objects.companies.read",
        "crm.objects.companies.write",
        "crm.objects.deals.read",
        "crm.objects.deals.write",
        "crm.objects.leads.read",
        "crm.objects.leads.write",
        "crm.objects.custom.read",
        "crm.objects.custom.write",
        "crm.objects.owners.read",
        "crm.objects.users.read",
        "crm.objects.users.write",
        "crm.schemas.contacts.read",
        "crm.schemas.companies.read",
        "crm.schemas.deals.read",
        "crm.schemas.leads.read",
        "crm.schemas.custom.read",
        "crm.schemas.custom.write",
        "sales-email-read",
        "settings.users.read",
        "settings.users.write",
        "settings.users.teams.read",
    ]
    .map(str::to_owned)
    .to_vec()
}
