//! What somebody would get, made anew each time it is looked at.

use kinfold_access::Action;
use kinfold_record::{ChildId, Chronology, Timeline};
use smol_str::SmolStr;

use super::body::{LeftOutOf, SentBody, SentSection};
use crate::actor::Actor;
use crate::child::{ChildHandle, redact};
use crate::error::{Error, Result};
use crate::health::{NOT_THE_FULL_RECORD, SummaryAsk};
use crate::house::Casework;
use crate::record::read_entries;
use crate::reviews::{CopyState, plain_text};
use crate::secrets::{hex, token_hash};

/// What a copy is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Somebody's copy of the record of a review, once it was looked over.
    Review {
        /// Which review.
        occasion: String,
        /// For whom.
        part: String,
    },
    /// A health summary for one recipient.
    Summary(SummaryAsk),
}

impl What {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Review { .. } => "review_record",
            Self::Summary(_) => "health_summary",
        }
    }
}

/// What one recipient would get, before anything goes.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The child, and what this person may do.
    pub handle: ChildHandle,
    /// The timeline, redacted.
    pub timeline: Timeline,
    /// Exactly what the reader gets, and what was taken out.
    pub body: SentBody,
    /// Why it cannot go out, if so.
    pub barred: Option<String>,
    /// The reader's name, as far as this person may know it.
    pub name: Option<String>,
    /// Says whether what is sent is what was looked at.
    pub mark: String,
}

impl Casework {
    /// Exactly what somebody outside would get, what was taken out of it and why, and what in it is sensitive.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to ask people outside and to record this; [`Error::Invalid`] when the copy was
    /// not looked over yet.
    pub async fn preview_outside(&self, actor: &Actor, child: ChildId, what: &What) -> Result<Preview> {
        let mut unit = self.house.store.read().await?;
        let looked = self.look_for(&mut *unit, actor, child, Action::AskOutside).await?;
        let entries = read_entries(&mut *unit, child).await?;
        drop(unit);
        let chronology = Chronology::new(child, entries).map_err(|e| Error::Internal(e.to_string()))?;
        let (mut body, name) = match what {
            What::Review { occasion, part } => self.of_a_review(actor, child, occasion, part).await?,
            What::Summary(ask) => (self.of_a_summary(actor, child, ask).await?, None),
        };
        body.weigh(&looked.timeline, &chronology, looked.handle.restricted);
        let json = serde_json::to_string(&body).map_err(|e| Error::Internal(e.to_string()))?;
        let barred = body.barred(&looked.timeline);
        let mut timeline = looked.timeline;
        redact(&mut timeline, looked.handle.may, looked.handle.relations);
        Ok(Preview { handle: looked.handle, timeline, barred, name, mark: hex(&token_hash(&json)), body })
    }

    async fn of_a_review(
        &self,
        actor: &Actor,
        child: ChildId,
        occasion: &str,
        part: &str,
    ) -> Result<(SentBody, Option<String>)> {
        let copy = self.review_copy(actor, child, occasion, part, None).await?;
        // A child reads their copy in their own space, and with somebody.
        if copy.part.role == "young_person" || !copy.reviews.handle.may.has(Action::RecordCare) {
            return self.refused(actor, child, Action::RecordCare).await;
        }
        let Some(ready) = copy.part.copy.as_ref().filter(|_| copy.state != CopyState::ToPrepare) else {
            return Err(Error::invalid("", "First look the copy over and say that it is ready."));
        };
        let mut sensitive = Vec::new();
        let mut left_out = Vec::new();
        for (_, title, holds, not_usual) in &copy.sections {
            match (holds, not_usual) {
                (true, true) => sensitive.push(format!("“{title}” is not usually for them.")),
                (true, false) => {}
                (false, true) => left_out.push(LeftOutOf {
                    what: title.clone(),
                    why: "Not for their role, unless it is decided with a reason.".to_owned(),
                }),
                (false, false) => left_out.push(LeftOutOf {
                    what: title.clone(),
                    why: "Left out by whoever looked the copy over.".to_owned(),
                }),
            }
        }
        let sections = copy.frozen.sections.iter().map(|section| SentSection {
            title: section.title.to_string(),
            lines: section
                .questions
                .iter()
                .map(|q| (Some(q.label.to_string()), plain_text(&q.shown)))
                .filter(|(_, text)| !text.trim().is_empty())
                .collect(),
        });
        let body = SentBody {
            title: "Record of the review".to_owned(),
            roles: SmolStr::new("circle_role"),
            role: copy.part.role.clone(),
            sections: sections.filter(|s| !s.lines.is_empty()).collect(),
            foot: None,
            left_out,
            sensitive,
            why: ready.why.clone(),
            home: copy.knows_home,
            review: Some((copy.review.occasion.clone(), copy.part.part.clone())),
            member: copy.part.member.map(|m| SmolStr::new(m.to_string())),
            person: copy.part.person.map(|p| p.0),
            made_ready_by: ready.ready_by.map(|p| p.0),
            rendering: None,
        };
        Ok((body, copy.name))
    }

    async fn of_a_summary(&self, actor: &Actor, child: ChildId, ask: &SummaryAsk) -> Result<SentBody> {
        let summary = self.health_summary(actor, child, ask).await?;
        let (page, rendered) = (&summary.page, &summary.rendered);
        if !page.handle.may.has(Action::RecordHealth) {
            return self.refused(actor, child, Action::RecordHealth).await;
        }
        // The young person's own copy is the passport, which is theirs to read in their own space.
        if ask.recipient == "child" {
            return Err(Error::invalid(
                "recipient",
                "The young person reads their passport in their own space.",
            ));
        }
        if let Some(why) = rendered.barred {
            return Err(Error::invalid("recipient", why));
        }
        let decided = rendered.audience.decided;
        let out = |what: &str, why: &str| LeftOutOf { what: what.to_owned(), why: why.to_owned() };
        let mut left_out = vec![
            out(
                "Sexual health, therapy notes, safeguarding, restricted entries and single answers",
                "Never part of a summary.",
            ),
            out("What you may not read yourself", "Nobody passes on what they may not know."),
        ];
        let mut sensitive = Vec::new();
        match decided.address {
            true => sensitive
                .push("A confidential address may go to this recipient: that was decided.".to_owned()),
            false => left_out
                .push(out("A confidential address", "It was not decided that this recipient may know it.")),
        }
        match decided.others {
            true => sensitive
                .push("Facts about somebody else may go to this recipient: that was decided.".to_owned()),
            false => left_out.push(out(
                "Facts that are about somebody else too",
                "It was not decided that this recipient may know them.",
            )),
        }
        let sections = rendered.sections.iter().map(|section| SentSection {
            title: section.section.title().to_owned(),
            lines: section.lines.iter().map(|(words, _)| (None, words.clone())).collect(),
        });
        let codes = &page.book.guidance.codes;
        Ok(SentBody {
            title: codes.title("health_rendering", rendered.audience.rendering.code()).to_owned(),
            roles: SmolStr::new("health_recipient"),
            role: SmolStr::new(&rendered.audience.recipient),
            sections: sections.collect(),
            foot: Some(NOT_THE_FULL_RECORD.to_owned()),
            left_out,
            sensitive,
            why: None,
            home: decided.address,
            review: None,
            member: None,
            person: None,
            made_ready_by: None,
            rendering: Some((
                SmolStr::new(rendered.audience.rendering.code()),
                rendered.audience.purpose.title().to_owned(),
            )),
        })
    }
}
