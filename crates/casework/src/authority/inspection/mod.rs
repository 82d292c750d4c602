//! What an inspection asks for: lists of children made from the record, and a pack of what the authority knows of itself.
//! Whoever makes them sees only the children whom they may find and of each only what they may read; every figure says
//! where the children behind it are listed.

mod cells;
mod rows;

use std::collections::HashMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use kinfold_access::{Action, CircleRole, Code};
use kinfold_guidance::inspection::{Inspection, InspectionList};
use kinfold_record::{ChildId, PersonId, Subject};
use kinfold_store::{ChildFilter, ChildLine, Page, SubjectKind};
use serde_json::json;
use uuid::Uuid;

pub use self::rows::NOT_SHOWN;
use self::rows::{HealthDays, Listed};
use super::panel::PanelPage;
use super::{AuditLine, PlanLine};
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::child::{Held, redact};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::measures::{MeasureLine, MeasureYear};
use crate::needs::NeedsTold;
use crate::project::decode_timeline;

/// Records read at a time.
const CHUNK: i64 = 1024;

/// What has to be known of restricted records by whoever makes these lists: how many there are would tell of them.
pub const RESTRICTED: &str = "A restricted record stands only in the lists of those whom it names: in nobody else’s is it a row or counted. Whoever has to send all of them asks those who are named for theirs.";

/// A row of a list.
type Row = Vec<ExportedCell>;

/// A list as whoever asks may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeList {
    /// What it is.
    pub list: InspectionList,
    /// First day looked back to.
    pub since: Date,
    /// Its rows, each as long as it has columns.
    pub rows: Vec<Vec<ExportedCell>>,
    /// The child of each row.
    pub children: Vec<ChildId>,
}

/// The page of an inspection.
#[derive(Debug, Clone)]
pub struct InspectionPage {
    /// What is asked for.
    pub asked: Inspection,
    /// The lists with what is in them.
    pub lists: Vec<MadeList>,
    /// The day.
    pub made: Date,
}

/// What goes into the pack, beside the lists.
#[derive(Debug, Clone)]
pub struct InspectionPack {
    /// The lists.
    pub page: InspectionPage,
    /// The year whose figures stand in it.
    pub year: MeasureYear,
    /// Figures, as the measures page shows them to whoever makes the pack.
    pub measures: Vec<MeasureLine>,
    /// The needs profile, as it may be published.
    pub needs: NeedsTold,
    /// Self-assessments, the newest first.
    pub audits: Vec<AuditLine>,
    /// Action plans, the newest first.
    pub plans: Vec<PlanLine>,
    /// The panel's meetings.
    pub panel: PanelPage,
}

impl Casework {
    /// The lists of an inspection, with what is in them for whoever asks.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to prepare one.
    pub async fn inspection(&self, actor: &Actor) -> Result<InspectionPage> {
        actor.require(Action::PrepareInspection)?;
        let page = self.made_lists(actor, None).await?;
        let detail = json!({"page": "inspection"});
        self.house
            .pen
            .write(vec![actor.line(Action::PrepareInspection.as_str(), None, true, &detail)])
            .await?;
        Ok(page)
    }

    /// One list.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to prepare an inspection, or when there is no such list.
    pub async fn inspection_list(&self, actor: &Actor, id: &str) -> Result<MadeList> {
        actor.require(Action::PrepareInspection)?;
        let page = self.made_lists(actor, Some(id)).await?;
        let list = page.lists.into_iter().next().ok_or(Error::Absent)?;
        let detail = json!({"list": id, "rows": list.rows.len()});
        self.house
            .pen
            .write(vec![actor.line(Action::PrepareInspection.as_str(), None, true, &detail)])
            .await?;
        Ok(list)
    }

    /// Every list as a table that leaves the house.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Reauthenticate`] unless the password was given lately.
    pub async fn export_inspection(&self, actor: &Actor) -> Result<Vec<Exported>> {
        actor.require(Action::PrepareInspection)?;
        actor.require_fresh()?;
        let page = self.made_lists(actor, None).await?;
        let tables = page.tables();
        self.log_taken(actor, "lists", &page).await?;
        Ok(tables)
    }

    /// The pack: the lists and what the authority knows of itself, in one step.
    ///
    /// # Errors
    /// As [`Casework::export_inspection`].
    pub async fn inspection_pack(&self, actor: &Actor) -> Result<InspectionPack> {
        actor.require(Action::PrepareInspection)?;
        actor.require_fresh()?;
        let page = self.made_lists(actor, None).await?;
        let figures = self.measures(actor, None).await?;
        let of = |id: &smol_str::SmolStr| figures.lines.iter().find(|line| line.measure.id == *id).cloned();
        let pack = InspectionPack {
            measures: page.asked.measures.iter().filter_map(of).collect(),
            year: figures.year,
            needs: self.needs_told(None, Some(figures.year.year)).await?,
            audits: self.self_assessments(actor).await?.audits,
            plans: self.plans(actor).await?.plans,
            panel: self.panel(actor).await?,
            page,
        };
        self.log_taken(actor, "pack", &pack.page).await?;
        Ok(pack)
    }

    async fn log_taken(&self, actor: &Actor, what: &str, page: &InspectionPage) -> Result<()> {
        let rows: usize = page.lists.iter().map(|list| list.rows.len()).sum();
        let detail = json!({"what": what, "for": page.asked.title, "rows": rows});
        self.house.pen.write(vec![actor.line("export_inspection", None, true, &detail)]).await
    }

