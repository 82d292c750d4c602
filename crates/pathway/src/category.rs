//! Leaving-care categories, with their working (CA89 Sch 2 para 19B, ss.23A, 23C, 24; CPPCR 2010 reg 40; CLR 2010
//! reg 3).
//!
//! Not seen here: the second limb of s.23A (detained or in hospital on reaching 16), and special guardianship after
//! care (s.24): the chronology does not hold what they need. A worker excuses or records those by hand.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_guidance::Category;
use kinfold_record::calendar::add_months;
use kinfold_record::{EntryId, EventKind, Timeline};
use serde::{Deserialize, Serialize};

use crate::rules::Rules;
use crate::view::View;
use crate::working::long_date;

/// Thirteen weeks.
const ENOUGH: i32 = 91;

/// A time in one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategorySpell {
    /// Which.
    pub category: Category,
    /// The entry of the period of care it rests on.
    pub entry: EntryId,
    /// First day.
    pub start: Date,
    /// First day no longer in it.
    pub end: Option<Date>,
    /// Days looked after since the fourteenth birthday, short breaks left out, up to `start`.
    pub days_since_fourteen: i32,
}

impl CategorySpell {
    /// The sum in plain words.
    pub fn lines(&self, timeline: &Timeline) -> Vec<String> {
        let birthday = |n| timeline.birthday(n).map_or_else(String::new, long_date);
        let counted = format!(
            "Looked after for {} days since the fourteenth birthday ({}), short breaks left out; {} are needed for thirteen weeks.",
            self.days_since_fourteen,
            birthday(14),
            ENOUGH
        );
        let first = match self.category {
            Category::Eligible => format!(
                "Aged 16 or 17 (16 on {}) and looked after: eligible from {}.",
                birthday(16),
                long_date(self.start)
            ),
            Category::Relevant => format!(
                "Stopped being looked after on {}, was eligible before: relevant until 18, or after six months at home with a parent.",
                long_date(self.start)
            ),
            Category::FormerRelevant => {
                format!("Turned 18 on {}, was eligible or relevant until then.", birthday(18))
            }
            Category::Qualifying => format!(
                "Looked after at or after 16, without being eligible: qualifying from {}.",
                long_date(self.start)
            ),
        };
        vec![first, counted]
    }
}

/// The categories of one child, oldest first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Categories {
    pub spells: Vec<CategorySpell>,
    /// The day on which thirteen weeks will be complete if the child stays looked after.
    pub next: Option<Date>,
}

/// The leaving-care categories of a child as known on a day.
pub fn categories(timeline: &Timeline, rules: &Rules, on: Date) -> Vec<CategorySpell> {
    View::new(rules, timeline, on).categories.spells
}

impl Categories {
    pub fn of(view: &View<'_>) -> Self {
        let mut out = Self::default();
        let (Some(fourteen), Some(sixteen), Some(eighteen)) =
            (view.t.birthday(14), view.t.birthday(16), view.t.birthday(18))
        else {
            return out;
        };
        if view.on < sixteen || view.care.is_empty() {
            return out;
        }
        let mut days = 0;
        let mut was_eligible = false;
        for period in view.care {
            let end = view.end(period.end).map(|e| e.min(eighteen));
            let from = period.start.max(fourteen);
            let to = end.unwrap_or_else(|| view.on.tomorrow().unwrap_or(view.on)).min(eighteen);
            if to <= sixteen {
                days += counted(view, from, to);
                continue;
            }
            let before = days;
            days += counted(view, from, to);
            // The day on which the ninety-first day is complete.
            let reached = if before >= ENOUGH {
                Some(period.start)
            } else if days >= ENOUGH {
                Some(nth_day(view, from, ENOUGH - before))
            } else {
                if end.is_none() && !view.short_break_on(view.on) {
                    out.next = Some(view.on.saturating_add((ENOUGH - days).days()));
                }
                None
            };
            let start = reached.map(|r| r.max(sixteen).max(period.start)).filter(|s| *s < to);
            let spell = |category, start, end, days| CategorySpell {
                category,
                entry: period.entry,
                start,
                end,
                days_since_fourteen: days,
            };
            if let Some(start) = start {
                was_eligible = true;
                // Care that started again ends the time as a relevant child.
                close(&mut out.spells, Category::Relevant, period.start);
                out.spells.push(spell(
                    Category::Eligible,
                    start,
                    end.or((view.on >= eighteen).then_some(eighteen)),
                    days.max(ENOUGH),
                ));
            }
            let Some(end) = end else { continue };
            if was_eligible && end < eighteen {
                let home = went_home(view, end);
                let six_months = add_months(end, 6);
                let until = if home && six_months < eighteen { six_months } else { eighteen };
                out.spells.push(spell(Category::Relevant, end, view.end(Some(until)), days));
            } else if !was_eligible && end >= sixteen {
                let until = view.t.birthday(21).unwrap_or(eighteen);
                out.spells.push(spell(Category::Qualifying, end, view.end(Some(until)), days));
            }
        }
        // Eligible or relevant until the eighteenth birthday.
        if view.on >= eighteen
            && let Some(last) = out.spells.iter().rev().find(|s| s.end == Some(eighteen))
            && matches!(last.category, Category::Eligible | Category::Relevant)
        {
            let until = view.t.birthday(25).unwrap_or(eighteen);
            let (entry, days_since_fourteen) = (last.entry, last.days_since_fourteen);
            out.spells.push(CategorySpell {
                category: Category::FormerRelevant,
                entry,
                start: eighteen,
                end: view.end(Some(until)),
                days_since_fourteen,
            });
        }
        out
    }
}

fn close(spells: &mut [CategorySpell], category: Category, on: Date) {
    if let Some(s) = spells.iter_mut().rev().find(|s| s.category == category)
        && s.end.is_none_or(|end| end > on)
    {
        s.end = Some(on);
    }
}

/// Whether the child went home to a parent when this period of care ended.
fn went_home(view: &View<'_>, end: Date) -> bool {
    view.of_kind(EventKind::CareCeased)
        .iter()
        .filter_map(|i| view.event(*i))
        .filter(|h| h.on == end)
        .any(|h| h.value("new_home").is_some_and(|v| v == "parents"))
}

/// Days looked after in a stretch, short breaks left out.
fn counted(view: &View<'_>, from: Date, to: Date) -> i32 {
    if from >= to {
        return 0;
    }
    if !view.short_breaks {
        return days(from, to);
    }
    let mut count = 0;
    let mut day = from;
    while day < to {
        count += i32::from(!view.short_break_on(day));
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    count
}

/// The day after which `n` days have been counted from a day.
fn nth_day(view: &View<'_>, from: Date, n: i32) -> Date {
    if !view.short_breaks {
        return from.saturating_add(n.days());
    }
    let mut left = n;
    let mut day = from;
    while left > 0 {
        left -= i32::from(!view.short_break_on(day));
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    day
}

fn days(from: Date, to: Date) -> i32 {
    i32::try_from(to.duration_since(from).as_hours() / 24).unwrap_or(i32::MAX)
}
