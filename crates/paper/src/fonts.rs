//! The fonts a document is set in, and how wide words are.

use std::collections::HashSet;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use rustybuzz::{Face, UnicodeBuffer};

use crate::PaperError;

/// Two weights of one face. Each may be cut into several files by the letters they hold, as on the web.
#[derive(Clone)]
pub struct Fonts {
    regular: Vec<One>,
    bold: Vec<One>,
}

/// One file.
#[derive(Clone)]
struct One {
    bytes: Arc<Vec<u8>>,
    font: Font,
    /// The letters it holds.
    letters: Arc<HashSet<u32>>,
}

/// Which weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// Letters of one font in a row.
pub(crate) struct Run {
    pub font: Font,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In parts of the size of the font.
    pub width: f32,
}

impl One {
    fn read(woff2: &[u8]) -> Result<Self, PaperError> {
        let bytes =
            wuff::decompress_woff2(woff2).map_err(|_| PaperError::Font("it is not in the format WOFF2"))?;
        let bytes = Arc::new(bytes);
        let face = Face::from_slice(&bytes, 0).ok_or(PaperError::Font("it holds no letters"))?;
        let mut letters = HashSet::new();
        for table in
            face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables).filter(|table| table.is_unicode())
        {
            table.codepoints(|letter| {
                letters.insert(letter);
            });
        }
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = bytes.clone();
        let font = Font::new(data.into(), 0).ok_or(PaperError::Font("it cannot be put into a document"))?;
        Ok(Self { bytes, font, letters: Arc::new(letters) })
    }

    fn face(&self) -> Option<Face<'_>> {
        Face::from_slice(&self.bytes, 0)
    }

    fn has(&self, letter: char) -> bool {
        self.letters.contains(&u32::from(letter))
    }
}

impl Fonts {
    /// Reads fonts in the format WOFF2. Where a letter is in several files of a weight, the first counts.
    ///
    /// # Errors
    /// When one cannot be read, or there is none of a weight.
    pub fn read(regular: &[&[u8]], bold: &[&[u8]]) -> Result<Self, PaperError> {
        let all = |files: &[&[u8]]| {
            if files.is_empty() {
                return Err(PaperError::Font("there is none"));
            }
            files.iter().map(|file| One::read(file)).collect::<Result<Vec<_>, _>>()
        };
        Ok(Self { regular: all(regular)?, bold: all(bold)? })
    }

    fn of(&self, weight: Weight) -> &[One] {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// A text as runs of one font each. A letter that no font has is shown as a question mark in a box would be: as "?",
    /// for a document with a letter that nobody can see or hear is not accessible.
    pub(crate) fn runs(&self, weight: Weight, text: &str) -> Vec<Run> {
        let fonts = self.of(weight);
        let mut parts: Vec<(usize, String)> = Vec::new();
        for letter in
            text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control())
        {
            let found = fonts.iter().position(|font| font.has(letter));
            let (at, letter) = found.map_or((0, '?'), |at| (at, letter));
            match parts.last_mut() {
                // A space belongs to whatever goes before it.
                Some((last, run)) if *last == at || letter == ' ' => run.push(letter),
                _ => parts.push((at, letter.to_string())),
            }
        }
        parts.into_iter().filter_map(|(at, text)| shape(fonts.get(at)?, text)).collect()
    }

    /// How wide a text is at a size.
    pub(crate) fn width(&self, weight: Weight, text: &str, size: f32) -> f32 {
        self.runs(weight, text).iter().map(|run| run.width * size).sum()
    }
}

fn shape(one: &One, text: String) -> Option<Run> {
    let face = one.face()?;
    let em = face.units_per_em() as f32;
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(&text);
    buffer.guess_segment_properties();
    let shaped = rustybuzz::shape(&face, &[], buffer);
    let mut glyphs = Vec::with_capacity(shaped.len());
    let mut width = 0.0;
    let starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    for (n, (info, at)) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()).enumerate() {
        let from = starts.get(n).copied().unwrap_or(0);
        // A cluster ends where the next one begins, whichever way the text runs.
        let to = starts.iter().copied().filter(|start| *start > from).min().unwrap_or(text.len());
        let advance = at.x_advance as f32 / em;
        width += advance;
        glyphs.push(KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            advance,
            at.x_offset as f32 / em,
            at.y_offset as f32 / em,
            at.y_advance as f32 / em,
            from..to,
            None,
        ));
    }
    Some(Run { font: one.font.clone(), text, glyphs, width })
}
