//! Reading all layers into one checked body of guidance.

use jiff::civil::Date;
use kinfold_health::growth;
use kinfold_health::immunisation;
use kinfold_record::calendar::{Calendar, CalendarFile};
use smol_str::SmolStr;
use toml::de::DeTable;

use crate::action_plan::{self, ActionPlan};
use crate::board::{self, Board};
use crate::carers::{self, CarerWords};
use crate::check;
use crate::codes::Codes;
use crate::form::{self, Forms};
use crate::framework::{self, Framework};
use crate::inspection::{self, Inspection};
use crate::layer::{Layer, LayerName, SourceFile};
use crate::library::{self, Library};
use crate::lock;
use crate::measure::{self, Measures};
use crate::mistake::{Mistake, Mistakes, position};
use crate::needs::{self, NeedsProfile};
use crate::outline::{self, Outline};
use crate::rule::Rule;
use crate::rule_read;
use crate::survey::{self, Survey};
use crate::table::Reading;
use crate::terms::{self, Term};

/// Everything under `guidance/`, checked: what the program works by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guidance {
    /// Every version of every rule, by id and version.
    pub rules: Vec<Rule>,
    /// Code lists.
    pub codes: Codes,
    /// Working days.
    pub calendar: Calendar,
    /// School terms, oldest first.
    pub terms: Vec<Term>,
    /// What is said to carers in their own space.
    pub carers: CarerWords,
    /// The columns of the board.
    pub board: Board,
    /// What is measured over many children.
    pub measures: Measures,
    /// Forms, and the licensed words an authority added.
    pub forms: Forms,
    /// Schedules of immunisations, oldest first.
    pub immunisation: Vec<immunisation::Schedule>,
    /// The growth reference: what is shipped, and what an authority that has the licence laid over it.
    pub growth: growth::Reference,
    /// Frameworks of self-assessment.
    pub frameworks: Library<Framework>,
    /// Surveys.
    pub surveys: Library<Survey>,
    /// Action plans to begin with, and to learn from.
    pub plans: Library<ActionPlan>,
    /// Needs profiles.
    pub needs: Library<NeedsProfile>,
    /// What papers that are published start from.
    pub outlines: Library<Outline>,
    /// What an inspection asks for.
    pub inspection: Inspection,
}

impl Guidance {
    /// The guidance that comes with the program.
    ///
    /// # Errors
    /// Never, once its own tests have passed; the mistakes otherwise.
    pub fn national() -> Result<Self, Mistakes> {
        Self::load(&[Layer::national()])
    }

