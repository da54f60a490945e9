//! The portal's setting "create and associate companies with contacts".
//!
//! HubSpot does this, not the app: the company has a source of its own and no owner. Its row in the ledger says so, and names
//! the token whose contact was the occasion.

use std::borrow::Cow;

use super::NewRecord;
use crate::clock::Timestamp;
use crate::hubspot::associations;
use crate::hubspot::call::Call;
use crate::hubspot::catalog::ObjectType;
use crate::hubspot::objects::find;
use crate::hubspot::objects::wire::{Association, AssociationType, Id, Target};
use crate::hubspot::portal::Portal;
use crate::hubspot::refusal::ApiError;
use crate::hubspot::stored::{Origin, Values};
use crate::store::{Creation, Serial, Store, Writer, unique_key};

/// The reason that the ledger has, and the door that the record came in by.
const REASON: &str = "auto_associate_by_domain";

/// Domains at which anybody can have an address: no company's. HubSpot's own list is longer and not published whole.
const FREE_MAIL: [&str; 24] = [
    "aol.com",
    "fastmail.com",
    "gmail.com",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.com",
    "mail.ru",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "web.de",
    "yahoo.com",
    "yandex.ru",
];

/// Whether a create of such a record may make a company, too.
pub(super) fn applies(portal: &Portal, object_type: &ObjectType) -> bool {
    portal.switches.contact_company_autoassociate && object_type.name == "contacts"
}

/// Where companies of a domain are found: only a portal with the setting looks there.
pub(crate) fn domain_key(portal: &Portal, object_type: &ObjectType, domain: &str) -> Option<u64> {
    let looks = portal.switches.contact_company_autoassociate && object_type.name == "companies";
    let looks = looks && !domain.is_empty();
    looks.then(|| unique_key(object_type.key, "domain", domain))
}

/// Associates a new contact with the company of its e-mail address, which is made if it is not there. A create that names a
/// company itself keeps to that one: that HubSpot adds no second one then is likely, not known.
pub(super) fn associate(
    call: &Call<'_>,
    store: &mut Store,
    (contact, object_type): (Serial, &ObjectType),
    new: &NewRecord<'_, '_>,
    at: Timestamp,
    writer: &Writer,
) -> Result<(), ApiError> {
    let domain = corporate_domain(&new.accepted.values);
    let (Some(domain), Some(companies)) = (domain, call.setup.catalog.find("companies")) else {
        return Ok(());
    };
    if !applies(call.portal, object_type) || names_company(&new.associations) {
        return Ok(());
    }
    let company = find(call, store, companies, domain)
        .unwrap_or_else(|| make(call, store, (companies, domain), at, writer));
    let association = Association {
        to: Target {
            id: Id(call.portal.record_ids.id(company).to_string().into()),
        },
        types: vec![contact_to_company()],
    };
    let links = associations::resolve(call, store, object_type, &[association])?;
    associations::connect(store, contact, &links);
    Ok(())
}

fn corporate_domain<'v>(values: &'v Values<'_>) -> Option<&'v str> {
    let (_, domain) = values.get("email")?.rsplit_once('@')?;
    (!FREE_MAIL.contains(&domain)).then_some(domain)
}

fn contact_to_company() -> AssociationType {
    AssociationType {
        association_category: "HUBSPOT_DEFINED".to_owned(),
        association_type_id: 279,
    }
}

fn names_company(associations: &[Association<'_>]) -> bool {
    let mut types = associations.iter().flat_map(|one| &one.types);
    types.any(|named| matches!(named.association_type_id, 1 | 279))
}

/// The oldest company of the domain.
fn find(call: &Call<'_>, store: &Store, companies: &ObjectType, domain: &str) -> Option<Serial> {
    let key = domain_key(call.portal, companies, domain)?;
    let serials = store.find_unique(key).iter().copied();
    let same =
        serials.filter(|serial| find::has_value(store, companies, *serial, ("domain", domain)));
    same.min()
}

fn make(
    call: &Call<'_>,
    store: &mut Store,
    (companies, domain): (&ObjectType, &str),
    at: Timestamp,
    writer: &Writer,
) -> Serial {
    let mut values = Values::default();
    values.set("domain", domain);
    let creation = Creation {
        object: companies.key,
        at,
        created_at: None,
        created_by: call.user().clone(),
        created_by_reason: Cow::Borrowed(REASON),
        owner_requested: None,
        owner: None,
        owner_user: None,
        owner_reason: Cow::Borrowed("blank"),
        unique: domain_key(call.portal, companies, domain)
            .into_iter()
            .collect(),
        body: values.to_body(Origin::EmailDomain),
    };
    let writer = Writer {
        api: Cow::Borrowed(REASON),
        ..writer.clone()
    };
    store.create(creation, &writer)
}
