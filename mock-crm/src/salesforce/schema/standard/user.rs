use super::{Evidence, Table};
use crate::salesforce::schema::column::{
    AUDIT, Column, address, id, picklist, reference, string, textarea, typed,
};
use crate::salesforce::schema::field::{Kind, Source};

pub(super) const USER: Table = Table {
    name: "User",
    label: "User",
    plural: "Users",
    prefix: *b"005",
    verbs: "cu",
    setup: true,
    audit: false,
    evidence: Evidence::Documented,
    columns: &[
        &[
            id("User ID"),
            string("Username", 80, "cuiq"),
            string("LastName", 80, "cu"),
            string("FirstName", 40, "cun"),
            string("Name", 121, "N")
                .label("Full Name")
                .source(Source::FullName),
            string("CompanyName", 80, "cun"),
            string("Division", 80, "cun"),
            string("Department", 80, "cun"),
            string("Title", 80, "cun"),
        ],
        &address([
            "Street",
            "City",
            "State",
            "PostalCode",
            "Country",
            "Latitude",
            "Longitude",
            "GeocodeAccuracy",
            "Address",
        ]),
        DETAILS,
        &AUDIT,
    ],
};

const DETAILS: &[Column] = &[
    // A user's e-mail address takes 128 characters, those of other objects 80.
    EMAIL,
    typed("Phone", Kind::Phone, "cun"),
    typed("Fax", Kind::Phone, "cun"),
    typed("MobilePhone", Kind::Phone, "cun").label("Mobile"),
    typed("EmailPreferencesAutoBcc", Kind::Boolean, "cud").label("AutoBcc"),
    typed("EmailPreferencesAutoBccStayInTouch", Kind::Boolean, "cud"),
    typed("EmailPreferencesStayInTouchReminder", Kind::Boolean, "cud"),
    SENDER_EMAIL,
    string("SenderName", 80, "cun").label("Email Sender Name"),
    textarea("Signature", 1333, "cun").label("Email Signature"),
    typed("Extension", Kind::Phone, "cun"),
    string("Alias", 8, "cu"),
    string("CommunityNickname", 40, "cud").label("Nickname"),
    string("BadgeText", 80, "n").label("User Photo badge text overlay"),
    typed("IsActive", Kind::Boolean, "cud").label("Active"),
    picklist("TimeZoneSidKey", 40, "cu", &[]).label("Time Zone"),
    picklist("LocaleSidKey", 40, "cu", &[]).label("Locale"),
    picklist("EmailEncodingKey", 40, "cu", &[]).label("Email Encoding"),
    picklist("LanguageLocaleKey", 40, "cu", &[]).label("Language"),
    reference("ProfileId", "cu", &["Profile"]),
    reference("UserRoleId", "cun", &["UserRole"]).label("Role ID"),
    picklist("UserType", 40, "n", &[]),
    string("EmployeeNumber", 20, "cun"),
    reference("DelegatedApproverId", "cun", &["Group", "User"]),
    reference("ManagerId", "cun", &["User"]),
    typed("ForecastEnabled", Kind::Boolean, "cud").label("Allow Forecasting"),
    reference("ContactId", "cn", &["Contact"]),
    reference("AccountId", "n", &["Account"]),
    reference("CallCenterId", "cun", &["CallCenter"]),
    string("FederationIdentifier", 512, "cun").label("SAML Federation ID"),
    textarea("AboutMe", 1000, "cun"),
    typed("FullPhotoUrl", Kind::Url, "n").label("Url for full-sized Photo"),
    typed("SmallPhotoUrl", Kind::Url, "n").label("Photo"),
    picklist("DigestFrequency", 40, "cud", &["D", "W", "N"])
        .label("Chatter Email Highlights Frequency")
        .default("D"),
    picklist(
        "DefaultGroupNotificationFrequency",
        40,
        "cud",
        &["P", "D", "W", "N"],
    )
    .default("N"),
    reference("IndividualId", "cun", &["Individual"]),
    typed("LastLoginDate", Kind::DateTime, "n").label("Last Login"),
];

const EMAIL: Column = Column {
    length: 128,
    ..typed("Email", Kind::Email, "cui")
};

const SENDER_EMAIL: Column = typed("SenderEmail", Kind::Email, "cun").label("Email Sender Address");
