//! Surveys as those see them who run them, and those who read what they came to.

use std::collections::HashMap;

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_store::{SurveyInvitationRow, Unit};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use super::letters::{INVITE, Invited, context, letter};
use super::recipients::Recipient;
use super::results::{Counted, Results, earlier, results};
use super::round::{Round, RoundEvent};
use crate::actor::Actor;
use crate::authority::{LONGEST_TITLE, entries, lock, names, room, text};
use crate::clock::random;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::{new_token, token_hash};

/// The furthest last day, in days.
const FURTHEST: i64 = 366;

/// A survey that can be sent out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyChoice {
    /// Its id.
    pub id: SmolStr,
    /// Its title.
    pub title: String,
    /// Who is asked, in words.
    pub asks: String,
    /// How many questions it has.
    pub questions: usize,
    /// Whether it promises that nobody can tell who answered what.
    pub anonymous: bool,
}

/// A round in the list.
#[derive(Debug, Clone)]
pub struct RoundLine {
    /// The round.
    pub round: Round,
    /// How many answered.
    pub answered: i64,
}

/// All rounds.
#[derive(Debug, Clone)]
pub struct SurveysPage {
    /// The rounds, the newest first.
    pub rounds: Vec<RoundLine>,
    /// What can be sent out.
    pub surveys: Vec<SurveyChoice>,
    /// Whether this person runs surveys.
    pub may_run: bool,
    /// The day.
    pub today: Date,
}

/// One round.
#[derive(Debug, Clone)]
pub struct RoundPage {
    /// The round.
    pub round: Round,
    /// How many answered.
    pub answered: i64,
    /// What it came to, once it is closed.
    pub results: Option<Results>,
    /// Who opened it, by name, and who looked through texts.
    pub names: HashMap<Uuid, String>,
    /// Whether this person runs surveys.
    pub may_run: bool,
    /// The day.
    pub today: Date,
    /// A link to answer by, in an invented council, whose people have no inbox.
    pub shown_link: Option<String>,
}

/// A round to be opened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewRound {
    /// Which survey.
    pub survey: String,
    /// What the round is called.
    pub title: String,
    /// The last day on which it can be answered.
    pub closes_on: Option<Date>,
    /// Who is invited.
    pub recipients: Vec<Recipient>,
}

/// A round with its entries read.
pub(super) async fn round_of(unit: &mut dyn Unit, id: Uuid) -> Result<Round> {
    Round::of(id, &entries::<RoundEvent>(unit, id).await?).ok_or(Error::Absent)
}

impl Casework {
    /// Every round, and what can be sent out.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read surveys.
    pub async fn survey_rounds(&self, actor: &Actor) -> Result<SurveysPage> {
        actor.require(Action::ViewSurveys)?;
        let today = self.today();
        let mut unit = self.house.store.glance().await?;
        let found = room::<RoundEvent>(&mut *unit).await?;
        let counts: HashMap<Uuid, i64> =
            unit.survey_counts().await?.into_iter().map(|(round, _, used)| (round, used)).collect();
        drop(unit);
        let mut rounds: Vec<RoundLine> = found
            .iter()
            .filter_map(|(id, entries)| Round::of(*id, entries))
            .map(|round| RoundLine { answered: counts.get(&round.id).copied().unwrap_or(0), round })
            .collect();
        rounds.sort_by_key(|line| std::cmp::Reverse((line.round.opened_on, line.round.id)));
        let surveys = self.survey_choices();
        let detail = json!({"page": "surveys", "rows": rounds.len()});
        self.house.pen.write(vec![actor.line(Action::ViewSurveys.as_str(), None, true, &detail)]).await?;
        Ok(SurveysPage { rounds, surveys, may_run: actor.may().has(Action::RunSurveys), today })
    }

    /// What can be sent out, for whoever opens a round.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to run surveys.
    pub fn surveys_to_open(&self, actor: &Actor) -> Result<Vec<SurveyChoice>> {
        actor.require(Action::RunSurveys)?;
        Ok(self.survey_choices())
    }

