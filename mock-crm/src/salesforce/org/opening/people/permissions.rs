//! Profiles and permission sets.

use serde_json::{Map, Value};

use crate::salesforce::principals::OBJECT_ACCESS;
use crate::salesforce::schema::Schema;
use crate::salesforce::spec::{PermissionSpec, SpecError};

/// The standard profiles, in the specification's form where it has one, and then its own.
pub(super) fn profiles(spec: &[PermissionSpec]) -> Vec<(String, PermissionSpec)> {
    let standard = [
        (
            "System Administrator",
            administrator_permissions(),
            vec!["*"],
        ),
        ("Standard User", vec!["ApiEnabled", "EditTask"], vec!["*"]),
        (
            "Minimum Access - API Only Integrations",
            vec!["ApiEnabled", "ApiUserOnly"],
            vec![],
        ),
    ]
    .map(|(name, permissions, objects)| PermissionSpec {
        name: name.to_owned(),
        permissions: permissions.into_iter().map(str::to_owned).collect(),
        objects: objects.into_iter().map(str::to_owned).collect(),
    });
    let replaced = |profile: &PermissionSpec| spec.iter().any(|own| own.name == profile.name);
    let own = spec.iter().cloned().enumerate();
    standard
        .into_iter()
        .filter(|profile| !replaced(profile))
        .map(|profile| ("profiles".to_owned(), profile))
        .chain(own.map(|(place, profile)| (format!("profiles[{place}]"), profile)))
        .collect()
}

/// All but the pair that shows up only with the audit-fields preference, and the restriction to the API.
fn administrator_permissions() -> Vec<&'static str> {
    let withheld = [
        "ApiUserOnly",
        "CreateAuditFields",
        "UpdateWithInactiveOwner",
    ];
    Schema::permissions()
        .iter()
        .filter_map(|name| name.strip_prefix("Permissions"))
        .filter(|name| !withheld.contains(name))
        .collect()
}

/// The body of a profile's or permission set's row, as far as it grants something.
pub(super) fn permissions(
    spec: &PermissionSpec,
    path: &str,
) -> Result<Map<String, Value>, SpecError> {
    if spec.name.is_empty() {
        return Err(SpecError::new(format!("{path}.name"), "a name is needed"));
    }
    let mut fields = Map::new();
    for (place, name) in spec.permissions.iter().enumerate() {
        let short = name.strip_prefix("Permissions").unwrap_or(name);
        let known = Schema::permissions()
            .iter()
            .find(|known| known.strip_prefix("Permissions") == Some(short));
        let known = known.ok_or_else(|| {
            let names = Schema::permissions()
                .iter()
                .filter_map(|name| name.strip_prefix("Permissions"));
            SpecError::unknown(
                format!("{path}.permissions[{place}]"),
                "permission",
                name,
                names,
            )
        })?;
        fields.insert((*known).to_owned(), true.into());
    }
    fields.insert(OBJECT_ACCESS.to_owned(), spec.objects.clone().into());
    Ok(fields)
}
