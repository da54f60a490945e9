#![no_main]

use libfuzzer_sys::fuzz_target;
use org::Org;

thread_local! {
    static ORG: Org = Org::open();
}

fuzz_target!(|text: &str| {
    ORG.with(|org| {
        org.ask("query", "q", text, "totalSize");
        org.ask("query", "columns=true&q", text, "columnMetadata");
        org.ask("query", "explain", text, "plans");
    });
});
