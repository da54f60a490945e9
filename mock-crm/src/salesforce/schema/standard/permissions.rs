use super::{Evidence, Table};
use crate::salesforce::schema::column::{AUDIT, Column, id, picklist, reference, string, typed};
use crate::salesforce::schema::field::Kind;

/// The user permissions that the mock knows, as columns of Profile and PermissionSet. Object reference: PermissionSet.
pub(in crate::salesforce::schema) const LADDER: [&str; 17] = [
    "PermissionsModifyAllData",
    "PermissionsViewAllData",
    "PermissionsManageUsers",
    "PermissionsManageInternalUsers",
    "PermissionsCustomizeApplication",
    "PermissionsViewSetup",
    "PermissionsAuthorApex",
    "PermissionsApiEnabled",
    "PermissionsApiUserOnly",
    "PermissionsTransferAnyEntity",
    "PermissionsTransferAnyLead",
    "PermissionsTransferAnyCase",
    "PermissionsBulkApiHardDelete",
    "PermissionsEditTask",
    "PermissionsCreateAuditFields",
    "PermissionsUpdateWithInactiveOwner",
    "PermissionsManageDataIntegrations",
];

const PROFILE_PERMISSIONS: [Column; 17] = permissions("d");
const PERMISSION_SET_PERMISSIONS: [Column; 17] = permissions("cud");

const fn permissions(flags: &str) -> [Column; 17] {
    let mut columns = [typed("", Kind::Boolean, flags); 17];
    let mut i = 0;
    while i < LADDER.len() {
        columns[i] = typed(LADDER[i], Kind::Boolean, flags);
        i += 1;
    }
    columns
}

pub(super) const PROFILE: Table = Table {
    name: "Profile",
    label: "Profile",
    plural: "Profiles",
    prefix: *b"00e",
    verbs: "",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("Profile ID"),
            string("Name", 255, "N"),
            reference("UserLicenseId", "n", &["UserLicense"]),
            picklist("UserType", 40, "n", &[]),
            string("Description", 255, "n"),
        ],
        &PROFILE_PERMISSIONS,
        &AUDIT,
    ],
};

pub(super) const PERMISSION_SET: Table = Table {
    name: "PermissionSet",
    label: "Permission Set",
    plural: "Permission Sets",
    prefix: *b"0PS",
    verbs: "cud",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("PermissionSet ID"),
            string("Name", 80, "cuN").label("Permission Set Name"),
            string("Label", 80, "cu").label("Permission Set Label"),
            string("Description", 255, "cun"),
            reference("LicenseId", "cn", &["UserLicense"]),
            reference("ProfileId", "n", &["Profile"]),
            typed("IsOwnedByProfile", Kind::Boolean, "d").label("Is Owned By Profile"),
            typed("IsCustom", Kind::Boolean, "d").label("Custom"),
            picklist("Type", 40, "n", &[]),
            string("NamespacePrefix", 15, "n"),
            typed("HasActivationRequired", Kind::Boolean, "cud")
                .label("Session Activation Required"),
        ],
        &PERMISSION_SET_PERMISSIONS,
        &AUDIT,
    ],
};

pub(super) const PERMISSION_SET_ASSIGNMENT: Table = Table {
    name: "PermissionSetAssignment",
    label: "Permission Set Assignment",
    plural: "Permission Set Assignments",
    prefix: *b"0Pa",
    verbs: "cd",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("PermissionSetAssignment ID"),
            reference("PermissionSetId", "c", &["PermissionSet"]),
            reference("PermissionSetGroupId", "n", &["PermissionSetGroup"]),
            reference("AssigneeId", "c", &["User"]),
            typed("ExpirationDate", Kind::DateTime, "cn").label("Date Expires"),
            typed("IsActive", Kind::Boolean, "d"),
        ],
        &AUDIT,
    ],
};

pub(super) const USER_LICENSE: Table = Table {
    name: "UserLicense",
    label: "User License",
    plural: "User Licenses",
    prefix: *b"100",
    verbs: "",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("User License ID"),
            string("Name", 255, "nN"),
            string("LicenseDefinitionKey", 255, "n"),
            string("MasterLabel", 255, "n"),
        ],
        &AUDIT,
    ],
};

pub(super) const OBJECT_PERMISSIONS: Table = Table {
    name: "ObjectPermissions",
    label: "Object Permissions",
    plural: "Object Permissions",
    prefix: *b"110",
    verbs: "cud",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("ObjectPermissions ID"),
            reference("ParentId", "c", &["PermissionSet"]),
            picklist("SobjectType", 40, "c", &[]).label("Object Name"),
            typed("PermissionsCreate", Kind::Boolean, "cud"),
            typed("PermissionsRead", Kind::Boolean, "cud"),
            typed("PermissionsEdit", Kind::Boolean, "cud"),
            typed("PermissionsDelete", Kind::Boolean, "cud"),
            typed("PermissionsViewAllRecords", Kind::Boolean, "cud"),
            typed("PermissionsModifyAllRecords", Kind::Boolean, "cud"),
        ],
        &AUDIT,
    ],
};

pub(super) const USER_ROLE: Table = Table {
    name: "UserRole",
    label: "Role",
    plural: "Roles",
    prefix: *b"00E",
    verbs: "cud",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[&[
        id("Role ID"),
        string("Name", 80, "cuN"),
        reference("ParentRoleId", "cun", &["UserRole"]),
        string("RollupDescription", 80, "cun").label("Description"),
        string("DeveloperName", 80, "cun"),
        picklist(
            "OpportunityAccessForAccountOwner",
            40,
            "cud",
            &["None", "Read", "Edit"],
        )
        .default("Edit"),
        AUDIT[2],
        AUDIT[3],
        AUDIT[4],
    ]],
};

pub(super) const RECORD_TYPE: Table = Table {
    name: "RecordType",
    label: "Record Type",
    plural: "Record Types",
    prefix: *b"012",
    verbs: "",
    setup: true,
    audit: false,
    evidence: Evidence::Unverified,
    columns: &[
        &[
            id("Record Type ID"),
            string("Name", 80, "N"),
            string("DeveloperName", 80, ""),
            string("NamespacePrefix", 15, "n"),
            string("Description", 255, "n"),
            picklist("SobjectType", 40, "", &[]).label("SObject Type Name"),
            typed("IsActive", Kind::Boolean, "d").label("Active"),
        ],
        &AUDIT,
    ],
};
