use super::*;
pub(super) fn open(_: &Harness, _: &Staff) -> Result<(Vendor, BTreeMap<Person, CrmUser>), Problem> {
    Err(Problem::Harness("provisional".into()))
}
pub(super) fn issue(_: &Harness, _: &Arc<Portal>, _: &CrmUser) -> Result<Grant, Problem> {
    Err(Problem::Harness("provisional".into()))
}
pub(super) fn deactivate(_: &Portal, _: &str) -> Result<(), Problem> {
    Err(Problem::Harness("provisional".into()))
}
pub(super) fn app(_: &Harness, _: &Portal) -> Result<HubspotApp, Problem> {
    Err(Problem::Harness("provisional".into()))
}
