//! The facts of the ribbon as a table: for whoever cannot see the drawing, and for whoever wants the exact days.

use super::{Ribbon, Span, SpanKind};
use crate::date;
use crate::table::{Column, Row, Table};
use jiff::civil::Date;
use maud::{Markup, Render, html};

impl Ribbon {
    /// The table, folded. It holds every stretch and everything due, also what lies outside the axis of the drawing.
    pub(super) fn facts(&self) -> Markup {
        let mut columns = vec![
            Column::new("Strand"),
            Column::new("What"),
            Column::new("From"),
            Column::new("To"),
            Column::new("How long"),
        ];
        if self.birth.is_some() {
            columns.push(Column::new("Age then"));
        }
        let mut table = Table::new(format!("{}: dates", self.title), columns).dense();
        for band in &self.bands {
            let strand = band.strand.word();
            for span in band.with_gaps(self.today) {
                table = table.row(self.span_row(strand, &span));
            }
            for due in &band.dues {
                let what = html! { (due.label) " " (due.state.plain()) };
                let row =
                    Row::new().cell(strand).cell(what).cell(date::short_element(due.on)).cell("").cell("due");
                table = table.row(self.with_age(row, due.on));
            }
        }
        html! {
            details.govuk-details {
                summary.govuk-details__summary {
                    span.govuk-details__summary-text { "The same facts as a table" }
                }
                div.govuk-details__text { (table.render()) }
            }
        }
    }

    fn span_row(&self, strand: &str, span: &Span) -> Row {
        let what = html! {
            (span.label)
            @if matches!(span.kind, SpanKind::Planned | SpanKind::Unsettled) { " (" (span.kind.word()) ")" }
        };
        let to = span.to.map_or_else(|| html! { "now" }, date::short_element);
        let lasted = if span.from > self.today {
            String::new()
        } else {
            date::lasted(span.from, span.end(self.today))
        };
        let row =
            Row::new().cell(strand).cell(what).cell(date::short_element(span.from)).cell(to).cell(lasted);
        self.with_age(row, span.from)
    }

    fn with_age(&self, row: Row, on: Date) -> Row {
        match self.birth {
            Some(birth) => row.cell(date::age_words(birth, on)),
            None => row,
        }
    }
}
