//! The matrix of rights: role × relationship × action, worked out by asking the engine. The same data make the page
//! and `docs/reference/access-matrix.md`.

use kinfold_record::Subject;

use crate::action::{Action, ActionSet};
use crate::codes::{Code, CodeSet};
use crate::engine::Engine;
use crate::purpose::Purpose;
use crate::relation::{CircleRole, Relation, Relations};
use crate::request::{Situation, Target};
use crate::role::{Role, RoleSet};

/// One tie to a record, as the heading of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tie {
    /// None but working for the same authority (for those who do).
    Stranger,
    /// A place in the circle today.
    Place(CircleRole),
    /// Another tie.
    Other(Relation),
    /// The record is restricted and names the person as a reader.
    RestrictedNamed,
    /// The record is restricted and the person has opened it in an emergency.
    RestrictedOpened,
}

/// What one tie gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The tie.
    pub tie: Tie,
    /// What it gives, each with the purposes it is given for.
    pub rights: Vec<(Action, CodeSet<Purpose>)>,
}

/// What one role gives, about one kind of record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The kind.
    pub subject: Subject,
    /// One column for each tie that gives something a stranger does not have, the stranger first if they have
    /// anything.
    pub columns: Vec<Column>,
}

/// What one role gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRights {
    /// The role.
    pub role: Role,
    /// What somebody with this role works for unless they say otherwise.
    pub usual: Purpose,
    /// What it gives in the authority.
    pub authority: ActionSet,
    /// What it gives about records: children, carers, homes.
    pub records: Vec<Table>,
}

impl Tie {
    /// Every tie a column can have.
    pub fn all() -> impl Iterator<Item = Self> {
        // Working for the authority is where a stranger starts from, and no column of its own.
        let others = Relation::ALL.iter().filter(|relation| **relation != Relation::SameAuthority);
        [Self::Stranger]
            .into_iter()
            .chain(CircleRole::ALL.iter().copied().map(Self::Place))
            .chain(others.copied().map(Self::Other))
            .chain([Self::RestrictedNamed, Self::RestrictedOpened])
    }

    /// The heading.
    pub fn title(self) -> String {
        match self {
            Self::Stranger => "Any record of the authority".to_owned(),
            Self::Place(place) => format!("In the circle: {}", lower_first(place.title())),
            Self::Other(relation) => relation.title().to_owned(),
            Self::RestrictedNamed => "Restricted, and names them".to_owned(),
            Self::RestrictedOpened => "Restricted, opened in an emergency".to_owned(),
        }
    }

    /// The relations and the restriction it stands for, for somebody with this role.
    pub fn relations(self, role: Role) -> (Relations, bool) {
        let base =
            if role.works_here() { Relations::NONE.with(Relation::SameAuthority) } else { Relations::NONE };
        match self {
            Self::Stranger => (base, false),
            Self::Place(place) => (base.in_circle(place), false),
            Self::Other(relation) => (base.with(relation), false),
            Self::RestrictedNamed => (base.with(Relation::NamedReader), true),
            Self::RestrictedOpened => (base.with(Relation::BreakGlass), true),
        }
    }
}

impl Column {
    /// What it gives, whatever the purpose.
    pub fn actions(&self) -> ActionSet {
        self.rights.iter().map(|(action, _)| *action).collect()
    }

    /// The purposes an action is given for.
    pub fn purposes(&self, action: Action) -> CodeSet<Purpose> {
        self.rights
            .iter()
            .find(|(given, _)| *given == action)
            .map(|(_, purposes)| *purposes)
            .unwrap_or_default()
    }
}

impl Engine {
    /// The whole matrix, role by role.
    pub fn matrix(&self) -> Vec<RoleRights> {
        Role::ALL.iter().map(|role| self.rights_of(*role)).collect()
    }

    /// What one role gives.
    pub fn rights_of(&self, role: Role) -> RoleRights {
        let usual = Purpose::of_role(role);
        let roles = RoleSet::EMPTY.with(role);
        let everything = ActionSet::all();
        let authority = self
            .answer(Situation::of_roles(roles, usual, Target::Authority), everything.about_a_child(false));
        let records = [Subject::Child, Subject::Carer, Subject::Home]
            .map(|subject| Table { subject, columns: self.columns(role, subject) })
            .to_vec();
        RoleRights { role, usual, authority, records }
    }

    fn columns(&self, role: Role, subject: Subject) -> Vec<Column> {
        let column = |tie: Tie| Column { tie, rights: self.rights_by(role, subject, tie) };
        let stranger = column(Tie::Stranger);
        let says_more = |column: &Column| {
            !column.rights.is_empty() && (column.tie == Tie::Stranger || column.rights != stranger.rights)
        };
        Tie::all().map(column).filter(says_more).collect()
    }

