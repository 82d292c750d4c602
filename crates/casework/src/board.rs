//! The pathway board: how the duties of many children stand, and the lists behind the figures. Everything is cut to
//! the person's scope, so nobody counts a child they may not find.

mod ask;
mod export;
mod groups;

use std::collections::{BTreeMap, HashMap};

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_access::{Action, ActionSet, CircleRole, Relations, Target, Ties};
use kinfold_guidance::LayerName;
use kinfold_record::{PersonId, Sensitivity, Subject};
use kinfold_store::{
    BoardCell, BoardFilter, BoardOrder, ChildLine, DutyLine, DutyRow, DutyState, Page, Paged, Scope,
    Standing, TeamRow, Unit,
};
use serde_json::json;
use uuid::Uuid;

pub use ask::{AGE_BANDS, AgeBand, BoardAsk, BoardState, Extent};
pub use export::{Exported, ExportedCell};
pub use groups::Group;
pub use kinfold_store::BoardOrder as Order;

use crate::actor::Actor;
use crate::error::Result;
use crate::house::Casework;

/// How long a duty that was done, excused or has ended stays on the board.
const CLOSED_FOR_DAYS: i32 = 91;

/// Counts by state, the most pressing first; states with nothing are absent.
pub type Counts = BTreeMap<BoardState, i64>;

/// One row of the board.
#[derive(Debug, Clone, PartialEq)]
pub struct TeamLine {
    /// The team; `None` for children whom no team holds.
    pub team: Option<Uuid>,
    /// Its name.
    pub name: String,
    /// Counts, one for each column.
    pub cells: Vec<Counts>,
}

/// The board, teams down.
#[derive(Debug, Clone)]
pub struct BoardPage {
    /// The day it is.
    pub today: Date,
    /// The columns: groups in which something is counted.
    pub columns: Vec<Group>,
    /// The rows, by name of team.
    pub rows: Vec<TeamLine>,
    /// Counts of everything shown.
    pub totals: Counts,
    /// What the filters offer.
    pub offers: Offers,
}

/// What the filters offer this person.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    /// Teams, by name.
    pub teams: Vec<(Uuid, String)>,
    /// Every group of duties.
    pub groups: Vec<Group>,
    /// The local layer whose `board.toml` made the groups; `None` for the national ones.
    pub columns_of: Option<String>,
    /// Whether the person may see beyond their own teams.
    pub authority: bool,
    /// Whether the person works in or manages a team.
    pub has_teams: bool,
    /// Whether the person may take a copy away.
    pub export: bool,
}

/// One child of the board, with what is due in each column.
#[derive(Debug, Clone)]
pub struct ChildDuties {
    /// The child.
    pub child: ChildLine,
    /// Duties, one list for each column, the most pressing first.
    pub cells: Vec<Vec<(BoardState, DutyRow)>>,
}

/// The board, children down.
#[derive(Debug, Clone)]
pub struct ChildrenPage {
    /// The day it is.
    pub today: Date,
    /// The columns.
    pub columns: Vec<Group>,
    /// One page of children.
    pub children: Paged<ChildDuties>,
    /// What the filters offer.
    pub offers: Offers,
}

/// The list behind a figure.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// The day it is.
    pub today: Date,
    /// One page of duties.
    pub duties: Paged<DutyLine>,
    /// Names of owners.
    pub owners: HashMap<PersonId, String>,
    /// Names of teams.
    pub teams: HashMap<Uuid, String>,
    /// What the filters offer.
    pub offers: Offers,
}

/// Where the duties of one rule are stuck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StuckRule {
    /// The rule.
    pub rule: String,
    /// Its title.
    pub title: String,
    /// Each hand-off in order: name, title, whose it is, how many wait there longer than they should.
    pub steps: Vec<(String, String, String, i64)>,
}

