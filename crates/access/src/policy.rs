//! Reads policy files: parses them, names each policy by its `@id`, and checks them strictly against the schema, so
//! that a misspelt role or action is an error at start and never a silent denial.

mod question;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Display;
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use cedar_policy::{
    ActionConstraint, Authorizer, Effect, Entities, EntityId, EntityTypeName, EntityUid, Policy, PolicyId,
    PolicySet, Schema, ValidationMode, Validator,
};
use miette::Diagnostic;
use smol_str::SmolStr;

use crate::action::Action;
use crate::codes::{Code, CodeSet};
use crate::relation::Relations;
use crate::request::Target;
use crate::role::RoleSet;

/// The words policies are written in. A council's layer can add policies but no words.
const SCHEMA: &str = include_str!("../../../guidance/policy/kinfold.cedarschema");
const SCHEMA_FILE: &str = "policy/kinfold.cedarschema";

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../guidance/policy/", $name)))),*]
    };
}

/// A policy file: a name for messages and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile {
    /// What messages call it: "policy/circle.cedar".
    pub name: String,
    /// The policies, in Cedar.
    pub text: String,
}

/// The policies the house ships, as they stand in `guidance/policy/`.
pub fn house_policies() -> Vec<PolicyFile> {
    embedded!(
        "everybody.cedar",
        "circle.cedar",
        "teams.cedar",
        "oversight.cedar",
        "health.cedar",
        "school.cedar",
        "carers.cedar",
        "young_person.cedar",
        "figures.cedar",
        "authority.cedar",
        "services.cedar",
        "system.cedar",
        "emergency.cedar",
        "restricted.cedar",
        "never.cedar",
    )
    .into_iter()
    .map(|(name, text)| PolicyFile { name: format!("policy/{name}"), text: text.to_owned() })
    .collect()
}

/// A mistake in a policy file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct PolicyError {
    /// The file's name, as given.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong and what to do.
    pub message: String,
}

/// A policy as a list of them tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyListed {
    /// Its name (`@id`).
    pub id: SmolStr,
    /// Its sentence in plain words (`@says`).
    pub says: String,
    /// The file it stands in.
    pub file: String,
    /// Does it forbid, rather than allow?
    pub forbids: bool,
}

/// Roles, whether switched off, and the target without its ties.
type Cast = (RoleSet, bool, Target);

/// How many casts are kept before starting afresh: mixes of roles are few.
const CASTS: usize = 1_024;

/// Checked policies and the schema they were checked against.
pub(crate) struct Policies {
    /// For each action, in the order of the list, the policies that can bear on it: asking the others would only
    /// take time.
    sets: Vec<PolicySet>,
    /// For each action, the first in the list with the same policies, none of which tells the two apart: the answer
    /// for one is the answer for the other.
    twins: Vec<Action>,
    /// The places and relations that some policy names. The others count for nothing, so they are left out of
    /// every question: fewer situations to remember, and a table of rights that can skip them.
    named: Relations,
    #[cfg_attr(not(test), expect(dead_code, reason = "tests hold every question against it"))]
    schema: Schema,
    authorizer: Authorizer,
    /// The actions and the groups they are in.
    actions: Entities,
    casts: Mutex<HashMap<Cast, Arc<Entities>>>,
    listed: BTreeMap<SmolStr, PolicyListed>,
    names: Names,
}

/// The entity types, parsed once.
struct Names {
    action: EntityTypeName,
    role: EntityTypeName,
    person: EntityTypeName,
    purpose: EntityTypeName,
    place: EntityTypeName,
    relation: EntityTypeName,
    subject: EntityTypeName,
    record: EntityTypeName,
    authority: EntityTypeName,
}

impl Policies {
    pub(crate) fn load(files: &[PolicyFile]) -> Result<Self, PolicyError> {
        let schema = Schema::from_str(SCHEMA)
            .map_err(|e| error_in(SCHEMA_FILE, SCHEMA, &e, "The schema cannot be read"))?;
        let mut set = PolicySet::new();
        let mut listed = BTreeMap::new();
        let mut home = HashMap::new();
        for file in files {
            for (policy, listing) in read(file)? {
                let id = policy.id().clone();
                let (line, name) = (file_line(file, &policy), listing.id.clone());
                set.add(policy).map_err(|_| {
                    let message =
                        format!("There is already a policy called “{name}”. Give this one another @id.");
                    mistake(file, line, &message)
                })?;
                listed.insert(name, listing);
                home.insert(id, file);
            }
        }
        check(&schema, &set, &home)?;
        Self::prepare(set, schema, listed)
    }

