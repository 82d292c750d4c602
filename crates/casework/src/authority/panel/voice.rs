//! What children, carers and others said and let be passed on to the panel. Whoever hands it on says that they agreed, and
//! nothing is kept of who it was.

use jiff::civil::Date;
use kinfold_access::{Action, Code};
use kinfold_guidance::framework::Voice;
use kinfold_store::Unit;
use serde::{Deserialize, Serialize};
use serde_json::json;
use smol_str::SmolStr;
use uuid::Uuid;

use crate::actor::Actor;
use crate::authority::entry::{Body, Written, entries, lock, room};
use crate::authority::frozen::Quote;
use crate::authority::{optional, text};
use crate::clock::day;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;

/// The longest words handed on, in characters: more than that tells who it was.
const LONGEST_WORDS: usize = 1000;

/// What can be recorded of words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum VoiceEvent {
    /// They were handed on, and those who said them had agreed.
    HandedOn {
        /// The words.
        words: String,
        /// Whose in general.
        of: SmolStr,
    },
    /// They are passed on no further: those who said them changed their mind, or one could tell who it was.
    TakenBack {
        /// Why, in general.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
}

impl Body for VoiceEvent {
    const ROOM: &'static str = "voice";
}

/// Words to be handed on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewWords {
    /// The words.
    pub words: String,
    /// Whose in general.
    pub of: String,
    /// Whether they agreed.
    pub agreed: bool,
}

/// Words that were handed on.
#[derive(Debug, Clone, PartialEq)]
pub struct WordsLine {
    /// Their id.
    pub id: Uuid,
    /// The words and whose.
    pub quote: Quote,
    /// The day.
    pub on: Date,
    /// Whether they were taken back.
    pub taken_back: bool,
    /// Whether this person handed them on.
    pub mine: bool,
}

/// Words that were handed on.
#[derive(Debug, Clone)]
pub struct WordsPage {
    /// The newest first: all of them for the panel's clerk, one's own for others.
    pub lines: Vec<WordsLine>,
    /// Whether all are listed.
    pub all: bool,
}

fn line(id: Uuid, entries: &[Written<VoiceEvent>], me: Option<Uuid>) -> Option<WordsLine> {
    let first = entries.first()?;
    let VoiceEvent::HandedOn { words, of } = &first.event else { return None };
    let taken_back = entries.iter().any(|e| matches!(e.event, VoiceEvent::TakenBack { .. }));
    Some(WordsLine {
        id,
        quote: Quote { words: words.clone(), of: of.clone() },
        on: day(first.at),
        taken_back,
        mine: me.is_some() && first.by == me,
    })
}

/// What was handed on from a day on and not taken back, oldest first.
pub(in crate::authority) async fn quotes_since(
    unit: &mut dyn Unit,
    since: Option<Date>,
) -> Result<Vec<Quote>> {
    let found = room::<VoiceEvent>(unit).await?;
    let lines = found.iter().filter_map(|(id, entries)| line(*id, entries, None));
    let of_it = |line: &WordsLine| !line.taken_back && since.is_none_or(|since| line.on >= since);
    Ok(lines.filter(of_it).map(|line| line.quote).collect())
}

impl Casework {
    /// What was handed on.
    ///
    /// # Errors
    /// [`Error::Absent`] for those who do not work here.
    pub async fn panel_words(&self, actor: &Actor) -> Result<WordsPage> {
        actor.require(Action::ViewPlans)?;
        let all = actor.may().has(Action::RunPanel);
        let me = actor.person().0;
        let mut unit = self.house.store.glance().await?;
        let found = room::<VoiceEvent>(&mut *unit).await?;
        drop(unit);
        let lines = found.iter().filter_map(|(id, entries)| line(*id, entries, Some(me)));
        let mut lines: Vec<WordsLine> = lines.filter(|line| all || line.mine).collect();
        lines.reverse();
        let detail = json!({"page": "panel words", "rows": lines.len()});
        self.house.pen.write(vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        Ok(WordsPage { lines, all })
    }

    /// Hands words on to the panel.
    ///
    /// # Errors
    /// [`Error::Absent`] for those who do not work here; [`Error::Invalid`] when something is missing or too long, or those
    /// who said it have not agreed.
    pub async fn hand_on_words(&self, actor: &Actor, new: &NewWords, key: &str) -> Result<()> {
        actor.require(Action::ViewPlans)?;
        let words = text("words", &new.words, LONGEST_WORDS, "Enter what was said")?;
        let of = Voice::ALL.into_iter().find(|voice| voice.as_str() == new.of);
        let of = of.ok_or_else(|| Error::invalid("of", "Choose whose words they are"))?;
        if !new.agreed {
            let missing = "Ask whoever said it first: without their yes it is not passed on";
            return Err(Error::invalid("agreed", missing));
        }
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        if unit.kept_answer(key, me).await?.is_some() {
            return Ok(());
        }
        let id = self.new_id();
        let event = VoiceEvent::HandedOn { words, of: of.as_str().into() };
        self.add_entries(&mut *unit, id, 0, Some(me), &[(None, event)]).await?;
        unit.keep_answer(key, me, self.now(), "done").await?;
        let detail = json!({"panel": "words", "what": "handed on"});
        log(&mut *unit, vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }

    /// Takes words back: no paper made from now on holds them.
    ///
    /// # Errors
    /// [`Error::Absent`] for words of others, unless one runs the panel; [`Error::Invalid`] when the reason is too long.
    pub async fn take_back_words(&self, actor: &Actor, id: Uuid, reason: &str) -> Result<()> {
        actor.require(Action::ViewPlans)?;
        let reason = optional("reason", reason, LONGEST_WORDS)?;
        let mut unit = self.house.store.write().await?;
        lock(&mut *unit).await?;
        let me = actor.person().0;
        let entries = entries::<VoiceEvent>(&mut *unit, id).await?;
        let found = line(id, &entries, Some(me)).ok_or(Error::Absent)?;
        if !found.mine && !actor.may().has(Action::RunPanel) {
            return Err(Error::Absent);
        }
        if !found.taken_back {
            let last = entries.last().map_or(0, |entry| entry.version);
            let event = VoiceEvent::TakenBack { reason };
            self.add_entries(&mut *unit, id, last, Some(me), &[(None, event)]).await?;
        }
        let detail = json!({"panel": "words", "what": "taken back"});
        log(&mut *unit, vec![actor.line(Action::ViewPlans.as_str(), None, true, &detail)]).await?;
        unit.commit().await?;
        Ok(())
    }
}
