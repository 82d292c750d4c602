//! Questions about how a young person is, which they answer themselves: their own part of the strengths and difficulties
//! questionnaire. It is the same form that a carer or a school fills in, and becomes the same document and entries; here
//! is when it is theirs to answer, and the form itself while they do.

use std::collections::HashSet;

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_access::Action;
use kinfold_forms::{Answer, Answers, Key};
use kinfold_guidance::form::Form;
use kinfold_pathway::State;
use kinfold_record::calendar::CountFrom;
use kinfold_record::{ChildId, EntryId, Event, PersonId, Timeline};
use kinfold_store::{NoticeRow, Unit};
use uuid::Uuid;

use super::space::Space;
use crate::actor::Actor;
use crate::child::Looked;
use crate::error::{Error, Result};
use crate::forms::is_the_childs;
use crate::house::{Book, Casework};

/// The form.
const FORM: &str = "health.sdq";
/// Ages at which young people answer it about themselves: those of the form for ages 11 to 17.
const AGES: std::ops::RangeInclusive<i32> = 11..=17;
/// How long somebody who was asked has, in working days.
const WITHIN: u32 = 15;
/// How long an answer stands before it is due again, in months.
const AGAIN: i32 = 12;
/// "The child or young person refused": code of `sdq_reason`.
const REFUSED: &str = "SDQ5";

/// The questions, for the young person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSdq {
    /// Whose.
    pub child: ChildId,
    /// The day it is.
    pub today: Date,
    /// The form they are filling in: begun by them, or because they were asked.
    pub form: Option<Uuid>,
    /// The day it was asked for, while it is open and somebody asked.
    pub asked_by: Option<Date>,
    /// Whether it is theirs to answer now.
    pub due: bool,
    /// What they answered last.
    pub last: Option<LastSdq>,
    /// Languages in which the authority has the words of the questions, as people call them.
    pub languages: Vec<String>,
}

/// What a young person answered last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSdq {
    /// The day.
    pub on: Date,
    /// Whether they chose not to answer.
    pub declined: bool,
    /// Who talks with them about it, and by when: their score was high, or had risen.
    pub talk: Option<(Option<String>, Date)>,
}

/// A questionnaire that a young person was asked for and has not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedSdq {
    /// Since when.
    pub since: Date,
    /// By when; `None` when they began by themselves.
    pub by: Option<Date>,
}

fn of_the_age(timeline: &Timeline, today: Date) -> bool {
    timeline.age_on(today).is_some_and(|age| AGES.contains(&age))
}

/// Who fills it in, and on which form: what is known without asking.
fn beginning(today: Date) -> Answers {
    let mut answers = Answers::default();
    for (question, answer) in [
        ("filled_in", Answer::YesNo(true)),
        ("informant", Answer::Choice("self".into())),
        ("form_self", Answer::Choice("s11_17".into())),
        ("filled_on", Answer::Date(today)),
    ] {
        answers.set(Key::of(question), Some(answer));
    }
    answers
}

/// The form in force, if it asks what is known of here: a council may have made it another one.
fn form(book: &Book, today: Date) -> Option<&Form> {
    let found = book.guidance.forms.offered(today).into_iter().find(|form| form.id == FORM)?;
    let known = beginning(today);
    let fits = known.given.keys().all(|key| found.question(&key.question).is_some());
    (fits && found.may_start(&["young_person"])).then_some(found)
}

/// What they said last: the entry, the day, and whether they would rather not.
fn last(space: &Space) -> Option<(EntryId, Date, bool)> {
    let mut own: Vec<_> = space
        .chronology
        .standing(None)
        .into_iter()
        .filter_map(|entry| match &entry.event {
            Event::Sdq { informant, reason, .. } if informant == "self" => {
                let declined = reason.as_deref() == Some(REFUSED);
                Some((entry.happened_on, entry.recorded_at, entry.id, declined))
            }
            _ => None,
        })
        .collect();
    own.sort_unstable_by_key(|(on, at, ..)| (*on, *at));
    own.pop().map(|(on, _, entry, declined)| (entry, on, declined))
}

