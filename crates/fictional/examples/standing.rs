//! How the invented council stands under the national rules: for every rule how often it is owed, met in time and
//! late. For tuning the council to real life: `cargo run -p kinfold-fictional --example standing [CHILDREN] [DAY] [RULE]`;
//! with a rule it lists the late occasions of that rule too.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use kinfold_fictional::{InventedChild, council};
use kinfold_guidance::Guidance;
use kinfold_pathway::{Duty, Rules, Standing, State, duties, history};
use kinfold_record::{Chronology, Event, PersonId, Timeline};

/// One rule's figures. Lateness is in days.
#[derive(Default)]
struct Figures {
    met: usize,
    met_late: Vec<i32>,
    excused: usize,
    ended: usize,
    open: usize,
    soon: usize,
    stuck: usize,
    late: Vec<i32>,
}

fn days(from: Date, to: Date) -> i32 {
    (to - from).get_days()
}

fn median(of: &mut [i32]) -> String {
    of.sort_unstable();
    of.get(of.len() / 2).map_or_else(|| "-".to_owned(), ToString::to_string)
}

/// The child's social worker or adviser now.
fn key_worker(child: &InventedChild) -> Option<PersonId> {
    child.entries.iter().rev().find_map(|e| match &e.event {
        Event::CircleJoined { key_worker: Some(true), person, .. } => *person,
        _ => None,
    })
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let size = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(150);
    let today = arguments.next().and_then(|a| a.parse().ok()).unwrap_or(jiff::civil::date(2026, 11, 21));
    let wanted = arguments.next();
    let rules = match Guidance::national() {
        Ok(guidance) => Rules::compile(&guidance),
        Err(mistakes) => {
            eprintln!("{mistakes}");
            std::process::exit(1);
        }
    };
    let council = council(today, 1, size);
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    let mut workers: HashMap<PersonId, (usize, usize, usize)> = HashMap::new();
    let mut entries = 0;
    for child in council.chronologies() {
        entries += child.entries.len();
        let Ok(chronology) = Chronology::new(child.id, child.entries.clone()) else { continue };
        let timeline = Timeline::fold(&chronology, None);
        let open = timeline.care_on(today).is_some();
        for duty in history(&timeline, &rules, today).iter().filter(|d| d.state != State::Open) {
            let row = figures.entry(duty.rule.to_string()).or_default();
            match &duty.state {
                State::Met { days_late: 0, .. } => row.met += 1,
                State::Met { days_late, on, .. } => {
                    row.met_late.push(*days_late);
                    if wanted.as_deref() == Some(duty.rule.as_str()) {
                        println!(
                            "{} {days_late} days late on {on}: {} {:?}",
                            child.reference, duty.occurrence, duty.working
                        );
                    }
                }
                State::Excused { .. } => row.excused += 1,
                State::Ended { .. } => row.ended += 1,
                State::Open => {}
            }
        }
        let worker = key_worker(child);
        let desk = worker.map(|person| workers.entry(person).or_default());
        let now: Vec<Duty> = duties(&timeline, &rules, today).duties;
        let (mut late, mut soon) = (0, 0);
        for duty in now.iter().filter(|d| d.state == State::Open) {
            let row = figures.entry(duty.rule.to_string()).or_default();
            row.open += 1;
            row.stuck += usize::from(duty.stuck_at(today).is_some());
            match duty.standing(today, None) {
                Standing::Late => {
                    row.late.push(days(duty.due_on, today));
                    late += 1;
                    if wanted.as_deref() == Some(duty.rule.as_str()) {
                        println!(
                            "{} {} looked after {open} due {} counted from {}",
                            child.reference, duty.occurrence, duty.due_on, duty.working.from
                        );
                    }
                }
                Standing::Due | Standing::DueSoon if days(today, duty.due_on) <= 14 => {
                    row.soon += 1;
                    soon += 1;
                }
                _ => {}
            }
        }
        if let Some(desk) = desk {
            desk.0 += 1;
            desk.1 += late;
            desk.2 += soon;
        }
    }
    println!("{entries} entries, {} children", council.children.len());
    println!(
        "{:36} {:>6} {:>6} {:>5} {:>6} {:>5} {:>5} {:>5} {:>5} {:>5} {:>6} {:>6}",
        "rule", "met", "m.late", "med", "excus", "ended", "open", "soon", "stuck", "late", "median", "oldest"
    );
    let mut total = (0, 0, 0);
    for rule in rules.all() {
        let row = figures.entry(rule.id.to_string()).or_default();
        if rule.version == 1 {
            total = (total.0 + row.open, total.1 + row.soon, total.2 + row.late.len());
        }
    }
    for (id, row) in &mut figures {
        let oldest = row.late.iter().max().map_or_else(|| "-".to_owned(), ToString::to_string);
        println!(
            "{id:36} {:6} {:6} {:>5} {:6} {:5} {:5} {:5} {:5} {:5} {:>6} {oldest:>6}",
            row.met,
            row.met_late.len(),
            median(&mut row.met_late),
            row.excused,
            row.ended,
            row.open,
            row.soon,
            row.stuck,
            row.late.len(),
            median(&mut row.late)
        );
    }
    println!("open {} soon {} late {}", total.0, total.1, total.2);
    for (role, person) in &council.demo_accounts {
        if let Some((children, late, soon)) = workers.get(person) {
            println!("the demo's {role}: {children} children, {late} late, {soon} due within a fortnight");
        }
    }
    let mut desks: Vec<_> = workers.values().collect();
    desks.sort();
    for (children, late, soon) in desks {
        print!("{children}:{late}/{soon} ");
    }
    println!("\n(children of a key worker : late / due within a fortnight)");
}
