//! Where everything stands: lines, columns and pages, before anything is drawn.

use crate::fonts::{Fonts, Weight};
use crate::{Block, Paper};

/// A4, in points.
pub(crate) const PAGE: (f32, f32) = (595.28, 841.89);
/// The margins at the sides, the top and the bottom.
pub(crate) const SIDE: f32 = 62.0;
const TOP: f32 = 62.0;
const BOTTOM: f32 = 72.0;
/// How far the text of a list stands in.
const INDENT: f32 = 14.0;
/// Between two columns of a table.
const GAP: f32 = 12.0;

/// How something is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub weight: Weight,
    pub size: f32,
    pub leading: f32,
    pub before: f32,
}

const TITLE: Style = Style { weight: Weight::Bold, size: 26.0, leading: 31.0, before: 0.0 };
const SECTION: Style = Style { weight: Weight::Bold, size: 16.0, leading: 21.0, before: 18.0 };
const PART: Style = Style { weight: Weight::Bold, size: 13.0, leading: 18.0, before: 12.0 };
const TEXT: Style = Style { weight: Weight::Regular, size: 12.0, leading: 17.0, before: 7.0 };
const STRONG: Style = Style { weight: Weight::Bold, ..TEXT };
const ITEM: Style = Style { before: 4.0, ..TEXT };
const CELL: Style = Style { weight: Weight::Regular, size: 11.0, leading: 15.0, before: 0.0 };
const HEAD: Style = Style { weight: Weight::Bold, ..CELL };

/// A line of text at a place of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    pub page: usize,
    pub x: f32,
    /// Of the line the letters stand on, from the top.
    pub y: f32,
    pub style: Style,
    pub text: String,
}

/// A part of the document with its lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Laid {
    Heading(u16, Vec<Line>),
    Text(Vec<Line>),
    /// For each item its bullet and its lines.
    List(Vec<(Line, Vec<Line>)>),
    Table {
        caption: Vec<Line>,
        heads: Vec<Vec<Line>>,
        rows: Vec<Vec<Vec<Line>>>,
        /// Lines under rows: page and height.
        rules: Vec<(usize, f32)>,
    },
}

/// The whole document.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Whole {
    pub parts: Vec<Laid>,
    pub pages: usize,
}

/// The pen that goes down the pages.
struct Pen<'f> {
    fonts: &'f Fonts,
    page: usize,
    y: f32,
}

pub(crate) fn lay(paper: &Paper, fonts: &Fonts) -> Whole {
    let mut pen = Pen { fonts, page: 0, y: TOP };
    let mut parts = vec![Laid::Heading(1, pen.paragraph(TITLE, &paper.title, SIDE, width()))];
    for block in &paper.blocks {
        parts.extend(pen.block(block));
    }
    Whole { parts, pages: pen.page + 1 }
}

fn width() -> f32 {
    PAGE.0 - 2.0 * SIDE
}

