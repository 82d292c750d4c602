//! What can be done. Every page and every use case asks for one of these by name.

use kinfold_record::{EventKind, Sensitivity, Strand};

use crate::codes::{Code, CodeSet, codes};

codes! {
    /// One thing somebody may or may not do: to one child's record, or in the authority ([`Action::about_a_child`]).
    Action
    // ---- a child's record: reading
    FindChild "find_child" "Find the child in lists, searches and counts";
    ViewChild "view_child" "Open the child's page and see what is due";
    ViewChronology "view_chronology" "Read everyday entries of the chronology";
    ViewLaw "view_law" "Read legal status, courts and approvals";
    ViewIdentity "view_identity" "Read identifying details: date of birth, NHS number, UPN";
    ViewAddress "view_address" "Read where the child lives";
    ViewConfidentialAddress "view_confidential_address" "Read an address marked confidential";
    ViewContacts "view_contacts" "Read addresses and telephone numbers of family and circle";
    ViewHealth "view_health" "Read health detail";
    ViewHealthDates "view_health_dates" "Read on which days health was looked after, and not what was found";
    ViewThirdParty "view_third_party" "Read facts about other people";
    ViewSafeguarding "view_safeguarding" "Read safeguarding entries";
    ViewRestrictedEntry "view_restricted_entry" "Read restricted entries";
    ViewAnswers "view_answers" "Read questionnaire answers one by one";
    ViewFamilyHealth "view_family_health" "Read the health of the birth family";
    ViewSexualHealth "view_sexual_health" "Read sexual health";
    ViewTherapy "view_therapy" "Read therapy notes";
    ViewSubstanceUse "view_substance_use" "Read about alcohol, drugs and tobacco";
    // ---- a child's record: writing, by strand
    RecordHome "record_home" "Record home and placements";
    RecordLaw "record_law" "Record legal status and courts";
    RecordCare "record_care" "Record plans, reviews and visits";
    RecordHealth "record_health" "Record health";
    RecordSchool "record_school" "Record school and learning";
    RecordPeople "record_people" "Record people and family time";
    RecordSafety "record_safety" "Record safety and missing episodes";
    RecordLeaving "record_leaving" "Record leaving care";
    RecordIdentity "record_identity" "Record who the child is";
    RecordCarers "record_carers" "Record carers and homes";
    RecordNote "record_note" "Record notes";
    SayIt "say_it" "Say something in one’s own space, and read what one said there";
    KeepLog "keep_log" "Use the carer’s space: sign the undertaking, keep a log, ask questions";
    AnswerCarer "answer_carer" "Read a carer’s log, take it into the record, and answer what carers ask";
    FillForm "fill_form" "Fill in the forms that ask one’s role";
    AskOutside "ask_outside" "Ask somebody outside to fill in a section of a form";
    RecordFamilyHealth "record_family_health" "Record the health of the birth family";
    RecordSexualHealth "record_sexual_health" "Record sexual health";
    RecordTherapy "record_therapy" "Record therapy notes";
    RecordHealthNotice "record_health_notice" "Record that health services were told of a child, and what they answered";
    ConductReview "conduct_review" "Call and lead reviews, and raise or settle a dispute about the case";
    ReleaseSensitive "release_sensitive" "Release a copy for somebody outside that holds something sensitive, made by somebody else";
    CorrectEntry "correct_entry" "Correct or withdraw an entry";
    ExcuseDuty "excuse_duty" "Excuse a duty with a reason, or ask for it";
    ApproveExcuse "approve_excuse" "Give an approval somebody else asked for";
    RaiseUnmetNeed "raise_unmet_need" "Raise an unmet need";
    ManageCircle "manage_circle" "Change who is in the child's circle";
    Allocate "allocate" "Give the child to a team or worker";
    RestrictRecord "restrict_record" "Restrict the record and name its readers";
    ViewAccessLog "view_access_log" "See who looked at this record";
    ExportChild "export_child" "Export this record";
    BreakGlass "break_glass" "Open the record in an emergency";
    // ---- the authority
    AddChild "add_child" "Add a child to the record";
    ViewTeamBoard "view_team_board" "See the board of one's own teams";
    ViewAuthorityBoard "view_authority_board" "See the board of the whole authority";
    ExportBoard "export_board" "Export a board";
    ViewMeasures "view_measures" "See figures that name no child";
    ImportReturn "import_return" "Import a statutory return";
    ExportReturn "export_return" "Make the statutory return";
    ManageAccounts "manage_accounts" "Manage accounts and roles";
    ManageTeams "manage_teams" "Manage teams and agencies";
    ArrangeCircle "arrange_circle" "Arrange colleagues in a child's circle by its reference, without seeing the record";
    ViewGuidance "view_guidance" "Read the rules";
    ChangeGuidance "change_guidance" "Switch on local rules";
    ViewAudit "view_audit" "Read the audit";
    ReviewBreakGlass "review_break_glass" "Review emergency openings";
    ViewMatrix "view_matrix" "Read the matrix of rights";
    CalendarFeed "calendar_feed" "Have one's duties as a calendar";
    Verify "verify" "Check that the log is whole";
    ViewHealthQueue "view_health_queue" "See the queue of the health team";
    SetHealthClinics "set_health_clinics" "Say how many children the health clinics can see";
    ViewPlans "view_plans" "Read action plans, self-assessments and the panel’s papers";
    EditPlans "edit_plans" "Make and change action plans";
    CommentAsPanel "comment_as_panel" "Write down what the panel says about an action plan";
    AnswerAudit "answer_audit" "Answer the questions of a self-assessment";
    LeadAudit "lead_audit" "Start and lead self-assessments, and turn findings into actions";
    YoungAuditor "young_auditor" "Answer, as a young auditor, the self-assessments one was invited to";
    PrepareInspection "prepare_inspection" "Make the lists and papers of an inspection";
    RunPanel "run_panel" "Call the panel, make its papers and write its minutes";
    Publish "publish" "Publish annual reports, the strategy, the pledge, the local offer and the needs profile";
    ViewSurveys "view_surveys" "See surveys and what they came to";
    RunSurveys "run_surveys" "Open rounds of surveys, invite, remind, and look through what was written freely";
    ViewDirectory "view_directory" "Read the directory of services with what is for those who work here";
    EditDirectory "edit_directory" "Keep the directory of services: entries, owners, imports";
}

