//! What a test does to an org from outside.

use std::borrow::Cow;
use std::sync::Arc;

use super::Org;
use crate::identity::Session;
use crate::ids::SalesforceId;
use crate::salesforce::body::{self, Given};
use crate::salesforce::records::stored;
use crate::store::{Change, Serial, Writer};
use crate::tenant::Hosted;

/// A user, as the specification and the API know one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserIdentity {
    /// First and last name.
    pub name: String,
    /// The 18-character id.
    pub id: Arc<str>,
    /// The name to log in with.
    pub username: String,
    /// The e-mail address.
    pub email: String,
    /// Whether the user may log in.
    pub active: bool,
}

/// The tokens of one authorization.
#[derive(Debug)]
pub struct Issued {
    /// The access token.
    pub access: Session<Org>,
    /// The refresh token.
    pub refresh: Session<Org>,
}

/// No user, queue or app of the org has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no user, queue or app of the org is called \"{0}\"")]
pub struct UnknownUser(pub String);

impl Org {
    /// The id of the user or queue that the specification calls this.
    ///
    /// # Errors
    /// Where the specification has none.
    pub fn named(&self, name: &str) -> Result<Arc<str>, UnknownUser> {
        self.named
            .get(name)
            .cloned()
            .ok_or_else(|| UnknownUser(name.to_owned()))
    }

    /// The user that the specification calls this, as the records have it now.
    ///
    /// # Errors
    /// Where the specification has no such user.
    pub fn user(&self, name: &str) -> Result<UserIdentity, UnknownUser> {
        let id = self.named(name)?;
        self.user_by_id(&id)
            .ok_or_else(|| UnknownUser(name.to_owned()))
    }

    /// The user with this id.
    pub(in crate::salesforce) fn user_by_id(&self, id: &str) -> Option<UserIdentity> {
        let store = self.tenant.read();
        let record = store.get(self.user_serial(&store, id)?)?;
        let pairs = body::stored(&record.body);
        let text = |key| match body::get(&pairs, key) {
            Some(Given::Text(text)) => text.to_string(),
            _ => String::new(),
        };
        let (first, last) = (text("FirstName"), text("LastName"));
        Some(UserIdentity {
            name: format!("{first} {last}").trim().to_owned(),
            id: id.into(),
            username: text("Username"),
            email: text("Email"),
            active: body::get(&pairs, "IsActive") == Some(&Given::Boolean(true)),
        })
    }

    fn user_serial(&self, store: &crate::store::Store, id: &str) -> Option<Serial> {
        let object = self.schema.object("User")?.key;
        self.serial(store, object, SalesforceId::parse(id)?)
    }

    /// Activates or deactivates a user: the tokens of an inactive user are refused, and so is a refresh.
    ///
    /// # Errors
    /// Where the specification has no such user.
    pub fn set_user_active(&self, name: &str, active: bool) -> Result<(), UnknownUser> {
        let id = self.named(name)?;
        let mut store = self.tenant.write();
        let record = self
            .user_serial(&store, &id)
            .and_then(|serial| Some((serial, store.get(serial)?.body.clone())));
        let Some((serial, old)) = record else {
            return Err(UnknownUser(name.to_owned()));
        };
        let body = stored::merged(&body::stored(&old), &[("IsActive", Given::Boolean(active))]);
        let change = Change {
            at: self.tenant().clock.now(),
            modified_by: id.clone(),
            body: Some(body),
            owner: None,
            deleted: None,
            unique_removed: Vec::new(),
            unique_added: Vec::new(),
        };
        let writer = Writer {
            token: "control".into(),
            app: None,
            user: id,
            api: Cow::Borrowed("control"),
            request: 0,
        };
        store.change(serial, change, &writer);
        self.forget_principals();
        Ok(())
    }
}
