//! The pathway board: how the duties of many children stand, and the lists behind the figures. Everything is cut to
//! the person's scope, so nobody counts a child they may not find.

mod ask;
mod cut;
mod export;
mod groups;
mod stuck;

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kinfold_record::PersonId;
use kinfold_store::{
    BoardFilter, BoardOrder, ChildLine, DutyLine, DutyRow, DutyState, Page, Paged, Standing, TeamRow,
};
use serde_json::json;
use uuid::Uuid;

pub use ask::{AGE_BANDS, AgeBand, BoardAsk, BoardState, Extent};
pub use export::{Exported, ExportedCell};
pub use groups::Group;
pub use kinfold_store::BoardOrder as Order;
pub use stuck::{StuckPage, StuckRule};

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
