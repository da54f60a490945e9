use super::{Evidence, Table};
use crate::salesforce::schema::column::{
    AUDIT, Column, IS_DELETED, id, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::Kind;

/// Has no owner: who sent it shows in `CreatedById` only.
pub(super) const EMAIL_MESSAGE: Table = Table {
    name: "EmailMessage",
    label: "Email Message",
    plural: "Email Messages",
    prefix: *b"02s",
    verbs: "cud",
    setup: false,
    audit: true,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("Email Message ID"),
            reference("ParentId", "cun", &["Case"]).label("Case ID"),
            reference("ActivityId", "cun", &["Task"]),
        ],
        &AUDIT,
        MAIL,
    ],
};

const MAIL: &[Column] = &[
    textarea("TextBody", 32000, "cun"),
    textarea("HtmlBody", 131_072, "cun").label("HTML Body"),
    textarea("Headers", 32000, "cun"),
    string("Subject", 3000, "cunN"),
    string("FromName", 1000, "cun"),
    string("FromAddress", 1000, "cun"),
    picklist("ValidatedFromAddress", 1000, "cun", &[]).label("From"),
    string("ToAddress", 4000, "cun"),
    string("CcAddress", 4000, "cun").label("CC Address"),
    string("BccAddress", 4000, "cun").label("BCC Address"),
    typed("Incoming", Kind::Boolean, "cud").label("Is Incoming"),
    typed("HasAttachment", Kind::Boolean, "d"),
    picklist("Status", 40, "cudr", &["0", "1", "2", "3", "4", "5"]).default("0"),
    typed("MessageDate", Kind::DateTime, "cun"),
    IS_DELETED,
    reference("ReplyToEmailMessageId", "cn", &["EmailMessage"]),
    typed("IsPrivateDraft", Kind::Boolean, "cud"),
    typed("IsExternallyVisible", Kind::Boolean, "cud"),
    string("MessageIdentifier", 765, "cun"),
    string("ThreadIdentifier", 765, "cun"),
    typed("IsClientManaged", Kind::Boolean, "cd"),
    reference("RelatedToId", "cun", &["Account", "Opportunity", "Case"]).label("Related To ID"),
];