impl Casework {
    /// The open form of the child's own, if there is one.
    async fn own_form(
        &self,
        unit: &mut dyn Unit,
        child: ChildId,
        timeline: &Timeline,
    ) -> Result<Option<kinfold_store::FormOpenRow>> {
        let rows = unit.forms_of(child.0).await?;
        Ok(rows.into_iter().find(|row| row.form_id == FORM && is_the_childs(row, timeline)))
    }

    /// Whether there are questions for the young person, and what became of the last.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space of their own.
    pub async fn own_sdq(&self, actor: &Actor) -> Result<OwnSdq> {
        let space = self.own_space(actor).await?;
        let found = self.own_sdq_of(&space, actor).await?;
        self.read_own(actor, space.child(), "questions").await?;
        Ok(found)
    }

    pub(super) async fn own_sdq_of(&self, space: &Space, actor: &Actor) -> Result<OwnSdq> {
        let (child, today, timeline) = (space.child(), space.today, &space.looked.timeline);
        let mut unit = self.house.store.read().await?;
        let row = self.own_form(&mut *unit, child, timeline).await?;
        drop(unit);
        let row = row.filter(|row| row.started_by == actor.person().0);
        let last = last(space);
        let lately = last.is_some_and(|(_, on, _)| on > today.saturating_sub(AGAIN.months()));
        let asks = form(&self.book(), today).is_some() && of_the_age(timeline, today);
        let licensed = self.book();
        let languages = licensed.guidance.forms.licensed.iter().filter(|words| words.instrument == "sdq");
        Ok(OwnSdq {
            child,
            today,
            due: asks && (row.is_some() || timeline.care_on(today).is_some() && !lately),
            form: row.as_ref().filter(|_| asks).map(|row| row.id),
            asked_by: row.and_then(|row| row.due_on),
            last: last.map(|(entry, on, declined)| LastSdq { on, declined, talk: talk(space, entry) }),
            languages: languages
                .map(|words| words.called.first().unwrap_or(&words.language).to_string())
                .collect(),
        })
    }

