//! What people and programs read: the screen, the line of JSON, and what went wrong.

use std::fmt::Write;
use std::path::PathBuf;

use mock_crm::MockCrm;
use mock_crm::crms::{ConnectedApp, OrgDescription, PortalDescription, PrivateApp};
use serde::Serialize;

/// Why the program ends.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hint: Option<&'static str>,
    /// It is the caller's: an option or the seed file.
    pub(crate) usage: bool,
}

impl Failure {
    pub(crate) fn usage(error: impl std::error::Error) -> Self {
        Self {
            message: chain(&error),
            hint: None,
            usage: true,
        }
    }

    pub(crate) fn start(error: impl std::error::Error) -> Self {
        let message = chain(&error);
        let taken = message.contains("could not listen");
        Self {
            message,
            hint: taken.then_some("another program has the port; --help names the options, and port 0 takes a free one"),
            usage: false,
        }
    }

    pub(crate) fn system(what: &str, error: std::io::Error) -> Self {
        Self {
            message: format!("{what}: {error}"),
            hint: None,
            usage: false,
        }
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        message = format!("{message}: {error}");
        source = error.source();
    }
    message
}

pub(crate) fn error(failure: &Failure) {
    eprintln!("mock-crm: {}", failure.message);
    if let Some(hint) = failure.hint {
        eprintln!("hint: {hint}");
    }
}

pub(crate) fn note(text: &str) {
    eprintln!("mock-crm: {text}");
}

/// Everything that somebody needs to use the server, as `--json` prints it.
#[derive(Debug, Serialize)]
pub(crate) struct Ready {
    salesforce: Listening<OrgDescription>,
    hubspot: Listening<PortalDescription>,
    ca_file: Option<PathBuf>,
    proxy_url: Option<String>,
    control: Control,
    #[serde(skip)]
    others: usize,
}

/// A vendor's URLs, and its first org or portal; `GET /orgs` of the control API has the others.
#[derive(Debug, Serialize)]
struct Listening<T> {
    url: String,
    tls_url: String,
    #[serde(flatten)]
    first: Option<T>,
}

#[derive(Debug, Serialize)]
struct Control {
    url: Option<String>,
    token: String,
}

/// Puts the private key of an app beside the certificate authority, where assertions are signed with that key.
fn private_key_file(crm: &MockCrm, app: &ConnectedApp) -> Option<PathBuf> {
    if !app.demo_key {
        return None;
    }
    let key = mock_crm::salesforce::demo_private_key();
    crm.tls()
        .keep("mock-crm-demo-key.pem", key)
        .unwrap_or_else(|error| {
            note(&format!(
                "{}, so no client can sign assertions",
                chain(&error)
            ));
            None
        })
}

impl Ready {
    pub(crate) fn new(crm: &MockCrm, token: String) -> Self {
        let (mut orgs, portals) = (crm.orgs(), crm.portals());
        if let Some(app) = orgs.first_mut().and_then(|org| org.app.as_mut()) {
            app.private_key_file = private_key_file(crm, app);
        }
        Self {
            others: orgs.len().saturating_sub(1) + portals.len().saturating_sub(1),
            salesforce: Listening {
                url: crm.salesforce_url(),
                tls_url: crm.salesforce_tls_url(),
                first: orgs.into_iter().next(),
            },
            hubspot: Listening {
                url: crm.hubspot_url(),
                tls_url: crm.hubspot_tls_url(),
                first: portals.into_iter().next(),
            },
            ca_file: crm.tls().authority_file(),
            proxy_url: crm.proxy_url(),
            control: Control {
                url: crm.control_url(),
                token,
            },
        }
    }

    pub(crate) fn json(&self) -> Result<String, Failure> {
        let line = serde_json::to_string(self)
            .map_err(|error| Failure::system("could not print", error.into()))?;
        Ok(line + "\n")
    }

    pub(crate) fn screen(&self) -> String {
        let mut screen = String::from(
            "mock-crm: a mock Salesforce and a mock HubSpot; simulations, affiliated with neither\n",
        );
        // Writing to a string can't fail.
        let _ = self.write_salesforce(&mut screen);
        let _ = self.write_hubspot(&mut screen);
        let _ = self.write_rest(&mut screen);
        screen
    }