    fn survey_choices(&self) -> Vec<SurveyChoice> {
        let book = self.book();
        let choice = |survey: &&kinfold_guidance::Survey| SurveyChoice {
            id: survey.head.id.clone(),
            title: survey.head.title.to_string(),
            asks: survey.asks.clone(),
            questions: survey.questions().count(),
            anonymous: survey.anonymous,
        };
        book.guidance.surveys.offered(self.today()).iter().map(choice).collect()
    }

    /// Opens a round and sends its invitations. Answers its id; a form sent twice opens one.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right; [`Error::Invalid`] for what was entered.
    pub async fn open_round(&self, actor: &Actor, new: &NewRound, key: &str) -> Result<Uuid> {
        actor.require(Action::RunSurveys)?;
        let (survey, title, closes_on) = self.round_to_open(new)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if let Some(kept) = unit.kept_answer(key, me).await? {
            return kept.parse().map_err(|_| Error::Internal("a kept answer is no id".to_owned()));
        }
        let id = self.new_id();
        let invited = u32::try_from(new.recipients.len()).unwrap_or(u32::MAX);
        let opened = RoundEvent::RoundOpened {
            survey: Box::new(survey),
            title,
            opened_on: self.today(),
            closes_on,
            invited,
        };
        self.add_entries(&mut *unit, id, 0, Some(me), &[(None, opened)]).await?;
        self.invite_to_round(&mut *unit, id, &new.recipients).await?;
        unit.keep_answer(key, me, self.now(), &id.to_string()).await?;
        let detail = json!({"round": id, "what": "opened", "invited": invited});
        log(&mut *unit, vec![actor.line(Action::RunSurveys.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(id)
    }

    /// Looks at what was entered for a round, without opening it.
    ///
    /// # Errors
    /// [`Error::Invalid`] for what was entered.
    pub fn round_to_open(&self, new: &NewRound) -> Result<(kinfold_guidance::Survey, String, Date)> {
        let today = self.today();
        let book = self.book();
        let survey = book.guidance.surveys.on(&new.survey, today).cloned();
        let survey = survey.ok_or_else(|| Error::invalid("survey", "Choose a survey"))?;
        let title =
            text("title", &new.title, LONGEST_TITLE, "Say what this round is called, such as “Autumn 2026”")?;
        let closes_on = self.last_day(new.closes_on)?;
        if new.recipients.is_empty() {
            return Err(Error::invalid(
                "recipients",
                "Enter who is invited: a name and an e-mail address on each line",
            ));
        }
        Ok((survey, title, closes_on))
    }

    pub(super) fn last_day(&self, on: Option<Date>) -> Result<Date> {
        let today = self.today();
        let on =
            on.ok_or_else(|| Error::invalid("closes_on", "Enter the last day on which it can be answered"))?;
        if on < today || on > today.saturating_add(jiff::Span::new().days(FURTHEST)) {
            return Err(Error::invalid(
                "closes_on",
                "The last day must be today or later, and within a year",
            ));
        }
        Ok(on)
    }

    /// Writes invitations with their letters.
    pub(super) async fn invite_to_round(
        &self,
        unit: &mut dyn Unit,
        round: Uuid,
        to: &[Recipient],
    ) -> Result<Vec<String>> {
        let now = self.now();
        let (mut rows, mut letters, mut tokens) = (Vec::new(), Vec::new(), Vec::new());
        for recipient in to {
            // Random, so that it tells nothing about when it was made or used.
            let id = uuid::Builder::from_random_bytes(random()).into_uuid();
            let token = new_token();
            let invited = Invited {
                name: recipient.name.clone(),
                email: recipient.email.clone(),
                token: token.clone(),
            };
            let plain = serde_json::to_vec(&invited).map_err(|e| Error::Internal(e.to_string()))?;
            rows.push(SurveyInvitationRow {
                id,
                round,
                recipient: self.house.keys.seal(&context(id), &plain)?,
                token_hash: token_hash(&token).to_vec(),
                used: false,
            });
            letters.push(letter(self.new_id(), INVITE, id, now));
            tokens.push(token);
        }
        unit.insert_survey_invitations(&rows).await?;
        unit.enqueue(&letters).await?;
        Ok(tokens)
    }

    /// One round, with what it came to once it is closed.
    ///
    /// # Errors
    /// [`Error::Absent`] without the right to read surveys, or when there is no such round.
    pub async fn survey_round(&self, actor: &Actor, id: Uuid) -> Result<RoundPage> {
        actor.require(Action::ViewSurveys)?;
        let page = self.round_page(actor, id).await?;
        let detail = json!({"round": id, "results": page.results.is_some()});
        self.house.pen.write(vec![actor.line(Action::ViewSurveys.as_str(), None, true, &detail)]).await?;
        Ok(page)
    }

    /// The same without a line in the log, for use cases that write their own.
    pub(super) async fn round_page(&self, actor: &Actor, id: Uuid) -> Result<RoundPage> {
        let today = self.today();
        let may_run = actor.may().has(Action::RunSurveys);
        let mut unit = self.house.store.read().await?;
        let round = round_of(&mut *unit, id).await?;
        let invitations = unit.survey_invitations(id).await?;
        let answered = i64::try_from(invitations.iter().filter(|row| row.used).count()).unwrap_or(i64::MAX);
        let who =
            round.cleared.iter().filter_map(|(_, _, _, stamp)| stamp.by).chain(round.opened.by).collect();
        let names = names(&mut *unit, who).await?;
        let open = round.is_open(today);
        let results = if open { None } else { Some(self.results_of(&mut *unit, &round).await?) };
        drop(unit);
        let shown_link = match invitations.iter().find(|row| !row.used) {
            Some(row) if open && may_run && self.settings().demo => Some(self.invited_to_survey(row)?.token),
            _ => None,
        };
        Ok(RoundPage { round, answered, results, names, may_run, today, shown_link })
    }

    /// What a closed round came to, beside the rounds of the same survey before it.
    pub(super) async fn results_of(&self, unit: &mut dyn Unit, round: &Round) -> Result<Results> {
        let mut found = self.counted_round(unit, round).await?;
        let mut before: Vec<Round> = room::<RoundEvent>(unit)
            .await?
            .iter()
            .filter_map(|(id, entries)| Round::of(*id, entries))
            .filter(|r| r.id != round.id && r.survey.head.id == round.survey.head.id)
            .filter(|r| !r.is_open(self.today()) && r.ended_on() <= round.ended_on())
            .collect();
        before.sort_by_key(|r| std::cmp::Reverse((r.ended_on(), r.id)));
        for then in before.iter().take(4) {
            let counted = self.counted_round(unit, then).await?;
            for outcome in &mut found.questions {
                let when = (then.title.as_str(), then.ended_on());
                outcome.before.extend(earlier(
                    &round.survey,
                    &outcome.question,
                    &then.survey,
                    &counted,
                    when,
                ));
            }
        }
        Ok(found)
    }

    async fn counted_round(&self, unit: &mut dyn Unit, round: &Round) -> Result<Results> {
        let answers = self.survey_answers(unit, round.id).await?;
        let book = self.book();
        let given: Vec<&kinfold_forms::Answers> = answers.iter().map(|answered| &answered.answers).collect();
        let mut found = results(&round.survey, &given, &book.guidance.codes, round.opened_on);
        for outcome in &mut found.questions {
            let Counted::Texts(texts) = &mut outcome.counted else { continue };
            let cleared = round.cleared.iter().find(|(of, ..)| *of == outcome.question.as_str());
            if let Some((question, sealed, left_out, stamp)) = cleared.filter(|_| texts.enough) {
                texts.cleared = Some(self.cleared_texts(round.id, question, sealed)?);
                texts.left_out = *left_out;
                texts.looked = Some(*stamp);
            }
        }
        Ok(found)
    }
}
