//! Draws what was laid out, and says of every line what it is: the tree of tags that screen readers follow.

use std::num::NonZeroU16;

use krilla::Document as Pdf;
use krilla::color::rgb;
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, ListNumbering, Node, SpanTag, TableHeaderScope, Tag,
    TagGroup, TagTree,
};

use crate::fonts::{Fonts, Weight};
use crate::lay::{Laid, Line, PAGE, SIDE, Whole};
use crate::{Paper, PaperError};

/// Near black: easier on many eyes than black on white.
const INK: (u8, u8, u8) = (11, 12, 12);
const GREY: (u8, u8, u8) = (80, 90, 95);

/// Every line in the order it is drawn, with what it will be known by in the tree.
struct Drawn<'w> {
    lines: Vec<(&'w Line, Option<Identifier>)>,
}

pub(crate) fn draw(pdf: &mut Pdf, paper: &Paper, fonts: &Fonts, whole: &Whole) -> Result<(), PaperError> {
    let mut drawn = Drawn { lines: lines(whole).into_iter().map(|line| (line, None)).collect() };
    let size =
        PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| PaperError::Writing("no page".to_owned()))?;
    for number in 0..whole.pages {
        let mut page = pdf.start_page_with(size.clone());
        let mut surface = page.surface();
        rules(&mut surface, whole, number);
        for (line, known) in drawn.lines.iter_mut().filter(|(line, _)| line.page == number) {
            *known = Some(surface.start_tagged(ContentTag::Span(SpanTag::empty())));
            // The space at the end keeps the last word of a line and the first of the next apart when read aloud.
            text(
                &mut surface,
                fonts,
                line.style.weight,
                line.style.size,
                (line.x, line.y),
                &format!("{} ", line.text),
                INK,
            );
            surface.end_tagged();
        }
        foot(&mut surface, fonts, paper, number, whole.pages);
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(paper.language.clone()));
    let mut next = drawn.lines.into_iter().filter_map(|(_, known)| known);
    for part in &whole.parts {
        tree.push(group(part, &mut next)?);
    }
    pdf.set_tag_tree(tree);
    pdf.set_outline(outline(whole));
    Ok(())
}

/// Every line in reading order.
fn lines(whole: &Whole) -> Vec<&Line> {
    let mut out = Vec::new();
    for part in &whole.parts {
        match part {
            Laid::Heading(_, lines) | Laid::Text(lines) => out.extend(lines),
            Laid::List(items) => {
                for (bullet, lines) in items {
                    out.push(bullet);
                    out.extend(lines);
                }
            }
            Laid::Table { caption, heads, rows, .. } => {
                out.extend(caption);
                out.extend(heads.iter().flatten());
                out.extend(rows.iter().flatten().flatten());
            }
        }
    }
    out
}

fn text(
    surface: &mut Surface<'_>,
    fonts: &Fonts,
    weight: Weight,
    size: f32,
    (mut x, y): (f32, f32),
    words: &str,
    (red, green, blue): (u8, u8, u8),
) {
    surface.set_fill(Some(Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        ..Fill::default()
    }));
    for run in fonts.runs(weight, words) {
        surface.draw_glyphs(Point::from_xy(x, y), &run.glyphs, run.font, &run.text, size, false);
        x += run.width * size;
    }
}

/// Lines under the rows of tables: they look good and say nothing.
fn rules(surface: &mut Surface<'_>, whole: &Whole, page: usize) {
    for part in &whole.parts {
        let Laid::Table { rules, .. } = part else { continue };
        for (_, y) in rules.iter().filter(|(on, _)| *on == page) {
            let mut path = PathBuilder::new();
            path.move_to(SIDE, *y);
            path.line_to(PAGE.0 - SIDE, *y);
            let Some(path) = path.finish() else { continue };
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            surface.set_fill(None);
            surface.set_stroke(Some(Stroke {
                paint: rgb::Color::new(177, 180, 182).into(),
                width: 0.75,
                ..Stroke::default()
            }));
            surface.draw_path(&path);
            surface.set_stroke(None);
            surface.end_tagged();
        }
    }
}

fn foot(surface: &mut Surface<'_>, fonts: &Fonts, paper: &Paper, number: usize, pages: usize) {
    let size = 9.5;
    let y = PAGE.1 - 36.0;
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    text(surface, fonts, Weight::Regular, size, (SIDE, y), &paper.from, GREY);
    let words = format!("Page {} of {pages}", number + 1);
    let x = PAGE.0 - SIDE - fonts.width(Weight::Regular, &words, size);
    text(surface, fonts, Weight::Regular, size, (x, y), &words, GREY);
    surface.end_tagged();
}

fn outline(whole: &Whole) -> Outline {
    let mut outline = Outline::new();
    for part in &whole.parts {
        let Laid::Heading(level @ 2.., lines) = part else { continue };
        let Some(first) = lines.first() else { continue };
        let words: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        let place = XyzDestination::new(first.page, Point::from_xy(SIDE, first.y - first.style.leading));
        if *level == 2 {
            outline.push_child(OutlineNode::new(words.join(" "), place));
        }
    }
    outline
}

/// The tag of a part with the lines that belong to it, taken from what was drawn in reading order.
fn group(part: &Laid, next: &mut impl Iterator<Item = Identifier>) -> Result<TagGroup, PaperError> {
    let missing = || PaperError::Writing("a line was not drawn".to_owned());
    let mut take = |count: usize, mut group: TagGroup| -> Result<TagGroup, PaperError> {
        for _ in 0..count {
            group.push(next.next().ok_or_else(missing)?);
        }
        Ok(group)
    };
    Ok(match part {
        Laid::Heading(level, lines) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            let words: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
            take(lines.len(), TagGroup::new(Tag::Hn(level, Some(words.join(" ")))))?
        }
        Laid::Text(lines) => take(lines.len(), TagGroup::new(Tag::P))?,
        Laid::List(items) => {
            let mut list = TagGroup::new(Tag::L(ListNumbering::Disc));
            for (_, lines) in items {
                let label = take(1, TagGroup::new(Tag::Lbl))?;
                let body = take(lines.len(), TagGroup::new(Tag::LBody))?;
                list.push(TagGroup::with_children(Tag::LI, vec![Node::Group(label), Node::Group(body)]));
            }
            list
        }
        Laid::Table { caption, heads, rows, .. } => {
            let mut table = TagGroup::new(Tag::Table);
            let caption = take(caption.len(), TagGroup::new(Tag::Caption))?;
            table.push(caption);
            let mut row = TagGroup::new(Tag::TR);
            for lines in heads {
                row.push(take(lines.len(), TagGroup::new(Tag::TH(TableHeaderScope::Column)))?);
            }
            table.push(TagGroup::with_children(Tag::THead, vec![Node::Group(row)]));
            let mut body = TagGroup::new(Tag::TBody);
            for cells in rows {
                let mut row = TagGroup::new(Tag::TR);
                for lines in cells {
                    row.push(take(lines.len(), TagGroup::new(Tag::TD))?);
                }
                body.push(row);
            }
            table.push(body);
            table
        }
    })
}
