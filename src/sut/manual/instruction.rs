//! What a person is told to do: one text for each message. Nothing here knows which CRM is behind the addresses.

mod saving;

pub(super) use saving::save;

use super::login::Login;
use super::scene::Scene;
use crate::sut::{
    ActivityKind, ActivityLog, AddUser, Connect, CredentialLink, CredentialUnlink, Crm, Disconnect,
    Fields, Grant, Mode, PushRecords, PushedAs, RecordUpdate, Reset, Role, UserId,
};

/// How a scenario begins: the CRMs, and who is new in the team.
pub(super) fn begin(reset: &Reset, new: &[AddUser], capabilities: &[String]) -> String {
    let mut lines = vec![
        "Begin afresh: in the product, disconnect team sync and every CRM login, and delete what earlier scenarios left there."
            .to_owned(),
        format!(
            "Set: Salesforce assignment rules may choose owners: {}.",
            if reset.settings.assignment_rules { "yes" } else { "no" }
        ),
    ];
    let can = |crm: &str| capabilities.iter().any(|word| word == crm);
    if let Some(app) = reset.salesforce.as_ref().filter(|_| can("crm:salesforce")) {
        lines.push(format!(
            "Salesforce is at {} (log in at {}).\n  The product's connected app there: client id {}, client secret {}.\n  Where it keeps its own id: {}.",
            app.instance_url, app.login_url, app.client_id, app.client_secret, app.external_id_field
        ));
    }
    if let Some(app) = reset.hubspot.as_ref().filter(|_| can("crm:hubspot")) {
        lines.push(format!(
            "HubSpot is at {}, portal {}.\n  The product's app there: client id {}, client secret {}.\n  Where it keeps its own id: {}.",
            app.url, app.portal, app.client_id, app.client_secret, app.unique_property
        ));
    }
    if let Some(file) = &reset.ca_file {
        lines.push(format!(
            "Trust the certificate authority in {}.",
            file.display()
        ));
    }
    lines.extend(team(new));
    lines.join("\n")
}

fn team(new: &[AddUser]) -> Vec<String> {
    if new.is_empty() {
        return vec!["The team is the one of the scenario before.".to_owned()];
    }
    let mut lines = vec!["Add these people to the team in the product:".to_owned()];
    lines.extend(new.iter().map(|person| {
        let role = match person.role {
            Role::Admin => ", as an admin",
            Role::Member => "",
        };
        format!("  {} <{}>{role}", person.name, person.email)
    }));
    lines
}

pub(super) fn link(
    link: &CredentialLink,
    scene: &Scene,
    login: Option<&Login>,
    password: Option<&str>,
) -> String {
    let person = scene.name(&link.user);
    format!(
        "In the product, as {person}, connect a personal {} login.\n{}",
        link.crm,
        sign_in(link.crm, &link.grant, login, password)
    )
}

pub(super) fn connect(connect: &Connect, login: Option<&Login>, password: Option<&str>) -> String {
    format!(
        "In the product, as an admin, connect team sync to {}, in place of an earlier connection.\n{}",
        connect.crm,
        sign_in(connect.crm, &connect.grant, login, password)
    )
}

/// A page to log in on, or the tokens, whichever the product takes.
fn sign_in(crm: Crm, grant: &Grant, login: Option<&Login>, password: Option<&str>) -> String {
    let mut lines = Vec::new();
    match login {
        Some(login) => {
            let name = login.name.as_ref().map(|name| format!(" ({name})"));
            lines.push(format!(
                "  On the page that {crm} shows, log in as {}{}.",
                login.user_name,
                name.unwrap_or_default()
            ));
            lines.extend(
                password
                    .map(|password| format!("  The password is {password}, where one is asked for.")),
            );
        }
        None => lines.push(format!(
            "  {crm} does not say whose login this is: log in as the user whom the token belongs to."
        )),
    }
    lines.push("  If the product takes tokens in place of a login:".to_owned());
    lines.push(format!("    access token   {}", grant.access_token));
    lines.extend(
        grant
            .refresh_token
            .iter()
            .map(|token| format!("    refresh token  {token}")),
    );
    lines.join("\n")
}

