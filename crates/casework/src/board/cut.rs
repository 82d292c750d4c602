//! What every question to the board starts from: whom the person may see, which duties, and what the filters offer.

use jiff::ToSpan;
use kinfold_access::{Action, ActionSet, CircleRole, Relations, Target, Ties};
use kinfold_guidance::LayerName;
use kinfold_record::{Sensitivity, Subject};
use kinfold_store::{BoardFilter, Scope, TeamRow, Unit};
use uuid::Uuid;

use super::groups::{self, Group};
use super::{BoardAsk, CLOSED_FOR_DAYS, Extent, Offers};
use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;

/// What every question to the board starts from.
pub(super) struct Cut {
    pub(super) scope: Scope,
    pub(super) filter: BoardFilter,
    pub(super) groups: Vec<Group>,
    pub(super) teams: Vec<TeamRow>,
    pub(super) offers: Offers,
}

impl Casework {
    /// What this person asks, cut to what they may see.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] without the right to a board.
    pub(super) async fn cut(&self, unit: &mut dyn Unit, actor: &Actor, ask: &BoardAsk) -> Result<Cut> {
        let may = actor.may();
        let authority = may.has(Action::ViewAuthorityBoard);
        if !authority {
            actor.require(Action::ViewTeamBoard)?;
        }
        let mut mine: Vec<Uuid> = actor.snapshot.teams.union(&actor.snapshot.managed).copied().collect();
        mine.sort_unstable();
        let extent = if authority { ask.extent } else { Extent::MyTeams };
        let ask = BoardAsk { extent, ..ask.clone() };
        let today = self.today();
        let book = self.book();
        let groups = groups::groups(&book.guidance);
        let mut filter = BoardFilter::at(self.now());
        filter.children = ask.children(today, &mine);
        let of_group = match &ask.group {
            Some(id) => {
                groups.iter().find(|g| g.id == *id).map_or_else(|| vec![String::new()], |g| g.rules.clone())
            }
            None => Vec::new(),
        };
        ask.duties(&mut filter, &of_group);
        filter.without_rules = self.hidden_rules(actor);
        filter.closed_from = today.checked_sub(CLOSED_FOR_DAYS.days()).ok();
        let mut teams = unit.teams().await?;
        teams.sort_by(|a, b| a.name.cmp(&b.name));
        let offered = teams.iter().filter(|t| extent == Extent::Authority || mine.contains(&t.id));
        let offers = Offers {
            teams: offered.map(|t| (t.id, t.name.clone())).collect(),
            groups: groups.clone(),
            columns_of: match &book.guidance.board.layer {
                LayerName::National => None,
                LayerName::Local(name) => Some(name.clone()),
            },
            authority,
            has_teams: !mine.is_empty(),
            export: may.has(Action::ExportBoard),
        };
        Ok(Cut { scope: self.scope(actor, Subject::Child), filter, groups, teams, offers })
    }

    /// Rules whose very existence for a child is sensitive, unless the person could read them for every child their
    /// scope reaches: on a board there is no asking child by child.
    fn hidden_rules(&self, actor: &Actor) -> Vec<String> {
        let book = self.book();
        let sensitive: Vec<_> =
            book.rules.all().filter(|rule| rule.sensitivity != Sensitivity::Ordinary).collect();
        if sensitive.is_empty() {
            return Vec::new();
        }
        let rights = self.rights_in_scope(actor);
        let mut hidden: Vec<String> = sensitive
            .into_iter()
            .filter(|rule| !rights.iter().all(|may| may.may_read(rule.strand, rule.sensitivity)))
            .map(|rule| rule.id.to_string())
            .collect();
        hidden.dedup();
        hidden
    }

    /// What the person may do to children their scope reaches: one set of rights for each way in which it reaches them.
    pub(crate) fn rights_in_scope(&self, actor: &Actor) -> Vec<ActionSet> {
        let who = &actor.snapshot.who;
        let scope = self.scope(actor, Subject::Child);
        let mut ties = Vec::new();
        if scope.everything {
            ties.push(Ties::default());
        }
        ties.extend(scope.teams.iter().map(|team| Ties { team: Some(*team), ..Ties::default() }));
        if scope.own_circle {
            ties.push(Ties { circle: [CircleRole::Other].into_iter().collect(), ..Ties::default() });
        }
        ties.iter()
            .map(|ties| self.house.engine.may(who, actor.purpose(), Target::child(Relations::of(who, ties))))
            .collect()
    }
}
