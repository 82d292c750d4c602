//! The manual of the rules as a page, made from the comments at the head of their files.

use kinfold_census::rules::{ALL, Entry};

fn section(out: &mut String, entry: &Entry) {
    let page = entry.page();
    out.push_str(&format!("\n## {}\n\n**{}**\n\n", entry.rule.code, entry.rule.title));
    for (head, words) in [
        ("What it does", page.what),
        ("Why it matters", page.why),
        ("How to put it right", page.fix),
        ("Example", page.example),
    ] {
        out.push_str(&format!("*{head}.* {words}\n\n"));
    }
    for version in entry.rule.versions {
        let wants = match version.wants() {
            wants if wants.is_empty() => String::new(),
            wants => format!("; needs {}", wants.join(", ")),
        };
        out.push_str(&format!(
            "- Asked in {}; shows {}{wants}.\n",
            version.years(),
            version.fields.join(", ")
        ));
    }
}

/// The whole page.
pub fn page() -> String {
    let mut out = String::from(
        "# Every rule of the statutory return\n\n\
         *Made from the rules by `cargo run -p kinfold-census --example census_rules_md > docs/reference/census-rules-list.md`. \
         A test fails when it is not up to date.*\n\n\
         `kinfold census rules CODE` shows the same. How a rule is added or changed: [census-rules.md](census-rules.md).\n",
    );
    out.push_str(&format!("\n{} rules, each under its official code.\n", ALL.len()));
    for entry in ALL {
        section(&mut out, entry);
    }
    out
}