    /// The lists, or the one that is named: each child is looked at as on its own page, and cut to what may be read.
    async fn made_lists(&self, actor: &Actor, only: Option<&str>) -> Result<InspectionPage> {
        let (book, today) = (self.book(), self.today());
        let asked = book.guidance.inspection.clone();
        let wanted = asked.lists.iter().filter(|list| only.is_none_or(|id| list.id == id));
        let mut lists: Vec<MadeList> = wanted
            .map(|list| MadeList {
                since: today.saturating_sub(list.months.months()),
                list: list.clone(),
                rows: Vec::new(),
                children: Vec::new(),
            })
            .collect();
        let scope = self.scope(actor, Subject::Child);
        let mut unit = self.house.store.read().await?;
        let all = Page { limit: i64::MAX, offset: 0 };
        let found = unit.children(&scope, &ChildFilter::default(), all).await?.rows;
        let found: Vec<ChildLine> =
            found.into_iter().filter(|line| line.subject == SubjectKind::Child).collect();
        let teams: HashMap<Uuid, String> =
            unit.teams().await?.into_iter().map(|team| (team.id, team.name)).collect();
        let at: HashMap<Uuid, usize> = found.iter().enumerate().map(|(at, line)| (line.id, at)).collect();
        // Many records are read at once, and each is decided upon as on its own page.
        let mut rows: Vec<Vec<Vec<Row>>> = vec![Vec::new(); found.len()];
        let mut after = None;
        loop {
            let chunk = unit.all_folds(after, CHUNK).await?;
            let Some(last) = chunk.last() else { break };
            after = Some(last.id);
            let mut looked = Vec::with_capacity(chunk.len());
            for fold in &chunk {
                let Some((at, line)) = at.get(&fold.id).and_then(|at| Some((*at, found.get(*at)?))) else {
                    continue;
                };
                let mut timeline = decode_timeline(&fold.timeline)?;
                let of =
                    Held { id: line.id, team: line.team, restricted: line.restricted, subject: line.subject };
                let rights = match self.rights(&mut *unit, actor, of, &timeline).await {
                    Err(Error::Absent) => continue,
                    rights => rights?,
                };
                let may = rights.may;
                if !(may.has(Action::FindChild) && may.has(Action::ViewChild)) {
                    continue;
                }
                let health = HealthDays::of(&timeline, today);
                redact(&mut timeline, may, rights.relations);
                looked.push((at, line, timeline, may, health));
            }
            let people = looked.iter().flat_map(|(_, _, timeline, ..)| timeline.circle_on(today));
            let people = people.filter(|m| m.key_worker || m.role == CircleRole::PersonalAdviser.as_str());
            let people: Vec<Uuid> = people.filter_map(|m| m.person).map(|PersonId(id)| id).collect();
            let names = self.names(&mut *unit, &people).await?;
            for (at, line, timeline, may, health) in &looked {
                let row = |made: &MadeList| {
                    let listed = Listed {
                        reference: &line.reference,
                        team: line.team.and_then(|team| teams.get(&team)).map(String::as_str),
                        health: *health,
                        leaver_category: line.leaver_category.as_deref(),
                        timeline,
                        may: *may,
                        names: &names,
                        codes: &book.guidance.codes,
                        today,
                        since: made.since,
                    };
                    listed.rows(&made.list)
                };
                if let Some(of_child) = rows.get_mut(*at) {
                    *of_child = lists.iter().map(row).collect();
                }
            }
        }
        for (line, of_child) in found.iter().zip(rows) {
            for (made, rows) in lists.iter_mut().zip(of_child) {
                made.children.extend(rows.iter().map(|_| ChildId(line.id)));
                made.rows.extend(rows);
            }
        }
        drop(unit);
        Ok(InspectionPage { asked, lists, made: today })
    }
}

impl InspectionPage {
    /// The lists as sheets, and a first sheet that says what they are and what is not among them.
    pub fn tables(&self) -> Vec<Exported> {
        let text = |words: &str| ExportedCell::Text(words.to_owned());
        let mut about: Vec<Vec<ExportedCell>> = Vec::new();
        for made in &self.lists {
            let rows = i64::try_from(made.rows.len()).unwrap_or(i64::MAX);
            about.push(vec![
                text(made.list.number.as_deref().unwrap_or_default()),
                text(&made.list.title),
                text(&made.list.words),
                ExportedCell::Number(rows),
                ExportedCell::Day(self.made),
            ]);
        }
        for of in &self.asked.elsewhere {
            let number = of.number.as_deref().unwrap_or_default();
            about.push(not_here(number, &of.title, &of.why));
        }
        for made in &self.lists {
            let number = made.list.number.as_deref().unwrap_or_default();
            let lacks = made.list.lacks.iter();
            about.extend(
                lacks.map(|of| not_here(number, &format!("{}: {}", made.list.title, of.title), &of.why)),
            );
        }
        about.push(vec![
            text(""),
            text("Restricted records"),
            text(RESTRICTED),
            text(""),
            ExportedCell::Empty,
        ]);
        let columns = ["List", "Title", "What it holds", "Rows", "Made on"];
        let first = Exported {
            name: "About these lists".to_owned(),
            columns: columns.map(str::to_owned).to_vec(),
            rows: about,
        };
        let sheet = |made: &MadeList| Exported {
            name: made.list.title.clone(),
            columns: made.list.columns.iter().map(|column| column.title.clone()).collect(),
            rows: made.rows.clone(),
        };
        std::iter::once(first).chain(self.lists.iter().map(sheet)).collect()
    }
}

/// The line of a list or a column that is not here.
fn not_here(number: &str, title: &str, why: &str) -> Row {
    let text = |words: &str| ExportedCell::Text(words.to_owned());
    vec![text(number), text(title), text(why), text("not held here"), ExportedCell::Empty]
}
