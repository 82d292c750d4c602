//! Reading one action plan.

use smol_str::SmolStr;
use toml::de::DeTable;

use super::{Action, ActionPlan, ActionStatus, Comment, Progress, Target};
use crate::layer::LayerName;
use crate::library::{Headed as _, few, head, long};
use crate::table::{Reading, Table, hint};
use crate::vocabulary::ROLES;

/// Reads a whole file. `None` when something that must be there is not; the mistakes say what.
pub(crate) fn action_plan(
    reading: &Reading<'_>,
    root: &DeTable<'_>,
    layer: &LayerName,
    path: &str,
) -> Option<ActionPlan> {
    let t = Table::new(reading, root, 0..0, "the action plan");
    let head = head(&t, root, layer, path, ActionPlan::WORD);
    let from = few(&t, "from");
    let reports_to = t.must("reports_to", t.texts("reports_to")).unwrap_or_default();
    let reports_every = t.period("reports_every");
    let reported_on = t.date("reported_on");
    let summary = t.text("summary").map(str::to_owned);
    let comments = comments(&t);
    let mut actions: Vec<Action> = Vec::new();
    for a in t.tables("action") {
        let read = action(&a, &actions);
        a.finish();
        actions.extend(read);
    }
    if actions.is_empty() {
        t.at("action", "the plan has no action", Some("Add [[action]].".into()));
    }
    t.finish();
    Some(ActionPlan {
        head: head?,
        from: from?,
        reports_to: reports_to.into_iter().map(|(to, _)| to.to_string()).collect(),
        reports_every,
        reported_on,
        summary,
        comments,
        actions,
    })
}

fn action(t: &Table<'_, '_>, before: &[Action]) -> Option<Action> {
    let number = few(t, "number");
    if let Some(number) = &number
        && before.iter().any(|a| a.number == *number)
    {
        t.at("number", format!("the action {number} is there twice"), None);
    }
    let place = t.text("place").map(str::to_owned);
    let recommendation = long(t, "recommendation");
    let points = t.texts("points").unwrap_or_default().into_iter().map(|(p, _)| p.to_string()).collect();
    let lead = few(t, "lead");
    let lead_role = t.text("lead_role").map(SmolStr::new);
    if let Some(role) = &lead_role
        && !ROLES.contains(&role.as_str())
    {
        t.at("lead_role", format!("there is no role \"{role}\""), hint(role, ROLES));
    }
    let targets = targets(t);
    let progress = progress(t);
    let comments = comments(t);
    let names = ActionStatus::ALL.map(ActionStatus::as_str);
    let status = t.must("status", t.choice("status", &names, ActionStatus::parse));
    let status_reason = long(t, "status_reason");
    Some(Action {
        number: SmolStr::new(number?),
        place,
        recommendation: recommendation?,
        points,
        lead: lead?,
        lead_role,
        targets,
        progress,
        comments,
        status: status?,
        status_reason: status_reason?,
    })
}

fn targets(t: &Table<'_, '_>) -> Vec<Target> {
    let mut out = Vec::new();
    for d in t.tables("target") {
        let (words, on) = (few(&d, "words"), d.date("on"));
        let of = d.text("of").map(str::to_owned);
        d.finish();
        out.extend(words.map(|words| Target { words, on, of }));
    }
    if out.is_empty() {
        let hint =
            "Add `target = [{ words = \"April 2027\", on = 2027-04-30 }]`, or { words = \"Ongoing\" }.";
        t.at("target", "the action does not say by when", Some(hint.to_owned()));
    }
    out
}

fn progress(t: &Table<'_, '_>) -> Vec<Progress> {
    let mut out: Vec<Progress> = Vec::new();
    for p in t.tables("progress") {
        let (on, text) = (p.must("on", p.date("on")), long(&p, "text"));
        if let (Some(on), Some(last)) = (on, out.last())
            && on < last.on
        {
            p.at("on", "progress is told in the order of its days", None);
        }
        p.finish();
        let progress = || Some(Progress { on: on?, text: text? });
        out.extend(progress());
    }
    out
}

fn comments(t: &Table<'_, '_>) -> Vec<Comment> {
    let mut out = Vec::new();
    for c in t.tables("comment") {
        let (on, by, text) = (c.must("on", c.date("on")), few(&c, "by"), long(&c, "text"));
        c.finish();
        let comment = || Some(Comment { on: on?, by: by?, text: text? });
        out.extend(comment());
    }
    out
}
