//! The reviewing officer's report of a year: what was held and when, how children took part, who was heard, what was
//! promised and kept, and disputes. It counts the children its reader may find, and every figure opens to them.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use kinfold_access::{Action, CircleRole, Code, Relations, Target, Ties};
use kinfold_record::calendar::{CountFrom, add_months};
use kinfold_record::{EventKind, Happening, Subject, Timeline};
use kinfold_store::{ChildLine, Scope};
use serde_json::json;
use uuid::Uuid;

use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::error::Result;
use crate::house::{Book, Casework};
use crate::project::decode_timeline;

/// Children read at a time.
const CHUNK: i64 = 500;

/// The report of a year.
#[derive(Debug, Clone)]
pub struct ReviewYear {
    /// The year in whose March it ends.
    pub year: i16,
    /// The year that runs.
    pub runs: i16,
    /// Its first day.
    pub from: Date,
    /// Its last day, or today while it runs.
    pub to: Date,
    /// How many children were looked at.
    pub children: usize,
    /// The figures, in groups: title and lines.
    pub groups: Vec<(&'static str, Vec<YearLine>)>,
    /// The children behind the figure asked for.
    pub list: Option<YearList>,
}

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLine {
    /// Its name in addresses.
    pub id: String,
    /// What is counted.
    pub title: String,
    /// How often.
    pub count: usize,
    /// Of how many, where it is a part of something.
    pub of: Option<usize>,
}

/// The children behind a figure.
#[derive(Debug, Clone)]
pub struct YearList {
    /// What is counted.
    pub title: String,
    /// The children, and how often each is counted.
    pub children: Vec<(ChildLine, usize)>,
}

/// What is counted, by the name of the figure: which child how often.
#[derive(Default)]
struct Tally(BTreeMap<String, BTreeMap<Uuid, usize>>);

impl Tally {
    fn add(&mut self, id: impl Into<String>, child: Uuid) {
        *self.0.entry(id.into()).or_default().entry(child).or_default() += 1;
    }

