//! What a user's record says, in the two forms in which OAuth endpoints tell it.

use serde_json::{Map, Value, json};

use crate::ids::SalesforceId;
use crate::query;
use crate::salesforce::org::Org;
use crate::salesforce::records::row::Row;
use crate::tenant::Hosted;

/// Profiles of the licence "Salesforce Integration". The licence itself is not simulated.
const INTEGRATION_PROFILES: [&str; 2] = [
    "Minimum Access - API Only Integrations",
    "Salesforce API Only System Integrations",
];

/// Offsets of time zones without daylight saving, in hours, as these endpoints give them.
const OFFSETS: [(&str, f64); 14] = [
    ("Pacific/Honolulu", -10.0),
    ("America/Los_Angeles", -8.0),
    ("America/Denver", -7.0),
    ("America/Chicago", -6.0),
    ("America/New_York", -5.0),
    ("America/Sao_Paulo", -3.0),
    ("GMT", 0.0),
    ("UTC", 0.0),
    ("Europe/London", 0.0),
    ("Europe/Berlin", 1.0),
    ("Europe/Paris", 1.0),
    ("Asia/Kolkata", 5.5),
    ("Asia/Tokyo", 9.0),
    ("Australia/Sydney", 10.0),
];

/// Where a client finds what.
#[derive(Debug)]
pub(super) struct Urls {
    /// The identity URL of the user.
    pub(super) identity: String,
    /// The start of the org's addresses.
    pub(super) base: String,
    /// `60.0`, or the literal `{version}`.
    pub(super) version: String,
}

impl Urls {
    fn listed(&self, org: &str, user: &str) -> Map<String, Value> {
        let (base, version) = (&self.base, &self.version);
        let rest = format!("{base}/services/data/v{version}");
        [
            (
                "enterprise",
                format!("{base}/services/Soap/c/{version}/{org}"),
            ),
            (
                "metadata",
                format!("{base}/services/Soap/m/{version}/{org}"),
            ),
            ("partner", format!("{base}/services/Soap/u/{version}/{org}")),
            ("rest", format!("{rest}/")),
            ("sobjects", format!("{rest}/sobjects/")),
            ("search", format!("{rest}/search/")),
            ("query", format!("{rest}/query/")),
            ("recent", format!("{rest}/recent/")),
            (
                "tooling_soap",
                format!("{base}/services/Soap/T/{version}/{org}"),
            ),
            ("tooling_rest", format!("{rest}/tooling/")),
            ("profile", format!("{base}/{user}")),
            ("feeds", format!("{rest}/chatter/feeds")),
            ("groups", format!("{rest}/chatter/groups")),
            ("users", format!("{rest}/chatter/users")),
            ("feed_items", format!("{rest}/chatter/feed-items")),
            ("feed_elements", format!("{rest}/chatter/feed-elements")),
            ("custom_domain", base.clone()),
        ]
        .into_iter()
        .map(|(name, url)| (name.to_owned(), Value::from(url)))
        .collect()
    }

    fn photos(&self, user: &str) -> [String; 2] {
        ["F", "T"].map(|size| format!("{}/profilephoto/{user}/{size}", self.base))
    }
}

/// The values of a user's fields; empty where there is none.
#[derive(Debug, Default)]
pub(super) struct Profile {
    org: String,
    id: String,
    values: Map<String, Value>,
    active: bool,
    integration: bool,
}

const FIELDS: [&str; 17] = [
    "Username",
    "CommunityNickname",
    "Name",
    "FirstName",
    "LastName",
    "Email",
    "TimeZoneSidKey",
    "LanguageLocaleKey",
    "LocaleSidKey",
    "UserType",
    "MobilePhone",
    "Street",
    "City",
    "State",
    "PostalCode",
    "Country",
    "LastModifiedDate",
];

