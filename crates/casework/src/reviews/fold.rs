//! Entries in, reviews out. Depends only on the set of entries, never on the order they are given in.

use jiff::civil::Date;
use kinfold_record::{Entry, Event};

use super::facts::{ActionFact, Copy, Dispute, Held, LeftOut, Part, Review, ReviewFacts, Wished};

impl ReviewFacts {
    /// What these entries say. They stand, and the reader may read them; in any order.
    pub fn of(entries: &[&Entry]) -> Self {
        let mut sorted = entries.to_vec();
        sorted.sort_by_key(|e| (e.happened_on, e.recorded_at, rank(&e.event), e.id));
        let mut facts = Self::default();
        // What begins something comes first: on one day an answer may have been recorded before its question.
        for entry in &sorted {
            facts.begins(entry);
        }
        for entry in &sorted {
            facts.goes_on(entry);
        }
        for review in &mut facts.reviews {
            review.parts.sort_by_key(|p| number(&p.part));
        }
        facts.reviews.sort_by_key(|r| std::cmp::Reverse((r.on, r.called_on)));
        facts.held.reverse();
        facts.disputes.reverse();
        facts
    }

    /// A review by what joins its entries.
    pub fn review(&self, occasion: &str) -> Option<&Review> {
        self.reviews.iter().find(|r| r.occasion == occasion)
    }

    /// The one that is called and not yet held or called off; the nearest, if there are several.
    pub fn next(&self) -> Option<&Review> {
        self.reviews.iter().filter(|r| r.is_ahead()).min_by_key(|r| r.on)
    }

    /// The last one held before a day, or on it. One that was adjourned was not finished, and does not count.
    pub fn last_held(&self, before: Date) -> Option<&Held> {
        self.held.iter().filter(|h| !h.adjourned).find(|h| h.on <= before)
    }

    /// The dispute that is not settled.
    pub fn open_dispute(&self) -> Option<&Dispute> {
        self.disputes.iter().find(|d| d.settled.is_none())
    }

    fn begins(&mut self, e: &Entry) {
        let on = e.happened_on;
        match &e.event {
            Event::ReviewCalled { occasion, review, on, time, place, detail, by_child, child_chairs } => {
                self.reviews.push(Review {
                    occasion: occasion.clone(),
                    kind: review.clone(),
                    called: e.id,
                    called_on: e.happened_on,
                    on: *on,
                    time: time.clone(),
                    place: place.clone(),
                    detail: detail.clone(),
                    by_child: *by_child,
                    child_chairs: *child_chairs,
                    moved: None,
                    called_off: None,
                    wishes: Vec::new(),
                    parts: Vec::new(),
                    left_out: Vec::new(),
                    held: None,
                });
            }
            Event::ReviewAction { action, text, owner, by, occasion, person, child_asked } => {
                self.actions.push(ActionFact {
                    action: action.clone(),
                    entry: e.id,
                    occasion: occasion.clone(),
                    on,
                    text: text.clone(),
                    owner: owner.clone(),
                    person: person.clone(),
                    by: *by,
                    child_asked: *child_asked == Some(true),
                    moved: 0,
                    answered: None,
                });
            }
            _ => self.dispute_begins(e),
        }
    }

    /// A second word while a dispute is open is its next stage, never a second dispute.
    fn dispute_begins(&mut self, e: &Entry) {
        match &e.event {
            Event::DisputeRaised { stage, text } => {
                let said = (e.happened_on, stage.clone().unwrap_or_default(), text.clone());
                match self.disputes.last_mut().filter(|d| d.settled.is_none()) {
                    Some(open) => open.stages.push(said),
                    None => self.disputes.push(Dispute {
                        entry: e.id,
                        on: e.happened_on,
                        stages: vec![said],
                        answers: Vec::new(),
                        referred: None,
                        settled: None,
                    }),
                }
            }
            Event::DisputeSettled { outcome, to_cafcass } => {
                if let Some(open) = self.disputes.last_mut().filter(|d| d.settled.is_none()) {
                    open.settled = Some((e.happened_on, outcome.clone()));
                    if *to_cafcass == Some(true) && open.referred.is_none() {
                        open.referred = Some((e.happened_on, outcome.clone().unwrap_or_default()));
                    }
                }
            }
            Event::DisputeAnswered { text, .. } => {
                if let Some(open) = self.disputes.last_mut() {
                    open.answers.push((e.happened_on, e.recorded_by, text.clone()));
                }
            }
            Event::DisputeReferred { text } => {
                if let Some(open) = self.disputes.last_mut() {
                    open.referred = Some((e.happened_on, text.clone()));
                }
            }
            _ => {}
        }
    }

    fn goes_on(&mut self, e: &Entry) {
        match &e.event {
            Event::ReviewHeld {
                review, participation, meeting, spoke_alone, adjourned, occasion, ..
            } => {
                let held = Held {
                    entry: e.id,
                    on: e.happened_on,
                    kind: review.clone(),
                    participation: participation.clone(),
                    alone: *spoke_alone,
                    adjourned: *adjourned == Some(true),
                    meeting: *meeting,
                    occasion: occasion.clone(),
                };
                if let Some(review) = occasion.as_ref().and_then(|occasion| self.find(occasion)) {
                    review.held = Some(held.clone());
                }
                self.held.push(held);
            }
            Event::ReviewActionMoved { action, owner, by, person, .. } => {
                if let Some(found) = self.actions.iter_mut().find(|a| a.action == *action) {
                    found.owner = owner.clone();
                    found.by = *by;
                    found.person.clone_from(person);
                    found.moved += 1;
                }
            }
            Event::ReviewActionAnswered { action, outcome, text } => {
                if let Some(found) = self.actions.iter_mut().find(|a| a.action == *action) {
                    found.answered = Some((e.happened_on, outcome.clone(), text.clone()));
                }
            }
            _ => self.of_a_review(e),
        }
    }