    /// Sorts the policies by what they bear on.
    fn prepare(
        set: PolicySet,
        schema: Schema,
        listed: BTreeMap<SmolStr, PolicyListed>,
    ) -> Result<Self, PolicyError> {
        let actions = schema
            .action_entities()
            .map_err(|e| error_in(SCHEMA_FILE, SCHEMA, &e, "The actions of the schema cannot be read"))?;
        let names = Names::new();
        let bears_on = |policy: &Policy, action: &EntityUid| match policy.action_constraint() {
            ActionConstraint::Any => true,
            ActionConstraint::Eq(only) => only == *action,
            ActionConstraint::In(groups) => {
                groups.iter().any(|group| group == action || actions.is_ancestor_of(group, action))
            }
        };
        let mut sets = Vec::with_capacity(Action::ALL.len());
        for action in Action::ALL {
            let action = uid(&names.action, action.as_str());
            let bearing = set.policies().filter(|policy| bears_on(policy, &action)).cloned();
            sets.push(PolicySet::from_policies(bearing).map_err(|e| PolicyError {
                file: "policy".to_owned(),
                line: 1,
                message: format!("These policies cannot stand together: {e}"),
            })?);
        }
        let twins = Action::ALL.iter().map(|action| twin(*action, &sets, &names)).collect();
        let literals: HashSet<EntityUid> = set.policies().flat_map(Policy::entity_literals).collect();
        let named =
            Relations { circle: named(&names.place, &literals), relation: named(&names.relation, &literals) };
        let authorizer = Authorizer::new();
        Ok(Self { sets, twins, named, schema, authorizer, actions, casts: Mutex::default(), listed, names })
    }

    /// The policy's own sentence.
    pub(crate) fn says(&self, id: &SmolStr) -> Option<&str> {
        self.listed.get(id).map(|policy| policy.says.as_str())
    }

    /// Every policy, by name.
    pub(crate) fn list(&self) -> impl Iterator<Item = &PolicyListed> {
        self.listed.values()
    }

    /// The action to ask in place of this one.
    pub(crate) fn twin(&self, action: Action) -> Action {
        self.twins.get(action.index()).copied().unwrap_or(action)
    }

    /// The places and relations that some policy names.
    pub(crate) fn named(&self) -> Relations {
        self.named
    }
}

/// The policies of a file, each under its own name.
fn read(file: &PolicyFile) -> Result<Vec<(Policy, PolicyListed)>, PolicyError> {
    let parsed = PolicySet::from_str(&file.text)
        .map_err(|e| error_in(&file.name, &file.text, &e, "This is not a policy Cedar can read"))?;
    if parsed.templates().next().is_some() {
        let message = "Policies with slots (?principal) are not used here. Write them out.";
        return Err(mistake(file, 1, message));
    }
    let named = |policy: Policy| {
        let line = file_line(file, &policy);
        let Some(id) = policy.annotation("id").filter(|id| !id.is_empty()) else {
            return Err(mistake(file, line, "A policy needs a name: put @id(\"…\") before it."));
        };
        let Some(says) = policy.annotation("says").filter(|says| !says.is_empty()) else {
            let message =
                format!("Policy “{id}” needs a sentence in plain words: put @says(\"…\") before it.");
            return Err(mistake(file, line, &message));
        };
        let listing = PolicyListed {
            id: SmolStr::new(id),
            says: says.to_owned(),
            file: file.name.clone(),
            forbids: policy.effect() == Effect::Forbid,
        };
        Ok((policy.new_id(PolicyId::new(id)), listing))
    };
    in_order(&parsed).into_iter().map(named).collect()
}