/// Stuck hand-offs, counted.
#[derive(Debug, Clone)]
pub struct StuckPage {
    /// Rules with hand-offs at which something is stuck.
    pub rules: Vec<StuckRule>,
    /// What the filters offer.
    pub offers: Offers,
}

/// What every question to the board starts from.
struct Cut {
    scope: Scope,
    filter: BoardFilter,
    groups: Vec<Group>,
    teams: Vec<TeamRow>,
    offers: Offers,
}

impl Casework {
    /// The board with teams down.
    ///
    /// # Errors
    /// [`crate::Error::Absent`] without the right to a board.
    pub async fn board(&self, actor: &Actor, ask: &BoardAsk) -> Result<BoardPage> {
        let page = self.count_board(actor, ask).await?;
        let detail = json!({"page": "board", "rows": page.rows.len()});
        self.house.pen.write(vec![actor.line("view_board", None, true, &detail)]).await?;
        Ok(page)
    }

    async fn count_board(&self, actor: &Actor, ask: &BoardAsk) -> Result<BoardPage> {
        let mut unit = self.house.store.read().await?;
        let cut = self.cut(&mut *unit, actor, ask).await?;
        let counted = unit.board_by_team(&cut.scope, &cut.filter).await?;
        drop(unit);
        let at: HashMap<&str, usize> = cut
            .groups
            .iter()
            .enumerate()
            .flat_map(|(i, g)| g.rules.iter().map(move |r| (r.as_str(), i)))
            .collect();
        let mut rows: BTreeMap<Option<Uuid>, Vec<Counts>> = BTreeMap::new();
        let mut totals = Counts::new();
        for (team, cell) in &counted {
            // Rules that are no longer in force are pinned by closed duties only and have no column.
            let Some(column) = at.get(cell.rule.as_str()) else { continue };
            let state = BoardState::of(cell.standing, cell.stuck_step.is_some());
            let cells = rows.entry(*team).or_insert_with(|| vec![Counts::new(); cut.groups.len()]);
            *cells[*column].entry(state).or_default() += cell.duties;
            *totals.entry(state).or_default() += cell.duties;
        }
        let used: Vec<usize> =
            (0..cut.groups.len()).filter(|i| rows.values().any(|cells| !cells[*i].is_empty())).collect();
        let mut rows: Vec<TeamLine> = rows
            .into_iter()
            .map(|(team, cells)| TeamLine {
                team,
                name: team_name(&cut.teams, team),
                cells: used.iter().map(|i| cells[*i].clone()).collect(),
            })
            .collect();
        rows.sort_by(|a, b| (a.team.is_none(), &a.name).cmp(&(b.team.is_none(), &b.name)));
        let columns = used.iter().map(|i| cut.groups[*i].clone()).collect();
        Ok(BoardPage { today: self.today(), columns, rows, totals, offers: cut.offers })
    }

    /// The board with children down, one page of them.
    ///
    /// # Errors
    /// As [`Casework::board`].
    pub async fn board_children(&self, actor: &Actor, ask: &BoardAsk, page: Page) -> Result<ChildrenPage> {
        let (now, today) = (self.now(), self.today());
        let mut unit = self.house.store.read().await?;
        let cut = self.cut(&mut *unit, actor, ask).await?;
        let found = unit.children(&cut.scope, &cut.filter.children, page).await?;
        let mut rows = Vec::with_capacity(found.rows.len());
        for child in found.rows {
            let mut cells: Vec<Vec<(BoardState, DutyRow)>> = vec![Vec::new(); cut.groups.len()];
            for duty in unit.duties_of(child.id).await? {
                let state = state_of(&duty, today, now);
                let column = cut.groups.iter().position(|g| g.rules.contains(&duty.rule));
                if let Some(column) = column.filter(|_| shows(&cut.filter, &duty, state, ask)) {
                    cells[column].push((state, duty));
                }
            }
            for cell in &mut cells {
                cell.sort_by_key(|(state, duty)| (*state, duty.due_on));
            }
            rows.push(ChildDuties { child, cells });
        }
        drop(unit);
        let used: Vec<usize> =
            (0..cut.groups.len()).filter(|i| rows.iter().any(|row| !row.cells[*i].is_empty())).collect();
        for row in &mut rows {
            row.cells = used.iter().map(|i| std::mem::take(&mut row.cells[*i])).collect();
        }
        let seen: Vec<Uuid> = rows.iter().map(|row| row.child.id).collect();
        let detail = json!({"page": "board_children", "rows": seen.len()});
        self.house.pen.write(vec![actor.line("view_board", None, true, &detail)]).await?;
        Ok(ChildrenPage {
            today,
            columns: used.iter().map(|i| cut.groups[*i].clone()).collect(),
            children: Paged { rows, total: found.total },
            offers: cut.offers,
        })
    }