    fn count(&self, id: &str) -> usize {
        self.0.get(id).map_or(0, |children| children.values().sum())
    }
}

/// A review that was held and finished.
fn is_review(h: &Happening) -> bool {
    h.kind == EventKind::ReviewHeld
        && matches!(h.value("review"), Some("looked_after" | "adoption"))
        && h.value("adjourned") != Some("yes")
}

/// By when a review had to be held: twenty working days after coming into care, three months after the first, six after
/// every later one (CPPCR 2010 reg 33).
fn due(timeline: &Timeline, on: Date, book: &Book) -> Option<Date> {
    let care = timeline.care.iter().find(|p| p.start <= on && p.end.is_none_or(|end| on <= end))?;
    let before: Vec<Date> = timeline
        .happenings
        .iter()
        .filter(|h| is_review(h) && h.on >= care.start && h.on < on)
        .map(|h| h.on)
        .collect();
    Some(match before.as_slice() {
        [] => book.calendar.add_working_days_date(care.start, 20, CountFrom::Exclusive),
        [first] => add_months(*first, 3),
        [.., last] => add_months(*last, 6),
    })
}

fn tally(timeline: &Timeline, (from, to): (Date, Date), today: Date, book: &Book, tally: &mut Tally) {
    let child = timeline.child.0;
    for h in timeline.happenings.iter().filter(|h| h.on >= from && h.on <= to) {
        match h.kind {
            EventKind::ReviewHeld if is_review(h) => {
                tally.add("held", child);
                match due(timeline, h.on, book) {
                    Some(day) if h.on <= day => tally.add("on_time", child),
                    Some(_) => tally.add("late", child),
                    None => {}
                }
                tally.add(format!("took_part-{}", h.value("participation").unwrap_or("not_recorded")), child);
                if h.value("spoke_alone") == Some("yes") {
                    tally.add("alone", child);
                }
            }
            EventKind::ReviewInvited if h.value("role") != Some("reviewing_officer") => {
                tally.add("asked", child);
                let part = h.value("part");
                let of_part = |k: EventKind| {
                    timeline.happenings.iter().find(move |o| o.kind == k && o.value("part") == part)
                };
                let declined = of_part(EventKind::ReviewAnswered)
                    .is_some_and(|a| matches!(a.value("answer"), Some("declined" | "no_answer")));
                match () {
                    () if of_part(EventKind::ReviewPartIn).is_some() => tally.add("heard", child),
                    () if declined => tally.add("declined", child),
                    () => tally.add("not_heard", child),
                }
            }
            EventKind::ReviewLeftOut => tally.add("left_out", child),
            EventKind::ReviewAction => {
                tally.add("actions", child);
                let answer = timeline.happenings.iter().find(|o| {
                    o.kind == EventKind::ReviewActionAnswered && o.value("action") == h.value("action")
                });
                let by = h.value("by").and_then(|by| by.parse::<Date>().ok());
                match answer {
                    Some(answer) if answer.value("outcome") == Some("done") => tally.add("done", child),
                    Some(_) => tally.add("not_done", child),
                    None if by.is_some_and(|by| by < today) => tally.add("overdue", child),
                    None => tally.add("open", child),
                }
            }
            EventKind::DisputeRaised => {
                tally.add(format!("disputes-{}", h.value("stage").unwrap_or("informal")), child);
            }
            EventKind::DisputeSettled => tally.add("settled", child),
            EventKind::DisputeReferred => tally.add("referred", child),
            _ => {}
        }
    }
}

fn groups(tally: &Tally, book: &Book) -> Vec<(&'static str, Vec<YearLine>)> {
    let line = |id: &str, title: &str, of: Option<&str>| YearLine {
        id: id.to_owned(),
        title: title.to_owned(),
        count: tally.count(id),
        of: of.map(|of| tally.count(of)),
    };
    let took_part = tally.0.keys().filter_map(|id| id.strip_prefix("took_part-").map(|code| (id, code)));
    let took_part: Vec<YearLine> = took_part
        .map(|(id, code)| {
            let title = match code {
                "not_recorded" => "Not recorded".to_owned(),
                code => format!("{} ({code})", book.guidance.codes.title("review_participation", code)),
            };
            line(id, &title, Some("held"))
        })
        .collect();
    vec![
        (
            "Reviews",
            vec![
                line("held", "Reviews held", None),
                line("on_time", "Held in time", Some("held")),
                line("late", "Held late", Some("held")),
                line("alone", "The reviewing officer spoke with the child alone", Some("held")),
            ],
        ),
        ("How children took part", took_part),
        (
            "Who was heard",
            vec![
                line("asked", "People asked for their part", None),
                line("heard", "Parts received", Some("asked")),
                line("declined", "Declined, or no answer", Some("asked")),
                line("not_heard", "Nothing received", Some("asked")),
                line("left_out", "Left out with a reason", None),
            ],
        ),
        (
            "What was promised",
            vec![
                line("actions", "Actions decided", None),
                line("done", "Done", Some("actions")),
                line("not_done", "Not done as decided, with reasons", Some("actions")),
                line("overdue", "Overdue without an answer", Some("actions")),
                line("open", "Still ahead", Some("actions")),
            ],
        ),
        (
            "Disputes",
            vec![
                line("disputes-informal", "Raised informally", None),
                line("disputes-formal", "Raised formally", None),
                line("settled", "Settled", None),
                line("referred", "Referred to Cafcass", None),
            ],
        ),
    ]
}

/// The year in whose March a day lies.
fn year_of(day: Date) -> i16 {
    if (day.month(), day.day()) > (3, 31) { day.year().saturating_add(1) } else { day.year() }
}

impl Casework {
    /// The report of a year over the children this person may find; of the year that runs, unless another of the last
    /// five is named. `list` names the figure whose children are wanted.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] for those without lists of children.
    pub async fn review_year(&self, actor: &Actor, year: Option<i16>, list: &str) -> Result<ReviewYear> {
        actor.require(Action::ViewTeamBoard)?;
        let today = self.today();
        let runs = year_of(today);
        let year = year.filter(|y| (runs.saturating_sub(4)..=runs).contains(y)).unwrap_or(runs);
        let (from, to) = (date(year.saturating_sub(1), 4, 1), date(year, 3, 31).min(today));
        let book = self.book();
        // Whoever may not read everyday entries of all they find gets a report over nobody.
        let scope = match self.reads_all_they_find(actor) {
            true => self.scope(actor, Subject::Child),
            false => Scope::nothing(Some(actor.person().0), today),
        };
        let (mut found, mut lines, mut after) = (Tally::default(), BTreeMap::new(), None);
        let mut unit = self.house.store.read().await?;
        loop {
            let chunk = unit.all_projections(after, CHUNK).await?;
            let Some(last) = chunk.last() else { break };
            after = Some(last.id);
            let ids: Vec<Uuid> = chunk.iter().map(|line| line.id).collect();
            let mine = unit.children_among(&scope, &ids).await?;
            for line in chunk.iter().filter(|line| mine.iter().any(|m| m.id == line.id)) {
                tally(&decode_timeline(&line.timeline)?, (from, to), today, &book, &mut found);
            }
            lines.extend(mine.into_iter().map(|line| (line.id, line)));
        }
        drop(unit);
        let groups = groups(&found, &book);
        let asked = groups.iter().flat_map(|(_, lines)| lines).find(|line| line.id == list);
        let list = asked.map(|line| {
            let counted = found.0.get(&line.id).into_iter().flatten();
            let children = counted.filter_map(|(id, n)| Some((lines.get(id)?.clone(), *n))).collect();
            YearList { title: line.title.clone(), children }
        });
        let detail = json!({"year": year, "list": list.as_ref().map(|l| l.children.len())});
        self.house.pen.write(vec![actor.line("view_review_year", None, true, &detail)]).await?;
        Ok(ReviewYear { year, runs, from, to, children: lines.len(), groups, list })
    }

