//! The pack of a meeting, put together in one step: each item of the agenda with what the record tells on that day. From
//! then on it is kept as it is.

use kinfold_access::Action;
use kinfold_guidance::outline::Draw;
use kinfold_store::Unit;
use uuid::Uuid;

use super::change::Meant;
use super::meeting::{AgendaItem, Meeting, MeetingEvent};
use super::read::{meeting, meetings};
use super::visits::visits_since;
use super::voice::quotes_since;
use crate::actor::Actor;
use crate::authority::entry::{names, room};
use crate::authority::frozen::{ActionLine, Figure, PaperBlock, PaperSection};
use crate::authority::plan::{Lead, Plan, PlanEvent, Recommendation};
use crate::authority::publish::publication::Publication;
use crate::error::{Error, Result};
use crate::house::Casework;

/// Every figure that a pack holds.
fn figures_in(meeting: &Meeting) -> Vec<Figure> {
    let blocks = meeting.pack().into_iter().flat_map(|pack| &pack.sections).flat_map(|s| &s.blocks);
    let mut out = Vec::new();
    for block in blocks {
        if let PaperBlock::Figures { figures } = block {
            out.extend(figures.iter().cloned());
        }
    }
    out
}

/// The meeting before one that had a pack.
fn before<'m>(all: &'m [Meeting], of: &Meeting) -> Option<&'m Meeting> {
    let mut earlier = all.iter().filter(|m| m.id != of.id && (m.on, m.id) < (of.on, of.id));
    earlier.rfind(|m| m.cancelled.is_none() && m.pack().is_some())
}

impl Casework {
    /// Puts the pack together and issues it: it never changes from then on. Issued again, it is a second pack, and the
    /// first one stays. Everybody who is called is told.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run the panel; [`Error::Invalid`] when the agenda is empty or the minutes
    /// are agreed.
    pub async fn issue_pack(&self, actor: &Actor, id: Uuid, key: &str) -> Result<()> {
        actor.require(Action::RunPanel)?;
        let mut unit = self.house.store.glance().await?;
        let (of, _) = meeting(&mut *unit, id).await?;
        let all = meetings(&mut *unit).await?;
        let last = before(&all, &of);
        let mut sections = Vec::with_capacity(of.items.len());
        for item in &of.items {
            let blocks = self.item_told(&mut *unit, item, &all, &of, last).await?;
            sections.push(PaperSection { heading: item.title.clone(), blocks });
        }
        drop(unit);
        if sections.is_empty() {
            return Err(Error::invalid("", "The agenda is empty. Put an item on it first"));
        }
        let (on, drawn_from) = (self.today(), of.version);
        self.in_meeting(actor, id, key, |of| {
            // Counting took a while; whoever changed the agenda meanwhile must not find the pack without it.
            if of.version != drawn_from {
                return Err(Error::Conflict { current: of.version });
            }
            let number = of.pack().map_or(1, |pack| pack.number.saturating_add(1));
            let day = of.on.strftime("%-d %B %Y");
            let words = format!("The papers of the corporate parenting panel on {day} are there to read.");
            let event = MeetingEvent::PackIssued { number, on, sections };
            Ok(Meant { events: vec![(None, event)], tell: Some((None, words)) })
        })
        .await
    }

