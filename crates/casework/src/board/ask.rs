//! What somebody asks of the board: filters as they stand in an address.

use jiff::ToSpan;
use jiff::civil::Date;
use kinfold_store::{BoardFilter, BoardOrder, ChildFilter, Standing};
use uuid::Uuid;

/// How duties stand on the board. A duty has exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BoardState {
    /// Open, and its last day is past.
    Late,
    /// Open, not late, and waiting at a hand-off longer than it should.
    Stuck,
    /// Open and in view.
    DueSoon,
    /// Open, with time in hand.
    OnTime,
    /// Met in time.
    Done,
    /// Met after its last day.
    DoneLate,
    /// Excused with a reason.
    Excused,
    /// Fell away with what it belonged to.
    Ended,
}

impl BoardState {
    /// Every state, the most pressing first.
    pub const ALL: [Self; 8] = [
        Self::Late,
        Self::Stuck,
        Self::DueSoon,
        Self::OnTime,
        Self::Done,
        Self::DoneLate,
        Self::Excused,
        Self::Ended,
    ];

    /// The name in addresses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Stuck => "stuck",
            Self::DueSoon => "due_soon",
            Self::OnTime => "on_time",
            Self::Done => "done",
            Self::DoneLate => "done_late",
            Self::Excused => "excused",
            Self::Ended => "ended",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == text)
    }

    /// What a person reads.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Late => "Late",
            Self::Stuck => "Stuck",
            Self::DueSoon => "Due soon",
            Self::OnTime => "On time",
            Self::Done => "Done",
            Self::DoneLate => "Done late",
            Self::Excused => "Excused",
            Self::Ended => "Ended",
        }
    }

    /// The state of a duty that stands so.
    pub fn of(standing: Standing, stuck: bool) -> Self {
        match standing {
            Standing::Late => Self::Late,
            Standing::Due | Standing::Upcoming if stuck => Self::Stuck,
            Standing::Due => Self::DueSoon,
            Standing::Upcoming => Self::OnTime,
            Standing::Met => Self::Done,
            Standing::MetLate => Self::DoneLate,
            Standing::Excused => Self::Excused,
            Standing::Ended => Self::Ended,
        }
    }

    /// The standings it comes to, and whether they must be stuck.
    fn narrows(self, filter: &mut BoardFilter) {
        (filter.standings, filter.stuck) = match self {
            Self::Late => (vec![Standing::Late], None),
            Self::Stuck => (vec![Standing::Due, Standing::Upcoming], Some(true)),
            Self::DueSoon => (vec![Standing::Due], Some(false)),
            Self::OnTime => (vec![Standing::Upcoming], Some(false)),
            Self::Done => (vec![Standing::Met], None),
            Self::DoneLate => (vec![Standing::MetLate], None),
            Self::Excused => (vec![Standing::Excused], None),
            Self::Ended => (vec![Standing::Ended], None),
        };
    }
}

/// An age band, whole years: from (included) to (not included).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgeBand {
    /// The name in addresses.
    pub code: &'static str,
    /// What a person reads.
    pub title: &'static str,
    from: i16,
    to: Option<i16>,
}

/// The bands of the statutory return, and those who have turned 18.
pub const AGE_BANDS: [AgeBand; 6] = [
    AgeBand { code: "under_1", title: "Under 1", from: 0, to: Some(1) },
    AgeBand { code: "1_to_4", title: "1 to 4", from: 1, to: Some(5) },
    AgeBand { code: "5_to_9", title: "5 to 9", from: 5, to: Some(10) },
    AgeBand { code: "10_to_15", title: "10 to 15", from: 10, to: Some(16) },
    AgeBand { code: "16_and_17", title: "16 and 17", from: 16, to: Some(18) },
    AgeBand { code: "18_and_over", title: "18 and over", from: 18, to: None },
];

/// Locations that are not in the authority's own area.
const OUTSIDE: [&str; 3] = ["adjoining", "distant", "outside_england"];

/// Which part of the authority the board shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// Everything the person may see.
    #[default]
    Authority,
    /// The teams the person works in or manages.
    MyTeams,
}

/// Everything a board or a list of it can be narrowed by. `None` narrows nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BoardAsk {
    /// How far it reaches.
    pub extent: Extent,
    /// One team: `Some(None)` for children whom no team holds.
    pub team: Option<Option<Uuid>>,
    /// One of [`AGE_BANDS`].
    pub age: Option<AgeBand>,
    /// Code of the type of placement.
    pub placement_type: Option<String>,
    /// Code of the location, or `outside` for any that is not in the authority's area.
    pub location: Option<String>,
    /// Code of the legal status.
    pub legal_status: Option<String>,
    /// Strand of the duty.
    pub strand: Option<String>,
    /// Role that owns the duty.
    pub owner_role: Option<String>,
    /// A group of duties: [`Group::id`](super::Group).
    pub group: Option<String>,
    /// One rule.
    pub rule: Option<String>,
    /// How the duties stand.
    pub state: Option<BoardState>,
    /// Stuck at this hand-off, whether late or not.
    pub step: Option<String>,
    /// Whether duties done, excused or ended in the last three months are counted too.
    pub closed: bool,
    /// Order of the list.
    pub order: BoardOrder,
}

