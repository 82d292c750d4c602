//! Reading one rule.

use kinfold_record::{EventKind, Sensitivity, Strand, Subject};
use smol_str::SmolStr;
use toml::de::DeTable;

use crate::canonical;
use crate::event_read::met_by;
use crate::layer::LayerName;
use crate::rule::{
    Approver, Confidence, ExcuseTerms, Handoff, MetBy, Origin, Owner, Rule, Rung, Source, Supersedes,
};
use crate::starts_read::{due, starting_kinds, starts, then};
use crate::table::{Reading, Table, hint};
use crate::vocabulary::ROLES;

fn check_role(t: &Table<'_, '_>, key: &'static str) -> Option<SmolStr> {
    let role = t.text(key)?;
    let circle = t.reading.codes.list("circle_role");
    if !ROLES.contains(&role) && circle.is_none_or(|l| l.get(role).is_none()) {
        t.at(key, format!("there is no role \"{role}\""), hint(role, ROLES));
    }
    Some(SmolStr::new(role))
}

fn id(t: &Table<'_, '_>, layer: &LayerName) -> Option<SmolStr> {
    let id = t.must("id", t.text("id"))?;
    let well_formed = id.contains('.')
        && id.split('.').all(|part| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        });
    if !well_formed {
        let hint = "Write it like \"review.first\": small letters, digits and _, with a dot.".to_owned();
        t.at("id", format!("\"{id}\" is not an id"), Some(hint));
    }
    let local = id.starts_with("local.");
    match layer {
        LayerName::National if local => {
            t.at("id", "a national rule cannot have an id that starts with `local.`", None)
        }
        LayerName::Local(_) if !local => t.at(
            "id",
            format!("\"{id}\" is in a local layer, so its id must start with `local.`"),
            Some(
                "To change a national rule, name it in `supersedes`, with `reason` and `approved_by`.".into(),
            ),
        ),
        _ => {}
    }
    Some(SmolStr::new(id))
}

/// Reads a whole file. `None` when something that must be there is not; the mistakes say what.
pub(crate) fn rule(reading: &Reading<'_>, root: &DeTable<'_>, layer: &LayerName, path: &str) -> Option<Rule> {
    let t = Table::new(reading, root, 0..0, "the rule");
    let id = id(&t, layer);
    let version = t.must("version", t.number("version")).unwrap_or(1);
    if version < 1 {
        t.at("version", "versions count from 1", None);
    }
    let title = t.must("title", t.text("title"));
    let about = t.choice("about", &["child", "carer", "home"], Subject::parse).unwrap_or_default();
    let strands: Vec<&str> = Strand::ALL.iter().map(|s| s.as_str()).collect();
    let strand = t.must("strand", t.choice("strand", &strands, Strand::parse));
    let why = t.must("why", t.text("why"));
    let confidence = t.must(
        "confidence",
        t.choice("confidence", &["A", "B", "L", "M"], |s| match s {
            "A" => Some(Confidence::A),
            "B" => Some(Confidence::B),
            "L" => Some(Confidence::L),
            "M" => Some(Confidence::M),
            _ => None,
        }),
    );
    let from = t.must("effective_from", t.date("effective_from"));
    let to = t.date("effective_to");
    if let (Some(from), Some(to)) = (from, to)
        && to <= from
    {
        t.at("effective_to", "the rule ends before it begins", None);
    }
    let levels = Sensitivity::ALL.map(Sensitivity::as_str);
    let sensitivity = t.choice("sensitivity", &levels, Sensitivity::parse).unwrap_or_default();
    let owner = t.must("owner", t.table("owner")).and_then(|o| {
        let role = o.must("role", check_role(&o, "role"));
        let field = o.text("field").map(SmolStr::new);
        let owner = Owner { role: role.unwrap_or_default(), fallback: check_role(&o, "fallback"), field };
        o.finish();
        (!owner.role.is_empty()).then_some(owner)
    });
    let source = t.must("source", t.table("source")).and_then(|s| {
        let cite = s.must("cite", s.text("cite"));
        let out = Source {
            cite: cite.unwrap_or_default().to_owned(),
            url: s.text("url").map(str::to_owned),
            note: s.text("note").map(str::to_owned),
        };
        s.finish();
        (!out.cite.is_empty()).then_some(out)
    });
    let supersedes = supersedes(&t, layer);
    let starts = t.must("starts", t.table("starts")).and_then(starts);
    let on = starts.as_ref().map(|s| &s.on);
    let mut dues = Vec::new();
    let _ = t.must("due", t.has("due").then_some(()));
    for d in t.tables("due") {
        dues.extend(due(&d, on));
        d.finish();
    }
    let thens = t.tables("then").into_iter().filter_map(|d| then(d, on)).collect();
    let starting = on.map(starting_kinds).unwrap_or_default();
    let events = |key: &'static str| {
        let mut out = Vec::new();
        for m in t.tables(key) {
            out.extend(met_by(&m, &starting));
            m.finish();
        }
        out
    };
    let met_by = events("met_by");
    let excused_by = events("excused_by");
    let excuse = t.table("excuse").map(excuse);
    let handoffs = handoffs(&t, &starting);
    let ladder = ladder(&t);
    let out = (|| {
        Some(Rule {
            id: id?,
            version: u16::try_from(version).unwrap_or(1),
            title: SmolStr::new(title?),
            about,
            strand: strand?,
            why: why?.to_owned(),
            confidence: confidence?,
            effective_from: from?,
            effective_to: to,
            owner: owner?,
            sensitivity,
            source: source?,
            starts: starts?,
            due: dues,
            then: thens,
            met_by,
            excused_by,
            excuse,
            handoffs,
            ladder,
            supersedes,
            origin: Origin { layer: layer.clone(), file: path.to_owned(), line: 1 },
            hash: canonical::hash(root),
        })
    })();
    t.finish();
    out
}

