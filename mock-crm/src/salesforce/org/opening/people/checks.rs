//! Names of objects in a specification are those of objects.

use super::Seeding;
use crate::salesforce::spec::{PermissionSpec, SpecError};

pub(super) fn check_access(
    seeding: &Seeding<'_>,
    spec: &PermissionSpec,
    path: &str,
) -> Result<(), SpecError> {
    for (list, names) in [
        ("objects", &spec.objects),
        ("read_only_objects", &spec.read_only_objects),
    ] {
        let named = names.iter().enumerate();
        for (place, name) in named.filter(|(_, name)| *name != "*") {
            check_object(seeding, name, &format!("{path}.{list}[{place}]"))?;
        }
    }
    Ok(())
}

pub(super) fn check_switches(seeding: &Seeding<'_>) -> Result<(), SpecError> {
    let switches = &seeding.org.spec.switches;
    for (switch, names) in [
        ("inactive_owner_allowed", &switches.inactive_owner_allowed),
        (
            "inactive_owner_blocks_edit",
            &switches.inactive_owner_blocks_edit,
        ),
    ] {
        for (place, name) in names.iter().enumerate() {
            check_object(seeding, name, &format!("switches.{switch}[{place}]"))?;
        }
    }
    match switches.insufficient_access_status {
        400 | 403 => Ok(()),
        other => Err(SpecError::new(
            "switches.insufficient_access_status",
            format!("{other} is neither 400 nor 403"),
        )),
    }
}

pub(super) fn check_object(
    seeding: &Seeding<'_>,
    name: &str,
    path: &str,
) -> Result<String, SpecError> {
    let schema = &seeding.org.schema;
    let known = schema.objects().iter().map(|object| &*object.name);
    schema
        .object(name)
        .map(|object| object.name.to_string())
        .ok_or_else(|| SpecError::unknown(path, "object", name, known))
}