    /// The duties behind a figure.
    ///
    /// # Errors
    /// As [`Casework::board`].
    pub async fn board_list(&self, actor: &Actor, ask: &BoardAsk, page: Page) -> Result<ListPage> {
        let list = self.read_list(actor, ask, page).await?;
        let detail = json!({"page": "board_list", "rows": list.duties.rows.len()});
        self.house.pen.write(vec![actor.line("view_board", None, true, &detail)]).await?;
        Ok(list)
    }

    async fn read_list(&self, actor: &Actor, ask: &BoardAsk, page: Page) -> Result<ListPage> {
        let mut unit = self.house.store.read().await?;
        let cut = self.cut(&mut *unit, actor, ask).await?;
        let duties = unit.board_list(&cut.scope, &cut.filter, page).await?;
        let mut owners: Vec<Uuid> = duties.rows.iter().filter_map(|line| line.duty.owner_person).collect();
        owners.sort_unstable();
        owners.dedup();
        let owners = self.names(&mut *unit, &owners).await?;
        let teams = cut.teams.into_iter().map(|t| (t.id, t.name)).collect();
        Ok(ListPage { today: self.today(), duties, owners, teams, offers: cut.offers })
    }

    /// Where duties are stuck, hand-off by hand-off.
    ///
    /// # Errors
    /// As [`Casework::board`].
    pub async fn board_stuck(&self, actor: &Actor, ask: &BoardAsk) -> Result<StuckPage> {
        let mut unit = self.house.store.read().await?;
        let mut cut = self.cut(&mut *unit, actor, ask).await?;
        (cut.filter.stuck, cut.filter.standings) = (Some(true), Vec::new());
        let counted = unit.board(&cut.scope, &cut.filter).await?;
        drop(unit);
        let rules = self.stuck_rules(&counted);
        self.house
            .pen
            .write(vec![actor.line("view_board", None, true, &json!({"page": "board_stuck"}))])
            .await?;
        Ok(StuckPage { rules, offers: cut.offers })
    }

    fn stuck_rules(&self, counted: &[BoardCell]) -> Vec<StuckRule> {
        let book = self.book();
        let today = self.today();
        let mut found: Vec<StuckRule> = Vec::new();
        for cell in counted {
            let Some(step) = &cell.stuck_step else { continue };
            let at = found.iter().position(|r| r.rule == cell.rule).unwrap_or_else(|| {
                let rule = book.guidance.rule_on(&cell.rule, today);
                let steps = rule.map(|rule| {
                    let whose = |h: &kinfold_guidance::Handoff| Self::role_title(&h.owner).to_string();
                    rule.handoffs.iter().map(|h| (h.step.to_string(), h.title.clone(), whose(h), 0)).collect()
                });
                found.push(StuckRule {
                    rule: cell.rule.clone(),
                    title: rule.map_or_else(|| cell.rule.clone(), |rule| rule.title.to_string()),
                    steps: steps.unwrap_or_default(),
                });
                found.len() - 1
            });
            let steps = &mut found[at].steps;
            match steps.iter_mut().find(|s| s.0 == *step) {
                Some(known) => known.3 += cell.duties,
                // A step of an earlier version of the rule.
                None => steps.push((step.clone(), step.replace('_', " "), String::new(), cell.duties)),
            }
        }
        found
    }

