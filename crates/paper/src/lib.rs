//! A document as a PDF that everybody can read: tagged for screen readers (PDF/UA-1), with a title, a language, headings,
//! lists, tables with headers and page numbers. Pure: it is given the document and the fonts, and gives bytes.
//!
//! The same document and fonts give the same bytes.

mod draw;
mod fonts;
mod lay;

use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document as Pdf, SerializeSettings};
use thiserror::Error;

pub use fonts::Fonts;

/// What there is to read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paper {
    /// Shown as the first heading and in the window's title. It should name nobody.
    pub title: String,
    /// The language of the text: "en-GB".
    pub language: String,
    /// Whose document it is: an authority's name, at the foot of each page.
    pub from: String,
    /// Year, month and day that it was made.
    pub made: (u16, u8, u8),
    /// What stands under the title.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading under the title: 2 for a section, 3 for a part of one. Another level is drawn as the nearest of these.
    Heading(u8, String),
    /// A paragraph.
    Text(String),
    /// A paragraph that stands out.
    Strong(String),
    /// A list with bullets.
    List(Vec<String>),
    /// A table.
    Table {
        /// What it is a table of.
        caption: String,
        /// Heads of its columns.
        heads: Vec<String>,
        /// Rows of as many cells; what is missing stays empty.
        rows: Vec<Vec<String>>,
    },
}

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PaperError {
    /// A font could not be read.
    #[error("A font could not be read: {0}")]
    Font(&'static str),
    /// A document needs a title and a language to be read aloud.
    #[error("A document needs a title and a language.")]
    Unnamed,
    /// The document does not keep to the standard: what the writer said.
    #[error("The document could not be made: {0}")]
    Writing(String),
}

/// The document as a PDF.
///
/// # Errors
/// When it has no title or language, or does not keep to PDF/UA-1.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    if paper.title.trim().is_empty() || paper.language.trim().is_empty() {
        return Err(PaperError::Unnamed);
    }
    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|error| PaperError::Writing(format!("{error:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut out = Pdf::new_with(settings);
    let laid = lay::lay(paper, fonts);
    draw::draw(&mut out, paper, fonts, &laid)?;
    let (year, month, day) = paper.made;
    out.set_metadata(
        Metadata::new()
            .title(paper.title.clone())
            .language(paper.language.clone())
            .creator(paper.from.clone())
            .producer("Kinfold".to_owned())
            .creation_date(DateTime::new(year).month(month).day(day)),
    );
    out.finish().map_err(|error| PaperError::Writing(format!("{error:?}")))
}