pub(super) fn unlink(unlink: &CredentialUnlink, scene: &Scene) -> String {
    let person = scene.name(&unlink.user);
    format!(
        "In the product, as {person}, take the personal {} login away.",
        unlink.crm
    )
}

pub(super) fn disconnect(disconnect: &Disconnect) -> String {
    format!(
        "In the product, as an admin, disconnect team sync from {}.",
        disconnect.crm
    )
}

pub(super) fn update(update: &RecordUpdate, scene: &Scene) -> String {
    let mut lines = vec![format!(
        "In the product, as {}, change {}, and push nothing yet:",
        scene.name(&update.user),
        scene.called(&update.record)
    )];
    lines.extend(fields(&update.fields));
    let owner = update.owner.as_ref();
    lines.extend(owner.map(|owner| format!("  Owner: {}", scene.name(owner))));
    lines.join("\n")
}

/// `  First name: Ann`
fn fields(fields: &Fields) -> impl Iterator<Item = String> {
    fields
        .iter()
        .map(|(name, value)| format!("  {}: {value}", label(name)))
}

/// `first_name` as a form shows it.
fn label(field: &str) -> String {
    match field {
        "email" => "E-mail".to_owned(),
        "first_name" => "First name".to_owned(),
        "last_name" => "Last name".to_owned(),
        other => {
            let mut letters = other.replace('_', " ");
            if let Some(first) = letters.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            letters
        }
    }
}

pub(super) fn push(push: &PushRecords, scene: &Scene) -> String {
    let named: Vec<String> = push
        .records
        .iter()
        .map(|record| scene.called(record))
        .collect();
    let crm = push.crm;
    let form = match push.pushed_as {
        PushedAs::Contact => "",
        PushedAs::Lead => ", as a lead",
    };
    let what = match named.as_slice() {
        [one] => one.clone(),
        several => format!("these {} together", several.len()),
    };
    let first = match (&push.user, push.mode) {
        (Some(user), Mode::Single) => format!(
            "In the product, as {}, push {what} to {crm}{form}, on its own.",
            scene.name(user)
        ),
        (Some(user), Mode::Bulk) => format!(
            "In the product, as {}, push {what} to {crm}{form}, in bulk{}.",
            scene.name(user),
            if named.len() == 1 {
                " (by selecting it, as for many)"
            } else {
                ""
            }
        ),
        (None, _) => format!(
            "Press nothing: let the product push {what} to {crm}{form} by itself, and wait until it has."
        ),
    };
    let mut lines = vec![first];
    if named.len() > 1 {
        lines.extend(named.iter().map(|record| format!("  {record}")));
    }
    lines
        .push("Go on once the product says that it has finished, one way or the other.".to_owned());
    lines.join("\n")
}

pub(super) fn log(log: &ActivityLog, scene: &Scene) -> String {
    let what = match log.kind {
        ActivityKind::Email => "an e-mail",
        ActivityKind::Task => "a task",
        ActivityKind::Call => "a call",
    };
    let about = scene.called(&log.about);
    let first = match &log.user {
        Some(user) => format!(
            "In the product, as {}, log {what} about {about} in {}:",
            scene.name(user),
            log.crm
        ),
        None => format!(
            "Let the product by itself log {what} about {about} in {}:",
            log.crm
        ),
    };
    let mut lines = vec![
        first,
        format!("  Subject: {}", log.fields.subject),
        format!(
            "  At: {}, or as near as the product lets you",
            log.fields.at
        ),
    ];
    lines.extend(log.fields.body.iter().map(|body| format!("  Text: {body}")));
    lines
        .push("Go on once the product says that it has finished, one way or the other.".to_owned());
    lines.join("\n")
}

/// Who may be the owner, in the order in which the team was told.
pub(super) fn owners(people: &[AddUser]) -> Vec<(UserId, String)> {
    people
        .iter()
        .map(|person| {
            (
                person.user.clone(),
                format!("{} <{}>", person.name, person.email),
            )
        })
        .collect()
}
