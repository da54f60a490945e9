use super::*;
pub(super) fn open(_: &Harness, _: &Staff) -> Result<(Vendor, BTreeMap<Person, CrmUser>), Problem> {
    Err(Problem::Harness("provisional".into()))
}
pub(super) fn issue(_: &Harness, _: &Arc<Org>, _: &CrmUser) -> Result<Grant, Problem> {
    Err(Problem::Harness("provisional".into()))
}
pub(super) fn deactivate(_: &Org, _: &str) -> Result<(), Problem> {
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
pub(super) fn knows(_: &Org, _: &str) -> bool {
    false
}