    fn rights_by(&self, role: Role, subject: Subject, tie: Tie) -> Vec<(Action, CodeSet<Purpose>)> {
        let (relations, restricted) = tie.relations(role);
        let target = Target::Child { relations, restricted, subject };
        let asked = ActionSet::all().about_a_child(true);
        let by_purpose: Vec<(Purpose, ActionSet)> = Purpose::ALL
            .iter()
            .map(|purpose| {
                let situation = Situation::of_roles(RoleSet::EMPTY.with(role), *purpose, target);
                (*purpose, self.answer(situation, asked))
            })
            .collect();
        let purposes = |action| {
            by_purpose.iter().filter(|(_, given)| given.has(action)).map(|(purpose, _)| *purpose).collect()
        };
        asked
            .iter()
            .map(|action| (action, purposes(action)))
            .filter(|(_, purposes): &(_, CodeSet<Purpose>)| !purposes.is_empty())
            .collect()
    }

    /// `docs/reference/access-matrix.md`.
    pub fn matrix_markdown(&self) -> String {
        let mut out = String::from(HEAD);
        for rights in self.matrix() {
            out.push_str(&format!("\n## {}\n\n{}\n", rights.role.title(), rights.role.sentence()));
            out.push_str(&format!("Usual purpose: {}.\n", lower_first(rights.usual.title())));
            out.push_str("\n**In the authority:** ");
            let titles: Vec<String> = rights.authority.iter().map(|a| lower_first(a.title())).collect();
            out.push_str(&format!("{}.\n", titles.join("; ")));
            write_tables(&mut out, &rights);
        }
        out.push_str("\n# The policies\n\n| policy | in plain words |\n|---|---|\n");
        for policy in self.policies() {
            out.push_str(&format!("| `{}` | {} |\n", policy.id, policy.says));
        }
        out
    }
}

const HEAD: &str = "\
# Who may do what

This file is made from the policies in `guidance/policy/`; a test fails when the two differ. To make it again:
`cargo run -p kinfold-access --example access_matrix > docs/reference/access-matrix.md`.

How to read it: each role has a table for each kind of record, with a column for each tie that gives something. A tie
that has no column gives nothing beyond the first column. ✓ means allowed for the role's usual purpose; a word means
allowed, but only for that purpose. A person with several roles has the rights of all of them, less what any policy
forbids. A tie that somebody has besides being named in a restricted record gives there what it gives elsewhere.
";

fn write_tables(out: &mut String, rights: &RoleRights) {
    let mut written: Vec<&Table> = Vec::new();
    for table in &rights.records {
        let name = subject_title(table.subject);
        if table.columns.is_empty() {
            out.push_str(&format!("\n**{name}:** nothing.\n"));
        } else if let Some(same) = written.iter().find(|other| other.columns == table.columns) {
            let same = lower_first(subject_title(same.subject));
            out.push_str(&format!("\n**{name}:** the same as {same}.\n"));
        } else {
            write_table(out, name, table, rights.usual);
        }
        written.push(table);
    }
}

fn write_table(out: &mut String, name: &str, table: &Table, usual: Purpose) {
    let titles: Vec<String> = table.columns.iter().map(|column| column.tie.title()).collect();
    out.push_str(&format!("\n| {name} | {} |\n|---|{}\n", titles.join(" | "), ":-:|".repeat(titles.len())));
    let given = table.columns.iter().fold(ActionSet::EMPTY, |given, column| given.union(column.actions()));
    for action in given.iter() {
        let cells: Vec<String> =
            table.columns.iter().map(|column| cell(column.purposes(action), usual)).collect();
        out.push_str(&format!("| {} | {} |\n", action.title(), cells.join(" | ")));
    }
}

fn cell(purposes: CodeSet<Purpose>, usual: Purpose) -> String {
    if purposes.has(usual) {
        return "✓".to_owned();
    }
    purposes.iter().map(|purpose| purpose.as_str().replace('_', " ")).collect::<Vec<_>>().join(", ")
}

fn subject_title(subject: Subject) -> &'static str {
    match subject {
        Subject::Child => "Children",
        Subject::Carer => "Carer households",
        Subject::Home => "Homes",
    }
}

/// "Team manager" inside a sentence; an abbreviation such as "GP" stays as it is.
fn lower_first(s: &str) -> String {
    let mut letters = s.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => s.to_owned(),
    }
}
