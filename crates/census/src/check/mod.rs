//! The rules engine: puts one or two years' returns in order, asks every rule of the year, and reports what was
//! found, what was asked, and what could not be asked and why.

pub mod conformance;
mod context;
mod days;
mod derived;
mod directory;
mod divergences;
mod episodes;
mod findings;
mod places;
mod providers;
mod returns;
mod rule;
mod sheet;
mod view;

pub use context::{Context, Supplied};
pub use days::{Days, after, before, on_or_after, on_or_before, same};
pub use directory::{Directory, DirectoryError};
pub use divergences::{DIVERGENCES, Divergence};
pub(crate) use findings::is_derived;
pub use findings::{Finding, Findings, NotRun, Report};
pub use places::{Places, Spot, looks_like_postcode, miles, plain_postcode};
pub use providers::{Provider, Providers};
pub use returns::{InYear, Returns, Year};
pub use rule::{ChildCheck, Needs, Rule, Run, Version, WholeCheck, collection};
#[cfg(test)]
pub(crate) use sheet::Sheet;
pub use view::{Child, ChildYear, Row, Rows};

use jiff::civil::Date;
use rayon::prelude::*;

/// Everything that a rule's file uses.
pub mod prelude {
    pub use jiff::civil::{Date, date};

    pub use super::{
        Child, ChildYear, Context, Days, Findings, Needs, Returns, Row, Rows, Rule, Version, after, before,
        on_or_after, on_or_before, same,
    };
    pub use crate::tables::Table::*;
    pub use crate::tables::{
        Ad1Row, DoloRow, EpisodeRow, HeaderRow, MissingRow, Oc2Row, Oc3Row, PlacedAdoptionRow, PrevPermRow,
        ReviewRow, SwEpisodeRow, UascRow,
    };
}

/// Children looked at by one worker before the next helping.
const HELPING: usize = 512;

/// Asks every rule of the year.
pub fn check(returns: &Returns, supplied: &Supplied<'_>) -> Report {
    let rules: Vec<&'static Rule> = crate::rules::ALL.iter().map(|entry| entry.rule).collect();
    check_rules(&rules, returns, supplied)
}

/// Asks some rules.
pub fn check_rules(rules: &[&'static Rule], returns: &Returns, supplied: &Supplied<'_>) -> Report {
    let year = returns.this();
    in_context(rules, returns, &Context::new(year.rows.year, year.rows.from_xml, supplied))
}

/// Asks every rule of a year that may still run: as though the collection ended today, which is how a return is made
/// while it does. What is not due until 31 March is not missed before.
pub fn check_on(returns: &Returns, supplied: &Supplied<'_>, today: Date) -> Report {
    let rules: Vec<&'static Rule> = crate::rules::ALL.iter().map(|entry| entry.rule).collect();
    let year = returns.this();
    in_context(&rules, returns, &Context::new(year.rows.year, year.rows.from_xml, supplied).on(today))
}

fn in_context(rules: &[&'static Rule], returns: &Returns, context: &Context<'_>) -> Report {
    let of_year: Vec<OfYear> =
        rules.iter().filter_map(|rule| Some((*rule, rule.version(context.year)?))).collect();
    run(&of_year, returns, context)
}

/// A rule as it is asked in a year.
pub(crate) type OfYear = (&'static Rule, &'static Version);

/// A rule that is asked, by its position in the list.
type Asked = (u16, &'static Rule, &'static Version);

pub(crate) fn run(rules: &[OfYear], returns: &Returns, context: &Context<'_>) -> Report {
    let mut report = Report::default();
    let mut asked: Vec<Asked> = Vec::new();
    for (number, (rule, version)) in (0u16..).zip(rules) {
        match missing(version, returns, context) {
            None => {
                report.run.push(rule.code);
                asked.push((number, rule, version));
            }
            Some(because) => report.not_run.push(NotRun { code: rule.code, because }),
        }
    }
    let mut hits = ask(&asked, returns, context);
    hits.par_sort_unstable();
    hits.dedup();
    report.findings = hits
        .into_iter()
        .filter_map(|hit| {
            let at = asked.binary_search_by_key(&hit.rule, |(number, ..)| *number).ok()?;
            let (_, rule, version) = asked.get(at)?;
            Finding::new(hit, rule, version, returns)
        })
        .collect();
    report
}

/// Asks rules about a return of one child on the thread of the caller, which answers somebody who waits: what cannot
/// be asked is left out, as are rules that look at the whole return.
pub(crate) fn run_for_one_child(rules: &[OfYear], returns: &Returns, context: &Context<'_>) -> Vec<Finding> {
    let mut out = Findings::default();
    for (number, (_, version)) in (0u16..).zip(rules) {
        let Run::Child(check) = version.run else { continue };
        if missing(version, returns, context).is_none() {
            out.rule = number;
            returns.children().for_each(|child| check(&child, context, &mut out));
        }
    }
    out.hits.sort_unstable();
    out.hits.dedup();
    let of =
        |hit: findings::Hit| rules.get(usize::from(hit.rule)).map(|(rule, version)| (hit, *rule, *version));
    let found = out.hits.into_iter().filter_map(of);
    found.filter_map(|(hit, rule, version)| Finding::new(hit, rule, version, returns)).collect()
}

fn ask(asked: &[Asked], returns: &Returns, context: &Context<'_>) -> Vec<findings::Hit> {
    let (mut by_child, mut whole) = (Vec::new(), Vec::new());
    for (number, _, version) in asked {
        match version.run {
            Run::Child(check) => by_child.push((*number, check)),
            Run::Whole(check) => whole.push((*number, check)),
        }
    }
    let children = u32::try_from(returns.count()).unwrap_or(u32::MAX);
    let helpings: Vec<u32> = (0..children).step_by(HELPING).collect();
    let of_children = helpings.into_par_iter().flat_map_iter(|start| {
        let mut out = Findings::default();
        for number in (start..children).take(HELPING) {
            let child = returns.child(number);
            for (rule, check) in &by_child {
                out.rule = *rule;
                check(&child, context, &mut out);
            }
        }
        out.hits
    });
    let of_whole = whole.into_par_iter().flat_map_iter(|(rule, check)| {
        let mut out = Findings::of(rule);
        check(returns, context, &mut out);
        out.hits
    });
    of_children.chain(of_whole).collect()
}

/// Why a rule cannot be asked; `None` when it can.
fn missing(version: &Version, returns: &Returns, context: &Context<'_>) -> Option<String> {
    for table in version.tables {
        if !returns.this().has(*table) {
            return Some(format!("the table {} is not in the return", table.title()));
        }
    }
    for table in version.last {
        match returns.last() {
            None => return Some("last year's return was not given".into()),
            Some(last) if !last.has(*table) => {
                return Some(format!("the table {} is not in last year's return", table.title()));
            }
            Some(_) => {}
        }
    }
    version.needs.iter().find_map(|need| {
        let because = match need {
            Needs::Places if !context.has_places => "no postcode directory was given",
            Needs::Providers if context.providers.is_empty() => "no list of providers was given",
            Needs::Authority if context.authority.is_empty() => {
                "the authority whose return this is was not given"
            }
            Needs::Xml if !context.xml => "the question only applies to a return in XML",
            _ => return None,
        };
        Some(because.to_owned())
    })
}