impl Profile {
    /// Reads the record; `None` where there is none.
    pub(super) fn read(org: &Org, user: &str) -> Option<Self> {
        let store = org.tenant().read();
        let object = org.schema().object("User")?;
        let serial = org.serial(&store, object.key, SalesforceId::parse(user)?)?;
        let row = Row::new(org, &store, object, serial, store.get(serial)?);
        let text = |row: &Row<'_>, name: &str| match row.named(name) {
            query::Value::Text(text) => Value::from(text.to_string()),
            query::Value::Instant(at) => at.iso_without_colon().to_string().into(),
            _ => Value::Null,
        };
        let profile = object
            .field("ProfileId")
            .and_then(|field| row.follow(field));
        let profile = profile.map(|profile| text(&profile, "Name"));
        Some(Self {
            org: org.id().to_owned(),
            id: user.to_owned(),
            values: FIELDS
                .map(|name| (name.to_owned(), text(&row, name)))
                .into_iter()
                .collect(),
            active: row.named("IsActive") == query::Value::Boolean(true),
            integration: profile.is_some_and(|name| {
                INTEGRATION_PROFILES.contains(&name.as_str().unwrap_or_default())
            }),
        })
    }

    fn get(&self, name: &str) -> &Value {
        self.values.get(name).unwrap_or(&Value::Null)
    }

    /// `STANDARD` for `Standard`.
    fn user_type(&self) -> Value {
        let name = self.get("UserType").as_str();
        name.map_or(Value::Null, |name| name.to_uppercase().into())
    }

    /// Milliseconds east of Greenwich; `Null` for zones that the mock does not know.
    fn offset(&self) -> Value {
        let zone = self.get("TimeZoneSidKey").as_str();
        let known = OFFSETS.iter().find(|(name, _)| Some(*name) == zone);
        known.map_or(Value::Null, |(_, hours)| {
            ((hours * 3_600_000.0) as i64).into()
        })
    }

    /// `2026-01-01T00:00:00Z` for `2026-01-01T00:00:00.000+0000`.
    fn updated_at(&self) -> Value {
        let at = self.get("LastModifiedDate").as_str();
        let seconds = at.and_then(|at| at.get(..19));
        seconds.map_or(Value::Null, |seconds| format!("{seconds}Z").into())
    }

    /// The answer of `/services/oauth2/userinfo`.
    pub(super) fn info(&self, urls: &Urls) -> Value {
        let [picture, thumbnail] = urls.photos(&self.id);
        let address = [
            ("street_address", "Street"),
            ("locality", "City"),
            ("region", "State"),
            ("postal_code", "PostalCode"),
            ("country", "Country"),
        ];
        let address: Map<String, Value> = address
            .into_iter()
            .filter(|(_, field)| !self.get(field).is_null())
            .map(|(name, field)| (name.to_owned(), self.get(field).clone()))
            .collect();
        json!({
            "sub": urls.identity,
            "user_id": self.id,
            "organization_id": self.org,
            "preferred_username": self.get("Username"),
            "nickname": self.get("CommunityNickname"),
            "name": self.get("Name"),
            "email": self.get("Email"),
            "email_verified": true,
            "given_name": self.get("FirstName"),
            "family_name": self.get("LastName"),
            "zoneinfo": self.get("TimeZoneSidKey"),
            "photos": { "picture": picture, "thumbnail": thumbnail },
            "profile": format!("{}/{}", urls.base, self.id),
            "picture": picture,
            "address": address,
            "is_salesforce_integration_user": self.integration,
            "urls": urls.listed(&self.org, &self.id),
            "active": self.active,
            "user_type": self.user_type(),
            "language": self.get("LanguageLocaleKey"),
            "locale": self.get("LocaleSidKey"),
            "utcOffset": self.offset(),
            "updated_at": self.updated_at(),
            "is_app_installed": true,
        })
    }

    /// The answer of the identity URL.
    pub(super) fn asserted(&self, urls: &Urls) -> Value {
        let [picture, thumbnail] = urls.photos(&self.id);
        json!({
            "id": urls.identity,
            "asserted_user": true,
            "user_id": self.id,
            "organization_id": self.org,
            "username": self.get("Username"),
            "nick_name": self.get("CommunityNickname"),
            "display_name": self.get("Name"),
            "email": self.get("Email"),
            "email_verified": true,
            "first_name": self.get("FirstName"),
            "last_name": self.get("LastName"),
            "timezone": self.get("TimeZoneSidKey"),
            "photos": { "picture": picture, "thumbnail": thumbnail },
            "addr_street": self.get("Street"),
            "addr_city": self.get("City"),
            "addr_state": self.get("State"),
            "addr_country": self.get("Country"),
            "addr_zip": self.get("PostalCode"),
            "mobile_phone": self.get("MobilePhone"),
            "mobile_phone_verified": false,
            "is_lightning_login_user": false,
            "status": { "created_date": null, "body": null },
            "urls": urls.listed(&self.org, &self.id),
            "active": self.active,
            "user_type": self.user_type(),
            "language": self.get("LanguageLocaleKey"),
            "locale": self.get("LocaleSidKey"),
            "utcOffset": self.offset(),
            "last_modified_date": self.get("LastModifiedDate"),
        })
    }
}