impl BoardAsk {
    /// The children's part of the filter.
    pub(super) fn children(&self, today: Date, mine: &[Uuid]) -> ChildFilter {
        let mut filter = ChildFilter {
            legal_status: self.legal_status.clone(),
            placement_type: self.placement_type.clone(),
            ..ChildFilter::default()
        };
        if self.extent == Extent::MyTeams {
            filter.teams = mine.to_vec();
            // An empty list would mean any team; somebody without a team has none.
            if filter.teams.is_empty() {
                filter.teams.push(Uuid::nil());
            }
        }
        match self.team {
            Some(Some(team)) if self.extent == Extent::Authority || mine.contains(&team) => {
                filter.teams = vec![team]
            }
            Some(Some(_)) => filter.teams = vec![Uuid::nil()],
            Some(None) => filter.without_team = true,
            None => {}
        }
        match self.location.as_deref() {
            Some("outside") => filter.locations = OUTSIDE.map(str::to_owned).to_vec(),
            Some(code) => filter.location = Some(code.to_owned()),
            None => {}
        }
        if let Some(band) = self.age {
            // Somebody is `n` on the day from the birthday: born on or before the same day `n` years ago.
            let first_birth =
                |years: i16| today.checked_sub(years.years()).ok().and_then(|day| day.tomorrow().ok());
            filter.born_before = (band.from > 0).then(|| first_birth(band.from)).flatten();
            filter.born_from = band.to.and_then(first_birth);
        }
        filter
    }

    /// The duties' part, laid over the children's.
    pub(super) fn duties(&self, filter: &mut BoardFilter, rules_of_group: &[String]) {
        filter.strand.clone_from(&self.strand);
        filter.owner_role.clone_from(&self.owner_role);
        filter.rule.clone_from(&self.rule);
        filter.rules = rules_of_group.to_vec();
        filter.order = self.order;
        match self.state {
            Some(state) => state.narrows(filter),
            None if self.closed => {}
            None => {
                filter.standings = vec![Standing::Late, Standing::Due, Standing::Upcoming, Standing::Excused]
            }
        }
        if let Some(step) = &self.step {
            filter.stuck_step = Some(step.clone());
            filter.stuck = Some(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_age_band_is_a_span_of_birthdays() {
        let today = date(2026, 11, 21);
        let ask = BoardAsk { age: Some(AGE_BANDS[4]), ..BoardAsk::default() };
        let filter = ask.children(today, &[]);
        // 16 today counts; 18 today does not.
        assert_eq!(filter.born_before, Some(date(2010, 11, 22)));
        assert_eq!(filter.born_from, Some(date(2008, 11, 22)));
        let youngest = BoardAsk { age: Some(AGE_BANDS[0]), ..BoardAsk::default() }.children(today, &[]);
        assert_eq!((youngest.born_from, youngest.born_before), (Some(date(2025, 11, 22)), None));
        let oldest = BoardAsk { age: Some(AGE_BANDS[5]), ..BoardAsk::default() }.children(today, &[]);
        assert_eq!((oldest.born_from, oldest.born_before), (None, Some(date(2008, 11, 22))));
    }

    #[test]
    fn somebody_without_a_team_sees_no_team_and_a_team_of_others_is_not_theirs() {
        let mine = BoardAsk { extent: Extent::MyTeams, ..BoardAsk::default() };
        assert_eq!(mine.children(date(2026, 1, 1), &[]).teams, [Uuid::nil()]);
        let (ours, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let asked = BoardAsk { extent: Extent::MyTeams, team: Some(Some(theirs)), ..BoardAsk::default() };
        assert_eq!(asked.children(date(2026, 1, 1), &[ours]).teams, [Uuid::nil()]);
    }

    #[test]
    fn every_duty_has_one_state_and_the_state_finds_it_again() {
        for standing in Standing::ALL {
            for stuck in [false, true] {
                let state = BoardState::of(standing, stuck);
                let mut filter = BoardFilter::at(jiff::Timestamp::UNIX_EPOCH);
                state.narrows(&mut filter);
                assert!(filter.standings.contains(&standing), "{standing:?} {stuck}");
                let others = BoardState::ALL.into_iter().filter(|s| *s != state).filter(|s| {
                    let mut filter = BoardFilter::at(jiff::Timestamp::UNIX_EPOCH);
                    s.narrows(&mut filter);
                    filter.standings.contains(&standing) && filter.stuck.is_none_or(|wanted| wanted == stuck)
                });
                assert_eq!(others.count(), 0, "{standing:?} {stuck}");
            }
        }
    }
}
