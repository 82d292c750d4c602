//! Kinfold look: the kit of parts every page is made from.
//!
//! Pure functions and plain structs that return [`maud::Markup`]: no input or output, no clock. The shapes and class names are
//! those of GOV.UK Frontend 6 and MOJ Frontend; what those two lack is ours, has classes that start with `kf-`, and is listed in
//! `CLASSES.md`, from which the style sheet is written.
//!
//! Three promises hold for every part: it works without script, it carries no inline style, script or handler (the content
//! security policy forbids them), and everything people typed is escaped.

pub mod banner;
pub mod board;
pub mod card;
pub mod chart;
pub mod compare;
pub mod date;
pub mod exit;
pub mod explain;
pub mod filter;
pub mod form;
pub mod growth;
pub mod identity;
pub mod nav;
pub mod page;
pub mod pathway_row;
pub mod problem;
pub mod ribbon;
pub mod state;
pub mod strand;
pub mod sum;
pub mod summary;
pub mod table;
pub mod tag;
pub mod tasks;
pub mod timeline;

pub use maud::{Markup, PreEscaped, Render, html};
pub use page::Page;
pub use state::State;
pub use strand::Strand;

/// Class names in one attribute, without the empty ones.
pub(crate) fn classes(names: &[&str]) -> String {
    names.iter().filter(|name| !name.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// Every `kf-` name in the source, tests left out.
    fn names_in_source(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).expect("source folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                names_in_source(&path, names);
            } else if path.file_name().is_some_and(|name| name != "tests.rs") {
                let text = fs::read_to_string(&path).expect("source file");
                let text = text.split("#[cfg(test)]").next().expect("first part");
                for part in text.split("kf-").skip(1) {
                    let end = part.find(|c: char| {
                        !(c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_')
                    });
                    names.insert(format!("kf-{}", &part[..end.unwrap_or(part.len())]));
                }
            }
        }
    }

    #[test]
    fn every_class_drawn_is_in_the_list() {
        let list = include_str!("../CLASSES.md");
        let mut names = BTreeSet::new();
        names_in_source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
        assert!(names.len() > 80, "the source was not read");
        for name in names {
            // A modifier may be listed in short after its block; a name cut off at `{` is checked as far as it goes.
            let listed = list.contains(&format!("`{name}`"))
                || name.ends_with('-') && list.contains(&format!("`{name}"))
                || name.split_once("--").is_some_and(|(block, modifier)| {
                    list.lines().any(|line| {
                        line.contains(&format!("`{block}")) && line.contains(&format!("`--{modifier}`"))
                    })
                });
            assert!(listed, "{name} is not in CLASSES.md");
        }
    }
}
