//! What an org is opened with: the form of the seed file and of the library.

mod app;
mod error;
mod switches;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use app::AppSpec;
pub use error::SpecError;
pub use switches::{
    BulkInstants, DeletedRow, NullOwner, OwnerOnInsert, QueueOnUserOwned, Switches,
};

/// An org, as a test or a seed file describes it. Everything may be left out: `OrgSpec::default()` is an org with the
/// standard objects and profiles, and without users or apps.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrgSpec {
    /// The name of the organisation.
    pub name: String,
    /// Its id, 15 or 18 characters that start with `00D`; left out: derived from the org's number.
    pub id: Option<String>,
    /// The `instance_url` of token answers, letter by letter; left out: the org's own host for calls that came to one of
    /// Salesforce's hosts, else where the request came to.
    pub instance_url: Option<String>,
    /// The org's My Domain: `acme` has the host `acme.my.salesforce.com`, where only this org's users log in. A sandbox
    /// has `acme--test.sandbox`.
    pub my_domain: Option<String>,
    /// What `Organization.IsSandbox` says. Nothing else depends on it.
    pub sandbox: bool,
    /// API requests a day, after which calls are refused with `REQUEST_LIMIT_EXCEEDED`. The default is never in the way.
    pub api_request_limit: u64,
    /// Connected apps.
    pub apps: Vec<AppSpec>,
    /// Profiles beside the standard ones, or in place of one of the same name.
    pub profiles: Vec<PermissionSpec>,
    /// Permission sets.
    pub permission_sets: Vec<PermissionSpec>,
    /// Users.
    pub users: Vec<UserSpec>,
    /// Queues.
    pub queues: Vec<QueueSpec>,
    /// Assignment rules of leads and cases.
    pub assignment_rules: Vec<AssignmentRuleSpec>,
    /// The user or queue that gets a lead when no entry of the active rule matches. Left out: the first user whose
    /// profile may modify all data.
    pub default_lead_owner: Option<String>,
    /// The same for cases.
    pub default_case_owner: Option<String>,
    /// Custom objects.
    pub custom_objects: Vec<CustomObjectSpec>,
    /// Custom fields, of custom and of standard objects.
    pub custom_fields: Vec<CustomFieldSpec>,
    /// Records that are there from the start; nobody created them through an API, so the ledger has no row of them.
    pub records: Vec<RecordSpec>,
    /// What is uncertain about real orgs.
    pub switches: Switches,
}

impl Default for OrgSpec {
    fn default() -> Self {
        Self {
            name: "Mock Org".to_owned(),
            id: None,
            instance_url: None,
            my_domain: None,
            sandbox: false,
            api_request_limit: 100_000_000,
            apps: Vec::new(),
            profiles: Vec::new(),
            permission_sets: Vec::new(),
            users: Vec::new(),
            queues: Vec::new(),
            assignment_rules: Vec::new(),
            default_lead_owner: None,
            default_case_owner: None,
            custom_objects: Vec::new(),
            custom_fields: Vec::new(),
            records: Vec::new(),
            switches: Switches::default(),
        }
    }
}

/// A profile or a permission set.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PermissionSpec {
    /// The name.
    pub name: String,
    /// User permissions, with or without `Permissions` in front: `ModifyAllData`, `TransferAnyEntity`.
    pub permissions: Vec<String>,
    /// Names of the objects whose records may be seen and written; `*`: all.
    pub objects: Vec<String>,
    /// Names of the objects whose records may be seen only.
    pub read_only_objects: Vec<String>,
}

impl Default for PermissionSpec {
    fn default() -> Self {
        Self {
            name: String::new(),
            permissions: Vec::new(),
            objects: vec!["*".to_owned()],
            read_only_objects: Vec::new(),
        }
    }
}

