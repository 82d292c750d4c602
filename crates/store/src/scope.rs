//! Which children a list may show, as a value. The repositories compile it to SQL.

use jiff::civil;
use uuid::Uuid;

/// What a chronology is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// A child or young person.
    Child,
    /// A carer's household.
    Carer,
    /// A children's home.
    Home,
}

impl SubjectKind {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Carer => "carer",
            Self::Home => "home",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        [Self::Child, Self::Carer, Self::Home].into_iter().find(|x| x.as_str() == s)
    }
}

/// The children one person may see in searches, lists, counts and boards on one day.
///
/// A child is in scope when it is reached (`everything`, or its team is one of `teams`, or `own_circle` and the
/// person holds one of `places` in its circle today, or `named` and the person is a named reader of it while it is
/// restricted, or it is in `break_glass`) **and** it is not restricted, or the person is a named reader of it today, or
/// it is in `break_glass` and that gets `past_restriction`, or `own_restricted` and the person is the young person of its
/// circle **and** the person holds none of the `barred` places in its
/// circle. Restriction and a bar beat every other right.
#[derive(Debug, Clone, PartialEq)]
pub struct Scope {
    /// Every child of the authority (restricted ones still need naming).
    pub everything: bool,
    /// Who is looking; `None` for the system itself, which is a named reader of nothing.
    pub person: Option<Uuid>,
    /// Children whose team is one of these.
    pub teams: Vec<Uuid>,
    /// Children in whose circle the person stands today.
    pub own_circle: bool,
    /// The places in a circle that count for `own_circle`; `None` for any.
    pub places: Option<Vec<String>>,
    /// Places in a circle that hide the child from this person, whatever else reaches it.
    pub barred: Vec<String>,
    /// Restricted children whose named reader the person is today.
    pub named: bool,
    /// The day on which spells are judged.
    pub today: civil::Date,
    /// Children opened by a break-glass that is still running.
    pub break_glass: Vec<Uuid>,
    /// Whether such an opening also shows a child that is restricted.
    pub past_restriction: bool,
    /// Whether restriction leaves the person their own record: the one in whose circle they are the young person.
    pub own_restricted: bool,
    /// Which kinds of subject; empty for every kind.
    pub subjects: Vec<SubjectKind>,
    /// Other scopes that show children too: what one person may find of children, of carers and of homes differs.
    pub also: Vec<Self>,
}

impl Scope {
    /// Nothing at all: the start of every scope.
    pub fn nothing(person: Option<Uuid>, today: civil::Date) -> Self {
        Self {
            everything: false,
            person,
            teams: Vec::new(),
            own_circle: false,
            places: None,
            barred: Vec::new(),
            named: false,
            today,
            break_glass: Vec::new(),
            past_restriction: true,
            own_restricted: false,
            subjects: Vec::new(),
            also: Vec::new(),
        }
    }

    /// Whether nothing reaches any child, so that a query need not be asked.
    pub fn shows_nothing(&self) -> bool {
        let reaches = self.everything
            || self.own_circle
            || self.named
            || !self.teams.is_empty()
            || !self.break_glass.is_empty();
        !reaches && self.also.iter().all(Self::shows_nothing)
    }
}