/// What somebody may do in one situation: one snapshot for a page, so that a page asks `may.has(…)` or the named
/// question and never the engine.
pub type ActionSet = CodeSet<Action>;

impl Action {
    /// Is it done to one child's record (and so needs a [`crate::Target::Child`])?
    pub fn about_a_child(self) -> bool {
        (self as usize) <= Self::BreakGlass as usize
    }

    /// What reading an entry of this sensitivity asks for. Entries of the law strand ask for
    /// [`Action::ViewLaw`] as well: see [`Action::to_read`].
    pub fn for_sensitivity(sensitivity: Sensitivity) -> Self {
        match sensitivity {
            Sensitivity::Ordinary => Self::ViewChronology,
            Sensitivity::Health => Self::ViewHealth,
            Sensitivity::ThirdParty => Self::ViewThirdParty,
            Sensitivity::Safeguarding => Self::ViewSafeguarding,
            Sensitivity::Restricted => Self::ViewRestrictedEntry,
            Sensitivity::Answers => Self::ViewAnswers,
            Sensitivity::FamilyHealth => Self::ViewFamilyHealth,
            Sensitivity::SexualHealth => Self::ViewSexualHealth,
            Sensitivity::Therapy => Self::ViewTherapy,
            Sensitivity::SubstanceUse => Self::ViewSubstanceUse,
            // A carer's own notes come back to them whatever their rights: casework knows whose they are.
            Sensitivity::Carer => Self::AnswerCarer,
            // By right only the child's own. Whom else the child chose, casework knows entry by entry.
            Sensitivity::Voice => Self::SayIt,
        }
    }

    /// All that reading an entry asks for: its sensitivity, and the law strand its own right.
    pub fn to_read(strand: Strand, sensitivity: Sensitivity) -> ActionSet {
        let asked = ActionSet::EMPTY.with(Self::for_sensitivity(sensitivity));
        if strand == Strand::Law { asked.with(Self::ViewLaw) } else { asked }
    }

    /// What recording an event of this strand asks for.
    pub fn to_record(strand: Strand) -> Self {
        match strand {
            Strand::Home => Self::RecordHome,
            Strand::Law => Self::RecordLaw,
            Strand::Care => Self::RecordCare,
            Strand::Health => Self::RecordHealth,
            Strand::School => Self::RecordSchool,
            Strand::People => Self::RecordPeople,
            Strand::Safety => Self::RecordSafety,
            Strand::Leaving => Self::RecordLeaving,
            Strand::Identity => Self::RecordIdentity,
            Strand::Carers => Self::RecordCarers,
            Strand::Record => Self::RecordNote,
        }
    }
}

impl Action {
    /// What recording an event of this kind asks for: that of its compartment, or else that of its strand.
    pub fn to_record_kind(kind: EventKind) -> Self {
        match kind.compartment() {
            Some(Sensitivity::FamilyHealth) => Self::RecordFamilyHealth,
            Some(Sensitivity::SexualHealth) => Self::RecordSexualHealth,
            Some(Sensitivity::Therapy) => Self::RecordTherapy,
            Some(Sensitivity::Voice) => Self::SayIt,
            Some(Sensitivity::Carer) => Self::AnswerCarer,
            // What a child is not shown yet is decided by those who answer for who is in the circle.
            _ if matches!(kind, EventKind::OwnPartClosed | EventKind::OwnPartOpened) => Self::ManageCircle,
            _ if of_the_reviewing_officer(kind) => Self::ConductReview,
            _ => Self::to_record(kind.strand()),
        }
    }
}

/// What only the reviewing officer records. The team that holds the case is what is looked at here, so it neither calls
/// nor closes any of it (CPPCR 2010 reg 45).
fn of_the_reviewing_officer(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::ReviewCalled
            | EventKind::ReviewMoved
            | EventKind::ReviewCalledOff
            | EventKind::ReviewInvited
            | EventKind::ReviewLeftOut
            | EventKind::ReviewAction
            | EventKind::ReviewActionMoved
            | EventKind::ReviewCopyReady
            | EventKind::DisputeRaised
            | EventKind::DisputeReferred
            | EventKind::DisputeSettled
    )
}

impl ActionSet {
    /// May an entry of this strand and sensitivity be read?
    pub fn may_read(self, strand: Strand, sensitivity: Sensitivity) -> bool {
        Action::to_read(strand, sensitivity).iter().all(|action| self.has(action))
    }

    /// May an event of this strand be recorded?
    pub fn may_record(self, strand: Strand) -> bool {
        self.has(Action::to_record(strand))
    }

    /// Those done to one child's record, or those done in the authority.
    #[must_use]
    pub fn about_a_child(self, child: bool) -> Self {
        self.iter().filter(|action| action.about_a_child() == child).collect()
    }

    /// May anything at all be recorded?
    pub fn may_record_something(self) -> bool {
        Strand::ALL.into_iter().any(|strand| self.may_record(strand))
    }
}

/// Every action, in order.
pub fn actions() -> &'static [Action] {
    Action::ALL
}
