//! A person's duties as a calendar, by a secret link. The link's secret is shown once and only its hash is kept; what
//! it gives names no child.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kinfold_access::{Action, Code, Purpose, Target};
use kinfold_store::{BoardFilter, CalendarFeedRow, Page, Scope, Standing};
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::actor::{Actor, audit_line};
use crate::carers::Coming;
use crate::error::{Error, Result};
use crate::house::Casework;
use crate::pen::log;
use crate::secrets::{hex, new_token, token_hash};

/// Reads of one feed allowed in a span of time: calendars ask every few minutes at most, a runaway one all the time.
const READS: u32 = 60;
const SPAN: SignedDuration = SignedDuration::from_mins(10);
/// Duties in a feed at most.
const MOST: i64 = 1000;

/// What a person's feed page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedState {
    /// When the running feed was made.
    pub created_at: Timestamp,
    /// When it was read last.
    pub last_read_at: Option<Timestamp>,
}

/// One duty in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedDuty {
    /// Stable from one reading to the next, and tells nothing.
    pub uid: String,
    /// What is due: "First review".
    pub title: String,
    /// The child's short reference.
    pub reference: String,
    /// The day it is due.
    pub due_on: Date,
    /// Whether it is late.
    pub late: bool,
}

/// Something in a carer's diary, as a calendar gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedComing {
    /// Stable from one reading to the next, and tells nothing.
    pub uid: String,
    /// What is coming. A page in a calendar says neither which service nor which medicine it is about.
    pub what: Coming,
    /// The child's short reference.
    pub reference: String,
    /// The day, or the last day.
    pub on: Date,
}

/// What a link gives.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Duties of one's own.
    pub duties: Vec<FeedDuty>,
    /// For carers, their diary.
    pub coming: Vec<FeedComing>,
}

impl Casework {
    /// The feed a person has, if one runs.
    ///
    /// # Errors
    /// [`Error::Absent`] when the person has no duties of their own.
    pub async fn feed_state(&self, actor: &Actor) -> Result<Option<FeedState>> {
        actor.require(Action::CalendarFeed)?;
        let mut unit = self.house.store.glance().await?;
        let feeds = unit.feeds_of(actor.person().0).await?;
        let running = feeds.into_iter().find(|f| f.revoked_at.is_none());
        Ok(running.map(|f| FeedState { created_at: f.created_at, last_read_at: f.last_read_at }))
    }

    /// Makes a feed and answers its secret, which is never shown again. An earlier feed stops.
    ///
    /// # Errors
    /// As [`Casework::feed_state`].
    pub async fn make_feed(&self, actor: &Actor) -> Result<String> {
        actor.require(Action::CalendarFeed)?;
        let now = self.now();
        let token = new_token();
        let mut unit = self.house.store.write().await?;
        unit.revoke_feeds(actor.person().0, now).await?;
        let row = CalendarFeedRow {
            token_hash: token_hash(&token).to_vec(),
            person: actor.person().0,
            created_at: now,
            revoked_at: None,
            last_read_at: None,
        };
        unit.insert_feed(&row).await?;
        let line = actor.line(Action::CalendarFeed.as_str(), None, true, &json!({"step": "made"}));
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(token)
    }

    /// Stops every feed of the person; answers whether one ran.
    ///
    /// # Errors
    /// As [`Casework::feed_state`].
    pub async fn revoke_feed(&self, actor: &Actor) -> Result<bool> {
        actor.require(Action::CalendarFeed)?;
        let mut unit = self.house.store.write().await?;
        let stopped = unit.revoke_feeds(actor.person().0, self.now()).await?;
        let line = actor.line(Action::CalendarFeed.as_str(), None, true, &json!({"step": "revoked"}));
        log(&mut *unit, vec![line]).await?;
        unit.commit().await?;
        Ok(stopped > 0)
    }

