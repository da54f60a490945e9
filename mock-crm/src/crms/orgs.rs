//! What is open: orgs and portals with their apps, users and tokens, as somebody who wants to use them needs it.

use std::sync::Arc;

use super::Crms;
use super::description::{
    ConnectedApp, OrgDescription, OrgUser, OtherOwner, PortalDescription, PortalUser, PrivateApp,
    PublicApp, TokenDescription,
};
use crate::hubspot::Portal;
use crate::hubspot::app::{App, AppKind};
use crate::hubspot::people::Person;
use crate::identity::{Directory, Session, TokenKind};
use crate::salesforce::{AppSpec, Org};
use crate::serve::Vendor;
use crate::tenant::Hosted;

impl Crms {
    /// The open orgs, oldest first.
    pub fn orgs(&self) -> Vec<OrgDescription> {
        let orgs = self.salesforce.directory().all();
        orgs.iter().map(|org| self.describe_org(org)).collect()
    }

    /// The open portals, oldest first.
    pub fn portals(&self) -> Vec<PortalDescription> {
        let portals = self.hubspot.directory().all();
        portals
            .iter()
            .map(|portal| self.describe_portal(portal))
            .collect()
    }

    /// The tokens of an org or portal, in the order in which they were issued.
    pub fn tokens(&self, org: &str) -> Vec<TokenDescription> {
        let salesforce = self.salesforce.directory().tokens_of(org);
        let hubspot = self.hubspot.directory().tokens_of(org);
        salesforce
            .iter()
            .map(describe_token)
            .chain(hubspot.iter().map(describe_token))
            .collect()
    }

    /// An org, as [`Crms::orgs`] has it.
    pub fn describe_org(&self, org: &Arc<Org>) -> OrgDescription {
        let tokens = Tokens::of(self.salesforce.directory(), org.id());
        let users = org.spec.users.iter().filter_map(|spec| {
            let user = org.user(&spec.name).ok()?;
            let (token, token_id, refresh_token) = tokens.of_user(&user.id);
            Some(OrgUser {
                name: user.name,
                id: user.id.to_string(),
                username: user.username,
                password: spec.password.clone(),
                token,
                token_id,
                refresh_token,
            })
        });
        OrgDescription {
            org: org.id().to_owned(),
            name: org.spec.name.clone(),
            app: org.spec.apps.first().map(|app| connected_app(org, app)),
            users: users.collect(),
        }
    }

    /// A portal, as [`Crms::portals`] has it.
    pub fn describe_portal(&self, portal: &Arc<Portal>) -> PortalDescription {
        let tokens = Tokens::of(self.hubspot.directory(), &portal.tenant().id);
        let everybody = portal.users();
        let users = everybody.iter().filter_map(|person| {
            let user_id = person.user_id.as_deref()?;
            let (token, token_id, refresh_token) = tokens.of_user(user_id);
            Some(PortalUser {
                name: person.name.clone(),
                user_id: user_id.parse().ok()?,
                owner_id: person.owner_id.as_deref().map(str::to_owned),
                active: person.active(),
                email: person.email.clone(),
                token,
                token_id,
                refresh_token,
            })
        });
        let owners = everybody.iter().filter(|person| person.user_id.is_none());
        let other_owners = owners.filter_map(|person| {
            Some(OtherOwner {
                name: person.name.clone(),
                owner_id: person.owner_id.as_deref()?.to_owned(),
            })
        });
        let private = |kind: fn(&AppKind) -> bool| {
            let apps = portal.apps().iter().filter(|app| kind(&app.kind));
            let apps = apps.filter_map(|app| private_app(app, &everybody, &tokens));
            apps.collect()
        };
        PortalDescription {
            portal: portal.hub_id,
            name: portal.name.clone(),
            app: portal.apps().iter().find_map(public_app),
            users: users.collect(),
            private_apps: private(|kind| matches!(kind, AppKind::Private)),
            service_keys: private(|kind| matches!(kind, AppKind::ServiceKey)),
            other_owners: other_owners.collect(),
        }
    }
}

fn connected_app(org: &Org, app: &AppSpec) -> ConnectedApp {
    let run_as = app.run_as.as_deref();
    let certificate = app.certificate.as_deref();
    ConnectedApp {
        client_id: app.client_id.clone(),
        client_secret: app.client_secret.clone(),
        run_as: run_as.and_then(|name| Some(org.user(name).ok()?.username)),
        private_key_file: None,
        demo_key: certificate.is_some_and(|text| text.trim() == "demo"),
    }
}

fn public_app(app: &App) -> Option<PublicApp> {
    match &app.kind {
        AppKind::Public {
            client_id,
            client_secret,
            ..
        } => Some(PublicApp {
            app_id: app.app_id.parse().ok()?,
            client_id: client_id.clone(),
            client_secret: client_secret.clone(),
        }),
        AppKind::Private | AppKind::ServiceKey => None,
    }
}

fn private_app(
    app: &App,
    everybody: &[Arc<Person>],
    tokens: &Tokens<Portal>,
) -> Option<PrivateApp> {
    let of_app = |token: &&Session<Portal>| token.grant.app.as_deref() == Some(&*app.app_id);
    let token = tokens.0.iter().find(of_app);
    let user_id = token.map(|token| &*token.grant.user);
    let user = everybody
        .iter()
        .find(|person| user_id.is_some() && person.user_id.as_deref() == user_id);
    let working = token.filter(|token| token.check().is_ok());
    Some(PrivateApp {
        app_id: app.app_id.parse().ok()?,
        name: app.name.clone(),
        user: user.map(|person| person.name.clone()),
        token: working.map(|token| token.grant.text.to_string()),
        token_id: token.map(|token| token.grant.id.to_string()),
    })
}

/// The tokens of one org or portal.
struct Tokens<T>(Vec<Session<T>>);

impl<T: Hosted> Tokens<T> {
    fn of(directory: &Directory<T>, tenant: &str) -> Self {
        Self(directory.tokens_of(tenant))
    }

    /// Text and id of the first access token of a user that still works, and the refresh token it came with. Tokens of
    /// private apps and service keys only where there is no other.
    fn of_user(&self, user: &str) -> (Option<String>, Option<String>, Option<String>) {
        let first = |kinds: &[TokenKind]| {
            self.0.iter().find(|token| {
                &*token.grant.user == user
                    && kinds.contains(&token.grant.kind)
                    && token.check().is_ok()
            })
        };
        let private = [TokenKind::PrivateApp, TokenKind::ServiceKey];
        let Some(token) = first(&[TokenKind::Access]).or_else(|| first(&private)) else {
            return (None, None, None);
        };
        let refresh = token.grant.refresh.as_ref();
        let refresh = refresh.and_then(|id| self.0.iter().find(|other| other.grant.id == *id));
        (
            Some(token.grant.text.to_string()),
            Some(token.grant.id.to_string()),
            refresh.map(|refresh| refresh.grant.text.to_string()),
        )
    }
}

fn describe_token<T: Hosted>(token: &Session<T>) -> TokenDescription {
    let grant = &token.grant;
    TokenDescription {
        token: grant.id.to_string(),
        kind: grant.kind,
        user: grant.user.to_string(),
        app: grant.app.as_deref().map(str::to_owned),
        scopes: grant.scopes.to_vec(),
        refresh: grant.refresh.as_deref().map(str::to_owned),
        works: token.check().is_ok(),
        issued_at: grant.issued_at.iso().to_string(),
        expires_at: grant.expires_at.map(|at| at.iso().to_string()),
    }
}
