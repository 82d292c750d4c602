//! Reading what is published: drafts for those who work here, versions for everybody.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::PaperKind;
use kinfold_store::Unit;
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use super::publication::{Judged, Publication, PublicationEvent, PublishedVersion};
use crate::actor::Actor;
use crate::authority::entry::{Written, entries, names, room};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::measures::{MeasureYear, years_on};

/// An outline that can be begun with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineLine {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What kind of paper comes of it.
    pub kind: PaperKind,
}

/// A publication in the list.
#[derive(Debug, Clone)]
pub struct PublicationLine {
    /// The publication.
    pub publication: Publication,
    /// Who answers for it, by name.
    pub owner: String,
}

/// All publications.
#[derive(Debug, Clone)]
pub struct PublicationsPage {
    /// The newest first.
    pub lines: Vec<PublicationLine>,
    /// Whether this person begins drafts.
    pub may_edit: bool,
    /// What can be begun with.
    pub outlines: Vec<OutlineLine>,
    /// The years that can be told of, the newest first.
    pub years: Vec<MeasureYear>,
}

/// One publication, for those who work here.
#[derive(Debug, Clone)]
pub struct PublicationPage {
    /// It.
    pub publication: Publication,
    /// Names of everybody in it.
    pub names: HashMap<Uuid, String>,
    /// Measures that can stand in it: id and title.
    pub measures: Vec<(String, String)>,
    /// Whether this person changes the draft.
    pub may_edit: bool,
    /// Whether this person publishes.
    pub may_publish: bool,
    /// Whether this person remarks on the draft as a member of the panel.
    pub may_remark: bool,
}

impl PublicationPage {
    /// A person's name.
    pub fn name(&self, person: Option<Uuid>) -> &str {
        person.and_then(|person| self.names.get(&person)).map_or("somebody", String::as_str)
    }
}

/// Something published, in the public list.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedLine {
    /// Its id.
    pub id: Uuid,
    /// What kind of paper.
    pub paper: PaperKind,
    /// Its title.
    pub title: String,
    /// For whom.
    pub reader: String,
    /// The version that holds.
    pub number: u32,
    /// The day it was published.
    pub on: Date,
    /// The needs profile in it.
    pub profile: Option<SmolStr>,
}

/// One version, for everybody.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedPage {
    /// Its id.
    pub id: Uuid,
    /// The version.
    pub version: PublishedVersion,
    /// Every version's number, its day, and what it corrects; the newest first.
    pub versions: Vec<(u32, Date, Option<String>)>,
    /// How its promises were found to stand, and on which day. Of a version that was replaced, before it was.
    pub check: Option<(Date, Vec<Judged>)>,
}

impl PublishedPage {
    /// Whether a newer version holds.
    pub fn is_replaced(&self) -> bool {
        self.versions.first().is_some_and(|(newest, _, _)| *newest > self.version.number)
    }

    /// How a promise stands.
    pub fn judged(&self, promise: Uuid) -> Option<&Judged> {
        let (_, promises) = self.check.as_ref()?;
        promises.iter().find(|judged| judged.promise == promise)
    }
}

/// A publication with its entries.
pub(super) async fn publication(
    unit: &mut dyn Unit,
    id: Uuid,
) -> Result<(Publication, Vec<Written<PublicationEvent>>)> {
    let entries = entries::<PublicationEvent>(unit, id).await?;
    let publication = Publication::of(id, &entries).ok_or(Error::Absent)?;
    Ok((publication, entries))
}

/// Every publication, the newest first.
pub(in crate::authority) async fn publications(unit: &mut dyn Unit) -> Result<Vec<Publication>> {
    let found = room::<PublicationEvent>(unit).await?;
    let mut out: Vec<Publication> =
        found.iter().filter_map(|(id, entries)| Publication::of(*id, entries)).collect();
    out.sort_by_key(|publication| std::cmp::Reverse(publication.id));
    Ok(out)
}

fn shown(publication: &Publication, number: Option<u32>) -> Option<PublishedPage> {
    let at = match number {
        Some(number) => publication.published.iter().position(|v| v.number == number)?,
        None => publication.published.len().checked_sub(1)?,
    };
    let version = publication.published.get(at)?.clone();
    let until = publication.published.get(at + 1).map(|next| next.made.version);
    let of_it = |made: i64| made > version.made.version && until.is_none_or(|until| made < until);
    let check = publication.checks.iter().rev().find(|(_, _, made)| of_it(made.version));
    Some(PublishedPage {
        id: publication.id,
        check: check.map(|(on, promises, _)| (*on, promises.clone())),
        versions: publication.published.iter().rev().map(|v| (v.number, v.on, v.corrects.clone())).collect(),
        version,
    })
}

