#![no_main]

use libfuzzer_sys::fuzz_target;
use org::Org;

thread_local! {
    static ORG: Org = Org::open();
}

fuzz_target!(|text: &str| {
    ORG.with(|org| org.ask("search", "q", text, "searchRecords"));
});
