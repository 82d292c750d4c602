//! What an inspection asks for: lists of children made from the record, and a pack of what the authority knows of itself.
//! Whoever makes them sees only the children whom they may find and of each only what they may read; every figure says
//! where the children behind it are listed.

mod rows;

use jiff::ToSpan as _;
use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::inspection::{Inspection, InspectionList};
use kinfold_record::{ChildId, PersonId, Subject};
use kinfold_store::{ChildFilter, Page, SubjectKind};
use serde_json::json;

use self::rows::Listed;
pub use self::rows::NOT_SHOWN;
use super::panel::PanelPage;
use super::{AuditLine, PlanLine};
use crate::actor::Actor;
use crate::board::{Exported, ExportedCell};
use crate::child::redact;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::measures::{MeasureLine, MeasureYear};
use crate::needs::NeedsTold;

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
        let detail = json!({"what": what, "rows": rows});
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
        for line in found.iter().filter(|line| line.subject == SubjectKind::Child) {
            let id = ChildId(line.id);
            let mut looked = match self.look(&mut *unit, actor, id).await {
                Err(Error::Absent) => continue,
                looked => looked?,
            };
            let may = looked.handle.may;
            if !(may.has(Action::FindChild) && may.has(Action::ViewChild)) {
                continue;
            }
            redact(&mut looked.timeline, may, looked.handle.relations);
            let worker = looked.timeline.key_worker_on(today).and_then(|member| member.person);
            let worker: Vec<uuid::Uuid> = worker.map(|PersonId(id)| id).into_iter().collect();
            let names = self.names(&mut *unit, &worker).await?;
            for made in &mut lists {
                let listed = Listed {
                    reference: &looked.handle.reference,
                    leaver_category: line.leaver_category.as_deref(),
                    timeline: &looked.timeline,
                    may,
                    names: &names,
                    codes: &book.guidance.codes,
                    today,
                    since: made.since,
                };
                let rows = listed.rows(&made.list);
                made.children.extend(rows.iter().map(|_| id));
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
            let number = text(of.number.as_deref().unwrap_or_default());
            about.push(vec![
                number,
                text(&of.title),
                text(&of.why),
                text("not held here"),
                ExportedCell::Empty,
            ]);
        }
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
