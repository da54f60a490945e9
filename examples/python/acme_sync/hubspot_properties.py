"""Apollo's values under HubSpot's names."""

from __future__ import annotations

from hubspot.crm.objects import AssociationSpec, PublicAssociationsForObject, PublicObjectId

from .job import Write

OBJECTS = {"contact": "contacts", "account": "companies", "email": "emails", "task": "tasks", "call": "calls"}

PROPERTIES = {
    "first_name": "firstname",
    "last_name": "lastname",
    "email": "email",
    "phone": "phone",
    "title": "jobtitle",
    "company": "company",
    "name": "name",
    "domain": "domain",
}

SUBJECT_AND_BODY = {
    "email": ("hs_email_subject", "hs_email_text"),
    "task": ("hs_task_subject", "hs_task_body"),
    "call": ("hs_call_title", "hs_call_body"),
}

# From HubSpot's list of default association types.
ASSOCIATIONS = {
    ("contact", "account"): 279,
    ("call", "contact"): 194,
    ("email", "contact"): 198,
    ("task", "contact"): 204,
    ("call", "account"): 182,
    ("email", "account"): 186,
    ("task", "account"): 192,
}


def properties(write: Write, unique_property: str) -> dict[str, str]:
    """The properties of a create or an update. A create carries Apollo's id, by which it is found again."""
    if write.object in SUBJECT_AND_BODY:
        values = engagement(write)
    else:
        values = {PROPERTIES[name]: value for name, value in write.fields.items() if name in PROPERTIES}
    if write.crm_id is None:
        values[unique_property] = write.external_id
    if write.owner_id:
        values["hubspot_owner_id"] = write.owner_id
    return values


def engagement(write: Write) -> dict[str, str]:
    """The properties of an e-mail, a task or a call; `hs_timestamp` is required of each."""
    subject, body = SUBJECT_AND_BODY[write.object]
    values = {"hs_timestamp": write.fields["at"], subject: write.fields["subject"]}
    if write.object == "email":
        values["hs_email_direction"] = "EMAIL"
    if write.fields.get("body"):
        values[body] = write.fields["body"]
    return values


def associations(write: Write) -> list[PublicAssociationsForObject]:
    """What a new record hangs on."""
    return [
        PublicAssociationsForObject(
            to=PublicObjectId(id=crm_id),
            types=[
                AssociationSpec(
                    association_category="HUBSPOT_DEFINED", association_type_id=ASSOCIATIONS[write.object, parent]
                )
            ],
        )
        for parent, crm_id in write.parents
    ]
