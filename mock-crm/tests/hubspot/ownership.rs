//! Who owns a record, who created it, and what HubSpot shows of both.

mod activities;
mod all_owners;
mod changes;
mod owner;
mod source;
mod source_kinds;

/// The properties that tell of owner and creator.
const STAMPS: &str = "hubspot_owner_id,hubspot_owner_assigneddate,hs_created_by_user_id,hs_updated_by_user_id,\
                      hs_object_source,hs_object_source_label,hs_object_source_id,hs_object_source_user_id,\
                      hs_object_source_detail_1";
