//! The manual in the documentation is the one the rules make.

#[path = "manual/mod.rs"]
mod manual;

#[test]
#[expect(clippy::disallowed_methods, reason = "the crate takes text; this test reads it from files")]
fn the_page_is_the_one_the_rules_make() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/census-rules-list.md");
    let page = manual::page();
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    let differs = kept.lines().zip(page.lines()).find(|(a, b)| a != b);
    assert!(
        kept == page,
        "docs/reference/census-rules-list.md differs; make it again with `cargo run -p kinfold-census --example \
         census_rules_md > docs/reference/census-rules-list.md`\nfirst difference: {differs:?}"
    );
}
