//! A portal out of its specification: the same one for the same number, seed, instant and specification.

mod entries;
mod people;
mod webhooks;

use crate::clock::Timestamp;
use crate::hubspot::app::{App, AppKind};
use crate::hubspot::catalog::{Catalog, Choice, Family, Kind, ObjectType, Property};
use crate::hubspot::limits::Meters;
use crate::hubspot::people::People;
use crate::hubspot::setup::CurrentSetup;
use crate::hubspot::spec::{PortalSpec, PropertySpec, SpecError};
use crate::ids::Entropy;
use crate::tenant::{Crm, Surroundings, Tenant};

pub(crate) use entries::user_values;
pub(crate) use people::later_numbers;

use super::Portal;
use super::naming::{PortalNaming, RecordIds};

/// Hub ids of portals that name none start here.
const FIRST_HUB_ID: u32 = 62_515;
/// App ids of apps that name none start here.
const FIRST_APP_ID: u32 = 9_280_840;

/// Makes the portal, with its records and without tokens.
pub(crate) fn open(
    spec: &PortalSpec,
    at: Timestamp,
    surroundings: Surroundings,
) -> Result<Portal, SpecError> {
    let number = surroundings.number;
    let hub_id = spec
        .id
        .unwrap_or(FIRST_HUB_ID.saturating_add(number.saturating_sub(1)));
    let record_ids = RecordIds::new(number);
    let setup = CurrentSetup::default();
    let mut catalog = catalog(spec)?;
    catalog.qualifier = format!("p{hub_id}_");
    setup.change(|setup| setup.catalog = catalog);
    let naming = PortalNaming {
        record_ids,
        setup: setup.clone(),
    };
    let tenant = Tenant::new(
        Crm::Hubspot,
        &hub_id.to_string(),
        Box::new(naming),
        surroundings,
    );
    let people = people::people(spec, number, at, &tenant.entropy)?;
    let apps = apps(spec, &people, &tenant.entropy)?;
    let webhooks = webhooks::subscribed(spec, &apps, (&setup.now().catalog, at))?;
    setup.change(|setup| {
        setup.people = people;
        setup.webhooks = webhooks;
    });
    let portal = Portal {
        name: spec.name.clone(),
        hub_id,
        domain: spec.domain.clone(),
        account_type: spec.account_type.clone(),
        switches: spec.switches.clone(),
        opened_at: at,
        setup,
        developer_api_key: spec.developer_api_key.clone(),
        apps,
        webhooks: Default::default(),
        record_ids,
        meters: Meters::default(),
        tenant,
    };
    entries::seed_users(&portal, at);
    entries::seed_records(&portal, &spec.records, at)?;
    Ok(portal)
}

fn apps(spec: &PortalSpec, people: &People, entropy: &Entropy) -> Result<Vec<App>, SpecError> {
    let mut apps: Vec<App> = Vec::new();
    for (index, app) in spec.apps.iter().enumerate() {
        let path = format!("apps[{index}]");
        let client_id = app.client_id.clone().unwrap_or_else(|| entropy.uuid());
        if apps
            .iter()
            .any(|other| other.client_id() == Some(&client_id))
        {
            let hint = "give each app its own client_id";
            return Err(SpecError::new(
                path + ".client_id",
                "taken by another app",
                hint,
            ));
        }
        let kind = AppKind::Public {
            client_id,
            client_secret: app.client_secret.clone().unwrap_or_else(|| entropy.uuid()),
            redirect_uris: app.redirect_uris.clone(),
            user_level: app.user_level,
            access_token_seconds: app.access_token_seconds,
            rotate_refresh_tokens: app.rotate_refresh_tokens,
        };
        add_app(&mut apps, &path, (app.app_id, &app.name), kind, &app.scopes)?;
    }
    for (index, app) in spec.private_apps.iter().enumerate() {
        let path = format!("private_apps[{index}]");
        refuse_no_user(people, &path, &app.user)?;
        let named = (app.app_id, &app.name);
        add_app(&mut apps, &path, named, AppKind::Private, &app.scopes)?;
    }
    for (index, key) in spec.service_keys.iter().enumerate() {
        let path = format!("service_keys[{index}]");
        refuse_no_user(people, &path, &key.user)?;
        let named = (key.app_id, &key.name);
        add_app(&mut apps, &path, named, AppKind::ServiceKey, &key.scopes)?;
    }
    Ok(apps)
}

fn refuse_no_user(people: &People, path: &str, user: &str) -> Result<(), SpecError> {
    let person = people.find(user);
    match person.is_some_and(|person| person.user_id.is_some()) {
        true => Ok(()),
        false => {
            let hint = "name one of the portal's users: the token acts as that user";
            let problem = format!("there is no user called {user:?}");
            Err(SpecError::new(format!("{path}.user"), problem, hint))
        }
    }
}

