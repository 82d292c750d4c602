//! Writing drafts and publishing them. Two who write in one draft write in different sections without meeting; where they
//! change the same one, the second is told and nothing is overwritten.

use kinfold_access::{Action, Code};
use kinfold_guidance::PaperKind;
use serde_json::{Value, json};
use smol_str::SmolStr;
use uuid::Uuid;

use super::publication::{Document, PromiseTest, Publication, PublicationEvent};
use super::read::publication;
use crate::actor::Actor;
use crate::authority::entry::lock;
use crate::authority::frozen::{PaperBlock, PaperSection};
use crate::authority::plans::plan;
use crate::authority::{LONGEST_TEXT, LONGEST_TITLE, optional, text};
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::measures::years_on;
use crate::pen::log;

/// The most sections or promises of one paper.
const MOST_PARTS: usize = 60;

/// A draft to be begun.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPublication {
    /// The outline.
    pub outline: String,
    /// Its title.
    pub title: String,
    /// The year it tells of, by the year in whose March it ends.
    pub year: i16,
}

/// A section as it is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewSection {
    /// Its heading.
    pub heading: String,
    /// Its text.
    pub text: String,
    /// Measures whose figures stand in it.
    pub measures: Vec<String>,
}

/// A promise as it is to be.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPromise {
    /// What is promised.
    pub text: String,
    /// What keeping it means.
    pub means: String,
    /// What tells whether it is kept.
    pub test: PromiseTest,
}

fn title_of(publication: &Publication) -> Value {
    json!({"publication": publication.id})
}

impl Casework {
    /// Begins a draft with the words of an outline, what the record tells, and the figures of today. Answers its id; a
    /// form sent twice begins one.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to make papers; [`Error::Invalid`] when something is missing or too long.
    pub async fn start_publication(&self, actor: &Actor, new: &NewPublication, key: &str) -> Result<Uuid> {
        actor.require(Action::EditPlans)?;
        let book = self.book();
        let outline = book.guidance.outlines.on(&new.outline, self.today());
        let outline = outline.filter(|o| o.kind != PaperKind::Agenda);
        let outline = outline.ok_or_else(|| Error::invalid("outline", "Choose what it is from the list"))?;
        let title = text("title", &new.title, LONGEST_TITLE, "Enter a title")?;
        if !years_on(self.today()).iter().any(|year| year.year == new.year) {
            return Err(Error::invalid("year", "Choose the year it tells of from the list"));
        }
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let id = self.new_id();
        let mut events = vec![(
            None,
            PublicationEvent::PublicationStarted {
                paper: outline.kind,
                title,
                reader: outline.reader.clone(),
                outline: format!("{} {}", outline.head.id, outline.head.version),
                year: new.year,
                owner: me,
            },
        )];
        events.extend(self.drafted(&mut *unit, outline, new.year).await?);
        self.add_entries(&mut *unit, id, 0, Some(me), &events).await?;
        unit.keep_answer(key, me, self.now(), &id.to_string()).await?;
        let detail = json!({"publication": id, "what": "begun", "outline": new.outline});
        log(&mut *unit, vec![actor.line(Action::EditPlans.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Adds a section, or changes one. `seen` is the version of the draft that the person had before them.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to, or when there is no such section; [`Error::Invalid`] when something is
    /// missing or too long; [`Error::Conflict`] when somebody else changed it since `seen`.
    pub async fn write_section(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Option<Uuid>),
        seen: i64,
        new: &NewSection,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::EditPlans)?;
        let mut measures: Vec<SmolStr> = Vec::new();
        for measure in &new.measures {
            let book = self.book();
            let found = book.guidance.measures.in_force(self.today()).find(|m| m.id == *measure);
            let found = found.ok_or_else(|| Error::invalid("measures", "Choose measures from the list"))?;
            if !measures.contains(&found.id) {
                measures.push(found.id.clone());
            }
        }
        let heading = text("heading", &new.heading, LONGEST_TITLE, "Enter a heading")?;
        let words = optional("text", &new.text, LONGEST_TEXT)?.unwrap_or_default();
        let event = PublicationEvent::SectionWritten { heading, text: words, measures };
        self.put_part(actor, (id, item), seen, event, key).await
    }

    /// Adds a promise, or changes one.
    ///
    /// # Errors
    /// As [`Casework::write_section`].
    pub async fn write_promise(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Option<Uuid>),
        seen: i64,
        new: &NewPromise,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::EditPlans)?;
        let missing = "Say what is promised";
        let promise = text("text", &new.text, LONGEST_TITLE, missing)?;
        let means = text("means", &new.means, LONGEST_TITLE, "Say what keeping it means")?;
        match &new.test {
            PromiseTest::Judgement => {}
            PromiseTest::Measure { measure, at_least, at_most } => {
                let book = self.book();
                if !book.guidance.measures.in_force(self.today()).any(|m| m.id == *measure) {
                    return Err(Error::invalid("measure", "Choose a measure from the list"));
                }
                if at_least.is_some() == at_most.is_some() {
                    let words = "Say from which figure on it is kept, or up to which, and not both";
                    return Err(Error::invalid("figure", words));
                }
            }
            PromiseTest::Action { plan: of, recommendation } => {
                let mut unit = self.house.store.glance().await?;
                let found = plan(&mut *unit, *of).await.ok();
                drop(unit);
                if found.is_none_or(|(plan, _)| plan.recommendation(*recommendation).is_none()) {
                    return Err(Error::invalid("action", "Choose a recommendation from the list"));
                }
            }
        }
        let event = PublicationEvent::PromiseWritten { text: promise, means, test: new.test.clone() };
        self.put_part(actor, (id, item), seen, event, key).await
    }