    /// Whether somebody may read everyday entries of every child their lists reach, in whichever way they reach it: figures
    /// and lists tell what such entries tell.
    fn reads_all_they_find(&self, actor: &Actor) -> bool {
        let who = &actor.snapshot.who;
        let scope = self.scope(actor, Subject::Child);
        let mut ways: Vec<Ties> = scope.everything.then(Ties::default).into_iter().collect();
        ways.extend(scope.teams.iter().map(|team| Ties { team: Some(*team), ..Ties::default() }));
        if scope.own_circle {
            let known = |place: &&CircleRole| {
                scope.places.as_ref().is_none_or(|places| places.iter().any(|p| p == place.as_str()))
            };
            let places = CircleRole::ALL.iter().filter(known);
            ways.extend(
                places.map(|place| Ties { circle: std::iter::once(*place).collect(), ..Ties::default() }),
            );
        }
        ways.iter().all(|ties| {
            let target = Target::child(Relations::of(who, ties));
            let may = self.house.engine.may(who, actor.purpose(), target);
            !may.has(Action::FindChild) || may.has(Action::ViewChronology)
        })
    }

    /// The figures of a year as a table. It names nobody.
    ///
    /// # Errors
    /// As [`Casework::review_year`]; [`crate::Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_review_year(&self, actor: &Actor, year: Option<i16>) -> Result<Exported> {
        actor.require(Action::ViewTeamBoard)?;
        actor.require_fresh()?;
        let page = self.review_year(actor, year, "").await?;
        let text = |words: &str| ExportedCell::Text(words.to_owned());
        let number = |n: usize| ExportedCell::Number(i64::try_from(n).unwrap_or(i64::MAX));
        let lines =
            page.groups.iter().flat_map(|(group, lines)| lines.iter().map(move |line| (*group, line)));
        let rows: Vec<Vec<ExportedCell>> = lines
            .map(|(group, line)| {
                vec![
                    text(group),
                    text(&line.title),
                    number(line.count),
                    line.of.map_or(ExportedCell::Empty, number),
                ]
            })
            .collect();
        let detail = json!({"what": "review_year", "year": page.year, "rows": rows.len()});
        self.house.pen.write(vec![actor.line("export_review_year", None, true, &detail)]).await?;
        let columns = ["About", "What", "How many", "Of"].map(str::to_owned).to_vec();
        Ok(Exported { name: format!("Reviews {}", page.year), columns, rows })
    }
}
