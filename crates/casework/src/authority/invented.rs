//! The papers of an invented council: a plan with what was done about it, a self-assessment partly answered, a meeting of the
//! panel that was and one to come, a report and a pledge that everybody can read. An invented council is looked at before
//! anybody works in it, and no page of it should be empty.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use kinfold_guidance::PaperKind;
use kinfold_store::{AuthorityRow, Unit};
use uuid::Uuid;

use super::entry::Body;
use super::frozen::{PaperBlock, PaperSection, Quote};
use super::invented_offer;
use super::panel::meeting::{AgendaItem, Meeting, MeetingEvent, Presence};
use super::panel::{VisitEvent, VisitKind, VoiceEvent};
use super::plan::{PlanEvent, Status};
use super::plan_change::NewRecommendation;
use super::publish::publication::{Judged, Kept, PromiseTest, Publication, PublicationEvent};
use crate::error::{Error, Result};
use crate::house::Casework;

/// Those who write in the papers of an invented council.
#[derive(Debug, Clone, Copy)]
pub struct Writers {
    /// The panel's clerk.
    pub clerk: Uuid,
    /// The director of children's services.
    pub director: Uuid,
    /// A councillor.
    pub councillor: Uuid,
    /// A commissioner.
    pub commissioner: Uuid,
    /// A social worker.
    pub worker: Uuid,
    /// Who leads self-assessments for a partner agency.
    pub lead: Uuid,
    /// A young auditor, where there is one.
    pub young: Option<Uuid>,
}

/// An entry: when, by whom, about which part, and what.
pub(super) type Told<E> = (Timestamp, Uuid, Option<Uuid>, E);

/// Noon of a day.
fn noon(on: Date) -> Timestamp {
    let at = on.at(12, 0, 0, 0).to_zoned(crate::clock::england());
    at.map_or(Timestamp::UNIX_EPOCH, |at| at.timestamp())
}

