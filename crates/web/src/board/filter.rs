//! The filter beside the board and its lists.

use kinfold_access::{Code, Role};
use kinfold_casework::board::{AGE_BANDS, BoardState, Offers};
use kinfold_look::filter::{Chosen, Filter};
use kinfold_look::form::{Checkboxes, Choice, Select};
use kinfold_look::{Markup, html};
use kinfold_record::Strand;

use super::ask::address;
use crate::visit::Visit;

/// What can be chosen in one field: value and words.
type Options = Vec<(String, String)>;

struct Field {
    name: &'static str,
    label: &'static str,
    all: &'static str,
    options: Options,
}

fn codes(visit: &Visit, list: &str) -> Options {
    let casework = visit.casework();
    crate::child::event_form::codes(&casework.book(), list, casework.today())
}

fn fields(visit: &Visit, offers: &Offers, of_list: bool) -> Vec<Field> {
    let field = |name, label, all, options| Field { name, label, all, options };
    let mut teams: Options = offers.teams.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    if offers.authority {
        teams.push(("none".to_owned(), "No team".to_owned()));
    }
    let mut areas = vec![("outside".to_owned(), "Outside our area: anywhere".to_owned())];
    areas.extend(codes(visit, "location"));
    let roles = Role::ALL.iter().map(|r| (r.as_str().to_owned(), r.title().to_owned())).collect();
    let mut fields = vec![
        field("team", "Team", "Any team", teams),
        field(
            "age",
            "Age",
            "Any age",
            AGE_BANDS.iter().map(|b| (b.code.to_owned(), b.title.to_owned())).collect(),
        ),
        field("placement", "Where the child lives", "Any kind of home", codes(visit, "placement_type")),
        field("area", "In or out of area", "Anywhere", areas),
        field("status", "Legal status", "Any legal status", codes(visit, "legal_status")),
        field(
            "strand",
            "Part of the child’s life",
            "Every part",
            Strand::ALL.iter().map(|s| (s.as_str().to_owned(), s.title().to_owned())).collect(),
        ),
        field("role", "Whose duty", "Anybody’s", roles),
    ];
    if of_list {
        let groups = offers.groups.iter().map(|g| (g.id.clone(), g.title.clone())).collect();
        let states = BoardState::ALL.iter().map(|s| (s.as_str().to_owned(), s.title().to_owned())).collect();
        fields.insert(0, field("state", "State", "Open, or lately excused", states));
        fields.insert(1, field("group", "Duties", "All duties", groups));
    }
    fields
}

/// The filter panel with the list beside it.
pub(super) fn beside(visit: &Visit, offers: &Offers, path: &str, of_list: bool, list: &Markup) -> Markup {
    let query = &visit.query;
    let fields = fields(visit, offers, of_list);
    let mut chosen: Vec<Chosen> = fields
        .iter()
        .filter_map(|field| {
            let value = query.value(field.name);
            let (_, words) = field.options.iter().find(|(v, _)| v == value)?;
            Some(Chosen {
                category: field.label.to_owned(),
                values: vec![(words.clone(), address(path, query, &[(field.name, "")]))],
            })
        })
        .collect();
    let rule = query.value("rule");
    if !rule.is_empty() {
        let casework = visit.casework();
        let title = casework.book().guidance.rule_on(rule, casework.today()).map(|r| r.title.to_string());
        chosen.push(Chosen {
            category: "Rule".to_owned(),
            values: vec![(
                title.unwrap_or_else(|| "One rule".to_owned()),
                address(path, query, &[("rule", "")]),
            )],
        });
    }
    let step = query.value("step");
    if !step.is_empty() {
        chosen.push(Chosen {
            category: "Stuck at".to_owned(),
            values: vec![(step.replace('_', " "), address(path, query, &[("step", "")]))],
        });
    }
    if query.holds("closed", "yes") {
        chosen.push(Chosen {
            category: "Also".to_owned(),
            values: vec![("Done or ended lately".to_owned(), address(path, query, &[("closed", "")]))],
        });
    }
    let shown = html! {
        @for field in &fields {
            (Select::new(field.name, field.label, field.options.clone()).empty(field.all).render(query))
        }
        // What is stuck is open, whatever else is asked for.
        @if path != "/board/stuck" {
            (Checkboxes::new("closed", "Also count", [Choice::new("yes", "Done or ended in the last three months")]).small().render(query))
        }
    };
    let kept: Vec<&str> = if of_list { vec!["extent", "rule", "step", "order"] } else { vec!["extent"] };
    let keep = kept
        .into_iter()
        .filter(|name| !query.value(name).is_empty() && query.value(name).len() <= 64)
        .map(|name| (name.to_owned(), query.value(name).to_owned()))
        .collect();
    Filter { action: path.to_owned(), chosen, fields: shown, keep }.beside(list)
}
