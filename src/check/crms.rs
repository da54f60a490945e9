//! Mocks of both CRMs for a check: a new org and a new portal for each scene.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt::Display;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use mock_crm::hubspot::spec as hubspot;
use mock_crm::hubspot::{Portal, PortalSpec};
use mock_crm::journal::Exchange;
use mock_crm::salesforce::{self, Org, OrgSpec};
use mock_crm::tenant::{Hosted, Tenant};
use mock_crm::tls::Tls;
use mock_crm::{MockCrm, Options};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::Broken;
use crate::sut::{Crm, Grant, HubspotApp, SalesforceApp};

const CLIENT_ID: &str = "apollo";
const CLIENT_SECRET: &str = "kept-by-apollo";
const EXTERNAL_ID_FIELD: &str = "Apollo_Id__c";
const UNIQUE_PROPERTY: &str = "apollo_id";
const USER: &str = "Dana Reyes";
const EMAIL: &str = "dana@check.example";

/// What OpenSSL and Go, Python's requests, Node and curl look at.
const CA_VARIABLES: [&str; 4] = [
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
    "CURL_CA_BUNDLE",
];
const PROXY_VARIABLES: [&str; 2] = ["HTTPS_PROXY", "https_proxy"];
const DIRECT_VARIABLES: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Both mocks, on threads of their own.
#[derive(Debug)]
pub(super) struct Crms {
    mock: MockCrm,
    // Kept as long as anybody may read the certificates in it.
    _certificates: TempDir,
    runtime: Option<Runtime>,
}

/// An org and a portal, with one user in each.
#[derive(Debug)]
pub(super) struct Place {
    org: Arc<Org>,
    portal: Arc<Portal>,
    pub(super) salesforce: SalesforceApp,
    pub(super) hubspot: HubspotApp,
    grants: BTreeMap<Crm, Grant>,
}

impl Crms {
    pub(super) fn start(proxy: bool) -> Result<Self, Broken> {
        let folder = tempfile::Builder::new()
            .prefix("crm-conformance-")
            .tempdir();
        let folder = folder.map_err(broken("no folder for certificates"))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(broken("no threads for the mocks"))?;
        let free = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let options = Options {
            tls: Tls::kept_in(folder.path()).map_err(broken("no certificates"))?,
            proxy: proxy.then_some(free),
            ..Options::default()
        };
        let mock = runtime.block_on(MockCrm::start_with(options));
        Ok(Self {
            mock: mock.map_err(broken("the mocks do not start"))?,
            _certificates: folder,
            runtime: Some(runtime),
        })
    }

    /// What a process gets beside the environment of this one.
    pub(super) fn environment(&self) -> Vec<(String, OsString)> {
        let mut set: Vec<(String, OsString)> = Vec::new();
        if let Some(file) = self.mock.tls().authority_file() {
            set.extend(CA_VARIABLES.map(|name| (name.to_owned(), file.clone().into())));
        }
        if let Some(url) = self.mock.proxy_url() {
            let direct = "127.0.0.1,localhost";
            set.extend(PROXY_VARIABLES.map(|name| (name.to_owned(), url.clone().into())));
            set.extend(DIRECT_VARIABLES.map(|name| (name.to_owned(), direct.into())));
        }
        set
    }

    /// The authority to trust, for a driver that speaks https alone.
    pub(super) fn ca_file(&self) -> Option<String> {
        let file = self.mock.tls().authority_file();
        file.map(|file| file.display().to_string())
    }

    /// Opens an org and a portal.
    pub(super) fn open(&self, https: bool) -> Result<Place, Broken> {
        let org = self.mock.salesforce.open(org_specification(), None);
        let org = org.map_err(broken("no org can be opened"))?;
        let portal = self.mock.hubspot.open(portal_specification(), None);
        let portal = portal.map_err(broken("no portal can be opened"))?;
        let urls = match https {
            true => (self.mock.salesforce_tls_url(), self.mock.hubspot_tls_url()),
            false => (self.mock.salesforce_url(), self.mock.hubspot_url()),
        };
        let grants = BTreeMap::from([
            (Crm::Salesforce, self.salesforce_grant(&org, &urls.0)?),
            (Crm::Hubspot, self.hubspot_grant(&portal)?),
        ]);
        Ok(Place {
            salesforce: SalesforceApp {
                login_url: urls.0.clone(),
                instance_url: urls.0,
                client_id: CLIENT_ID.to_owned(),
                client_secret: CLIENT_SECRET.to_owned(),
                external_id_field: EXTERNAL_ID_FIELD.to_owned(),
            },
            hubspot: HubspotApp {
                url: urls.1,
                portal: portal.tenant().id.parse().unwrap_or_default(),
                client_id: CLIENT_ID.to_owned(),
                client_secret: CLIENT_SECRET.to_owned(),
                unique_property: UNIQUE_PROPERTY.to_owned(),
            },
            org,
            portal,
            grants,
        })
    }