impl Casework {
    /// Every publication with its draft.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read the authority's papers.
    pub async fn publications(&self, actor: &Actor) -> Result<PublicationsPage> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.glance().await?;
        let found = publications(&mut *unit).await?;
        let names = names(&mut *unit, found.iter().map(|p| p.owner).collect()).await?;
        drop(unit);
        let line = |publication: Publication| PublicationLine {
            owner: names.get(&publication.owner).cloned().unwrap_or_default(),
            publication,
        };
        let lines: Vec<PublicationLine> = found.into_iter().map(line).collect();
        let book = self.book();
        let offered = book.guidance.outlines.offered(self.today());
        let outlines = offered.iter().filter(|o| o.kind != PaperKind::Agenda).map(|o| OutlineLine {
            id: o.head.id.to_string(),
            title: o.head.title.to_string(),
            kind: o.kind,
        });
        let detail = json!({"page": "publications", "rows": lines.len()});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(PublicationsPage {
            lines,
            may_edit: actor.may().has(Action::EditPlans),
            outlines: outlines.collect(),
            years: years_on(self.today()),
        })
    }

    /// One publication with its draft.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read the authority's papers, or when there is none.
    pub async fn publication(&self, actor: &Actor, id: Uuid) -> Result<PublicationPage> {
        actor.require(Action::ViewPlans)?;
        let mut unit = self.house.store.glance().await?;
        let (publication, entries) = publication(&mut *unit, id).await?;
        let mut people = vec![publication.owner];
        people.extend(entries.iter().filter_map(|entry| entry.by));
        let names = names(&mut *unit, people).await?;
        drop(unit);
        let book = self.book();
        let measures = book.guidance.measures.in_force(self.today());
        let measures = measures.map(|m| (m.id.to_string(), m.title.to_string())).collect();
        let detail = json!({"publication": id});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        let may = actor.may();
        Ok(PublicationPage {
            may_edit: may.has(Action::EditPlans),
            may_publish: may.has(Action::Publish),
            may_remark: may.has(Action::CommentAsPanel),
            publication,
            names,
            measures,
        })
    }

    /// What everybody may read: each publication in the version that holds, by kind and then the newest first. Asks for
    /// no right and logs nothing: it is published.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn published(&self) -> Result<Vec<PublishedLine>> {
        let mut unit = self.house.store.glance().await?;
        let found = publications(&mut *unit).await?;
        drop(unit);
        let line = |publication: &Publication| {
            let latest = publication.latest()?;
            Some(PublishedLine {
                id: publication.id,
                paper: publication.paper,
                title: latest.document.title.clone(),
                reader: latest.document.reader.clone(),
                number: latest.number,
                on: latest.on,
                profile: latest.document.profile.as_ref().map(|profile| profile.id.clone()),
            })
        };
        let mut lines: Vec<PublishedLine> = found.iter().filter_map(line).collect();
        lines.sort_by_key(|line| (line.paper, std::cmp::Reverse(line.on)));
        Ok(lines)
    }

    /// One version of a publication, the one that holds without a number, for everybody.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is none, or it was not published.
    pub async fn published_version(&self, id: Uuid, number: Option<u32>) -> Result<PublishedPage> {
        let mut unit = self.house.store.glance().await?;
        let (publication, _) = publication(&mut *unit, id).await?;
        drop(unit);
        shown(&publication, number).ok_or(Error::Absent)
    }

    /// The pledge that holds: the one published last.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn pledge(&self) -> Result<Option<PublishedPage>> {
        let mut unit = self.house.store.glance().await?;
        let found = publications(&mut *unit).await?;
        drop(unit);
        Ok(pledge_of(&found).and_then(|publication| shown(publication, None)))
    }
}

/// The pledge that holds among all publications.
pub(in crate::authority) fn pledge_of(all: &[Publication]) -> Option<&Publication> {
    let published = all.iter().filter(|p| p.paper == PaperKind::Pledge && p.latest().is_some());
    published.max_by_key(|p| p.latest().map(|v| (v.on, v.made.at)))
}