    /// Begins the questions; those that are open already stay as they are. Answers their form.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space, or when no questions are due.
    pub async fn begin_own_sdq(&self, actor: &Actor) -> Result<Uuid> {
        if !self.own_sdq(actor).await?.due {
            return Err(Error::Absent);
        }
        let mut unit = self.house.store.write().await?;
        let Some(looked) = self.own_record(&mut *unit, actor).await? else {
            drop(unit);
            return self.no_space(actor).await;
        };
        // Begun on another telephone in the same moment, it is the same one.
        if let Some(row) = self.own_form(&mut *unit, looked.handle.id(), &looked.timeline).await? {
            return Ok(row.id);
        }
        let (book, today) = (self.book(), self.today());
        let form = form(&book, today).ok_or(Error::Absent)?;
        let answers = beginning(today);
        let id = self.begin_form(&mut *unit, actor, &looked, form, &answers, None, None).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Asks the young person for their own questionnaire: it stands in their space until they send it, and they are told.
    /// Asked again, the one that is open stands.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to ask others for their part of a form; [`Error::Invalid`] when they are not of the age, have no
    /// space of their own, or the authority's form asks something else.
    pub async fn ask_own_sdq(&self, actor: &Actor, child: ChildId) -> Result<Date> {
        let unit = self.house.store.write().await?;
        let (mut unit, looked) = self.look_to_write(unit, actor, child, Action::AskOutside).await?;
        let (book, today) = (self.book(), self.today());
        let asked = own_account(&looked, today).filter(|_| of_the_age(&looked.timeline, today));
        let (Some(person), Some(form)) = (asked, form(&book, today)) else {
            return Err(Error::invalid(
                "",
                "Only a young person from 11 to 17 who has an account can be asked here. Fill the questionnaire in with them instead.",
            ));
        };
        if let Some(row) = self.own_form(&mut *unit, child, &looked.timeline).await? {
            return Ok(row.due_on.unwrap_or(today));
        }
        let by = book.calendar.add_working_days_date(today, WITHIN, CountFrom::Exclusive);
        let answers = beginning(today);
        self.begin_form_for(&mut *unit, actor, person, &looked, form, &answers, Some(by), None).await?;
        let notice = NoticeRow {
            id: self.new_id(),
            person: person.0,
            child: Some(child.0),
            kind: "form_asked".to_owned(),
            text: "There are some questions for you about how you are.".to_owned(),
            link: Some("/me/questions".to_owned()),
            created_at: self.now(),
            read_at: None,
        };
        self.give_notices(&mut *unit, &[notice], &mut HashSet::new()).await?;
        unit.commit().await?;
        Ok(by)
    }

    /// Whether the young person can be asked for their own questionnaire, and the one that is open in their space.
    pub(crate) async fn own_sdq_asked(
        &self,
        unit: &mut dyn Unit,
        looked: &Looked,
    ) -> Result<(bool, Option<AskedSdq>)> {
        let today = self.today();
        let open = self.own_form(unit, looked.handle.id(), &looked.timeline).await?;
        let may = form(&self.book(), today).is_some()
            && of_the_age(&looked.timeline, today)
            && own_account(looked, today).is_some();
        let asked = open.map(|row| AskedSdq { since: crate::clock::day(row.opened_at), by: row.due_on });
        Ok((may, asked))
    }

    /// Says that the young person would rather not answer: it goes the way of every questionnaire that was refused, and
    /// nothing that was answered so far is kept.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space, or when no questions are due.
    pub async fn decline_own_sdq(&self, actor: &Actor) -> Result<()> {
        let id = self.begin_own_sdq(actor).await?;
        let child = self.own_sdq(actor).await?.child;
        let desk = self.form_desk(actor, child, id).await?;
        for section in &desk.form.sections {
            let mut changes = crate::forms::Changes::default();
            for question in &section.questions {
                let answer = match question.id.as_str() {
                    "filled_in" => Some(Answer::YesNo(false)),
                    "informant" => Some(Answer::Choice("self".into())),
                    "filled_on" => Some(Answer::Date(desk.today)),
                    "no_score" => Some(Answer::Choice(REFUSED.into())),
                    _ => None,
                };
                changes.answers.push((Key::of(&question.id), answer));
            }
            let seen = crate::forms::mark(&desk.answers, changes.answers.iter().map(|(key, _)| key));
            self.save_form(actor, child, id, &section.id, &seen, &changes).await?;
        }
        let version = self.form_desk(actor, child, id).await?.version;
        self.send_own_sdq(actor, version).await
    }

    /// Sends the questions: the document is frozen and what it says is recorded, by the same steps as for everybody.
    ///
    /// # Errors
    /// [`Error::Absent`] for somebody without a space, or when nothing is open; [`Error::Invalid`] when nothing was
    /// answered yet; [`Error::Conflict`] when the form is no longer at the version they had `seen`: nothing is written then.
    pub async fn send_own_sdq(&self, actor: &Actor, seen: i64) -> Result<()> {
        let found = self.own_sdq(actor).await?;
        let id = found.form.ok_or(Error::Absent)?;
        let desk = self.form_desk(actor, found.child, id).await?;
        if desk.version != seen {
            return Err(Error::Conflict { current: desk.version });
        }
        // It may have lain for days: it says how they are today.
        if let Some((section, question)) = desk.form.question("filled_on") {
            let key = Key::of(&question.id);
            let seen = crate::forms::mark(&desk.answers, [&key]);
            let answers = vec![(key, Some(Answer::Date(desk.today)))];
            let changes = crate::forms::Changes { answers, times: None };
            self.save_form(actor, found.child, id, &section.id, &seen, &changes).await?;
        }
        let version = self.form_desk(actor, found.child, id).await?.version;
        self.submit_form(actor, found.child, id, version, &format!("own-{id}-{version}")).await?;
        Ok(())
    }
}

/// The account of the child's own place in the circle.
fn own_account(looked: &Looked, today: Date) -> Option<PersonId> {
    let mut own = looked.timeline.circle_on(today).filter(|m| m.role == "young_person");
    own.find_map(|m| m.person)
}

/// Who talks with them about what they answered, and by when.
fn talk(space: &Space, entry: EntryId) -> Option<(Option<String>, Date)> {
    let owed = |d: &&kinfold_pathway::Duty| {
        d.state == State::Open
            && d.rule == "health.wellbeing_after_score"
            && d.occurrence.entry == Some(entry)
    };
    let duty = space.duties.iter().find(owed)?;
    let key = space.looked.timeline.key_worker_on(space.today).and_then(|m| m.person);
    Some((key.and_then(|person| space.names.get(&person).cloned()), duty.due_on))
}
