//! Which org a login means. Two orgs of one process may have the same user names, so a name alone does not tell.
//!
//! What tells, in this order: the host that the request came to, where it is an org's own; the app that asks; the
//! password. A login that two orgs would let in is refused.

use std::sync::Arc;

use http::header;
use http::request::Parts;

use super::Salesforce;
use super::org::Org;
use super::principals::Principal;
use crate::identity::Directory;
use crate::serve::Scheme;
use crate::tenant::Crm;
use crate::tls::hosts;

/// Hosts at which users of every org log in.
const SHARED: [&str; 2] = ["login.salesforce.com", "test.salesforce.com"];

/// The host of a request, in lower case and without a port.
pub(super) fn host(parts: &Parts) -> String {
    let authority = authority(parts);
    let host = match authority.rsplit_once(':') {
        // What is left of an IPv6 address in brackets keeps its closing one.
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => &authority,
    };
    host.to_ascii_lowercase()
}

fn authority(parts: &Parts) -> String {
    let in_header = parts.headers.get(header::HOST);
    let in_header = in_header.and_then(|value| value.to_str().ok());
    let in_uri = parts.uri.authority().map(|authority| authority.as_str());
    in_header.or(in_uri).unwrap_or("localhost").to_owned()
}

/// Where the request came to: `http://127.0.0.1:8080`.
pub(super) fn origin(parts: &Parts) -> String {
    let scheme = parts.extensions.get::<Scheme>();
    let scheme = scheme.copied().unwrap_or_default();
    format!("{}://{}", scheme.as_str(), authority(parts))
}

/// The request came to one of the hosts that do not tell an org.
pub(super) fn shared_host(parts: &Parts) -> bool {
    SHARED.contains(&host(parts).as_str())
}

impl Org {
    /// `acme.my.salesforce.com`
    pub(super) fn own_host(&self) -> Option<String> {
        let name = self.spec.my_domain.as_deref()?;
        Some(format!("{}.my.salesforce.com", name.to_ascii_lowercase()))
    }

    /// Its users log in at `test.salesforce.com`.
    pub(super) fn sandbox(&self) -> bool {
        self.own_host()
            .is_some_and(|host| host.ends_with(".sandbox.my.salesforce.com"))
    }

    /// The start of the addresses of the org, for somebody who came by this request.
    pub(super) fn base_url(&self, parts: &Parts) -> String {
        if let Some(url) = &self.spec.instance_url {
            return url.trim_end_matches('/').to_owned();
        }
        match self.own_host() {
            Some(own) if hosts::vendor(&host(parts)) == Some(Crm::Salesforce) => {
                format!("https://{own}")
            }
            _ => origin(parts),
        }
    }

    /// The identity URL of a user. On Salesforce's hosts all orgs have theirs at the login host; elsewhere that host
    /// can't be reached, so it is where the client is.
    pub(super) fn identity_url(&self, parts: &Parts, user: &str) -> String {
        let base = self.base_url(parts);
        let base = match base.strip_prefix("https://").map(hosts::vendor) {
            Some(Some(Crm::Salesforce)) if self.sandbox() => "https://test.salesforce.com",
            Some(Some(Crm::Salesforce)) => "https://login.salesforce.com",
            _ => &base,
        };
        format!("{base}/id/{}/{user}", self.id())
    }
}

impl Salesforce {
    /// The orgs that a login by this request may mean: the one whose own host it came to, else all.
    pub(super) fn orgs_at(&self, parts: &Parts) -> Vec<Arc<Org>> {
        let (all, host) = (Directory::all(&self.directory), host(parts));
        let own = all
            .iter()
            .find(|org| org.own_host().as_deref() == Some(&*host));
        match own {
            Some(own) => vec![own.clone()],
            None => all,
        }
    }
}

/// The user with this name and password in the one of these orgs that has such a user.
pub(super) fn log_in(
    orgs: Vec<Arc<Org>>,
    username: &str,
    password: &str,
) -> Option<(Arc<Org>, Arc<Principal>)> {
    let knows = |org: Arc<Org>| {
        let principal = org.principals().by_username(username)?.clone();
        let login = org.login(&principal.id)?;
        let same = password.strip_prefix(login.password.as_str()) == Some(&login.security_token);
        same.then_some((org, principal))
    };
    only(orgs.into_iter().filter_map(knows))
}

/// The only one: where there are two, nobody can say which is meant.
pub(super) fn only<T>(mut found: impl Iterator<Item = T>) -> Option<T> {
    let first = found.next()?;
    match found.next() {
        None => Some(first),
        Some(_) => {
            tracing::warn!("a login fits users of two orgs, and was refused");
            None
        }
    }
}
