//! The drawing. Every colour comes from a class; the one reference in the markup is the hatching, which CSS cannot make.

use super::layout::{
    BAR, CIRCLE, FOOT, HEAD, LETTER, Layout, NAMES_WIDTH, Placed, Placement, TIME_WIDTH, What, anchor, layout,
};
use super::{Due, Ribbon, Span, SpanKind};
use crate::classes;
use crate::date;
use crate::state::State;
use crate::strand::Strand;
use maud::{Markup, Render, html};

impl Render for Ribbon {
    fn render(&self) -> Markup {
        let layout = layout(self);
        let drawing = html! {
            div.kf-ribbon__inner { (names(&layout)) (self.time(&layout)) }
        };
        html! {
            figure.kf-ribbon {
                @if let Some(summary) = &self.summary { figcaption.kf-ribbon__summary { (summary) } }
                @if !self.zoom.is_empty() {
                    ul class="kf-list-facts kf-screen-only" aria-label="How far back" {
                        @for (words, href, current) in &self.zoom {
                            li {
                                @if *current { strong aria-current="true" { (words) } }
                                @else { a.govuk-link href=(href) { (words) } }
                            }
                        }
                    }
                }
                div class="kf-scroll kf-ribbon__scroll" role="region" tabindex="0"
                    aria-label=(format!("{}: drawing, scrolls sideways", self.title)) { (drawing) }
                (self.key(&layout))
                (self.facts())
            }
        }
    }
}

/// One decimal is finer than any screen shows and keeps the page small.
fn unit(value: f64) -> String {
    format!("{value:.1}")
}

fn names(layout: &Layout<'_>) -> Markup {
    html! {
        svg.kf-ribbon__names viewBox=(format!("0 0 {NAMES_WIDTH} {}", unit(layout.height))) aria-hidden="true" focusable="false" {
            @for (at, placement) in layout.bands.iter().enumerate() {
                (background(at, placement, NAMES_WIDTH))
                text.kf-ribbon__band-name x="6" y=(unit(placement.top + placement.height / 2.0 + 5.0)) font-size="15" {
                    (placement.band.strand.word())
                }
            }
        }
    }
}

fn background(at: usize, placement: &Placement<'_>, width: f64) -> Markup {
    html! {
        rect.kf-ribbon__band.kf-ribbon__band--even[at % 2 == 1] x="0" y=(unit(placement.top)) width=(width)
            height=(unit(placement.height)) {}
    }
}

impl Ribbon {
    fn time(&self, layout: &Layout<'_>) -> Markup {
        let (title, desc, hatch) = (format!("{}-title", self.id), format!("{}-desc", self.id), self.hatch());
        html! {
            svg.kf-ribbon__time viewBox=(format!("0 0 {TIME_WIDTH} {}", unit(layout.height))) role="img"
                aria-labelledby=(format!("{title} {desc}")) focusable="false" {
                title id=(title) { (self.title) }
                desc id=(desc) { (self.description()) }
                defs {
                    pattern id=(hatch) width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        path.kf-ribbon__hatch d="M0 0V8" {}
                    }
                }
                @for (at, placement) in layout.bands.iter().enumerate() { (background(at, placement, TIME_WIDTH)) }
                @for tick in &layout.ticks {
                    line.kf-ribbon__tick x1=(unit(tick.x)) x2=(unit(tick.x)) y1=(HEAD) y2=(unit(layout.height - FOOT)) {}
                    text.kf-ribbon__year x=(unit(tick.x)) y="15" font-size="13" text-anchor=(anchor(tick.x, &tick.label)) { (tick.label) }
                }
                @for placement in &layout.bands {
                    @for item in &placement.items { (self.item(placement, item)) }
                    @for x in &placement.joins {
                        line.kf-ribbon__join x1=(unit(*x)) x2=(unit(*x)) y1=(unit(placement.top + 2.0))
                            y2=(unit(placement.top + placement.height - 2.0)) {}
                    }
                }
                @if let Some(x) = layout.today {
                    line.kf-ribbon__today x1=(unit(x)) x2=(unit(x)) y1=(HEAD) y2=(unit(layout.height - FOOT)) {}
                    text.kf-ribbon__today-word x=(unit(x)) y=(unit(layout.height - 5.0)) font-size="13" text-anchor=(anchor(x, "today")) {
                        "today"
                    }
                }
            }
        }
    }

    fn hatch(&self) -> String {
        format!("{}-hatch", self.id)
    }

    fn item(&self, placement: &Placement<'_>, item: &Placed<'_>) -> Markup {
        match &item.what {
            What::Span(span) => self.span(placement, item, span),
            What::Due(due) => circle(item, due),
        }
    }

    fn span(&self, placement: &Placement<'_>, item: &Placed<'_>, span: &Span) -> Markup {
        let class = span_class(placement.band.strand, span.kind);
        let fill = (span.kind == SpanKind::Gap).then(|| format!("url(#{})", self.hatch()));
        let label = fitting(&span.label, item.right - item.left - 8.0);
        html! {
            rect class=(class) x=(unit(item.left)) y=(unit(item.middle - BAR / 2.0)) width=(unit(item.right - item.left))
                height=(BAR) rx="2" fill=[fill] {
                title { (span_words(span)) }
            }
            // Hatching under words is hard to read; the key says what it means.
            @if span.kind != SpanKind::Gap {
                @if let Some(label) = label {
                    text.kf-ribbon__label x=(unit(item.left + 4.0)) y=(unit(item.middle + 4.5)) font-size="13" { (label) }
                }
            }
        }
    }

    /// What is drawn, in one paragraph.
    pub(super) fn description(&self) -> String {
        let mut words = format!(
            "From {} to {}. Today is {}.",
            date::short(self.from),
            date::short(self.to),
            date::short(self.today)
        );
        for band in &self.bands {
            let now = |span: &&Span| span.from <= self.today && span.to.is_none_or(|to| to > self.today);
            let current: Vec<&str> = band.spans.iter().filter(now).map(|span| span.label.as_str()).collect();
            let current = if current.is_empty() {
                "nothing now".to_owned()
            } else {
                format!("now {}", current.join(", "))
            };
            words.push_str(&format!(" {}: {current}", band.strand.word()));
            if band.joins {
                let moves = band.moves().len();
                words.push_str(&if moves == 1 { "; 1 move".to_owned() } else { format!("; {moves} moves") });
            }
            words.push('.');
        }
        words.push_str(" The same facts follow as a table.");
        words
    }

    fn key(&self, layout: &Layout<'_>) -> Markup {
        let items = || layout.bands.iter().flat_map(|band| &band.items);
        let has_kind = |kind| items().any(|item| matches!(&item.what, What::Span(span) if span.kind == kind));
        let moves = layout.bands.iter().any(|band| !band.joins.is_empty());
        let due = items().any(|item| matches!(&item.what, What::Due(_)));
        let hatch = format!("url(#{})", self.hatch());
        html! {
            ul.kf-ribbon__key aria-label="Key" {
                @if moves {
                    (swatch("a move", &html! { line.kf-ribbon__join x1="12" x2="12" y1="1" y2="15" {} }))
                }
                @for (kind, words) in
                    [(SpanKind::Gap, "nothing recorded"), (SpanKind::Unsettled, "not settled"), (SpanKind::Planned, "planned")] {
                    @if has_kind(kind) {
                        (swatch(words, &html! {
                            rect class=(span_class(Strand::Home, kind))
                                x="2" y="2" width="20" height="12" fill=[(kind == SpanKind::Gap).then_some(&hatch)] {}
                        }))
                    }
                }
                @if due {
                    (swatch("due", &html! { circle.kf-ribbon__due cx="12" cy="8" r="6" {} }))
                }
            }
        }
    }
}

