//! Deleting what runs have left behind, and nothing else.

use std::collections::BTreeSet;

use super::client::LiveError;
use super::look::Watch;
use super::open::{Live, Site};
use super::prefix::{Prefix, Whose};
use super::record::Found;
use crate::rules::Crm;

/// After so many rounds that still find something, somebody else is writing.
const MOST_ROUNDS: usize = 5;

/// What a sweep found, and what has become of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Everything, in the order in which it was found.
    pub found: Vec<Leftover>,
}

/// A record of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// Where.
    pub crm: Crm,
    /// The vendor's word for the object.
    pub object: String,
    /// The CRM's id.
    pub id: String,
    /// The run that made it.
    pub run: String,
    /// The value that bears the prefix.
    pub called: String,
    /// Why it is still there; `None`: it was deleted, or was only to be listed.
    pub kept: Option<String>,
}

/// Whether what is found is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweep {
    /// It is.
    Delete,
    /// It is only listed.
    List,
}

/// Finds everything that bears a prefix which is meant, in both CRMs.
///
/// # Errors
/// Where a CRM can't be asked. What could not be deleted is told in the result.
pub async fn sweep(live: &Live, whose: &Whose, how: Sweep) -> Result<Swept, LiveError> {
    let mut swept = Swept::default();
    for crm in Crm::ALL {
        if let Some(site) = live.site(crm) {
            site.sweep(whose, how, &mut swept).await?;
        }
    }
    Ok(swept)
}

impl Site {
    /// In rounds, until one finds nothing new: HubSpot's search shows what was written last only after a while.
    async fn sweep(&self, whose: &Whose, how: Sweep, swept: &mut Swept) -> Result<(), LiveError> {
        let mut seen = BTreeSet::new();
        for round in 0..MOST_ROUNDS {
            if round > 0 {
                tokio::time::sleep(self.patience()).await;
            }
            let mut watch = Watch::new(self.connect()?, whose.clone(), std::time::Duration::ZERO);
            let found = watch.look(&[], |_| true).await?;
            let new: Vec<Found> = found
                .into_iter()
                .filter(|record| !record.deleted)
                .filter(|record| seen.insert((record.object.clone(), record.id.clone())))
                .collect();
            let nothing_new = new.is_empty();
            for record in new {
                swept
                    .found
                    .extend(settled(&watch, record, whose, how).await);
            }
            // Salesforce shows everything at once.
            if (round > 0 && nothing_new) || self.patience().is_zero() {
                return Ok(());
            }
        }
        Ok(())
    }
}

async fn settled(watch: &Watch, record: Found, whose: &Whose, how: Sweep) -> Option<Leftover> {
    let called = record.bears(whose)?.to_owned();
    let run = Prefix::of(&called)?.run().to_owned();
    let kept = match how {
        Sweep::List => None,
        Sweep::Delete => watch.delete(&record).await.err(),
    };
    Some(Leftover {
        crm: watch.client().crm(),
        object: record.object,
        id: record.id,
        run,
        called,
        kept: kept.map(|error| error.to_string()),
    })
}

impl Swept {
    /// What should be gone, and is not.
    pub fn kept(&self) -> impl Iterator<Item = &Leftover> {
        self.found.iter().filter(|one| one.kept.is_some())
    }
}