impl Pen<'_> {
    fn block(&mut self, block: &Block) -> Option<Laid> {
        let said = |text: &String| !text.trim().is_empty();
        Some(match block {
            Block::Heading(level, text) if said(text) => {
                let (level, style) = if *level <= 2 { (2, SECTION) } else { (3, PART) };
                // A heading at the foot of a page belongs to nothing.
                self.room(style.before + style.leading + 3.0 * TEXT.leading);
                Laid::Heading(level, self.paragraph(style, text, SIDE, width()))
            }
            Block::Text(text) if said(text) => Laid::Text(self.paragraph(TEXT, text, SIDE, width())),
            Block::Strong(text) if said(text) => Laid::Text(self.paragraph(STRONG, text, SIDE, width())),
            Block::List(items) => {
                let items =
                    items.iter().filter(|item| said(item)).map(|item| self.item(item)).collect::<Vec<_>>();
                if items.is_empty() {
                    return None;
                }
                Laid::List(items)
            }
            Block::Table { caption, heads, rows } if !heads.is_empty() => self.table(caption, heads, rows),
            _ => return None,
        })
    }

    /// Goes on to the next page unless so much room is left on this one.
    fn room(&mut self, needed: f32) {
        if self.y + needed > PAGE.1 - BOTTOM && self.y > TOP {
            self.page += 1;
            self.y = TOP;
        }
    }

    fn paragraph(&mut self, style: Style, text: &str, x: f32, width: f32) -> Vec<Line> {
        if self.y > TOP {
            self.y += style.before;
        }
        let mut out = Vec::new();
        for text in wrap(self.fonts, style, text, width) {
            self.room(style.leading);
            self.y += style.leading;
            out.push(Line { page: self.page, x, y: self.y, style, text });
        }
        out
    }

    fn item(&mut self, text: &str) -> (Line, Vec<Line>) {
        let lines = self.paragraph(ITEM, text, SIDE + INDENT, width() - INDENT);
        let (page, y) = lines.first().map_or((self.page, self.y), |first| (first.page, first.y));
        (Line { page, x: SIDE, y, style: ITEM, text: "•".to_owned() }, lines)
    }

    fn table(&mut self, caption: &str, heads: &[String], rows: &[Vec<String>]) -> Laid {
        self.room(PART.before + PART.leading + 3.0 * CELL.leading);
        let caption = self.paragraph(PART, caption, SIDE, width());
        self.y += 4.0;
        let columns = self.columns(heads, rows);
        let mut rules = Vec::new();
        let heads = self.row(HEAD, heads, &columns, &mut rules);
        let rows = rows.iter().map(|row| self.row(CELL, row, &columns, &mut rules)).collect();
        Laid::Table { caption, heads, rows, rules }
    }

    /// Where each column begins and how wide it is: as wide as what stands in it asks for, in the room there is.
    fn columns(&self, heads: &[String], rows: &[Vec<String>]) -> Vec<(f32, f32)> {
        let count = heads.len();
        let room = width() - GAP * (count.saturating_sub(1)) as f32;
        let asked: Vec<f32> = (0..count)
            .map(|n| {
                let head = heads.get(n).map_or(0.0, |head| self.fonts.width(Weight::Bold, head, HEAD.size));
                let cells = rows.iter().filter_map(|row| row.get(n));
                let widest =
                    cells.map(|cell| self.fonts.width(Weight::Regular, cell, CELL.size)).fold(head, f32::max);
                // No column so narrow that a word breaks, none so wide that it takes all.
                widest.clamp(room / (count as f32 * 2.0), room)
            })
            .collect();
        let mut x = SIDE;
        let widths = share(&asked, &self.least(heads, rows, room / count as f32), room);
        widths
            .into_iter()
            .map(|wide| {
                let column = (x, wide);
                x += wide + GAP;
                column
            })
            .collect()
    }

    /// The widest word of each column, and no more than its equal share: narrower, and words would be cut.
    fn least(&self, heads: &[String], rows: &[Vec<String>], share: f32) -> Vec<f32> {
        let widest = |text: &str, style: Style| {
            text.split_whitespace()
                .map(|word| self.fonts.width(style.weight, word, style.size))
                .fold(0.0, f32::max)
        };
        let column = |(n, head): (usize, &String)| {
            let cells = rows.iter().filter_map(|row| row.get(n)).map(|cell| widest(cell, CELL));
            cells.fold(widest(head, HEAD), f32::max).min(share)
        };
        heads.iter().enumerate().map(column).collect()
    }

    /// A row is never cut in two unless it is longer than a page.
    fn row(
        &mut self,
        style: Style,
        cells: &[String],
        columns: &[(f32, f32)],
        rules: &mut Vec<(usize, f32)>,
    ) -> Vec<Vec<Line>> {
        let empty = String::new();
        let wrapped: Vec<Vec<String>> = columns
            .iter()
            .enumerate()
            .map(|(n, (_, wide))| wrap(self.fonts, style, cells.get(n).unwrap_or(&empty), *wide))
            .collect();
        let most = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
        self.room((most as f32 * style.leading + 8.0).min(PAGE.1 - TOP - BOTTOM));
        let start = (self.page, self.y);
        let mut end = start;
        let mut out = Vec::new();
        for (texts, (x, _)) in wrapped.into_iter().zip(columns) {
            (self.page, self.y) = start;
            let mut lines = Vec::new();
            for text in texts {
                self.room(style.leading);
                self.y += style.leading;
                lines.push(Line { page: self.page, x: *x, y: self.y, style, text });
            }
            end = if (self.page, self.y) > end { (self.page, self.y) } else { end };
            out.push(lines);
        }
        (self.page, self.y) = end;
        self.y += 6.0;
        rules.push((self.page, self.y));
        self.y += 2.0;
        out
    }
}

/// What each column gets of the room: what it asks for where there is enough, and else the least it can do with and a
/// share of the rest by how much more it asks for.
fn share(asked: &[f32], least: &[f32], room: f32) -> Vec<f32> {
    if asked.iter().sum::<f32>() <= room {
        return asked.to_vec();
    }
    let more = |n: usize| (asked[n] - least[n]).max(0.0);
    let all: f32 = (0..asked.len()).map(more).sum();
    let rest = (room - least.iter().sum::<f32>()).max(0.0);
    (0..asked.len()).map(|n| least[n] + if all > 0.0 { more(n) * rest / all } else { 0.0 }).collect()
}

/// A text as lines no wider than this. A word that is wider than a whole line is cut where it has to be.
fn wrap(fonts: &Fonts, style: Style, text: &str, width: f32) -> Vec<String> {
    let wide = |text: &str| fonts.width(style.weight, text, style.size);
    let space = wide(" ");
    let mut out: Vec<String> = Vec::new();
    for paragraph in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (mut line, mut long) = (String::new(), 0.0);
        for word in paragraph.split_whitespace() {
            // Word by word: a whole line is not measured again with each of them.
            let wide_word = wide(word);
            let with = if line.is_empty() { wide_word } else { long + space + wide_word };
            if with <= width {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
                long = with;
                continue;
            }
            if !line.is_empty() {
                out.push(std::mem::take(&mut line));
                long = 0.0;
            }
            if wide_word <= width {
                (line, long) = (word.to_owned(), wide_word);
                continue;
            }
            for letter in word.chars() {
                let wide_letter = wide(letter.encode_utf8(&mut [0; 4]));
                if long + wide_letter > width && !line.is_empty() {
                    out.push(std::mem::take(&mut line));
                    long = 0.0;
                }
                line.push(letter);
                long += wide_letter;
            }
        }
        if !line.is_empty() {
            out.push(line);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_narrow_column_keeps_its_longest_word_beside_wide_ones() {
        assert_eq!(share(&[40.0, 60.0], &[10.0, 10.0], 200.0), [40.0, 60.0]);
        let shared = share(&[42.0, 400.0, 70.0, 400.0], &[20.0, 60.0, 55.0, 60.0], 400.0);
        assert!(shared[0] > 20.0 && shared[2] > 55.0, "{shared:?}");
        assert!((shared.iter().sum::<f32>() - 400.0).abs() < 0.1, "{shared:?}");
        assert!((shared[1] - shared[3]).abs() < 0.01 && shared[1] > 130.0, "{shared:?}");
    }
}