fn check(schema: &Schema, set: &PolicySet, home: &HashMap<PolicyId, &PolicyFile>) -> Result<(), PolicyError> {
    let result = Validator::new(schema.clone()).validate(set, ValidationMode::Strict);
    let told = |id: &PolicyId, diagnostic: &dyn Diagnostic| {
        let (file, text) = home.get(id).map_or(("policy", ""), |file| (&file.name, &file.text));
        let help = diagnostic.help().map(|help| format!(" ({help})")).unwrap_or_default();
        PolicyError {
            file: file.to_owned(),
            line: line_of(text, diagnostic),
            message: format!("{diagnostic}{help}"),
        }
    };
    let errors = result.validation_errors().map(|e| told(e.policy_id(), e));
    // A warning is a policy that can never hold: a mistake too. An error often brings one with it, so it comes first.
    let warnings = result.validation_warnings().map(|w| told(w.policy_id(), w));
    let first = |found: &mut dyn Iterator<Item = PolicyError>| {
        found.min_by(|a, b| (&a.file, a.line, &a.message).cmp(&(&b.file, b.line, &b.message)))
    };
    first(&mut { errors }).or_else(|| first(&mut { warnings })).map_or(Ok(()), Err)
}

/// Policies in the order of their file: Cedar names them policy0, policy1, …
fn in_order(parsed: &PolicySet) -> Vec<Policy> {
    let mut policies: Vec<Policy> = parsed.policies().cloned().collect();
    policies.sort_by_key(|policy| {
        AsRef::<str>::as_ref(policy.id()).trim_start_matches("policy").parse::<usize>().unwrap_or(usize::MAX)
    });
    policies
}

/// The line a policy starts on.
fn file_line(file: &PolicyFile, policy: &Policy) -> usize {
    let text = policy.to_string();
    file.text.find(text.trim()).map_or(1, |at| line_at(&file.text, at))
}

fn mistake(file: &PolicyFile, line: usize, message: &str) -> PolicyError {
    PolicyError { file: file.name.clone(), line, message: message.to_owned() }
}

fn error_in<E: Diagnostic + Display>(file: &str, text: &str, e: &E, what: &str) -> PolicyError {
    PolicyError { file: file.to_owned(), line: line_of(text, e), message: format!("{what}: {e}") }
}

fn line_of(text: &str, diagnostic: &dyn Diagnostic) -> usize {
    let at = diagnostic.labels().and_then(|mut labels| labels.next()).map(|label| label.offset());
    at.map_or(1, |at| line_at(text, at))
}

fn line_at(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

fn twin(action: Action, sets: &[PolicySet], names: &Names) -> Action {
    let ids = |action: &Action| -> Option<HashSet<&PolicyId>> {
        sets.get(action.index()).map(|set| set.policies().map(Policy::id).collect())
    };
    // A policy that names an action outside its scope may tell apart actions that its scope does not.
    let looks_closer = |policy: &Policy| {
        let scope = match policy.action_constraint() {
            ActionConstraint::Any => Vec::new(),
            ActionConstraint::Eq(only) => vec![only],
            ActionConstraint::In(groups) => groups,
        };
        policy.entity_literals().iter().any(|uid| uid.type_name() == &names.action && !scope.contains(uid))
    };
    let close = sets.get(action.index()).is_none_or(|set| set.policies().any(looks_closer));
    if close {
        return action;
    }
    let same =
        |other: &&Action| other.about_a_child() == action.about_a_child() && ids(other) == ids(&action);
    Action::ALL.iter().find(same).copied().unwrap_or(action)
}

/// The codes of this kind that are among the literals.
fn named<T: Code>(kind: &EntityTypeName, literals: &HashSet<EntityUid>) -> CodeSet<T> {
    T::ALL.iter().copied().filter(|code| literals.contains(&uid(kind, code.as_str()))).collect()
}

fn uids<T: Code>(kind: &EntityTypeName, codes: CodeSet<T>) -> impl Iterator<Item = EntityUid> {
    codes.iter().map(|code| uid(kind, code.as_str()))
}

impl Names {
    #[expect(
        clippy::expect_used,
        reason = "these literals are names Cedar accepts; every test goes through here"
    )]
    fn new() -> Self {
        let name = |s| EntityTypeName::from_str(s).expect("a literal entity type");
        Self {
            action: name("Action"),
            role: name("Role"),
            person: name("Person"),
            purpose: name("Purpose"),
            place: name("CircleRole"),
            relation: name("Relation"),
            subject: name("Subject"),
            record: name("Record"),
            authority: name("Authority"),
        }
    }
}

impl std::fmt::Debug for Policies {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.listed.keys()).finish()
    }
}