/// `supersedes`, `reason` and `approved_by`, of rules and of forms.
pub(crate) fn supersedes(t: &Table<'_, '_>, layer: &LayerName) -> Option<Supersedes> {
    let (rule, reason, approved_by) = (t.text("supersedes"), t.text("reason"), t.text("approved_by"));
    if *layer == LayerName::National {
        for key in ["supersedes", "reason", "approved_by"] {
            if t.has(key) {
                t.at(
                    key,
                    format!("`{key}` is for a local layer; national guidance gets a new version"),
                    None,
                );
            }
        }
        return None;
    }
    match (rule, reason, approved_by) {
        (Some(rule), Some(reason), Some(approved_by)) => Some(Supersedes {
            rule: SmolStr::new(rule),
            reason: reason.to_owned(),
            approved_by: approved_by.to_owned(),
        }),
        (None, None, None) => None,
        _ => {
            t.at(
                "supersedes",
                "`supersedes`, `reason` and `approved_by` go together",
                Some("Give all three.".into()),
            );
            None
        }
    }
}

fn excuse(t: Table<'_, '_>) -> ExcuseTerms {
    let approvers = t.reading.codes.list("approver");
    let approver = match t.text("approver") {
        Some(code) if approvers.is_some_and(|l| l.get(code).is_some()) => Approver::Role(code.into()),
        Some(_) => check_role(&t, "approver").map_or(Approver::Anyone, Approver::Role),
        None => Approver::Anyone,
    };
    let reasons = t.codes("reasons", "excuse").unwrap_or_default();
    t.finish();
    ExcuseTerms { approver, reasons }
}

fn handoffs(t: &Table<'_, '_>, starting: &[EventKind]) -> Vec<Handoff> {
    let mut out: Vec<Handoff> = Vec::new();
    for h in t.tables("handoffs") {
        let step = h.must("step", h.text("step"));
        let title = h.must("title", h.text("title"));
        let owner = h.must("owner", check_role(&h, "owner"));
        let (within, before_due) = (h.period("within"), h.period("before_due"));
        match (within, before_due) {
            (Some(_), Some(_)) => {
                h.at("before_due", "a hand-off takes `within` or `before_due`, not both", None)
            }
            // A key that cannot be read has its own mistake.
            (None, None) if !h.has("within") && !h.has("before_due") => h.at(
                "step",
                "this hand-off has no day by which it is expected, so nothing can ever be stuck at it",
                Some(
                    "Add `within = \"5 working days\"` (from the duty's start) or `before_due = \"4 weeks\"`."
                        .into(),
                ),
            ),
            _ => {}
        }
        let cite = h.text("cite").map(str::to_owned);
        let mut done_by: Vec<MetBy> = met_by(&h, starting).into_iter().collect();
        for other in h.tables("or") {
            done_by.extend(met_by(&other, starting));
            other.finish();
        }
        if let Some(step) = step
            && out.iter().any(|o| o.step == step)
        {
            h.at("step", format!("the step \"{step}\" is there twice"), None);
        }
        h.finish();
        if let (Some(step), Some(title), Some(owner), false) = (step, title, owner, done_by.is_empty()) {
            out.push(Handoff {
                step: step.into(),
                title: title.to_owned(),
                owner,
                within,
                before_due,
                cite,
                done_by,
            });
        }
    }
    out
}

fn ladder(t: &Table<'_, '_>) -> Vec<Rung> {
    let mut out: Vec<Rung> = Vec::new();
    for r in t.tables("ladder") {
        let after = r.must("after", r.period("after"));
        let role = r.must("role", check_role(&r, "role"));
        if let (Some(after), Some(role)) = (after, role) {
            if let Some(last) = out.last()
                && last.after.rough_hours() >= after.rough_hours()
            {
                let message = format!("\"{after}\" is not later than the step above it (\"{}\")", last.after);
                r.at("after", message, Some("A ladder goes up in time.".into()));
            }
            out.push(Rung { after, role });
        }
        r.finish();
    }
    out
}