    /// The open duties of one's teams, those that nobody owns first.
    ///
    /// # Errors
    /// As [`Casework::board`].
    pub async fn team_work(&self, actor: &Actor, team: Option<Uuid>, page: Page) -> Result<(ListPage, i64)> {
        let ask = BoardAsk {
            extent: Extent::MyTeams,
            team: team.map(Some),
            order: BoardOrder::Unowned,
            ..BoardAsk::default()
        };
        let mut unit = self.house.store.read().await?;
        let mut cut = self.cut(&mut *unit, actor, &ask).await?;
        cut.filter.standings = vec![Standing::Late, Standing::Due];
        let duties = unit.board_list(&cut.scope, &cut.filter, page).await?;
        let mut owners: Vec<Uuid> = duties.rows.iter().filter_map(|line| line.duty.owner_person).collect();
        owners.sort_unstable();
        owners.dedup();
        let owners = self.names(&mut *unit, &owners).await?;
        cut.filter.unowned = true;
        let unowned = unit.board(&cut.scope, &cut.filter).await?.iter().map(|cell| cell.duties).sum();
        drop(unit);
        let detail = json!({"page": "team_work", "rows": duties.rows.len()});
        self.house.pen.write(vec![actor.line("view_worklist", None, true, &detail)]).await?;
        let teams = cut.teams.into_iter().map(|t| (t.id, t.name)).collect();
        Ok((ListPage { today: self.today(), duties, owners, teams, offers: cut.offers }, unowned))
    }

    async fn cut(&self, unit: &mut dyn Unit, actor: &Actor, ask: &BoardAsk) -> Result<Cut> {
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

/// The state of a duty's row.
pub fn state_of(duty: &DutyRow, today: Date, now: jiff::Timestamp) -> BoardState {
    let standing = match duty.state {
        DutyState::Met if duty.days_late.is_some_and(|days| days > 0) => Standing::MetLate,
        DutyState::Met => Standing::Met,
        DutyState::Excused => Standing::Excused,
        DutyState::Ended => Standing::Ended,
        DutyState::Open if duty.due_on < today || duty.due_at.is_some_and(|at| at < now) => Standing::Late,
        DutyState::Open if duty.opens_on > today => Standing::Upcoming,
        DutyState::Open => Standing::Due,
    };
    BoardState::of(standing, duty.stuck_step.is_some())
}

/// Whether a duty of a child that is shown belongs on the board that was asked for.
fn shows(filter: &BoardFilter, duty: &DutyRow, state: BoardState, ask: &BoardAsk) -> bool {
    let open = duty.state == DutyState::Open;
    let recent = open || duty.closed_on.is_some_and(|on| filter.closed_from.is_none_or(|from| on >= from));
    let usual = ask.state.is_some_and(|wanted| wanted == state)
        || ask.state.is_none() && (ask.closed || open || state == BoardState::Excused);
    recent
        && usual
        && filter.strand.as_ref().is_none_or(|s| *s == duty.strand)
        && filter.owner_role.as_ref().is_none_or(|r| *r == duty.owner_role)
        && filter.rule.as_ref().is_none_or(|r| *r == duty.rule)
        && (filter.rules.is_empty() || filter.rules.contains(&duty.rule))
        && !filter.without_rules.contains(&duty.rule)
        && filter.stuck_step.as_ref().is_none_or(|s| duty.stuck_step.as_ref() == Some(s))
}

fn team_name(teams: &[TeamRow], team: Option<Uuid>) -> String {
    match team {
        None => "No team".to_owned(),
        Some(id) => {
            teams.iter().find(|t| t.id == id).map_or_else(|| "A former team".to_owned(), |t| t.name.clone())
        }
    }
}