    fn find(&mut self, occasion: &str) -> Option<&mut Review> {
        self.reviews.iter_mut().find(|r| r.occasion == occasion)
    }

    fn of_a_review(&mut self, e: &Entry) {
        let occasion = match &e.event {
            Event::ReviewMoved { occasion, .. }
            | Event::ReviewCalledOff { occasion, .. }
            | Event::ReviewWishes { occasion, .. }
            | Event::ReviewInvited { occasion, .. }
            | Event::ReviewLeftOut { occasion, .. }
            | Event::ReviewAnswered { occasion, .. }
            | Event::ReviewPartIn { occasion, .. }
            | Event::ReviewCopyReady { occasion, .. }
            | Event::ReviewCopySent { occasion, .. } => occasion,
            _ => return,
        };
        if let Some(review) = self.find(occasion) {
            review.goes_on(e);
        }
    }
}

impl Review {
    /// Whether it is still to be held.
    pub fn is_ahead(&self) -> bool {
        self.called_off.is_none() && self.held.as_ref().is_none_or(|h| h.adjourned)
    }

    /// Somebody's part.
    pub fn part(&self, part: &str) -> Option<&Part> {
        self.parts.iter().find(|p| p.part == part)
    }

    fn goes_on(&mut self, e: &Entry) {
        match &e.event {
            Event::ReviewMoved { on, time, place, detail, by_child, child_chairs, text, .. } => {
                self.on = *on;
                keep(&mut self.time, time);
                keep(&mut self.place, place);
                keep(&mut self.detail, detail);
                keep(&mut self.by_child, by_child);
                keep(&mut self.child_chairs, child_chairs);
                keep(&mut self.moved, text);
            }
            Event::ReviewCalledOff { text, .. } => self.called_off = Some(text.clone()),
            Event::ReviewWishes { place, people, topics, not_topics, chairs, .. } => self.wishes.insert(
                0,
                Wished {
                    entry: e.id,
                    on: e.happened_on,
                    place: place.clone(),
                    people: people.clone(),
                    topics: topics.clone(),
                    not_topics: not_topics.clone(),
                    chairs: *chairs,
                },
            ),
            Event::ReviewInvited { part, role, person, member, name, form, due, .. } => {
                self.parts.push(Part {
                    part: part.clone(),
                    role: role.clone(),
                    person: *person,
                    member: member.as_ref().and_then(|m| m.parse().ok()),
                    name: name.clone(),
                    form: form.clone(),
                    due: *due,
                    answer: None,
                    came: None,
                    copy: None,
                })
            }
            Event::ReviewLeftOut { role, reason, person, member, text, .. } => self.left_out.push(LeftOut {
                role: role.clone(),
                person: *person,
                member: member.as_ref().and_then(|m| m.parse().ok()),
                reason: reason.clone(),
                text: text.clone(),
            }),
            _ => self.of_a_part(e),
        }
    }

    fn of_a_part(&mut self, e: &Entry) {
        let of = match &e.event {
            Event::ReviewAnswered { part, .. }
            | Event::ReviewPartIn { part, .. }
            | Event::ReviewCopyReady { part, .. }
            | Event::ReviewCopySent { part, .. } => part,
            _ => return,
        };
        let Some(found) = self.parts.iter_mut().find(|p| p.part == *of) else { return };
        match &e.event {
            Event::ReviewAnswered { answer, text, .. } => found.answer = Some((answer.clone(), text.clone())),
            Event::ReviewPartIn { document, .. } => found.came = Some((e.happened_on, document.clone())),
            Event::ReviewCopyReady { sections, document, sensitive, text, .. } => {
                found.copy = Some(Copy {
                    sections: sections.split_whitespace().map(str::to_owned).collect(),
                    document: document.clone(),
                    sensitive: *sensitive == Some(true),
                    why: text.clone(),
                    ready_by: e.recorded_by,
                    ready_at: e.recorded_at,
                    sent: None,
                });
            }
            Event::ReviewCopySent { .. } => {
                if let Some(copy) = &mut found.copy {
                    copy.sent = Some((e.happened_on, e.recorded_by));
                }
            }
            _ => {}
        }
    }
}

fn keep<T: Clone>(held: &mut Option<T>, new: &Option<T>) {
    if new.is_some() {
        held.clone_from(new);
    }
}

/// Which comes first of what was recorded at one instant: what answers or ends something comes after it.
fn rank(event: &Event) -> u8 {
    match event {
        Event::ReviewAnswered { .. } | Event::ReviewPartIn { .. } | Event::ReviewCopyReady { .. } => 1,
        Event::ReviewCopySent { .. } | Event::DisputeAnswered { .. } | Event::DisputeReferred { .. } => 2,
        Event::DisputeSettled { .. } => 3,
        _ => 0,
    }
}

/// The place of a part among those of its review: the number its reference ends in. The record has none and comes last.
fn number(part: &str) -> u32 {
    part.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(u32::MAX)
}