fn add_app(
    apps: &mut Vec<App>,
    path: &str,
    (app_id, name): (Option<u32>, &String),
    kind: AppKind,
    scopes: &[String],
) -> Result<(), SpecError> {
    let taken = |id: u32| apps.iter().any(|app| *app.app_id == *id.to_string());
    let app_id = match app_id {
        Some(id) if taken(id) => {
            let hint = "give each app its own app_id";
            return Err(SpecError::new(
                format!("{path}.app_id"),
                "taken by another app",
                hint,
            ));
        }
        Some(id) => id,
        None => (FIRST_APP_ID..)
            .find(|id| !taken(*id))
            .unwrap_or(FIRST_APP_ID),
    };
    let mut scopes = scopes.to_vec();
    if !scopes.iter().any(|scope| scope == "oauth") {
        scopes.push("oauth".to_owned());
    }
    apps.push(App {
        app_id: app_id.to_string().into(),
        name: name.clone(),
        kind,
        scopes: scopes.into(),
    });
    Ok(())
}

fn catalog(spec: &PortalSpec) -> Result<Catalog, SpecError> {
    let mut catalog = Catalog::default();
    for (index, object) in spec.objects.iter().enumerate() {
        let plural = object
            .plural
            .clone()
            .unwrap_or_else(|| format!("{}s", object.name));
        let mut object_type =
            ObjectType::new(plural, object.name.clone(), "2-0", Family::Crm, Vec::new());
        object_type.scope = "custom";
        object_type.required = object.required.iter().cloned().map(Into::into).collect();
        if object.name.is_empty() || !catalog.add_type(object_type) {
            let hint = "choose another name: this one is empty, HubSpot's own, or used twice";
            let problem = format!("no object type can be called {:?}", object.name);
            return Err(SpecError::new(
                format!("objects[{index}].name"),
                problem,
                hint,
            ));
        }
    }
    for (index, property) in spec.properties.iter().enumerate() {
        let path = format!("properties[{index}]");
        if catalog.find(&property.object).is_none() {
            let hint = "contacts, companies, deals, tasks, calls, emails, notes, meetings, or one of objects";
            let problem = format!("there is no object type {:?}", property.object);
            return Err(SpecError::new(path + ".object", problem, hint));
        }
        let definition = definition(property, &path)?;
        if !catalog.add_property(&property.object, definition) {
            let hint = "choose another name: this one is taken";
            let problem = format!("no property can be called {:?}", property.name);
            return Err(SpecError::new(path + ".name", problem, hint));
        }
    }
    refuse_required_nothing(spec, &catalog)?;
    Ok(catalog)
}

/// No record could ever be made of a type that requires a property it hasn't.
fn refuse_required_nothing(spec: &PortalSpec, catalog: &Catalog) -> Result<(), SpecError> {
    for (index, object) in spec.objects.iter().enumerate() {
        let Some(object_type) = catalog.find(&object.name) else {
            continue;
        };
        for (place, name) in object.required.iter().enumerate() {
            if catalog.property(object_type, name).is_none() {
                let problem = format!("{} has no property {name:?}", object_type.name);
                let hint = "give it one under properties, with this object";
                let path = format!("objects[{index}].required[{place}]");
                return Err(SpecError::new(path, problem, hint));
            }
        }
    }
    Ok(())
}

fn definition(spec: &PropertySpec, path: &str) -> Result<Property, SpecError> {
    let Some((kind, usual)) = Kind::parse(&spec.kind) else {
        let hint = "string, number, bool, enumeration, datetime, date or phone_number";
        let problem = format!("there is no type {:?}", spec.kind);
        return Err(SpecError::new(format!("{path}.type"), problem, hint));
    };
    // HubSpot's rule for internal names; answers write them without escapes.
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if spec.name.is_empty() || !spec.name.chars().all(plain) {
        let problem = format!("no property can be called {:?}", spec.name);
        let hint = "use lower-case letters, digits and underscores";
        return Err(SpecError::new(format!("{path}.name"), problem, hint));
    }
    let (kind, usual) = match spec.owners {
        true => (Kind::Owner, "select"),
        false => (kind, usual),
    };
    let label = spec.label.clone().unwrap_or_else(|| spec.name.clone());
    let field_type = spec.field_type.clone().unwrap_or_else(|| usual.to_owned());
    let mut property = Property::new(spec.name.clone(), label, kind, field_type);
    property.options = spec.options.iter().cloned().map(Choice::new).collect();
    property.read_only = spec.read_only;
    property.unique = spec.unique;
    property.standard = false;
    Ok(property)
}