    async fn put_part(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Option<Uuid>),
        seen: i64,
        event: PublicationEvent,
        key: &str,
    ) -> Result<()> {
        let promise = matches!(event, PublicationEvent::PromiseWritten { .. });
        self.in_draft(actor, id, key, |of| {
            if promise && of.paper != PaperKind::Pledge {
                return Err(Error::Absent);
            }
            let written = match item {
                None if of.sections.len() + of.promises.len() >= MOST_PARTS => {
                    let words = format!("A paper has up to {MOST_PARTS} parts. Put this into another one");
                    return Err(Error::invalid("", words));
                }
                None => None,
                Some(item) if promise => Some(of.promise(item).ok_or(Error::Absent)?.written),
                Some(item) => Some(of.section(item).ok_or(Error::Absent)?.written),
            };
            if written.is_some_and(|written| written.version > seen) {
                return Err(Error::Conflict { current: of.version });
            }
            Ok((Some(item.unwrap_or_else(|| self.new_id())), event))
        })
        .await
    }

    /// Takes a section or a promise out of the draft. What was published keeps it.
    ///
    /// # Errors
    /// As [`Casework::write_section`].
    pub async fn take_out_part(
        &self,
        actor: &Actor,
        (id, item): (Uuid, Uuid),
        seen: i64,
        key: &str,
    ) -> Result<()> {
        actor.require(Action::EditPlans)?;
        self.in_draft(actor, id, key, |of| {
            let (written, event) = if let Some(section) = of.section(item) {
                let heading = section.heading.clone();
                (section.written, PublicationEvent::SectionTakenOut { heading })
            } else {
                let promise = of.promise(item).ok_or(Error::Absent)?;
                (promise.written, PublicationEvent::PromiseTakenOut { text: promise.text.clone() })
            };
            if written.version > seen {
                return Err(Error::Conflict { current: of.version });
            }
            Ok((Some(item), event))
        })
        .await
    }

    /// Takes the figures of today for all sections of the draft.
    ///
    /// # Errors
    /// As [`Casework::write_section`].
    pub async fn fix_figures(&self, actor: &Actor, id: Uuid, key: &str) -> Result<()> {
        actor.require(Action::EditPlans)?;
        let mut unit = self.house.store.glance().await?;
        let (of, _) = publication(&mut *unit, id).await?;
        drop(unit);
        // Counting takes a while, so it is done before anybody waits.
        let figures = self.placed_all(Some(of.year), &[]).await?;
        let profile = match &of.profile {
            Some(before) => Some(Box::new(self.needs_told(Some(before.id.as_str()), Some(of.year)).await?)),
            None => None,
        };
        let event = PublicationEvent::FiguresFixed { on: self.today(), figures, profile };
        self.in_draft(actor, id, key, |_| Ok((None, event))).await
    }

    /// Says something about the draft as a member of the panel.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to; [`Error::Invalid`] when it is empty or too long.
    pub async fn remark_on_draft(&self, actor: &Actor, id: Uuid, words: &str, key: &str) -> Result<()> {
        actor.require(Action::CommentAsPanel)?;
        let words = text("text", words, LONGEST_TEXT, "Enter what you want to say")?;
        self.in_draft(actor, id, key, |_| Ok((None, PublicationEvent::Remarked { text: words }))).await
    }

    /// Adds one entry to a draft, once its right was asked for.
    async fn in_draft<F>(&self, actor: &Actor, id: Uuid, key: &str, meant: F) -> Result<()>
    where
        F: FnOnce(&Publication) -> Result<(Option<Uuid>, PublicationEvent)> + Send,
    {
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let (of, _) = publication(&mut *unit, id).await?;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        let event = meant(&of)?;
        self.add_entries(&mut *unit, id, of.version, Some(me), &[event]).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        log(&mut *unit, vec![actor.line(Action::EditPlans.as_str(), None, true, &title_of(&of))]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Publishes the draft as the next version. From then on that version never changes. `seen` is the version of the
    /// draft that the person had before them, and `corrects` what differs from the version before, and why.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to publish; [`Error::Invalid`] when there is nothing to publish, or a second
    /// version does not say what it corrects; [`Error::Conflict`] when the draft was changed since `seen`.
    pub async fn publish(
        &self,
        actor: &Actor,
        id: Uuid,
        seen: i64,
        corrects: &str,
        key: &str,
    ) -> Result<u32> {
        actor.require(Action::Publish)?;
        let corrects = optional("corrects", corrects, LONGEST_TEXT)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no number".to_owned()));
        }
        let (of, _) = publication(&mut *unit, id).await?;
        if !of.has_changes() {
            return Err(Error::invalid("", "Nothing has changed since it was published last"));
        }
        let corrects = match of.latest() {
            None => None,
            Some(_) => Some(corrects.ok_or_else(|| {
                Error::invalid("corrects", "Say what differs from the version before, and why")
            })?),
        };
        if of.changed > seen {
            return Err(Error::Conflict { current: of.version });
        }
        let document = document(&of, &self.settings().authority)?;
        let number = of.latest().map_or(1, |last| last.number.saturating_add(1));
        let event = PublicationEvent::Published { number, on: self.today(), corrects, document };
        self.add_entries(&mut *unit, id, of.version, Some(me), &[(None, event)]).await?;
        unit.keep_answer(key, me, self.now(), &number.to_string()).await?;
        let detail = json!({"publication": id, "what": "published", "number": number});
        log(&mut *unit, vec![actor.line(Action::Publish.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(number)
    }
}

/// Whether a text still asks its writer for something: a line or a point of it stands in brackets, as the outline left it.
fn asks(text: &str) -> bool {
    text.lines().map(str::trim).any(|line| {
        let line = line.strip_prefix("- ").unwrap_or(line);
        line.starts_with('[') && line.ends_with(']')
    })
}

/// The draft as a document. A section with neither words nor figures is left out.
pub(in crate::authority) fn document(of: &Publication, authority: &str) -> Result<Document> {
    let asking: Vec<&str> =
        of.sections.iter().filter(|s| asks(&s.text)).map(|s| s.heading.as_str()).collect();
    if !asking.is_empty() {
        let words = format!(
            "Still to be written: {}. Put what you have to say in place of the words in [brackets], or take the section out",
            asking.join(", ")
        );
        return Err(Error::invalid("", words));
    }
    let mut sections = Vec::new();
    for section in &of.sections {
        let mut blocks = Vec::new();
        if !section.text.trim().is_empty() {
            blocks.push(PaperBlock::Text { text: section.text.clone() });
        }
        let figures = of.figures_of(section);
        if !figures.is_empty() {
            blocks.push(PaperBlock::Figures { figures });
        }
        if !blocks.is_empty() {
            sections.push(PaperSection { heading: section.heading.clone(), blocks });
        }
    }
    let promises: Vec<_> = of.promises.iter().map(|p| (p.item, p.text.clone(), p.means.clone())).collect();
    if sections.is_empty() && promises.is_empty() && of.profile.is_none() {
        return Err(Error::invalid("", "There is nothing to publish yet. Write a section first"));
    }
    if of.paper == PaperKind::Pledge && promises.is_empty() {
        return Err(Error::invalid("", "A pledge without a promise promises nothing. Add one first"));
    }
    let in_sections = of.sections.iter().any(|section| !of.figures_of(section).is_empty());
    let has_figures = in_sections || of.profile.is_some();
    Ok(Document {
        paper: of.paper,
        title: of.title.clone(),
        reader: of.reader.clone(),
        authority: authority.to_owned(),
        figures_on: of.figures.as_ref().map(|(on, _)| *on).filter(|_| has_figures),
        sections,
        promises,
        profile: of.profile.clone(),
    })
}