    fn write_salesforce(&self, screen: &mut String) -> std::fmt::Result {
        writeln!(
            screen,
            "\nSalesforce   {}   (https on the same port)",
            self.salesforce.url
        )?;
        let Some(org) = &self.salesforce.first else {
            return writeln!(screen, "  no org is open");
        };
        writeln!(screen, "  org {}  {}", org.org, org.name)?;
        if let Some(app) = &org.app {
            writeln!(
                screen,
                "  app {}  secret {}",
                app.client_id, app.client_secret
            )?;
            if let Some(username) = &app.run_as {
                writeln!(screen, "      client credentials act as {username}")?;
            }
            if let Some(file) = &app.private_key_file {
                writeln!(
                    screen,
                    "      assertions are signed with {}",
                    file.display()
                )?;
            }
        }
        for user in &org.users {
            let token = user.token.as_deref().unwrap_or("no token");
            writeln!(
                screen,
                "  {}  {}  {}  password {}",
                user.name, user.id, user.username, user.password
            )?;
            writeln!(screen, "      {token}")?;
        }
        Ok(())
    }

    fn write_hubspot(&self, screen: &mut String) -> std::fmt::Result {
        writeln!(
            screen,
            "\nHubSpot      {}   (https on the same port)",
            self.hubspot.url
        )?;
        let Some(portal) = &self.hubspot.first else {
            return writeln!(screen, "  no portal is open");
        };
        writeln!(screen, "  portal {}  {}", portal.portal, portal.name)?;
        if let Some(app) = &portal.app {
            writeln!(
                screen,
                "  app {}  client {}  secret {}",
                app.app_id, app.client_id, app.client_secret
            )?;
        }
        for user in &portal.users {
            let owner = user.owner_id.as_deref().unwrap_or("none");
            let archived = if user.active { "" } else { "  (archived)" };
            let tokens = portal.private_apps.iter().chain(&portal.service_keys);
            let mut others = tokens.map(|app| &app.token_id);
            // The token of a private app stands behind the app's name.
            let own = user.token.as_deref();
            let own = own.filter(|_| others.all(|id| *id != user.token_id));
            writeln!(
                screen,
                "  {}  user {}  owner {owner}{archived}",
                user.name, user.user_id
            )?;
            writeln!(screen, "      {}", own.unwrap_or("no token of the app"))?;
        }
        for owner in &portal.other_owners {
            writeln!(
                screen,
                "  {}  no user  owner {}",
                owner.name, owner.owner_id
            )?;
        }
        write_private_apps(screen, "private app", &portal.private_apps)?;
        write_private_apps(screen, "service key", &portal.service_keys)
    }

    fn write_rest(&self, screen: &mut String) -> std::fmt::Result {
        if self.others > 0 {
            writeln!(
                screen,
                "\n{} more orgs and portals: GET /orgs of the control API",
                self.others
            )?;
        }
        if let Some(url) = &self.control.url {
            writeln!(screen, "\nWho created what, owned by whom, and why:")?;
            writeln!(
                screen,
                "  curl -H 'Authorization: Bearer {}' '{url}/creates?order=newest&limit=50'",
                self.control.token
            )?;
            writeln!(
                screen,
                "Faults, tokens, the clock, sent webhooks and the rest: GET {url}/openapi.json, with the same token"
            )?;
        }
        if let (Some(proxy), Some(file)) = (&self.proxy_url, &self.ca_file) {
            writeln!(
                screen,
                "\nClients with hard-coded hosts run unmodified with"
            )?;
            writeln!(screen, "  HTTPS_PROXY={proxy}")?;
            writeln!(
                screen,
                "  REQUESTS_CA_BUNDLE, SSL_CERT_FILE or NODE_EXTRA_CA_CERTS={}",
                file.display()
            )?;
        }
        writeln!(screen, "\nCtrl-C ends it.")
    }
}

fn write_private_apps(screen: &mut String, what: &str, apps: &[PrivateApp]) -> std::fmt::Result {
    for app in apps {
        let user = app.user.as_deref().unwrap_or("nobody");
        let token = app.token.as_deref().unwrap_or("no token");
        writeln!(
            screen,
            "  {what} {}  {}  acts as {user}",
            app.app_id, app.name
        )?;
        writeln!(screen, "      {token}")?;
    }
    Ok(())
}
