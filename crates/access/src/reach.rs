//! Which children a list may hold. Derived by asking the engine whether each kind of tie alone lets somebody find a
//! child, so that the scope of a query and the decision about one child cannot drift apart.

use kinfold_record::Subject;

use crate::action::Action;
use crate::codes::{Code, CodeSet};
use crate::engine::Engine;
use crate::purpose::Purpose;
use crate::relation::{CircleRole, Relation, Relations, Ties};
use crate::request::{Situation, Target, Who};

/// The records of one kind (children, carers or homes) that somebody may find. A query has to mean:
/// an open record that meets `open`, or a restricted record that meets `restricted`, or one that names the person
/// and meets `named`, or one the person has opened in an emergency and meets `opened`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reach {
    /// Which kind of record.
    pub subject: Subject,
    /// The ties that count for records that are not restricted.
    pub open: Ways,
    /// The ties that count for restricted records without a name or an emergency opening. The house's own
    /// policies leave one: being the young person whose record it is.
    pub restricted: Ways,
    /// The ties that count for restricted records that name the person as a reader.
    pub named: Ways,
    /// The ties that count for restricted records the person has opened in an emergency that still runs.
    pub opened: Ways,
}

/// The ties that let somebody find a record: any one is enough, unless the person holds a barred place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ways {
    /// Every record: no further tie is needed.
    pub everything: bool,
    /// Records whose team the person works in.
    pub own_teams: bool,
    /// Records whose team, or a team above it, the person manages.
    pub managed_teams: bool,
    /// Records in whose circle the person holds one of these places today.
    pub circle: CodeSet<CircleRole>,
    /// Records that name the person as a reader.
    pub named: bool,
    /// Records the person has opened in an emergency that still runs.
    pub opened: bool,
    /// The person's own record.
    pub own: bool,
    /// Records in whose circle the person once was.
    pub former: bool,
    /// Places in the circle that hide the record from this person, whatever else ties them to it.
    pub barred: CodeSet<CircleRole>,
}

impl Reach {
    /// Does a record with these ties belong to it? This is what the query of a list has to equal, row by row.
    pub fn includes(&self, who: &Who, ties: &Ties, restricted: bool) -> bool {
        let relations = Relations::of(who, ties);
        if !restricted {
            return self.open.meet(relations);
        }
        self.restricted.meet(relations)
            || ties.named_reader && self.named.meet(relations)
            || ties.break_glass && self.opened.meet(relations)
    }

    /// Is no record reached at all?
    pub fn is_empty(&self) -> bool {
        [self.open, self.restricted, self.named, self.opened].iter().all(Ways::is_empty)
    }
}

impl Ways {
    /// Is nothing reached this way?
    pub fn is_empty(&self) -> bool {
        *self == Self { barred: self.barred, ..Self::default() }
    }

    /// Do these relations meet any of the ties, and no bar?
    pub fn meet(&self, relations: Relations) -> bool {
        if !relations.circle.is_disjoint(self.barred) {
            return false;
        }
        let has = |relation| relations.relation.has(relation);
        self.everything
            || !relations.circle.is_disjoint(self.circle)
            || self.own_teams && has(Relation::OwnTeam)
            || self.managed_teams && has(Relation::ManagedTeam)
            || self.named && has(Relation::NamedReader)
            || self.opened && has(Relation::BreakGlass)
            || self.own && has(Relation::Own)
            || self.former && has(Relation::FormerCircle)
    }
}

impl Engine {
    /// The records of this kind that `who` may find for this purpose.
    pub fn reach(&self, who: &Who, purpose: Purpose, subject: Subject) -> Reach {
        let finds = |relations, restricted| {
            let target = Target::Child { relations, restricted, subject };
            self.allows_in(Situation::of(who, purpose, target), Action::FindChild)
        };
        // Every probe starts from what the person is to any record of the authority.
        let base = Relations::of(who, &Ties::default());
        let ways = |base: Relations, restricted| ways(base, |relations| finds(relations, restricted));
        Reach {
            subject,
            open: ways(base, false),
            // A name and an emergency opening have fields of their own below.
            restricted: Ways { named: false, opened: false, ..ways(base, true) },
            named: ways(base.with(Relation::NamedReader), true),
            opened: ways(base.with(Relation::BreakGlass), true),
        }
    }
}

fn ways(base: Relations, finds: impl Fn(Relations) -> bool) -> Ways {
    let by = |relation| finds(base.with(relation));
    let mut ways = Ways {
        everything: finds(base),
        own_teams: by(Relation::OwnTeam),
        managed_teams: by(Relation::ManagedTeam),
        circle: CircleRole::ALL.iter().copied().filter(|place| finds(base.in_circle(*place))).collect(),
        named: by(Relation::NamedReader),
        opened: by(Relation::BreakGlass),
        own: by(Relation::Own),
        former: by(Relation::FormerCircle),
        barred: CodeSet::EMPTY,
    };
    // A place bars if adding it to relations that reach a record takes the record away.
    let reaching: Vec<Relations> = Relation::ALL
        .iter()
        .map(|relation| base.with(*relation))
        .chain(ways.circle.iter().map(|place| base.in_circle(place)))
        .chain([base])
        .filter(|relations| finds(*relations))
        .collect();
    ways.barred = CircleRole::ALL
        .iter()
        .copied()
        .filter(|place| reaching.iter().any(|relations| !finds(relations.in_circle(*place))))
        .collect();
    ways
}