    /// Reads and checks layers, the national one first.
    ///
    /// # Errors
    /// Every mistake in every file, in the order of files and lines.
    pub fn load(layers: &[Layer]) -> Result<Self, Mistakes> {
        let mut mistakes = Vec::new();
        let mut codes = Codes::default();
        for layer in layers {
            codes.read(layer, &mut mistakes);
        }
        let mut rules = Vec::new();
        let mut terms = Vec::new();
        let mut measures = Measures::default();
        let mut forms = Forms::default();
        let mut immunisation = Vec::new();
        let mut growth = growth::Reference::shipped().clone();
        let mut corporate = Corporate::default();
        let mut carers = CarerWords::default();
        let mut calendar = None;
        let mut columns = None;
        let (mut inspection, mut inspected) = (Inspection::default(), Vec::new());
        for layer in layers {
            for file in &layer.files {
                let label = layer.label(&file.path);
                if file.path == "calendar.toml" {
                    calendar = read_calendar(&label, &file.text, &mut mistakes).or(calendar);
                } else if file.path == "terms.toml" {
                    with_table(label, &file.text, &codes, &mut mistakes, |reading, root| {
                        terms = terms::read(reading, root);
                    });
                } else if file.path == "words/carers.toml" {
                    with_table(label, &file.text, &codes, &mut mistakes, |reading, root| {
                        carers = carers::read(reading, root);
                    });
                } else if file.path == "board.toml" {
                    with_table(label, &file.text, &codes, &mut mistakes, |reading, root| {
                        columns = Some(board::read(reading, root, &layer.name));
                    });
                } else if file.path == "inspection.toml" {
                    with_table(label, &file.text, &codes, &mut mistakes, |reading, root| {
                        (inspection, inspected) = inspection::read(reading, root);
                    });
                } else if file.path.starts_with("rules/") && file.path.ends_with(".toml") {
                    with_table(label.clone(), &file.text, &codes, &mut mistakes, |reading, root| {
                        if let Some(rule) = rule_read::rule(reading, root, &layer.name, &file.path) {
                            check::one(reading, root, &rule);
                            rules.push(rule);
                        }
                    });
                } else if file.path.starts_with("measures/") && file.path.ends_with(".toml") {
                    with_table(label, &file.text, &codes, &mut mistakes, |reading, root| {
                        measure::measures_of(reading, root, &layer.name, &file.path, &mut measures);
                    });
                } else if file.path.starts_with("growth/") && file.path.ends_with(".csv") {
                    match growth.clone().with(&file.text) {
                        Ok(laid_over) => growth = laid_over,
                        Err(wrong) => {
                            mistakes.extend(wrong.0.into_iter().map(|m| elsewhere(&label, m.line, m.words)))
                        }
                    }
                } else if file.path.starts_with("immunisation/") && file.path.ends_with(".toml") {
                    immunisation.extend(schedule(&label, &file.text, &codes, &mut mistakes));
                } else if file.path.starts_with("forms/") && file.path.ends_with(".toml") {
                    with_table(label, &file.text, &codes, &mut mistakes, |reading, root| {
                        forms.list.extend(form::form(reading, root, &layer.name, &file.path));
                    });
                } else if file.path.starts_with("words/licensed/") && file.path.ends_with(".toml") {
                    with_table(label, &file.text, &codes, &mut mistakes, |reading, root| {
                        forms.licensed.extend(form::words(reading, root, &layer.name, &file.path));
                    });
                } else {
                    corporate.read(layer, file, &codes, &mut mistakes);
                }
            }
            lock::check(layer, &rules, &mut mistakes);
            lock::check_forms(layer, &forms.list, &mut mistakes);
            corporate.check_locks(layer, &mut mistakes);
        }
        rules.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
        check::together(&rules, layers, &mut mistakes);
        measures.list.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
        measure::together(&measures, layers, &mut mistakes);
        forms.list.sort_by(|a, b| (&a.id, a.version).cmp(&(&b.id, b.version)));
        form::together(&forms, &rules, layers, &mut mistakes);
        corporate.together(&measures, &rules, layers, &mut mistakes);
        inspection::known(&inspection, &inspected, &measures, &mut mistakes);
        immunisation.sort_by_key(|schedule: &immunisation::Schedule| schedule.from);
        let board = match columns {
            Some(read) => {
                board::check(&read, &rules, &mut mistakes);
                read.board
            }
            None => Board { layer: LayerName::National, groups: Vec::new() },
        };
        mistakes.sort();
        mistakes.dedup();
        match calendar {
            Some(calendar) if mistakes.is_empty() => {
                let Corporate { frameworks, surveys, plans, needs, outlines } = corporate;
                Ok(Self {
                    rules,
                    codes,
                    calendar,
                    terms,
                    carers,
                    board,
                    measures,
                    forms,
                    immunisation,
                    growth,
                    frameworks,
                    surveys,
                    plans,
                    needs,
                    outlines,
                    inspection,
                })
            }
            None if mistakes.is_empty() => Err(Mistakes(vec![Mistake {
                file: "guidance/calendar.toml".to_owned(),
                line: 1,
                column: 1,
                message: "there is no calendar of bank holidays".to_owned(),
                hint: Some("Add guidance/calendar.toml.".to_owned()),
            }])),
            _ => Err(Mistakes(mistakes)),
        }
    }

    /// One version of a rule.
    pub fn rule(&self, id: &str, version: u16) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id && r.version == version)
    }

    /// The version of a rule in force on a day.
    pub fn rule_on(&self, id: &str, on: Date) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id && r.in_force(on))
    }

    /// The ids of all rules, each once.
    pub fn ids(&self) -> Vec<&SmolStr> {
        let mut ids: Vec<&SmolStr> = self.rules.iter().map(|r| &r.id).collect();
        ids.dedup();
        ids
    }
}

/// What the corporate parent looks at itself with.
#[derive(Default)]
struct Corporate {
    frameworks: Library<Framework>,
    surveys: Library<Survey>,
    plans: Library<ActionPlan>,
    needs: Library<NeedsProfile>,
    outlines: Library<Outline>,
}