    fn salesforce_grant(&self, org: &Arc<Org>, url: &str) -> Result<Grant, Broken> {
        let issued = self.mock.salesforce.issue(org, USER, CLIENT_ID);
        let issued = issued.map_err(broken("no Salesforce token can be issued"))?;
        Ok(Grant {
            access_token: issued.access.grant.text.to_string(),
            refresh_token: Some(issued.refresh.grant.text.to_string()),
            instance_url: Some(url.to_owned()),
            expires_in: None,
        })
    }

    fn hubspot_grant(&self, portal: &Arc<Portal>) -> Result<Grant, Broken> {
        let user = portal.user(EMAIL).and_then(|user| user.user_id.clone());
        let user = user.ok_or_else(|| Broken::Harness("the portal has no user".to_owned()))?;
        let issued = self.mock.hubspot.issue(portal, &user, CLIENT_ID);
        let issued = issued.map_err(broken("no HubSpot token can be issued"))?;
        Ok(Grant {
            access_token: issued.access.grant.text.to_string(),
            refresh_token: Some(issued.refresh.grant.text.to_string()),
            instance_url: None,
            expires_in: Some(1800),
        })
    }
}

impl Drop for Crms {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Place {
    /// The tokens of the one user.
    pub(super) fn grant(&self, crm: Crm) -> Option<&Grant> {
        self.grants.get(&crm)
    }

    /// Requests that are about writing records, each in one line.
    pub(super) fn writes(&self) -> Vec<String> {
        let tenants = [self.org.tenant(), self.portal.tenant()];
        tenants.into_iter().flat_map(writes_in).collect()
    }

    /// Requests that wrote to this CRM.
    pub(super) fn writes_to(&self, crm: Crm) -> Vec<String> {
        match crm {
            Crm::Salesforce => writes_in(self.org.tenant()),
            Crm::Hubspot => writes_in(self.portal.tenant()),
        }
    }

    /// How many records were created in this CRM.
    pub(super) fn created(&self, crm: Crm) -> usize {
        let tenant = match crm {
            Crm::Salesforce => self.org.tenant(),
            Crm::Hubspot => self.portal.tenant(),
        };
        tenant.read().ledger.creates_len()
    }
}

fn writes_in(tenant: &Tenant) -> Vec<String> {
    let journal = tenant.journal.lock();
    let writes = journal.exchanges().filter(|exchange| writes(exchange));
    writes
        .map(|exchange| format!("{} {}", exchange.method, exchange.uri.path()))
        .collect()
}

/// Neither a login nor a question.
fn writes(exchange: &Exchange) -> bool {
    let path = exchange.uri.path();
    let reads = ["/oauth", "/query", "/search", "/batch/read"];
    exchange.method != http::Method::GET && !reads.iter().any(|part| path.contains(part))
}

fn broken<E: Display>(what: &'static str) -> impl FnOnce(E) -> Broken {
    move |error| Broken::Harness(format!("{what}: {error}"))
}

fn org_specification() -> OrgSpec {
    let external_id = |object: &str| salesforce::CustomFieldSpec {
        object: object.to_owned(),
        name: EXTERNAL_ID_FIELD.to_owned(),
        external_id: true,
        unique: true,
        ..salesforce::CustomFieldSpec::default()
    };
    OrgSpec {
        apps: vec![salesforce::AppSpec {
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
            ..salesforce::AppSpec::default()
        }],
        users: vec![salesforce::UserSpec {
            name: USER.to_owned(),
            email: Some(EMAIL.to_owned()),
            profile: "System Administrator".to_owned(),
            ..salesforce::UserSpec::default()
        }],
        custom_fields: ["Contact", "Account", "Lead", "Task"]
            .map(external_id)
            .to_vec(),
        ..OrgSpec::default()
    }
}

fn portal_specification() -> PortalSpec {
    let unique = |object: &str| hubspot::PropertySpec {
        object: object.to_owned(),
        name: UNIQUE_PROPERTY.to_owned(),
        unique: true,
        ..hubspot::PropertySpec::default()
    };
    PortalSpec {
        apps: vec![hubspot::AppSpec {
            client_id: Some(CLIENT_ID.to_owned()),
            client_secret: Some(CLIENT_SECRET.to_owned()),
            ..hubspot::AppSpec::default()
        }],
        users: vec![hubspot::UserSpec {
            name: USER.to_owned(),
            email: Some(EMAIL.to_owned()),
            super_admin: true,
            ..hubspot::UserSpec::default()
        }],
        properties: ["contacts", "companies", "emails", "tasks", "calls"]
            .map(unique)
            .to_vec(),
        ..PortalSpec::default()
    }
}
