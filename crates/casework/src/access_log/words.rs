//! What the log says was done, in plain words.

use kinfold_access::{Action, Code};
use serde_json::Value;

/// What is done, as the log calls it, in words, and whether it takes information out.
const DEEDS: &[(&str, &str, bool)] = &[
    ("view_child", "Opened the child’s page", false),
    ("view_chronology", "Read the chronology", false),
    ("view_duty", "Read a duty", false),
    ("view_circle", "Read the circle", false),
    ("find_circle", "Looked for a circle by a child’s reference", false),
    ("view_circle_by_reference", "Read by reference which colleagues are in the circle", false),
    ("arrange_circle", "Changed by reference which colleagues are in the circle", false),
    ("view_access_log", "Read who looked", false),
    ("record", "Recorded something", false),
    ("export_review_year", "Exported the report of reviews of a year", true),
    ("view_review_year", "Read the report of reviews of a year", false),
    ("view_own_space", "Read their own space", false),
    ("view_voice", "Read what the child said", false),
    ("reply_to_child", "Replied to the child", false),
    ("view_undertaking", "Read the confidentiality undertaking", false),
    ("sign_undertaking", "Signed the confidentiality undertaking", false),
    ("view_carers_space", "Read their space as a carer", false),
    ("write_carers_log", "Wrote in their log as a carer", false),
    ("withdraw_carers_log", "Took back a note of their log", false),
    ("carer_asked", "Asked something as a carer", false),
    ("view_carers_log", "Read a carer’s log and questions", false),
    ("answer_carers_log", "Looked at a carer’s note", false),
    ("reply_to_carer", "Replied to a carer", false),
    ("save_draft", "Kept a draft", false),
    ("view_form", "Read a form being filled in", false),
    ("start_form", "Started a form", false),
    ("fill_form", "Filled in part of a form", false),
    ("discard_form", "Threw a form away", false),
    ("submit_form", "Submitted a form", false),
    ("view_document", "Read a submitted form", false),
    ("ask_outside", "Asked somebody outside to fill in a section", false),
    ("take_link_back", "Took back the link to a section", false),
    ("chase_outside", "Reminded somebody outside of a section", false),
    ("outside_code", "Asked for a code to open a section", false),
    ("outside_prove", "Gave the code to open a section", false),
    ("outside_view", "Opened a section by a link", false),
    ("outside_fill", "Filled in a section by a link", false),
    ("outside_send", "Sent a section back", false),
    ("prepare_copy", "Made a copy for somebody outside", false),
    ("send_copy", "Sent a copy to somebody outside", true),
    ("release_sensitive", "Released a sensitive copy", false),
    ("refuse_copy", "Refused to release a sensitive copy", false),
    ("take_copy_back", "Took back a copy", false),
    ("copy_code", "Asked for a code to read a copy", false),
    ("copy_prove", "Gave the code to read a copy", false),
    ("copy_read", "Read a copy by a link", false),
    ("escalate", "Told colleagues of something late or stuck", false),
    ("search", "Searched", false),
    ("view_worklist", "Read their own work", false),
    ("view_board", "Read a board", false),
    ("view_measures", "Read measures", false),
    ("export_measures", "Exported measures", true),
    ("export_child", "Exported the record", true),
    ("export_fhir", "Read the record with another program (FHIR)", true),
    ("export_passport", "Took a copy of the health passport away", true),
    ("import_fhir", "Recorded with another program (FHIR)", false),
    ("export_board", "Exported a board", true),
    ("export_access_log", "Exported who looked", true),
    ("export_audit", "Exported the audit", true),
    ("view_audit", "Read the audit", false),
    ("view_matrix", "Read the matrix of rights", false),
    ("break_glass", "Opened the record in an emergency", false),
    ("close_break_glass", "Closed an emergency opening", false),
    ("review_break_glass", "Reviewed emergency openings", false),
    ("sign_in", "Signed in", false),
    ("sign_out", "Signed out", false),
    ("reauthenticate", "Gave their password again", false),
    ("change_password", "Changed their password", false),
];

/// The kinds a log can be filtered by: code and words.
pub fn kinds(about_a_child: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    const ELSEWHERE: [&str; 13] = [
        "search",
        "view_measures",
        "export_measures",
        "view_worklist",
        "view_board",
        "export_board",
        "export_audit",
        "view_audit",
        "view_matrix",
        "sign_in",
        "sign_out",
        "reauthenticate",
        "change_password",
    ];
    DEEDS
        .iter()
        .filter(move |(code, ..)| !about_a_child || !ELSEWHERE.contains(code))
        .map(|(code, words, _)| (*code, *words))
}

/// What a line says was done, from its code and the few facts kept with it.
pub(super) fn deed(action: &str, allowed: bool, detail: &Value) -> String {
    let page = detail["page"].as_str().unwrap_or("");
    let words = match (action, page) {
        ("view_child", "emergency") => "Opened the page of an emergency opening",
        ("break_glass", "form") => "Opened the page for emergencies",
        ("review_break_glass", "openings") => "Read the list of emergency openings",
        _ => match DEEDS.iter().find(|(code, ..)| *code == action) {
            Some((_, words, _)) => words,
            None => return Action::parse(action).map_or_else(|| sentence(action), |a| a.title().to_owned()),
        },
    };
    let words = if allowed { words.to_owned() } else { format!("Tried: {}", lower_first(words)) };
    match detail["step"].as_str() {
        Some(step) => format!("{words} ({step})"),
        None => words,
    }
}

/// A code as words, for deeds and purposes that this version does not know.
pub(super) fn sentence(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Whether this takes information out.
pub(super) fn is_export(action: &str) -> bool {
    action.starts_with("export") || DEEDS.iter().any(|(code, _, export)| *code == action && *export)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn deeds_are_told_in_words_and_refusals_as_attempts() {
        assert_eq!(deed("view_chronology", true, &json!({})), "Read the chronology");
        assert_eq!(deed("view_child", false, &json!({})), "Tried: opened the child’s page");
        assert_eq!(deed("sign_in", true, &json!({"step": "code"})), "Signed in (code)");
        assert_eq!(deed("allocate", true, &json!({})), "Give the child to a team or worker");
        assert_eq!(deed("something_new", true, &json!({})), "Something new");
    }

    #[test]
    fn what_takes_information_out_is_marked() {
        assert!(is_export("export_child") && is_export("export_something_new"));
        assert!(!is_export("view_child"));
    }
}
