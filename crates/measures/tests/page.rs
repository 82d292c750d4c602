//! The page of measures in the documentation is the one the definitions make.
#![allow(clippy::expect_used, clippy::panic, reason = "a test says what it takes for granted")]

#[path = "page/mod.rs"]
mod page;

#[test]
fn the_page_is_the_one_the_definitions_make() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/measures.md");
    let made = page::page().unwrap_or_else(|m| panic!("\n{m}"));
    #[expect(clippy::disallowed_methods, reason = "the page is a file")]
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    let differs = kept.lines().zip(made.lines()).find(|(a, b)| a != b);
    assert!(
        kept == made,
        "docs/reference/measures.md differs; make it again with `cargo run -p kinfold-measures --example measures_md > \
         docs/reference/measures.md`\nfirst difference: {differs:?}"
    );
}
