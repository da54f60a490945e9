//! The row of a user.

use serde_json::{Value, json};

use super::Seeding;
use crate::salesforce::spec::UserSpec;
use crate::tenant::Hosted;

/// The fields of a user, what the specification leaves out made of the name.
pub(super) fn user_fields(seeding: &Seeding<'_>, spec: &UserSpec, profile: &str) -> Value {
    let (first, last) = spec.name.rsplit_once(' ').unwrap_or(("", &spec.name));
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_lowercase()
    };
    let email = spec.email.clone().unwrap_or_else(|| match first {
        "" => format!("{}@example.com", letters(last)),
        first => format!("{}.{}@example.com", letters(first), letters(last)),
    });
    let username = spec
        .username
        .clone()
        .unwrap_or_else(|| format!("{email}.org{}", seeding.org.tenant().number));
    let alias: String = letters(&spec.name).chars().take(8).collect();
    let mut fields = json!({
        "Username": username, "LastName": last, "Email": email, "Alias": alias, "CommunityNickname": alias,
        "IsActive": spec.active, "TimeZoneSidKey": "America/Los_Angeles", "LocaleSidKey": "en_US",
        "EmailEncodingKey": "UTF-8", "LanguageLocaleKey": "en_US", "ProfileId": profile, "UserType": "Standard",
    });
    if !first.is_empty() {
        fields["FirstName"] = first.into();
    }
    fields
}
