//! Forms, as they come back with errors.

use crate::part;
use kinfold_look::form::{
    Button, Checkboxes, Choice, DateInput, FileUpload, FormState, Legend, PasswordInput, Radios, Required,
    Select, TextInput, Textarea, TimeInput, Width, button_group, error_summary,
};
use kinfold_look::{Markup, html};

pub fn parts() -> Markup {
    let mut state = FormState::from_pairs([
        ("visit-day", "31"),
        ("visit-month", "2"),
        ("visit-year", "2026"),
        ("seen", "no"),
        ("notes", "Nobody opened the door."),
        ("who", "carer"),
        ("who", "nurse"),
    ]);
    let _ = state.read_date("visit", "Date of the visit", Required::Yes);
    state.error("why", "Say why the child was not seen");
    state.error("team", "Choose a team");
    let why = Textarea::new("why", "Why not?").rows(3).render(&state);
    part(
        "Form",
        &html! {
            (error_summary(&state))
            form method="post" action="#" novalidate {
                (DateInput::new("visit", Legend::medium("When was the visit?")).hint("For example, 27 3 2026").render(&state))
                (TimeInput::new("at", "What time?").hint("Use the 24-hour clock, for example 15 30").render(&state))
                (Radios::new("seen", Legend::medium("Was the child seen?"), [
                    Choice::new("alone", "Seen alone").hint("Nobody else could hear"),
                    Choice::new("with", "Seen, with others there"),
                    Choice::new("no", "Not seen").after_or().reveal(why),
                ]).render(&state))
                (Radios::yes_no("asked", "Did the child ask for this visit?").render(&state))
                (Checkboxes::new("who", "Who else was there?", [
                    Choice::new("carer", "Foster carer"), Choice::new("nurse", "Nurse"),
                    Choice::new("none", "Nobody").after_or().exclusive(),
                ]).render(&state))
                (Select::new("team", "Team", [("n", "North"), ("s", "South")]).empty("Choose a team").render(&state))
                (TextInput::new("upn", "Unique pupil number").code().width(Width::Chars(20)).hint("13 letters and figures").render(&state))
                (TextInput::new("days", "Days missed").figures().width(Width::Chars(4)).suffix("days").render(&state))
                (Textarea::new("notes", "What did you talk about?").limit(2000).render(&state))
                (FileUpload::new("file", "Attach a file").hint("PDF or picture, up to 20 MB").render(&state))
                (PasswordInput::current("password", "Your password").render(&state))
                (button_group(&[Button::main("Save visit"), Button::secondary("Save draft"), Button::warning("Delete draft")], Some(("Cancel", "#"))))
            }
        },
    )
}
