//! The health summary: drafted from the record for one recipient, looked at, and recorded as shared.

use kinfold_access::Action;
use kinfold_record::{ChildId, EntryId, Event};
use serde_json::json;

use super::page::HealthPage;
use super::pieces::{Material, Piece};
use super::share::{Audience, Decided, Rendered, Rendering, SharePurpose, render, shared};
use crate::actor::Actor;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::record::{NewEntry, Recorded};

/// The longest explanation taken, in characters.
const LONGEST: usize = 2000;

/// For whom a summary is drafted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryAsk {
    /// A code of `health_recipient`.
    pub recipient: String,
    /// How much; `None` for what this recipient usually receives.
    pub rendering: Option<Rendering>,
    /// What for; `None` for what this recipient usually receives it for.
    pub purpose: Option<SharePurpose>,
    /// What was decided for this one.
    pub decided: Decided,
}

/// A draft, and the page it was made from.
#[derive(Debug, Clone)]
pub struct SummaryPage {
    /// The child's health as the person who drafts may know it.
    pub page: HealthPage,
    /// What the recipient would receive.
    pub rendered: Rendered,
}

/// What one recipient would receive of a page. Nothing of what its reader may not know is in the page, so nothing of it can
/// be passed on.
pub(super) fn draft(page: &HealthPage, ask: &SummaryAsk) -> Rendered {
    drafted(page, ask).0
}

/// The entries that a recipient is told of.
pub(super) fn told_of(pieces: &[Piece], audience: &Audience) -> Vec<EntryId> {
    shared(pieces, audience)
        .into_iter()
        .flat_map(|(_, pieces)| pieces)
        .map(|piece| piece.source.entry)
        .collect()
}

/// The same, with the entries it tells of.
pub(super) fn drafted(page: &HealthPage, ask: &SummaryAsk) -> (Rendered, Vec<EntryId>) {
    let open = Rendering::open_to(&ask.recipient);
    let material = Material {
        facts: &page.facts,
        timeline: &page.timeline,
        immunisation: page.immunisation.as_ref(),
        codes: &page.book.guidance.codes,
        today: page.today,
    };
    let sharing = page.facts.consent_to("sharing");
    let audience = Audience {
        rendering: ask.rendering.or_else(|| open.first().copied()).unwrap_or(Rendering::School),
        purpose: ask.purpose.unwrap_or_else(|| SharePurpose::usual(&ask.recipient)),
        recipient: ask.recipient.clone(),
        age: page.timeline.age_on(page.today),
        consent: sharing.is_some_and(|consent| consent.stands(page.today)),
        decided: ask.decided,
    };
    let pieces = material.pieces();
    let told = told_of(&pieces, &audience);
    (render(&pieces, audience), told)
}

impl Casework {
    /// Drafts a summary for one recipient.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such child, or this person may not read health detail.
    pub async fn health_summary(
        &self,
        actor: &Actor,
        child: ChildId,
        ask: &SummaryAsk,
    ) -> Result<SummaryPage> {
        let page = self.read_health(actor, child, Action::ViewHealth).await?;
        let rendered = draft(&page, ask);
        let detail = json!({"page": "health_summary", "recipient": rendered.audience.recipient});
        self.house.pen.write(vec![actor.line("view_child", Some(child.0), true, &detail)]).await?;
        Ok(SummaryPage { page, rendered })
    }

    /// Records that a summary was shared. Whoever shares it has read it as it goes out: what is recorded is who received
    /// which rendering, and why.
    ///
    /// # Errors
    /// As [`Casework::health_summary`]; [`Error::Invalid`] when this recipient may not receive it, or nothing was said
    /// about why; otherwise as [`Casework::record`].
    pub async fn share_summary(
        &self,
        actor: &Actor,
        child: ChildId,
        ask: &SummaryAsk,
        sent: SummarySent<'_>,
    ) -> Result<Recorded> {
        let page = self.read_health(actor, child, Action::ViewHealth).await?;
        if !page.handle.may.has(Action::RecordHealth) {
            return self.refused(actor, child, Action::RecordHealth).await;
        }
        let rendered = draft(&page, ask);
        if let Some(why) = rendered.barred {
            return Err(Error::invalid("recipient", why));
        }
        let why = sent.why.trim();
        if why.is_empty() || why.chars().count() > LONGEST {
            return Err(Error::invalid("why", "Say why it is shared, in up to 2,000 characters."));
        }
        let decided = ask.decided;
        let also = [(decided.address, "with the address"), (decided.others, "with facts about others")];
        let also: Vec<&str> = also.into_iter().filter(|(yes, _)| *yes).map(|(_, words)| words).collect();
        let mut text = format!("{}: {why}", rendered.audience.purpose.title());
        if !also.is_empty() {
            text.push_str(&format!(" ({})", also.join(", ")));
        }
        let version = page.facts.shared.iter().filter_map(|s| s.version).max().unwrap_or(0) + 1;
        let event = Event::HealthSummaryShared {
            rendering: rendered.audience.rendering.code().into(),
            recipients: vec![rendered.audience.recipient.as_str().into()],
            to: sent.to.map(str::trim).filter(|to| !to.is_empty()).map(str::to_owned),
            assessment: None,
            version: Some(version),
            document: None,
            text: Some(text),
        };
        self.record(actor, child, sent.seen, sent.key, vec![NewEntry::on(page.today, event)]).await
    }
}

/// How a summary was sent.
#[derive(Debug, Clone, Copy)]
pub struct SummarySent<'s> {
    /// The version of the record that the person had before them.
    pub seen: i64,
    /// Makes a double submit record once.
    pub key: &'s str,
    /// To whom, by name.
    pub to: Option<&'s str>,
    /// Why.
    pub why: &'s str,
}
