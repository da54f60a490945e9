use super::SentenceId;

/// A sentence of a document, in our words.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its id.
    pub id: SentenceId,
    /// What it says.
    pub paraphrase: &'static str,
    /// Why no row can test it. `None`: at least one row rests on it.
    pub excluded: Option<&'static str>,
}

/// The sentence with this id.
pub fn sentence(id: SentenceId) -> Option<&'static Sentence> {
    SENTENCES.iter().find(|sentence| sentence.id == id)
}

/// All sentences: the newer document's, then the older one's.
pub fn sentences() -> &'static [Sentence] {
    &SENTENCES
}

const fn a(number: u8, paraphrase: &'static str) -> Sentence {
    Sentence {
        id: SentenceId::a(number),
        paraphrase,
        excluded: None,
    }
}

const fn b(number: u8, paraphrase: &'static str) -> Sentence {
    Sentence {
        id: SentenceId::b(number),
        paraphrase,
        excluded: None,
    }
}

impl Sentence {
    const fn excluded(self, reason: &'static str) -> Self {
        Self {
            excluded: Some(reason),
            ..self
        }
    }
}

static SENTENCES: [Sentence; 34] = [
    a(1, "Asks which owner a contact or account gets in Salesforce or HubSpot.").excluded("A question; it claims nothing."),
    a(2, "Whoever makes a contact or account in Apollo owns it there."),
    a(3, "A sync uses the credentials at hand: your own if authenticated; otherwise team sync's, or those of the most permitted authenticated user."),
    a(4, "Introduces the two ways to push a record and set its ownership.").excluded("A lead-in; A5 and A6 carry the rule."),
    a(5, "A single manual push: ownership in the CRM depends on whether your personal credentials are linked."),
    a(6, "A bulk push through the push settings: ownership depends on the same thing."),
    a(7, "In Salesforce, who owns a record and who created it are two things."),
    a(8, "Created By of records and activities that Apollo syncs to Salesforce is the connected user or the team sync user that was used."),
    a(9, "That is expected, and the usual way of Salesforce integrations.").excluded("A remark on A8; it adds no outcome."),
    a(10, "Rules, routing and reports should look at Owner and not at Created By.").excluded("Advice to those who build reports in the CRM: nothing that a push does could break it."),
    a(11, "Created By is not set per Apollo user; to rely on it for attribution invites trouble."),
    a(12, "A dedicated integration user is recommended for team sync.").excluded("Advice on whom to connect: either choice is allowed, and the suite warns where team sync runs on a person's login."),
    a(13, "That keeps the integration stable and simpler to manage.").excluded("The reason for the advice of A12; no outcome."),
    a(14, "Where to link your personal Salesforce login.").excluded("A way through the product's screens; the driver protocol links by message."),
    a(15, "Records pushed by somebody who has not linked go to the team sync user in Salesforce."),
    a(16, "Points to the page on managing credentials.").excluded("A link."),
    a(17, "With personal credentials linked, your own account syncs contact and account ownership and the logs of e-mails, tasks and calls."),
    a(18, "Contacts, leads and accounts that you push to Salesforce while linked are owned by you, and not by the team sync user."),
    a(19, "In specific cases Apollo gives a record in Salesforce another creator."),
    a(20, "How a contact was made in Apollo decides who becomes its Created By in Salesforce."),
    a(21, "The table: by hand, CSV and Gmail extension on the personal side; LinkedIn extension, prospecting and job change enrichment on team sync's."),
    a(22, "With team sync connected and you not linked, contacts that you make are still yours in Apollo."),
    a(23, "Synced to Salesforce or HubSpot, they are created by the team sync user or the CRM user with the highest permission set."),
    a(24, "To get your own pushes assigned to you, link your personal Salesforce credentials."),
    a(25, "Points to four pages; failures of ownership or sync are to be seen in the error log."),
    b(1, "The logged-in user who makes a contact or account in Apollo owns it there."),
    b(2, "Syncing to Salesforce, which covers new contacts and accounts, e-mails, tasks and calls, works a little differently."),
    b(3, "A sync uses your authenticated personal Salesforce credentials, team sync's, or those of the most permitted authenticated user."),
    b(4, "With your personal login linked, the system always uses your own account for contact and account ownership and for e-mail, task and call logs."),
    b(5, "In specific cases Apollo gives a record in Salesforce another creator."),
    b(6, "How a contact was made in Apollo decides who becomes its Created By in Salesforce."),
    b(7, "The table: by hand, CSV and Gmail extension on the personal side; LinkedIn extension, Search and Job Change trigger on team sync's."),
    b(8, "With team sync connected and you not linked, contacts that you make are still yours in Apollo."),
    b(9, "Synced to Salesforce, they are created by the team sync user or the most permitted Salesforce user."),
];
