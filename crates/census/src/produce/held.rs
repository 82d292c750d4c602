//! A return with everything that is held from before it. Two years are what an authority sends, but some rules ask what
//! ever happened to a child, and the record knows.

use jiff::civil::Date;
use kinfold_record::Chronology;

use super::child::{Child, Window};
use super::gather::Rows;
use super::{ChildReturn, ProduceOptions, Produced, cut, episodes, leavers};
use crate::tables::{Table, YearReturn};

/// How many returns before last year's may hold a care leaver's answers: the first is asked for at 17, the last at 21.
const OLDER_ANSWERS: i16 = 3;

/// One child's part of a return, of the one before it, and of what came earlier. The chronology is read once for all.
#[derive(Debug, Clone)]
pub struct ChildYears {
    this: Option<ChildReturn>,
    last: Option<ChildReturn>,
    /// Of the years before last year: every episode, and care leavers' answers. The year that each is of comes with it.
    earlier: Vec<ChildReturn>,
}

/// A return, last year's, and what is held of the years before, as
/// [`Returns::with_history`](crate::check::Returns::with_history) takes them.
#[derive(Debug, Clone, Default)]
pub struct HeldReturns {
    /// The return.
    pub this: Produced,
    /// Last year's, made from what is known now.
    pub last: Produced,
    /// The years before, as far as a rule looks into them: Episodes and OC3 of the children of this return. All
    /// episodes stand in the newest of these years, whenever they were.
    pub earlier: Vec<YearReturn>,
}

impl ProduceOptions {
    /// The same of last year.
    fn before(&self) -> Self {
        let year = self.year.saturating_sub(1);
        Self { known_at: self.known_at, ..Self::new(year, self.today) }
    }

    /// The same of some years ago, of one table.
    fn earlier(&self, years: i16, tables: &[Table]) -> Self {
        Self { year: self.year.saturating_sub(years), tables: tables.to_vec(), ..self.clone() }
    }
}

/// One child's part of a return and of those before it; `None` when the child stands in neither this nor last year's.
pub fn produce_child_years(chronology: &Chronology, options: &ProduceOptions) -> Option<ChildYears> {
    let window = Window::of(options)?;
    let mut child = Child::read(chronology, window, options.known_at)?;
    let this = cut(&child, options);
    let before = options.before();
    child.window = Window::of(&before)?;
    let last = cut(&child, &before);
    let earlier = if this.is_some() { earlier(&mut child, options) } else { Vec::new() };
    (this.is_some() || last.is_some()).then_some(ChildYears { this, last, earlier })
}

/// What is held of the years before last year.
fn earlier(child: &mut Child<'_>, options: &ProduceOptions) -> Vec<ChildReturn> {
    let mut out = Vec::new();
    let before_last = options.earlier(2, &[Table::Episodes]);
    if let Some(window) = Window::of(&before_last) {
        child.window = Window { start: Date::MIN, ..window };
        let mut rows = Rows::new(child, &before_last);
        episodes::write(child, &episodes::of_year(child), &mut rows);
        out.push(rows.finish());
    }
    for years in 2..2 + OLDER_ANSWERS {
        let options = options.earlier(years, &[Table::Oc3]);
        let Some(window) = Window::of(&options) else { break };
        child.window = window;
        if let Some(leaver) = leavers::of_year(child) {
            let mut rows = Rows::new(child, &options);
            leavers::oc3(child, &leaver, &mut rows);
            out.push(rows.finish());
        }
    }
    out
}

impl ChildYears {
    /// Gives the rows of a child who has no number one that stands in for it, so that they belong together.
    pub(crate) fn or_named(mut self, id: &str) -> Self {
        let parts = self.this.iter_mut().chain(&mut self.last).chain(&mut self.earlier);
        parts.filter(|part| part.local_id.is_empty()).for_each(|part| part.year.name_child(id));
        self
    }
}

impl HeldReturns {
    /// Puts the children's parts together.
    pub fn of(options: &ProduceOptions, children: Vec<ChildYears>) -> Self {
        let (mut this, mut last) = (Vec::new(), Vec::new());
        let mut earlier: [Vec<ChildReturn>; OLDER_ANSWERS as usize] = Default::default();
        for child in children {
            this.extend(child.this);
            last.extend(child.last);
            for part in child.earlier {
                let back = usize::try_from(options.year - 2 - part.year.year).ok();
                if let Some(year) = back.and_then(|back| earlier.get_mut(back)) {
                    year.push(part);
                }
            }
        }
        let both = [Table::Episodes, Table::Oc3];
        let earlier = (2..).zip(earlier).filter(|(_, parts)| !parts.is_empty());
        let earlier = earlier.map(|(back, parts)| Produced::of(&options.earlier(back, &both), parts).year);
        Self {
            earlier: earlier.collect(),
            this: Produced::of(options, this),
            last: Produced::of(&options.before(), last),
        }
    }
}