impl Casework {
    /// Writes the papers of an invented council.
    ///
    /// # Errors
    /// [`Error::Forbidden`] in a council that is not invented; otherwise when the store does not answer.
    pub async fn invent_papers(&self, who: Writers) -> Result<()> {
        if !self.settings().demo {
            return Err(Error::Forbidden("This council is not an invented one.".to_owned()));
        }
        let mut unit = self.house.store.write().await?;
        let plan = self.invented_plan(&mut *unit, who).await?;
        self.invented_audit(&mut *unit, who).await?;
        self.invented_words(&mut *unit, who).await?;
        self.invented_pledge(&mut *unit, who).await?;
        self.invented_meetings(&mut *unit, who, plan).await?;
        self.invented_report(&mut *unit, who).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Days ago, at noon.
    pub(super) fn ago(&self, days: i64) -> Timestamp {
        noon(self.today().saturating_sub(days.days()))
    }

    pub(super) async fn tell<E: Body>(
        &self,
        unit: &mut dyn Unit,
        subject: Uuid,
        told: Vec<Told<E>>,
    ) -> Result<()> {
        let mut rows = Vec::with_capacity(told.len());
        for (version, (at, by, item, event)) in (1..).zip(told) {
            let value = serde_json::to_value(event).map_err(|e| Error::Internal(e.to_string()))?;
            let kind = value.get("kind").and_then(serde_json::Value::as_str).unwrap_or_default();
            rows.push(AuthorityRow {
                id: self.new_id(),
                room: E::ROOM.to_owned(),
                subject,
                version,
                item,
                kind: kind.to_owned(),
                body: value.to_string(),
                recorded_at: at,
                recorded_by: Some(by),
            });
        }
        unit.add_authority(&rows).await?;
        Ok(())
    }

    /// The example of the guidance, taken up, and a decision of the panel in a plan of its own.
    async fn invented_plan(&self, unit: &mut dyn Unit, who: Writers) -> Result<(Uuid, Uuid)> {
        let book = self.book();
        for file in book.guidance.plans.offered(self.today()) {
            let new = super::plan_file::plan(file);
            let mut told = vec![(self.ago(60), who.director, None, new.started(who.director, self.today()))];
            for recommendation in &new.recommendations {
                let (events, _) = self.begun(unit, recommendation).await?;
                told.extend(events.into_iter().map(|(item, e)| (self.ago(60), who.director, item, e)));
            }
            for (text, on, said) in new.comments {
                let event = PlanEvent::PanelSaid { text, on, who: said };
                told.push((self.ago(60), who.clerk, None, event));
            }
            self.tell(unit, self.new_id(), told).await?;
        }
        let today = self.today();
        let (plan, decided) = (self.new_id(), self.new_id());
        let started = PlanEvent::PlanStarted {
            title: "What the panel decided".to_owned(),
            about: Some(
                "Decisions of the corporate parenting panel, followed until they are done.".to_owned(),
            ),
            source: None,
            owner: who.clerk,
            started_on: today.saturating_sub(200.days()),
            report_months: 6,
            file: None,
        };
        let mut told = vec![(self.ago(200), who.clerk, None, started)];
        let due = |days: i64| Some(today.saturating_add(days.days()));
        let tasks = [
            (
                decided,
                "1",
                "Ask every dental practice in the county whether it takes children in care at once, and tell carers which do.",
                due(-12),
            ),
            (
                self.new_id(),
                "2",
                "Bring children from two homes to the next meeting, if they want to come.",
                due(60),
            ),
            (self.new_id(), "3", "Put the pledge into every welcome pack.", due(-80)),
        ];
        for (item, number, text, on) in tasks {
            let new = NewRecommendation {
                number: number.to_owned(),
                text: text.to_owned(),
                post: "Head of corporate parenting".to_owned(),
                target_on: on,
                from: Some("Corporate parenting panel".to_owned()),
                ..NewRecommendation::default()
            };
            let (events, _) = self.begun(unit, &new).await?;
            told.extend(events.into_iter().map(|(_, event)| (self.ago(90), who.clerk, Some(item), event)));
            if number == "3" {
                let reason = "It is in every pack since the summer.".to_owned();
                let event = PlanEvent::Stood { status: Status::Done, reason };
                told.push((self.ago(85), who.clerk, Some(item), event));
            }
        }
        let text = "Eleven of nineteen practices have answered.".to_owned();
        let on = today.saturating_sub(20.days());
        told.push((self.ago(20), who.clerk, Some(decided), PlanEvent::Progressed { text, on }));
        self.tell(unit, plan, told).await?;
        Ok((plan, decided))
    }

    /// Words that were let be passed on, and members' visits.
    async fn invented_words(&self, unit: &mut dyn Unit, who: Writers) -> Result<()> {
        for (days, of, words) in [
            (120, "children", "It was good that someone rang me before the meeting and not after."),
            (45, "care_leavers", "When I turned eighteen I did not know who to ring about the rent."),
            (30, "children", "Please do not change my social worker in the middle of the exams."),
            (10, "carers", "We found a dentist only because another carer told us."),
        ] {
            let event = VoiceEvent::HandedOn { words: words.to_owned(), of: of.into() };
            self.tell(unit, self.new_id(), vec![(self.ago(days), who.worker, None, event)]).await?;
        }
        for (days, what, place, text) in [
            (
                150,
                VisitKind::Event,
                "Summer day of the fostering service",
                "Some sixty carers and their children came. They asked for one number to ring at the weekend.",
            ),
            (
                35,
                VisitKind::Home,
                "A children’s home in the north",
                "Warm, loud and tidy. The young people cook on Fridays. The heating of the annexe has waited since March.",
            ),
            (
                14,
                VisitKind::Service,
                "Leaving care team",
                "Advisers have fewer young people each than last year. Flats are what is missing.",
            ),
        ] {
            let event = VisitEvent::Visited {
                on: self.today().saturating_sub(days.days()),
                what,
                place: place.to_owned(),
                members: "The lead member and one other".to_owned(),
                text: text.to_owned(),
            };
            self.tell(unit, self.new_id(), vec![(self.ago(days - 1), who.councillor, None, event)]).await?;
        }
        Ok(())
    }

    /// The entries that a draft of an outline begins with.
    async fn invented_draft(
        &self,
        unit: &mut dyn Unit,
        who: Writers,
        (outline, title): (&str, &str),
    ) -> Result<Vec<Told<PublicationEvent>>> {
        let book = self.book();
        let found = book.guidance.outlines.on(outline, self.today()).ok_or(Error::Absent)?;
        let year = crate::measures::years_on(self.today());
        let year = year.iter().find(|year| !year.running).map_or(0, |year| year.year);
        let started = PublicationEvent::PublicationStarted {
            paper: found.kind,
            title: title.to_owned(),
            reader: found.reader.clone(),
            outline: format!("{} {}", found.head.id, found.head.version),
            year,
            owner: who.director,
        };
        let mut told = vec![(self.ago(25), who.director, None, started)];
        let drafted = self.drafted(unit, found, year).await?;
        told.extend(drafted.into_iter().map(|(item, event)| (self.ago(25), who.director, item, event)));
        Ok(told)
    }

    /// What the entries so far come to, published.
    fn put_out(&self, id: Uuid, told: &[Told<PublicationEvent>]) -> Result<PublicationEvent> {
        let written: Vec<_> = (1..)
            .zip(told)
            .map(|(version, (at, by, item, event))| super::Written {
                version,
                item: *item,
                at: *at,
                by: Some(*by),
                event: event.clone(),
            })
            .collect();
        let of = Publication::of(id, &written).ok_or(Error::Absent)?;
        let document = super::publish::document(&of, &self.settings().authority)?;
        let on = self.today().saturating_sub(20.days());
        Ok(PublicationEvent::Published { number: 1, on, corrects: None, document })
    }

    async fn invented_pledge(&self, unit: &mut dyn Unit, who: Writers) -> Result<()> {
        let id = self.new_id();
        let mut told = self.invented_draft(unit, who, ("corporate.pledge", "Our pledge to you")).await?;
        let published = self.put_out(id, &told)?;
        told.push((self.ago(20), who.director, None, published));
        let mut promises = Vec::new();
        for (_, _, item, event) in &told {
            let (Some(promise), PublicationEvent::PromiseWritten { test, .. }) = (*item, event) else {
                continue;
            };
            let figure = match test {
                PromiseTest::Measure { measure, .. } => self.placed(measure, None).await.ok(),
                _ => None,
            };
            let kept = match (test, figure.as_ref().map(|f| f.value)) {
                (PromiseTest::Measure { at_least, at_most, .. }, Some(Some(value)))
                    if at_least.is_none_or(|l| value >= l) && at_most.is_none_or(|m| value <= m) =>
                {
                    Kept::Kept
                }
                (PromiseTest::Measure { .. }, Some(Some(_))) => Kept::NotYet,
                (PromiseTest::Measure { .. }, _) => Kept::NotKnown,
                _ => Kept::Kept,
            };
            let why = match kept {
                Kept::Kept => "We kept this. We will keep at it.",
                Kept::NotYet => "Too many of you had to wait. We will do more to put it right.",
                Kept::NotKnown => "We have no number yet that we can show you.",
            };
            promises.push(Judged { promise, kept, figure, why: Some(why.to_owned()) });
        }
        let on = self.today().saturating_sub(19.days());
        told.push((self.ago(19), who.director, None, PublicationEvent::Checked { on, promises }));
        self.tell(unit, id, told).await
    }

    async fn invented_report(&self, unit: &mut dyn Unit, who: Writers) -> Result<()> {
        for (outline, title, out) in [
            ("annual_report.childrens_council", "How we looked after you", true),
            ("care_leavers.local_offer", "If you have left care", true),
            ("needs.profile", "What our children in care need", true),
            ("annual_report.scrutiny", "Annual report of the corporate parent", false),
        ] {
            let id = self.new_id();
            let mut told = self.invented_draft(unit, who, (outline, title)).await?;
            for (_, _, _, event) in &mut told {
                if let PublicationEvent::SectionWritten { heading, text, .. } = event {
                    invented_offer::answer(heading, text);
                }
            }
            if out {
                let published = self.put_out(id, &told)?;
                told.push((self.ago(20), who.director, None, published));
            } else {
                let text = "Say more about homes in the county itself.".to_owned();
                told.push((self.ago(15), who.councillor, None, PublicationEvent::Remarked { text }));
            }
            self.tell(unit, id, told).await?;
        }
        Ok(())
    }

    /// A meeting that was, with its pack and agreed minutes, and one to come.
    async fn invented_meetings(&self, unit: &mut dyn Unit, who: Writers, plan: (Uuid, Uuid)) -> Result<()> {
        let today = self.today();
        let book = self.book();
        let agenda = book.guidance.outlines.offered(today);
        let agenda: Vec<_> = agenda.into_iter().filter(|o| o.kind == PaperKind::Agenda).collect();
        for (days, minuted) in [(-90_i64, true), (21, false)] {
            let id = self.new_id();
            let on = today.saturating_add(days.days());
            let at = noon(today.saturating_sub((if minuted { 104 } else { 7 }).days()));
            let called = MeetingEvent::MeetingCalled {
                on,
                at: Some("10 am".to_owned()),
                place: "County Hall, room 2".to_owned(),
                reason: None,
            };
            let mut told = vec![(at, who.clerk, None, called)];
            for (role, person) in [("councillor", who.councillor), ("director", who.director)] {
                let name = super::entry::names(unit, vec![person]).await?.remove(&person).unwrap_or_default();
                let role = Some(Self::role_title(role).to_string());
                let (guest, person) = (Some(self.new_id()), Some(person));
                told.push((at, who.clerk, guest, MeetingEvent::Called { name, role, person }));
                if minuted {
                    let presence = MeetingEvent::Came { presence: Presence::Attended };
                    told.push((noon(on), who.clerk, guest, presence));
                }
            }
            for section in agenda.iter().flat_map(|outline| &outline.sections) {
                let item = Some(self.new_id());
                let (title, text) = (section.heading.clone(), Some(section.text.trim().to_owned()));
                let draws = section.draws.clone();
                told.push((
                    at,
                    who.clerk,
                    item,
                    MeetingEvent::ItemPut { title, text, draws, publication: None },
                ));
            }
            if minuted {
                self.invented_minutes(&mut told, (who, on, plan)).await?;
            } else {
                let text = "Could we hear first what came of the dentists?".to_owned();
                told.push((self.ago(3), who.councillor, None, MeetingEvent::Remarked { text }));
            }
            self.tell(unit, id, told).await?;
        }
        Ok(())
    }

    async fn invented_minutes(
        &self,
        told: &mut Vec<Told<MeetingEvent>>,
        (who, on, (plan, decided)): (Writers, Date, (Uuid, Uuid)),
    ) -> Result<()> {
        let written: Vec<_> = (1..)
            .zip(told.iter())
            .map(|(version, (at, by, item, event))| super::Written {
                version,
                item: *item,
                at: *at,
                by: Some(*by),
                event: event.clone(),
            })
            .collect();
        let Some(meeting) = Meeting::of(Uuid::nil(), &written) else { return Ok(()) };
        let mut sections = Vec::new();
        for item in &meeting.items {
            sections.push(PaperSection {
                heading: item.title.clone(),
                blocks: self.invented_blocks(item).await?,
            });
        }
        let issued = on.saturating_sub(7.days());
        told.push((
            noon(issued),
            who.clerk,
            None,
            MeetingEvent::PackIssued { number: 1, on: issued, sections },
        ));
        let said = [
            "Everybody was welcomed. Nobody had an interest to declare.",
            "Members noted what was done since the spring.",
            "Members listened to the words of children and carers, and asked that the one who said it is thanked.",
            "Members went through the figures. They asked why so few teeth were checked.",
            "What is late was gone through, one by one.",
        ];
        for (item, text) in meeting.items.iter().zip(said) {
            told.push((
                noon(on),
                who.clerk,
                Some(item.item),
                MeetingEvent::Minuted { text: text.to_owned() },
            ));
        }
        if let Some(item) = meeting.items.get(3) {
            let text = "Ask every dental practice in the county whether it takes children in care at once."
                .to_owned();
            let event = MeetingEvent::Decided { text, plan, recommendation: decided };
            told.push((noon(on), who.clerk, Some(item.item), event));
        }
        let agreed = on.saturating_add(14.days());
        told.push((noon(agreed), who.clerk, None, MeetingEvent::MinutesAgreed { on: agreed }));
        Ok(())
    }

    async fn invented_blocks(&self, item: &AgendaItem) -> Result<Vec<PaperBlock>> {
        use kinfold_guidance::outline::Draw;
        let mut blocks: Vec<PaperBlock> =
            item.text.iter().map(|text| PaperBlock::Text { text: text.clone() }).collect();
        if item.draws.contains(&Draw::Measures) {
            // The figures of the last year that is over: nobody knows what those of that day were.
            blocks.push(PaperBlock::Figures { figures: self.placed_all(None, &[]).await? });
        }
        let told = |draw: Draw| match draw {
            Draw::Arising => Some("Nothing was decided at earlier meetings."),
            Draw::Plans => Some(
                "- Best value review: 21 recommendations, most of them late.\n- Put the pledge into every welcome pack: done.",
            ),
            Draw::Visits => {
                Some("- Summer day of the fostering service. Some sixty carers and their children came.")
            }
            _ => None,
        };
        let lines = item.draws.iter().filter_map(|draw| told(*draw));
        blocks.extend(lines.map(|text| PaperBlock::Text { text: text.to_owned() }));
        if item.draws.contains(&Draw::Voice) {
            let words = "It was good that someone rang me before the meeting and not after.".to_owned();
            blocks.push(PaperBlock::Quotes { quotes: vec![Quote { words, of: "children".into() }] });
        }
        Ok(blocks)
    }
}