/// A user.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UserSpec {
    /// First and last name; the other parts of the specification know the user by it.
    pub name: String,
    /// Left out: made of the name.
    pub email: Option<String>,
    /// Left out: made of the e-mail address and the org's number. Real ones are unique over all orgs; here two orgs may
    /// have the same, and a login has to tell which org it means.
    pub username: Option<String>,
    /// For SOAP login, the password grant and the login page.
    pub password: String,
    /// The security token that login asks for behind the password; empty: none, as from a trusted network.
    pub security_token: String,
    /// The name of the profile.
    pub profile: String,
    /// Names of permission sets.
    pub permission_sets: Vec<String>,
    /// Whether the user may log in and own records.
    pub active: bool,
    /// Issue an access token and a refresh token of the first app when the org is opened.
    pub token: bool,
}

impl Default for UserSpec {
    fn default() -> Self {
        Self {
            name: String::new(),
            email: None,
            username: None,
            password: "password1".to_owned(),
            security_token: String::new(),
            profile: "Standard User".to_owned(),
            permission_sets: Vec::new(),
            active: true,
            token: false,
        }
    }
}

/// A queue.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct QueueSpec {
    /// The name; users and queues share one space of names.
    pub name: String,
    /// Objects whose records the queue may own.
    pub objects: Vec<String>,
}

/// An assignment rule with one entry.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AssignmentRuleSpec {
    /// `Lead` or `Case`.
    pub object: String,
    /// The name.
    pub name: String,
    /// At most one rule of an object is active.
    pub active: bool,
    /// The user or queue that gets the record.
    pub owner: String,
    /// Which records, as a condition of SOQL over the record's own fields: `LeadSource = 'Web'`. Left out: all.
    pub criteria: Option<String>,
}

impl Default for AssignmentRuleSpec {
    fn default() -> Self {
        Self {
            object: "Lead".to_owned(),
            name: "Standard".to_owned(),
            active: true,
            owner: String::new(),
            criteria: None,
        }
    }
}

/// A custom object. It has the fields of the system, `Name` and `OwnerId`.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CustomObjectSpec {
    /// The API name, which ends in `__c`.
    pub name: String,
    /// Left out: made of the name.
    pub label: Option<String>,
    /// Left out: the label with an s.
    pub plural: Option<String>,
}

/// A custom field.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CustomFieldSpec {
    /// The object.
    pub object: String,
    /// The API name, which ends in `__c`.
    pub name: String,
    /// Left out: made of the name.
    pub label: Option<String>,
    /// The type.
    #[serde(rename = "type")]
    pub kind: FieldType,
    /// Characters, where the type is a text.
    pub length: u16,
    /// The object that a `reference` or `masterdetail` refers to.
    pub references: Option<String>,
    /// Records may be looked up and upserted by it.
    pub external_id: bool,
    /// No two records have the same value.
    pub unique: bool,
    /// A create must bring a value.
    pub required: bool,
}

impl Default for CustomFieldSpec {
    fn default() -> Self {
        Self {
            object: String::new(),
            name: String::new(),
            label: None,
            kind: FieldType::String,
            length: 255,
            references: None,
            external_id: false,
            unique: false,
            required: false,
        }
    }
}

/// The type of a custom field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are those of the describe")]
pub enum FieldType {
    String,
    TextArea,
    Picklist,
    MultiPicklist,
    Email,
    Phone,
    Url,
    Reference,
    /// A `reference` whose records have no owner of their own and are deleted with the record it refers to.
    MasterDetail,
    Boolean,
    Int,
    Double,
    Currency,
    Percent,
    Date,
    DateTime,
}

/// A record that is there from the start.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecordSpec {
    /// The object.
    pub object: String,
    /// A label by which later records refer to this one: `AccountId: "@acme"`.
    pub label: Option<String>,
    /// The user or queue that owns it; left out: its creator.
    pub owner: Option<String>,
    /// The user that created it; left out: the automated process.
    pub created_by: Option<String>,
    /// Field values, checked as those of a create are.
    pub fields: Map<String, Value>,
}
