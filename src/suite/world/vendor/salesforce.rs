use super::*;
pub(super) fn open(h: &Harness, s: &Staff) -> Result<(Vendor, BTreeMap<Person, CrmUser>), Problem> {
    super::hubspot::open(h, s)
}
pub(super) fn issue(_: &Harness, _: &Arc<Org>, _: &CrmUser) -> Result<Grant, Problem> {
    Err(Problem::Harness("provisional".into()))
}
pub(super) fn deactivate(_: &Org, _: &CrmUser) -> Result<(), Problem> {
    Err(Problem::Harness("provisional".into()))
}
pub(super) fn app(_: &Harness) -> SalesforceApp {
    SalesforceApp {
        login_url: String::new(),
        instance_url: String::new(),
        client_id: String::new(),
        client_secret: String::new(),
        external_id_field: String::new(),
    }
}
pub(super) fn owns(_: &Org, _: &str) -> bool {
    false
}
