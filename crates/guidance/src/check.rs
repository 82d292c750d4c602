//! Checks that need a whole rule, or all of them.

use toml::de::DeTable;

use crate::condition::{Condition, Since, Window};
use crate::layer::{Layer, LayerName};
use crate::mistake::{Mistake, position};
use crate::rule::{Anchor, Ending, Rule, WhenAt};
use crate::table::Reading;

/// One rule by itself.
pub(crate) fn one(reading: &Reading<'_>, root: &DeTable<'_>, rule: &Rule) {
    let at = |key: &str| root.get(key).map_or(0, |v| v.span().start);
    let stem = rule.origin.file.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
    let wanted =
        if rule.version == 1 { rule.id.to_string() } else { format!("{}.v{}", rule.id, rule.version) };
    if stem != wanted {
        let hint = format!("Call it {wanted}.toml.");
        reading.mistake(
            at("id"),
            format!("the file of {} version {} is called {stem}.toml", rule.id, rule.version),
            Some(hint),
        );
    }
    if rule.met_by.is_empty() && rule.starts.ending != Ending::Meets {
        let hint = "Add [[met_by]], or `ending = \"meets\"` in [starts] if it is a limit.".to_owned();
        reading.mistake(at("starts"), "nothing can meet this duty", Some(hint));
    }
    for (name, list) in
        [("due", rule.due.iter().collect::<Vec<_>>()), ("then", rule.then.iter().map(|t| &t.due).collect())]
    {
        let last = list.len().saturating_sub(1);
        for (i, due) in list.iter().enumerate() {
            let endless = rule.then.get(i).is_none_or(|t| t.times.is_none()) || name == "due";
            if due.when.is_none() && endless && i < last {
                let message = format!(
                    "the {} [[{name}]] can never be reached: the one before it always applies",
                    ordinal(i + 2)
                );
                reading.mistake(
                    at(name),
                    message,
                    Some("Give the earlier one a `when` or a `times`.".into()),
                );
                break;
            }
            if let Some(when) = &due.when
                && when.at == WhenAt::Due
                && matches!(due.by, crate::rule::By::Field(_))
            {
                reading.mistake(at(name), "`when_at = \"due\"` does not go with `field`", None);
            }
        }
    }
    if rule.starts.continues_from.is_some() && rule.then.is_empty() {
        reading.mistake(at("starts"), "`continues_from` needs a [[then]] to continue with", None);
    }
    if rule.starts.on == Anchor::SchoolTerm && rule.starts.while_.is_none() {
        let hint = "Add `while = { looked_after = true }` to [starts].".to_owned();
        reading.mistake(
            at("starts"),
            "every school term of the child's life would start this duty",
            Some(hint),
        );
    }
    let mut since_anchor = false;
    for condition in [&rule.starts.while_, &rule.starts.when, &rule.starts.unless].into_iter().flatten() {
        condition.walk(&mut |c| {
            since_anchor |= matches!(c, Condition::Happened { window: Window::Since(Since::Anchor), .. });
        });
    }
    if since_anchor {
        let hint = "Use it in a `when` of [[due]] or [[then]].".to_owned();
        reading.mistake(
            at("starts"),
            "`since = \"anchor\"` cannot be asked before there is an anchor",
            Some(hint),
        );
    }
}

fn ordinal(n: usize) -> String {
    match n {
        1 => "first".to_owned(),
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        n => format!("{n}th"),
    }
}

/// All rules beside each other; `rules` are sorted by id and version.
pub(crate) fn together(rules: &[Rule], layers: &[Layer], mistakes: &mut Vec<Mistake>) {
    let mut wrong = |rule: &Rule, key: &str, message: String, hint: Option<String>| {
        let layer = layers.iter().find(|l| l.name == rule.origin.layer);
        let file = layer.and_then(|l| l.files.iter().find(|f| f.path == rule.origin.file));
        let text = file.map(|f| f.text.as_str()).unwrap_or_default();
        let (line, column) = position(text, text.find(&format!("{key} =")).unwrap_or(0));
        let label = layer.map_or_else(|| rule.origin.file.clone(), |l| l.label(&rule.origin.file));
        mistakes.push(Mistake { file: label, line, column, message, hint });
    };
    for pair in rules.windows(2) {
        let [a, b] = pair else { continue };
        if a.id != b.id {
            continue;
        }
        if a.version == b.version {
            let message = format!("{} version {} is also in {}", b.id, b.version, a.origin.file);
            wrong(b, "version", message, Some("Give the newer one the next version.".into()));
        } else if a.effective_to.is_some_and(|to| b.effective_from < to)
            || b.effective_from <= a.effective_from
        {
            let message = format!(
                "version {} of {} starts on {}, while version {} still holds ({} to {})",
                b.version,
                b.id,
                b.effective_from,
                a.version,
                a.effective_from,
                a.effective_to.map_or_else(|| "further notice".to_owned(), |d| d.to_string()),
            );
            wrong(
                b,
                "effective_from",
                message,
                Some("A later version starts after the one before it.".into()),
            );
        }
    }
    for rule in rules {
        let Some(supersedes) = &rule.supersedes else { continue };
        let known = rules.iter().filter(|r| r.id == supersedes.rule && r.origin.layer == LayerName::National);
        if known.clone().count() == 0 {
            let ids = rules.iter().filter(|r| r.origin.layer == LayerName::National).map(|r| r.id.as_str());
            let message = format!("there is no national rule \"{}\" to supersede", supersedes.rule);
            wrong(rule, "supersedes", message, crate::table::hint(&supersedes.rule, ids));
        }
        for other in rules {
            let same = other.supersedes.as_ref().is_some_and(|s| s.rule == supersedes.rule);
            if same && other.id < rule.id {
                let message = format!("\"{}\" is superseded by {} already", supersedes.rule, other.id);
                wrong(rule, "supersedes", message, Some("One local rule may replace a national one.".into()));
            }
        }
    }
}
