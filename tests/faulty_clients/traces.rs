//! The clients that go wrong in batches, with what is there already, in guessing owners, and with leads.

/// Client, row, a scenario of the row that turns red.
pub(crate) const CAUGHT: [(&str, &str, &str); 27] = [
    (
        "batch-by-its-first-login",
        "R26",
        "In HubSpot three people's records make one batch, pushed by Kim",
    ),
    (
        "batch-by-the-pushers-login",
        "R26",
        "In a batch of several people's records each is its own, pushed by Dana",
    ),
    (
        "one-bad-row-refuses-the-batch",
        "R01",
        "One contact in the middle of a batch is invalid, and Salesforce takes the others (R01)",
    ),
    (
        "bad-row-sends-the-batch-to-team-sync",
        "H1",
        "One contact in the middle of a batch is invalid, and HubSpot takes the others (H1)",
    ),
    (
        "batch-answers-read-in-order",
        "N2",
        "One contact in the middle of a batch is in HubSpot already, and the answers come in any order",
    ),
    (
        "more-rows-than-the-limit",
        "R01",
        "One contact more than a request to Salesforce takes, and the first rows are locked at first (201, R01)",
    ),
    (
        "rows-beyond-the-limit-dropped",
        "H1",
        "One contact more than a request to HubSpot takes, and the first rows are locked at first (101, H1)",
    ),
    (
        "locked-rows-given-up",
        "R01",
        "One contact more than a request to Salesforce takes, and the first rows are locked at first (201, R01)",
    ),
    (
        "bulk-names-no-owner",
        "R05",
        "A contact from prospecting, pushed in bulk",
    ),
    (
        "conflict-taken-for-a-refusal",
        "N2",
        "HubSpot's answer gets lost, and its search does not know the contact yet",
    ),
    (
        "found-record-made-anew",
        "N4",
        "Lee has entered Dana's contact in HubSpot himself, pushed on its own",
    ),
    (
        "same-address-same-person",
        "R01",
        "Two people with one address are two contacts in Salesforce, pushed on its own",
    ),
    (
        "update-makes-a-second-record",
        "N3",
        "An update makes no second record in Salesforce, on its own",
    ),
    (
        "queued-lead-made-again",
        "N3",
        "A queue has got the lead since, and it is not made again, pushed on its own",
    ),
    (
        "account-once-per-contact",
        "N3",
        "Two contacts of one new account bring it along once, to Salesforce in bulk (R08)",
    ),
    (
        "first-page-of-owners",
        "H1",
        "Dana is not on the first page of HubSpot's owners, pushed on its own",
    ),
    (
        "ids-without-case",
        "N1",
        "Somebody's id is Dana's but for capitals, pushed on its own",
    ),
    (
        "email-letter-by-letter",
        "H1",
        "Apollo writes Dana's e-mail address in capitals, and HubSpot does not (H1)",
    ),
    (
        "deactivated-twin-as-owner",
        "R01",
        "Somebody who has left Salesforce had Dana's e-mail address, pushed on its own",
    ),
    (
        "anybody-where-nobody-matches",
        "N1",
        "Nobody in Salesforce has Dana's address as Apollo writes it, and nobody else gets her contact",
    ),
    (
        "queue-of-the-same-name-as-owner",
        "N8",
        "A queue of HubSpot is called as Dana is, and gets nothing of hers",
    ),
    (
        "most-permitted-owns-everything",
        "R01",
        "A contact made by hand, pushed on its own",
    ),
    (
        "assignment-rule-on-updates",
        "U2",
        "An update of a lead by hand does not wake the assignment rule, pushed on its own (Dana)",
    ),
    (
        "assignment-rule-in-bulk",
        "R25",
        "A lead by hand comes out alike in both modes, linked",
    ),
    (
        "assignment-rule-one-at-a-time",
        "R07",
        "A lead by hand goes through Dana's own login, and no assignment rule takes it away (on its own)",
    ),
    (
        "lead-left-to-the-org",
        "R07",
        "A lead by hand goes through Dana's own login, and no assignment rule takes it away (in bulk)",
    ),
    (
        "account-names-no-owner",
        "R05",
        "A account from prospecting, pushed on its own",
    ),
];
