//! The report of a year in sentences: a draft that the reviewing officer goes on from. Every number in it is one of the
//! figures that stand below it.

use kinfold_casework::reviews::{ReviewYear, YearLine};
use kinfold_look::date;

/// "1 review was", "7 reviews were".
fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// "12 (80%)".
fn part(line: &YearLine) -> String {
    super::year::share(line)
        .map_or_else(|| line.count.to_string(), |share| format!("{} ({share})", line.count))
}

/// A paragraph for each group of figures that has something to say.
pub(super) fn draft(page: &ReviewYear) -> Vec<String> {
    let line = |id: &str| page.groups.iter().flat_map(|(_, lines)| lines).find(|line| line.id == id);
    let count = |id: &str| line(id).map_or(0, |line| line.count);
    let parted = |id: &str| line(id).map_or_else(|| "0".to_owned(), part);
    let mut out = Vec::new();
    if count("held") > 0 {
        out.push(format!(
            "From {} to {}, {} held. {} in time, {} late. The reviewing officer spoke with the child alone at {}.",
            date::long(page.from),
            date::long(page.to),
            many(count("held"), "review was", "reviews were"),
            parted("on_time"),
            parted("late"),
            parted("alone"),
        ));
        let ways: Vec<String> = page
            .groups
            .iter()
            .flat_map(|(_, lines)| lines)
            .filter(|line| line.id.starts_with("took_part-") && line.count > 0)
            .map(|line| format!("{}: {}", line.title, part(line)))
            .collect();
        if !ways.is_empty() {
            out.push(format!("How children took part. {}.", ways.join("; ")));
        }
    }
    if count("asked") > 0 {
        let left_out = match count("left_out") {
            0 => String::new(),
            n => format!(" {} left out, with a reason each time.", many(n, "person was", "people were")),
        };
        out.push(format!(
            "{} asked for their part. {} sent it, {} declined or did not answer, and from {} nothing came.{left_out}",
            many(count("asked"), "person was", "people were"),
            parted("heard"),
            parted("declined"),
            parted("not_heard"),
        ));
    }
    if count("actions") > 0 {
        out.push(format!(
            "{} decided. Done: {}. Not done as decided, with reasons: {}. Overdue without an answer: {}. Still ahead: {}.",
            many(count("actions"), "action was", "actions were"),
            parted("done"),
            parted("not_done"),
            parted("overdue"),
            parted("open"),
        ));
    }
    let raised = count("disputes-informal") + count("disputes-formal");
    if raised + count("settled") + count("referred") > 0 {
        out.push(format!(
            "{} raised, {} of them formally. Settled: {}. Referred to Cafcass: {}.",
            many(raised, "dispute was", "disputes were"),
            count("disputes-formal"),
            count("settled"),
            count("referred"),
        ));
    } else if count("held") > 0 {
        out.push("No dispute was raised.".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn line(id: &str, title: &str, count: usize, of: Option<usize>) -> YearLine {
        YearLine { id: id.to_owned(), title: title.to_owned(), count, of }
    }

    fn year(groups: Vec<(&'static str, Vec<YearLine>)>) -> ReviewYear {
        let (from, to) = (date(2025, 4, 1), date(2026, 3, 31));
        ReviewYear { year: 2026, runs: 2026, from, to, children: 3, groups, list: None }
    }

    #[test]
    fn a_year_says_its_figures_in_sentences() {
        let reviews = vec![
            line("held", "Reviews held", 8, None),
            line("on_time", "Held in time", 6, Some(8)),
            line("late", "Held late", 2, Some(8)),
            line("alone", "Alone", 1, Some(8)),
        ];
        let ways = vec![line("took_part-PN1", "Spoke for themselves (PN1)", 8, Some(8))];
        let asked = vec![
            line("asked", "Asked", 1, None),
            line("heard", "Received", 1, Some(1)),
            line("left_out", "Left out", 1, None),
        ];
        let said = draft(&year(vec![("Reviews", reviews), ("Part", ways), ("Heard", asked)]));
        assert_eq!(
            said,
            [
                "From Tue 1 April 2025 to Tue 31 March 2026, 8 reviews were held. 6 (75%) in time, 2 (25%) late. The reviewing officer \
                 spoke with the child alone at 1 (13%).",
                "How children took part. Spoke for themselves (PN1): 8 (100%).",
                "1 person was asked for their part. 1 (100%) sent it, 0 declined or did not answer, and from 0 nothing came. \
                 1 person was left out, with a reason each time.",
                "No dispute was raised.",
            ]
        );
    }

    #[test]
    fn a_year_without_reviews_says_nothing() {
        assert!(draft(&year(vec![("Reviews", vec![line("held", "Reviews held", 0, None)])])).is_empty());
    }
}