    /// The duties behind a secret link, open ones, whether in view yet or not; and a carer's diary.
    ///
    /// # Errors
    /// [`Error::Absent`] when there is no such feed, it was revoked, or the account is switched off or has no duties of
    /// its own any more; [`Error::TooMany`] when it is read too often.
    pub async fn feed(&self, token: &str) -> Result<Feed> {
        let now = self.now();
        let hash = token_hash(token);
        let mut unit = self.house.store.write().await?;
        let feed = unit.feed(&hash).await?.filter(|f| f.revoked_at.is_none()).ok_or(Error::Absent)?;
        let epoch = unit.access_epoch().await?;
        // The same snapshot of rights as a session's: a role that ended ends the feed.
        let snapshot =
            self.read_snapshot(&mut *unit, feed.person, epoch, now).await.map_err(|_| Error::Absent)?;
        let purpose = Purpose::usual(snapshot.who.roles());
        let may = self.house.engine.may(&snapshot.who, purpose, Target::Authority);
        let action = Action::CalendarFeed;
        if snapshot.who.disabled || !may.has(action) {
            return Err(Error::Absent);
        }
        if !within_rate(hash, now) {
            return Err(Error::TooMany { minutes: SPAN.as_mins() });
        }
        // Owning a duty is itself a reason to know of it, as in a worklist; a restricted record still has to name them.
        let scope = Scope { everything: true, ..Scope::nothing(Some(feed.person), self.today()) };
        let mut filter = BoardFilter::at(now);
        filter.owner_person = Some(feed.person);
        filter.standings = vec![Standing::Late, Standing::Due, Standing::Upcoming];
        let mut list = unit.board_list(&scope, &filter, Page::first(MOST)).await?;
        let actor = Actor::by_feed(snapshot, hash, now, epoch);
        let closed = self.closed_to(&mut *unit, &actor).await?;
        list.rows.retain(|line| !closed.contains(&line.duty.child));
        let coming = self.diary_for_calendar(&mut *unit, &actor).await?;
        unit.touch_feed(&hash, now).await?;
        let detail = json!({"step": "read", "rows": list.rows.len() + coming.len()});
        log(
            &mut *unit,
            vec![audit_line(now, Some(feed.person), None, action.as_str(), None, purpose, true, &detail)],
        )
        .await?;
        unit.commit().await?;
        let today = self.today();
        let duties = list.rows.into_iter().map(|line| FeedDuty {
            uid: uid(&hash, line.duty.child, &line.duty.rule, &line.duty.occurrence),
            title: line.duty.title.clone(),
            reference: line.child_reference,
            due_on: line.duty.due_on,
            late: line.duty.due_on < today || line.duty.due_at.is_some_and(|at| at < now),
        });
        let coming = coming.into_iter().map(|(line, reference)| FeedComing {
            uid: uid(&hash, line.child.0, &format!("{:?}", line.what), &line.on.to_string()),
            what: line.what,
            reference,
            on: line.on,
        });
        Ok(Feed { duties: duties.collect(), coming: coming.collect() })
    }
}

fn uid(feed: &[u8; 32], child: Uuid, what: &str, occasion: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(feed);
    hash.update(child.as_bytes());
    hash.update(what.as_bytes());
    hash.update([0]);
    hash.update(occasion.as_bytes());
    format!("{}@kinfold", hex(&hash.finalize()[..16]))
}

/// Counts a read; `false` when there were too many. Kept in memory: after a restart a runaway calendar starts anew.
fn within_rate(feed: [u8; 32], now: Timestamp) -> bool {
    /// Since when, and how often, by the hash of the token.
    type Read = HashMap<[u8; 32], (Timestamp, u32)>;
    static READ: OnceLock<Mutex<Read>> = OnceLock::new();
    let read = READ.get_or_init(Mutex::default);
    let mut read = match read.lock() {
        Ok(read) => read,
        Err(poisoned) => poisoned.into_inner(),
    };
    read.retain(|_, (since, _)| now.duration_since(*since) < SPAN);
    let (_, count) = read.entry(feed).or_insert((now, 0));
    *count += 1;
    *count <= READS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_that_asks_all_the_time_is_told_to_wait() {
        let start = Timestamp::UNIX_EPOCH;
        let feed = [7; 32];
        assert!((0..READS).all(|_| within_rate(feed, start)));
        assert!(!within_rate(feed, start));
        assert!(within_rate([8; 32], start), "another feed is not held up");
        assert!(within_rate(feed, start + SPAN));
    }
}