fn swatch(words: &str, drawing: &Markup) -> Markup {
    html! {
        li.kf-ribbon__key-item {
            svg.kf-ribbon__swatch viewBox="0 0 24 16" width="24" height="16" aria-hidden="true" focusable="false" { (drawing) }
            " " (words)
        }
    }
}

fn circle(item: &Placed<'_>, due: &Due) -> Markup {
    let x = f64::midpoint(item.left, item.right);
    let state = match due.state {
        State::Late | State::DueSoon | State::Stuck => format!("kf-ribbon__due--{}", due.state.slug()),
        _ => String::new(),
    };
    html! {
        circle class=(classes(&["kf-ribbon__due", &state])) cx=(unit(x)) cy=(unit(item.middle)) r=(unit(CIRCLE - 2.0)) {
            title { (due.label) ", " (date::short(due.on)) ", " (due.state.word().to_lowercase()) }
        }
        // The shape of "due soon" is itself a circle.
        @if matches!(due.state, State::Late | State::Stuck) {
            text.kf-ribbon__due-mark x=(unit(x)) y=(unit(item.middle + 3.5)) font-size="10" text-anchor="middle"
                aria-hidden="true" { (due.state.shape()) }
        }
    }
}

/// As much of a label as fits; nothing when that would be too little to mean anything.
fn fitting(label: &str, room: f64) -> Option<String> {
    let width = |count: usize| u16::try_from(count).map_or(f64::INFINITY, f64::from) * LETTER;
    let count = label.chars().count();
    if width(count) <= room {
        return Some(label.to_owned());
    }
    let fits = (0..count).rev().find(|n| width(n + 1) <= room)?;
    (fits >= 4).then(|| format!("{}…", label.chars().take(fits).collect::<String>().trim_end()))
}

/// A gap takes no strand class, whose colour would win over the hatching.
fn span_class(strand: Strand, kind: SpanKind) -> String {
    let strand = format!("kf-ribbon__span--{}", strand.slug());
    let kind_class = kind.slug().map(|slug| format!("kf-ribbon__span--{slug}")).unwrap_or_default();
    let strand = if kind == SpanKind::Gap { "" } else { &strand };
    classes(&["kf-ribbon__span", strand, &kind_class])
}

fn span_words(span: &Span) -> String {
    let to = span.to.map_or_else(|| "now".to_owned(), date::short);
    let kind = if matches!(span.kind, SpanKind::Usual | SpanKind::Gap) {
        String::new()
    } else {
        format!(" ({})", span.kind.word())
    };
    format!("{}{kind}, {} to {to}", span.label, date::short(span.from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_cut_where_it_must_and_left_out_where_it_would_say_nothing() {
        assert_eq!(fitting("Ashby Street", 200.0).as_deref(), Some("Ashby Street"));
        assert_eq!(fitting("Ashby Street", 50.0).as_deref(), Some("Ashby…"));
        assert_eq!(fitting("Ashby Street", 20.0), None);
        assert_eq!(fitting("Åß🙂 élan vital", 60.0).as_deref(), Some("Åß🙂 éla…"));
    }
}
