//! What a specification says about apps, user names and hosts is possible.

use std::collections::{HashMap, HashSet};

use crate::salesforce::oauth::AppKey;
use crate::salesforce::org::Org;
use crate::salesforce::spec::SpecError;
use crate::tenant::Crm;
use crate::tls::hosts;

/// The keys of the apps that have one.
pub(super) fn keys(org: &Org) -> Result<HashMap<String, AppKey>, SpecError> {
    check_my_domain(org)?;
    check_usernames(org)?;
    let mut keys = HashMap::new();
    let mut seen = HashSet::new();
    for (place, app) in org.spec.apps.iter().enumerate() {
        let path = |field: &str| format!("apps[{place}].{field}");
        if !seen.insert(&app.client_id) {
            return Err(SpecError::new(
                path("client_id"),
                format!("two apps have the client id \"{}\"", app.client_id),
            ));
        }
        if let Some(name) = &app.run_as
            && !org.spec.users.iter().any(|user| user.name == *name)
        {
            let known = org.spec.users.iter().map(|user| user.name.as_str());
            return Err(SpecError::unknown(path("run_as"), "user", name, known));
        }
        if let Some(text) = &app.certificate {
            let key = AppKey::read(text)
                .map_err(|problem| SpecError::new(path("certificate"), problem).hint(HINT))?;
            keys.insert(app.client_id.clone(), key);
        }
    }
    Ok(keys)
}

const HINT: &str = "`openssl req -x509 -newkey rsa:2048 -nodes` makes key and certificate; `demo` means the pair that mock-crm brings";

fn check_my_domain(org: &Org) -> Result<(), SpecError> {
    let letters = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
    };
    let (Some(name), Some(host)) = (&org.spec.my_domain, org.own_host()) else {
        return Ok(());
    };
    match letters(name) && hosts::vendor(&host) == Some(Crm::Salesforce) {
        true => Ok(()),
        false => Err(
            SpecError::new("my_domain", format!("\"{host}\" is no host of an org"))
                .hint("a name like acme, acme--test.sandbox or acme.develop"),
        ),
    }
}

fn check_usernames(org: &Org) -> Result<(), SpecError> {
    let mut seen = HashSet::new();
    for (place, user) in org.spec.users.iter().enumerate() {
        let name = user.username.as_deref().map(str::to_lowercase);
        if let Some(name) = name
            && !seen.insert(name.clone())
        {
            return Err(SpecError::new(
                format!("users[{place}].username"),
                format!("two users have the user name \"{name}\""),
            ));
        }
    }
    Ok(())
}
