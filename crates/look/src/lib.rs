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
pub mod compare;
pub mod date;
pub mod exit;
pub mod explain;
pub mod filter;
pub mod form;
pub mod identity;
pub mod nav;
pub mod page;
pub mod pathway_row;
pub mod problem;
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