    /// What stands under an item.
    async fn item_told(
        &self,
        unit: &mut dyn Unit,
        item: &AgendaItem,
        all: &[Meeting],
        of: &Meeting,
        last: Option<&Meeting>,
    ) -> Result<Vec<PaperBlock>> {
        let mut out = Vec::new();
        let text = |text: &str| PaperBlock::Text { text: text.to_owned() };
        out.extend(item.text.as_deref().map(text));
        let today = self.today();
        let since = last.and_then(|last| last.pack().map(|pack| pack.on));
        for draw in &item.draws {
            match draw {
                Draw::Measures => {
                    let told = last.map(figures_in).unwrap_or_default();
                    let figures = self.placed_all(self.running_year(), &told).await?;
                    out.push(PaperBlock::Figures { figures });
                }
                Draw::Plans => {
                    let actions = self.action_lines(unit, |_, r| r.status().is_open()).await?;
                    out.push(match actions.is_empty() {
                        true => text("No action is open."),
                        false => PaperBlock::Actions { actions },
                    });
                }
                Draw::Arising => {
                    let mut decided = Vec::new();
                    for earlier in all.iter().filter(|m| (m.on, m.id) < (of.on, of.id)) {
                        decided.extend(
                            earlier
                                .items
                                .iter()
                                .flat_map(|i| &i.decisions)
                                .map(|d| (d.plan, d.recommendation)),
                        );
                    }
                    let actions =
                        self.action_lines(unit, |plan, r| decided.contains(&(plan, r.item))).await?;
                    out.push(match actions.is_empty() {
                        true => text("Nothing was decided at earlier meetings."),
                        false => PaperBlock::Actions { actions },
                    });
                }
                Draw::Voice => {
                    let quotes = quotes_since(unit, since).await?;
                    out.push(match quotes.is_empty() {
                        true => text("Nothing was handed on since the last meeting."),
                        false => PaperBlock::Quotes { quotes },
                    });
                }
                Draw::Visits => {
                    let since = last.map_or(jiff::civil::Date::MIN, |last| last.on);
                    let visits = visits_since(unit, since, today).await?;
                    let lines: Vec<String> = visits
                        .iter()
                        .map(|v| format!("- {} ({})", v.sentence().replace('\n', " "), v.members))
                        .collect();
                    let told = lines.join("\n");
                    out.push(text(match lines.is_empty() {
                        true => "No visit was written down since the last meeting.",
                        false => &told,
                    }));
                }
                Draw::Audits | Draw::Panel | Draw::Pledge => {}
            }
        }
        if let Some(id) = item.publication {
            let entries = crate::authority::entry::entries(unit, id).await?;
            out.extend(Publication::of(id, &entries).map(|publication| PaperBlock::Link {
                title: publication.title,
                address: format!("/publications/{id}"),
            }));
        }
        out.extend(item.papers.iter().map(|paper| PaperBlock::File {
            file: paper.file,
            title: paper.title.clone(),
            kind: paper.media.clone(),
            size: paper.size,
        }));
        Ok(out)
    }

    /// Recommendations that are looked for, what is late first, the latest before the others.
    async fn action_lines(
        &self,
        unit: &mut dyn Unit,
        wanted: impl Fn(Uuid, &Recommendation) -> bool,
    ) -> Result<Vec<ActionLine>> {
        let today = self.today();
        let found = room::<PlanEvent>(unit).await?;
        let plans: Vec<Plan> = found.iter().filter_map(|(id, entries)| Plan::of(*id, entries)).collect();
        let leads = plans.iter().flat_map(|p| &p.recommendations).filter_map(Recommendation::lead_person);
        let names = names(unit, leads.collect()).await?;
        let mut out = Vec::new();
        for plan in &plans {
            for r in plan.recommendations.iter().filter(|r| wanted(plan.id, r)) {
                out.push(ActionLine {
                    plan: plan.id,
                    recommendation: r.item,
                    title: plan.title.clone(),
                    number: r.number.clone(),
                    text: r.text.clone(),
                    lead: r.lead.as_ref().map(|(lead, _)| match lead {
                        Lead::Person(person) => names.get(person).cloned().unwrap_or_default(),
                        Lead::Post(post) => post.clone(),
                    }),
                    target: r.target().map(|target| target.words.clone()),
                    status: r.status(),
                    reason: r.standings.last().map(|standing| standing.reason.clone()),
                    days_late: r.days_late(today),
                });
            }
        }
        // Stable: within one lateness the order of the plans stays.
        out.sort_by_key(|line| std::cmp::Reverse(line.days_late));
        Ok(out)
    }
}
