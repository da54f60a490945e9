//! Profiles and permission sets.

use serde_json::{Map, Value, json};

use crate::salesforce::org::opening::Seeding;
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
        read_only_objects: Vec::new(),
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
    Ok(fields)
}

/// The rows that say what a permission set lets one do with the records of each object.
pub(super) fn grant_objects(seeding: &mut Seeding<'_>, set: &str, spec: &PermissionSpec) {
    let named = |list: &[String], name: &str| {
        list.iter()
            .any(|known| known == "*" || known.eq_ignore_ascii_case(name))
    };
    let modify_all = spec
        .permissions
        .iter()
        .any(|name| name.ends_with("ModifyAllData"));
    let schema = seeding.org.schema.clone();
    for object in schema.objects().iter().filter(|object| !object.setup) {
        let write = named(&spec.objects, &object.name);
        if write || named(&spec.read_only_objects, &object.name) {
            let fields = json!({
                "ParentId": set,
                "SobjectType": &*object.name,
                "PermissionsCreate": write,
                "PermissionsRead": true,
                "PermissionsEdit": write,
                "PermissionsDelete": write,
                "PermissionsViewAllRecords": modify_all,
                "PermissionsModifyAllRecords": modify_all,
            });
            seeding.add("ObjectPermissions", fields);
        }
    }
}
