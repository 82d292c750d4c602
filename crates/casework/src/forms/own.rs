//! Forms that are not open to everybody who fills in such forms: a questionnaire that a young person answers about
//! themselves, and the correction of a document of which not everybody may read all.

use kinfold_access::Action;
use kinfold_forms::Answers;
use kinfold_guidance::form::{Form, Section};
use kinfold_record::{Event, PersonId, Timeline};
use kinfold_store::{FormOpenRow, FormStanding};

use crate::actor::Actor;
use crate::child::ChildHandle;

/// Whether a form that is being filled in was begun for the child themselves.
pub(crate) fn is_the_childs(row: &FormOpenRow, timeline: &Timeline) -> bool {
    let theirs = |m: &kinfold_record::Membership| {
        m.role == "young_person" && m.person == Some(PersonId(row.started_by))
    };
    row.state == FormStanding::Open && timeline.circle.iter().any(theirs)
}

/// Whether a form is the child's own to fill in, and this is somebody else: what is written there is nobody's to read
/// before it is sent, whatever place they hold.
pub(crate) fn is_anothers(row: &FormOpenRow, timeline: &Timeline, actor: &Actor) -> bool {
    row.started_by != actor.person().0 && is_the_childs(row, timeline)
}

/// Whether an entry is what the child it is about says of themselves in a questionnaire. They may hand that in without a
/// right to record health: nobody else holds the right to say it.
pub(super) fn said_of_oneself(event: &Event, handle: &ChildHandle) -> bool {
    let informant = match event {
        Event::Sdq { informant, .. } | Event::SdqAnswers { informant, .. } => informant,
        _ => return false,
    };
    informant == "self" && handle.may.has(Action::SayIt)
}

/// Whether somebody with these roles may read every section that has answers. A correction begins with all answers of a
/// document, so it is begun and worked on by those who may, and by whoever submitted the document.
pub(super) fn reads_all(form: &Form, answers: &Answers, roles: &[&str], handle: &ChildHandle) -> bool {
    let empty = |s: &Section| answers.part(s) == Answers::default();
    let reads = |s: &Section| s.may_read(roles) && handle.may.may_read(form.strand, s.sensitivity);
    form.sections.iter().all(|s| empty(s) || reads(s))
}
