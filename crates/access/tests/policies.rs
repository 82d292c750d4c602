//! The policy files are sound, and mistakes in them are told with file and line.

#![allow(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

use kinfold_access::{CircleRole, Code, Engine, PolicyFile, Relation, Role, house_policies};

fn house_and(text: &str) -> Result<Engine, kinfold_access::PolicyError> {
    let mut files = house_policies();
    files.push(PolicyFile { name: "local/extra.cedar".to_owned(), text: text.to_owned() });
    Engine::new(&files)
}

fn mistake(text: &str) -> String {
    house_and(text).unwrap_err().to_string()
}

#[test]
fn the_policies_of_the_house_are_sound() {
    let engine = Engine::house().unwrap();
    assert!(engine.policies().count() > 30);
    assert!(engine.policies().any(|policy| policy.forbids && policy.id == "never.restricted"));
    for policy in engine.policies() {
        assert!(policy.says.ends_with('.') && policy.says.len() > 20, "{}: {}", policy.id, policy.says);
    }
}

#[test]
fn every_file_of_the_folder_is_in_force() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../guidance/policy");
    let mut there: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".cedar"))
        .map(|name| format!("policy/{name}"))
        .collect();
    let mut embedded: Vec<String> = house_policies().into_iter().map(|file| file.name).collect();
    there.sort();
    embedded.sort();
    assert_eq!(there, embedded);
}

#[test]
fn the_schema_has_the_words_of_the_program() {
    let schema = include_str!("../../../guidance/policy/kinfold.cedarschema");
    let list = |kind: &str| -> Vec<String> {
        let start = schema.find(&format!("entity {kind} enum [")).unwrap();
        let end = start + schema[start..].find("];").unwrap();
        schema[start..end].split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    fn words<T: Code>() -> Vec<&'static str> {
        T::ALL.iter().map(|code| code.as_str()).collect()
    }
    assert_eq!(list("Role"), words::<Role>());
    assert_eq!(list("CircleRole"), words::<CircleRole>());
    assert_eq!(list("Relation"), words::<Relation>());
    assert_eq!(list("Purpose"), words::<kinfold_access::Purpose>());
}

#[test]
fn the_places_of_the_circle_are_those_of_the_code_list() {
    let list = include_str!("../../../guidance/codes/circle_role.csv");
    let codes: Vec<&str> = list.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    let places: Vec<&str> = CircleRole::ALL.iter().map(|place| place.as_str()).collect();
    assert_eq!(codes, places);
}

#[test]
fn a_misspelt_role_is_told_with_its_line() {
    let text = "// Ours.\n@id(\"local.x\")\n@says(\"A policy of the council.\")\npermit (\n    principal in Role::\"social_wroker\",\n    action == Action::\"view_child\",\n    resource\n);\n";
    let said = mistake(text);
    assert!(said.starts_with("local/extra.cedar:"), "{said}");
    assert!(said.contains("social_wroker"), "{said}");
    assert!(said.contains("extra.cedar:5:"), "{said}");
}

#[test]
fn an_action_that_does_not_exist_is_a_mistake() {
    let said = mistake(
        "@id(\"local.x\") @says(\"A policy.\")\npermit (principal, action == Action::\"see_child\", resource);",
    );
    assert!(said.starts_with("local/extra.cedar:2:") && said.contains("see_child"), "{said}");
}

#[test]
fn text_that_is_no_policy_is_told_with_its_line() {
    let said = mistake("// Ours.\n\npermit principal;\n");
    assert!(said.starts_with("local/extra.cedar:3:"), "{said}");
}

#[test]
fn a_policy_needs_a_name_of_its_own_and_a_sentence() {
    let policy = "permit (principal, action == Action::\"verify\", resource);";
    assert!(mistake(&format!("\n{policy}")).starts_with("local/extra.cedar:2: A policy needs a name"));
    assert!(mistake(&format!("@id(\"local.x\")\n{policy}")).contains("needs a sentence"));
    let twice = mistake(&format!("@id(\"never.restricted\") @says(\"Again.\")\n{policy}"));
    assert!(twice.contains("already a policy called “never.restricted”"), "{twice}");
}

#[test]
fn a_policy_that_can_never_hold_is_a_mistake() {
    let said = mistake(
        "@id(\"local.x\") @says(\"A policy.\")\npermit (principal, action == Action::\"verify\", resource is Record);",
    );
    assert!(said.starts_with("local/extra.cedar:"), "{said}");
}

#[test]
fn a_council_adds_rights_but_cannot_lift_what_is_never_allowed() {
    use kinfold_access::{Action, Appointment, Purpose, Relations, Target, Who};
    let engine = house_and(
        "@id(\"local.open_house\") @says(\"Everybody may find everybody.\")\npermit (principal, action == Action::\"find_child\", resource);",
    )
    .unwrap();
    let somebody = |role| {
        let person = kinfold_record::PersonId(uuid::Uuid::from_u128(1));
        Who::new(person, vec![Appointment { role, team: None }])
    };
    let finds =
        |role, target| engine.may(&somebody(role), Purpose::DirectCare, target).has(Action::FindChild);
    let open = Target::child(Relations::NONE);
    assert!(finds(Role::DesignatedTeacher, open));
    assert!(!finds(Role::Administrator, open));
    assert!(!finds(Role::DesignatedTeacher, Target::restricted_child(Relations::NONE)));
}

const MANUAL: &str = include_str!("../../../docs/reference/access.md");

#[test]
fn the_example_in_the_manual_is_a_sound_policy() {
    let example = MANUAL.split("```cedar\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let engine = house_and(example).unwrap();
    assert!(engine.policies().any(|policy| policy.id == "local.circle_only" && policy.forbids));
}

#[test]
fn the_manual_says_of_each_role_what_the_program_says() {
    for role in kinfold_access::roles() {
        let row = format!("| {} | {} |", role.title, role.sentence);
        assert!(MANUAL.contains(&row), "docs/reference/access.md lacks: {row}");
    }
}