impl Corporate {
    fn read(&mut self, layer: &Layer, file: &SourceFile, codes: &Codes, mistakes: &mut Vec<Mistake>) {
        let folder = file.path.split_once('/').map_or("", |(folder, _)| folder);
        let known = ["frameworks", "surveys", "plans", "needs", "outlines"];
        if !file.path.ends_with(".toml") || !known.contains(&folder) {
            return;
        }
        with_table(layer.label(&file.path), &file.text, codes, mistakes, |reading, root| match folder {
            "frameworks" => {
                self.frameworks.list.extend(framework::framework(reading, root, &layer.name, &file.path));
            }
            "surveys" => self.surveys.list.extend(survey::survey(reading, root, &layer.name, &file.path)),
            "outlines" => self.outlines.list.extend(outline::outline(reading, root, &layer.name, &file.path)),
            "needs" => self.needs.list.extend(needs::profile(reading, root, &layer.name, &file.path)),
            _ => self.plans.list.extend(action_plan::action_plan(reading, root, &layer.name, &file.path)),
        });
    }

    fn check_locks(&self, layer: &Layer, mistakes: &mut Vec<Mistake>) {
        lock::check_library(layer, &self.frameworks, mistakes);
        lock::check_library(layer, &self.surveys, mistakes);
        lock::check_library(layer, &self.plans, mistakes);
        lock::check_library(layer, &self.needs, mistakes);
        lock::check_library(layer, &self.outlines, mistakes);
    }

    fn together(
        &mut self,
        measures: &Measures,
        rules: &[Rule],
        layers: &[Layer],
        mistakes: &mut Vec<Mistake>,
    ) {
        self.frameworks.sort();
        self.surveys.sort();
        self.plans.sort();
        self.needs.sort();
        self.outlines.sort();
        library::together(&self.frameworks, layers, mistakes);
        library::together(&self.surveys, layers, mistakes);
        library::together(&self.plans, layers, mistakes);
        library::together(&self.needs, layers, mistakes);
        library::together(&self.outlines, layers, mistakes);
        outline::known(&self.outlines, (measures, &self.needs), layers, mistakes);
        needs::known(&self.needs, measures, layers, mistakes);
        framework::known(&self.frameworks, measures, rules, layers, mistakes);
    }
}

fn with_table(
    label: String,
    text: &str,
    codes: &Codes,
    mistakes: &mut Vec<Mistake>,
    read: impl FnOnce(&Reading<'_>, &DeTable<'_>),
) {
    let reading = Reading::new(label, text, codes);
    match DeTable::parse(text) {
        Ok(root) => read(&reading, root.get_ref()),
        Err(e) => reading.mistake(
            e.span().map_or(0, |s| s.start),
            e.message().trim(),
            Some("This is not TOML.".into()),
        ),
    }
    mistakes.extend(reading.mistakes.into_inner());
}

fn schedule(
    label: &str,
    text: &str,
    codes: &Codes,
    out: &mut Vec<Mistake>,
) -> Option<immunisation::Schedule> {
    let vaccines: Vec<&str> = codes
        .list("vaccine")
        .map(|list| list.codes.iter().map(|code| code.code.as_str()).collect())
        .unwrap_or_default();
    let read = immunisation::read(label, text, &vaccines);
    let mistakes = read.as_ref().err().map(|mistakes| mistakes.0.as_slice()).unwrap_or_default();
    out.extend(mistakes.iter().map(|mistake| elsewhere(&mistake.file, mistake.line, mistake.words.clone())));
    read.ok()
}

/// A mistake that another reader found. One about a file as a whole stands at its first line.
fn elsewhere(file: &str, line: usize, message: String) -> Mistake {
    let line = u32::try_from(line.max(1)).unwrap_or(u32::MAX);
    Mistake { file: file.to_owned(), line, column: 1, message, hint: None }
}

fn read_calendar(label: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Option<Calendar> {
    let mut wrong = |at: usize, message: String| {
        let (line, column) = position(text, at);
        mistakes.push(Mistake { file: label.to_owned(), line, column, message, hint: None });
    };
    match toml::from_str::<CalendarFile>(text) {
        Ok(file) => Calendar::try_from(file).map_err(|e| wrong(0, e.to_string())).ok(),
        Err(e) => {
            wrong(e.span().map_or(0, |s| s.start), e.message().trim().to_owned());
            None
        }
    }
}
