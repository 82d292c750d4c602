//! All forms beside each other, and beside the rules they serve.

use super::{Form, Forms};
use crate::layer::{Layer, LayerName};
use crate::mistake::{Mistake, position};
use crate::rule::Rule;
use crate::table::hint;

/// Checks `forms`, sorted by id and version.
pub(crate) fn together(forms: &Forms, rules: &[Rule], layers: &[Layer], mistakes: &mut Vec<Mistake>) {
    let mut wrong = |form: &Form, key: &str, message: String, hint: Option<String>| {
        let layer = layers.iter().find(|l| l.name == form.origin.layer);
        let file = layer.and_then(|l| l.files.iter().find(|f| f.path == form.origin.file));
        let text = file.map(|f| f.text.as_str()).unwrap_or_default();
        let (line, column) = position(text, text.find(&format!("{key} =")).unwrap_or(0));
        let label = layer.map_or_else(|| form.origin.file.clone(), |l| l.label(&form.origin.file));
        mistakes.push(Mistake { file: label, line, column, message, hint });
    };
    for pair in forms.list.windows(2) {
        let [a, b] = pair else { continue };
        if a.id == b.id && a.version == b.version {
            let message = format!("{} version {} is also in {}", b.id, b.version, a.origin.file);
            wrong(b, "version", message, Some("Give the newer one the next version.".into()));
        } else if a.id == b.id
            && (a.effective_to.is_some_and(|to| b.effective_from < to)
                || b.effective_from <= a.effective_from)
        {
            let message = format!(
                "version {} of {} starts on {}, while version {} still holds",
                b.version, b.id, b.effective_from, a.version
            );
            wrong(
                b,
                "effective_from",
                message,
                Some("A later version starts after the one before it, and ends it.".into()),
            );
        }
    }
    for form in &forms.list {
        for rule in &form.serves {
            if !rules.iter().any(|r| r.id == *rule) {
                let known = rules.iter().map(|r| r.id.as_str());
                wrong(form, "serves", format!("there is no rule \"{rule}\""), hint(rule, known));
            }
        }
        let Some(supersedes) = &form.supersedes else { continue };
        let national = || forms.list.iter().filter(|f| f.origin.layer == LayerName::National);
        if !national().any(|f| f.id == supersedes.rule) {
            let near = hint(&supersedes.rule, national().map(|f| f.id.as_str()));
            let message =
                format!("there is no national form \"{}\" to use this one instead of", supersedes.rule);
            wrong(form, "supersedes", message, near);
        }
        let other = forms
            .list
            .iter()
            .find(|o| o.id < form.id && o.supersedes.as_ref().is_some_and(|s| s.rule == supersedes.rule));
        if let Some(other) = other {
            let message = format!("\"{}\" is replaced by {} already", supersedes.rule, other.id);
            wrong(form, "supersedes", message, Some("One local form may replace a national one.".into()));
        }
    }
}
