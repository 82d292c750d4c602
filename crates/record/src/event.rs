//! Every kind of thing that can be recorded. The list is append-only, like the entries: a kind or a field that has
//! landed is never renamed or removed, because stored JSON is read for ever (golden files prove it).
//!
//! To add a kind: add it here, its codes under `guidance/codes/`, a golden file under `tests/golden/`, and what it
//! means for the timeline in `fold.rs` (if it changes a period rather than only happening).

use jiff::civil::Date as Day;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr as Code;

use crate::field::{Fact, FactValue, FieldKind, FieldSpec};
use crate::ids::PersonId as Person;

type Flag = bool;
type Number = i32;
type Line = String;
type Text = String;
type Address = String;
type Codes = Vec<Code>;

/// The strand of a child's life an event belongs to: the bands of the ribbon and the filters of the chronology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strand {
    /// Who the child is.
    Identity,
    /// Where the child lives and who cares for them.
    Home,
    /// Legal status, courts, approvals and notices.
    Law,
    /// Plans, reviews and visits.
    Care,
    /// Health and wellbeing.
    Health,
    /// School and learning.
    School,
    /// People who stay: the circle.
    People,
    /// Safety: missing, restrictions.
    Safety,
    /// From sixteen: leaving care.
    Leaving,
    /// Carers and homes that children live with.
    Carers,
    /// The record itself: notes, excuses, withdrawals.
    Record,
}

impl Strand {
    /// Every strand in the order the ribbon draws them.
    pub const ALL: [Self; 11] = [
        Self::Home,
        Self::Law,
        Self::Care,
        Self::School,
        Self::Health,
        Self::People,
        Self::Safety,
        Self::Leaving,
        Self::Identity,
        Self::Carers,
        Self::Record,
    ];

    /// Name in filters and files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Home => "home",
            Self::Law => "law",
            Self::Care => "care",
            Self::Health => "health",
            Self::School => "school",
            Self::People => "people",
            Self::Safety => "safety",
            Self::Leaving => "leaving",
            Self::Carers => "carers",
            Self::Record => "record",
        }
    }

    /// What a person reads.
    pub fn title(self) -> &'static str {
        match self {
            Self::Identity => "Who the child is",
            Self::Home => "Home",
            Self::Law => "Law",
            Self::Care => "Plans, reviews and visits",
            Self::Health => "Health",
            Self::School => "School",
            Self::People => "People",
            Self::Safety => "Safety",
            Self::Leaving => "Leaving care",
            Self::Carers => "Carers and homes",
            Self::Record => "The record",
        }
    }

    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|x| x.as_str() == s)
    }
}

macro_rules! field_kind {
    (Code $list:literal) => {
        FieldKind::Code($list)
    };
    (Codes $list:literal) => {
        FieldKind::Codes($list)
    };
    // A reference to something that is not a code list (a rule id, an occurrence).
    (Code) => {
        FieldKind::Line
    };
    ($kind:ident) => {
        FieldKind::$kind
    };
}

macro_rules! events {
    ($(
        $(#[$doc:meta])*
        $variant:ident $kind:literal $title:literal $strand:ident
        { $($req:ident : $rty:ident $($rlist:literal)? = $rlabel:literal),* $(,)? }
        { $($opt:ident : $oty:ident $($olist:literal)? = $olabel:literal),* $(,)? }
    )*) => {
        /// What happened. Stored as JSON with the kind in `kind`.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "kind", deny_unknown_fields)]
        pub enum Event {$(
            $(#[$doc])*
            #[serde(rename = $kind)]
            #[allow(missing_docs, reason = "each field's label in the schema is its description")]
            $variant {
                $($req: $rty,)*
                $(#[serde(default, skip_serializing_if = "Option::is_none")] $opt: Option<$oty>,)*
            },
        )*}

        /// The kind of an event, without its facts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum EventKind {$(
            $(#[$doc])*
            #[serde(rename = $kind)]
            $variant,
        )*}

        impl EventKind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Name in stored JSON, guidance files and the kind column.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $kind),* }
            }

            /// What a person reads.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }

            /// The strand it belongs to.
            pub fn strand(self) -> Strand {
                match self { $(Self::$variant => Strand::$strand),* }
            }

            /// Its fields: required ones first, in form order.
            pub fn fields(self) -> &'static [FieldSpec] {
                match self {$(
                    Self::$variant => &[
                        $(FieldSpec { name: stringify!($req), label: $rlabel, kind: field_kind!($rty $($rlist)?), required: true },)*
                        $(FieldSpec { name: stringify!($opt), label: $olabel, kind: field_kind!($oty $($olist)?), required: false },)*
                    ],
                )*}
            }
        }

        impl Event {
            /// Its kind.
            pub fn kind(&self) -> EventKind {
                match self { $(Self::$variant { .. } => EventKind::$variant),* }
            }

            /// Its comparable values, for rules and measures.
            #[allow(unused_assignments, unused_mut, unused_variables, reason = "kinds without fields")]
            pub fn facts(&self) -> Vec<Fact> {
                let mut out = Vec::new();
                let mut field = 0u8;
                match self {$(
                    Self::$variant { $($req,)* $($opt,)* } => {
                        $($req.facts(field, &mut out); field += 1;)*
                        $($opt.facts(field, &mut out); field += 1;)*
                    }
                )*}
                out
            }

            /// Shows every text and code it holds, with the field it is in: for checks of codes and of what was typed.
            #[allow(unused_assignments, unused_mut, unused_variables, reason = "kinds without fields")]
            pub fn strings<'a>(&'a self, see: &mut dyn FnMut(&'static FieldSpec, &'a str)) {
                let mut fields = self.kind().fields().iter();
                match self {$(
                    Self::$variant { $($req,)* $($opt,)* } => {
                        $(if let Some(spec) = fields.next() { $req.strings(&mut |s| see(spec, s)); })*
                        $(if let Some(spec) = fields.next() { $opt.strings(&mut |s| see(spec, s)); })*
                    }
                )*}
            }
        }
    };
}

events! {
    // ---- who the child is
    /// A child becomes known. The first entry of every child's chronology.
    ChildRegistered "child_registered" "Child added to the record" Identity
    { given_name: Line = "First name", family_name: Line = "Family name", date_of_birth: Day = "Date of birth" }
    { known_as: Line = "Likes to be called", sex: Code "sex" = "Sex", ethnicity: Code "ethnicity" = "Ethnicity",
      nhs_number: Line = "NHS number", upn: Line = "Unique pupil number", local_id: Line = "Local identifier",
      first_language: Line = "First language", disabled: Flag = "Does the child have a disability?" }
    /// A fact about who the child is changed or became known.
    IdentityChanged "identity_changed" "Personal details changed" Identity
    { }
    { given_name: Line = "First name", family_name: Line = "Family name", date_of_birth: Day = "Date of birth",
      known_as: Line = "Likes to be called", sex: Code "sex" = "Sex", ethnicity: Code "ethnicity" = "Ethnicity",
      nhs_number: Line = "NHS number", upn: Line = "Unique pupil number", local_id: Line = "Local identifier",
      first_language: Line = "First language", religion: Line = "Religion or belief",
      disabled: Flag = "Does the child have a disability?", also_known_as: Line = "Another name used" }
    /// Whether the child is an unaccompanied asylum-seeking child (CPPCR 2010 reg 5(1)(f)).
    AsylumStatus "asylum_status" "Unaccompanied asylum-seeking status" Identity
    { unaccompanied: Flag = "Is the child unaccompanied and seeking asylum?" }
    { trafficked: Flag = "Is the child, or might they be, a victim of trafficking?", ends_on: Day = "Status ends on" }
    /// The young person is a mother (SSDA903 MOTHER, MC_DOB).
    BecameMother "became_mother" "Became a mother" Identity
    { } { baby_born_on: Day = "Baby's date of birth" }
    /// The child died.
    Died "died" "Died" Identity { } { notified: Flag = "Have the Secretary of State and Ofsted been told?" }

    // ---- law
    /// A child starts to be looked after.
    CareStarted "care_started" "Came into care" Law
    { legal_status: Code "legal_status" = "Legal status" }
    { category_of_need: Code "category_of_need" = "Main reason", home_postcode: Address = "Postcode of the family home",
      planned: Flag = "Was it planned?" }
    /// The legal basis changed while the child stayed looked after.
    LegalStatusChanged "legal_status_changed" "Legal status changed" Law
    { legal_status: Code "legal_status" = "New legal status" }
    { expires_on: Day = "Runs out on" }
    /// The child ceased to be looked after.
    CareCeased "care_ceased" "Stopped being looked after" Law
    { reason: Code "care_end_reason" = "Reason" }
    { new_home: Code "new_home" = "Where they went to live", text: Text = "What was agreed about support" }
    /// A care or supervision application was issued (CA89 s.32).
    ProceedingsIssued "proceedings_issued" "Care proceedings issued" Law { } { extended_to: Day = "Extended by the court to" }
    /// The proceedings ended.
    ProceedingsEnded "proceedings_ended" "Care proceedings ended" Law { } { outcome: Code "proceedings_outcome" = "Outcome" }
    /// An approval the law asks for was given.
    ApprovalGiven "approval_given" "Approval given" Law
    { approval: Code "approval" = "What was approved" }
    { approver: Code "approver" = "In what capacity", approved_by: Person = "Who approved", text: Text = "Reasons" }
    /// A notice the law asks for was sent.
    NoticeSent "notice_sent" "Notice sent" Law
    { notice: Code "notice" = "What about" }
    { recipients: Codes "notifiee" = "Sent to", withheld_from: Codes "notifiee" = "Withheld from", reason: Text = "Why anything was withheld or late" }
    /// A notice was acknowledged.
    NoticeAcknowledged "notice_acknowledged" "Notice acknowledged" Law
    { notice: Code "notice" = "What about", recipient: Code "notifiee" = "By whom" } { }
    /// An authorisation to deprive the child of liberty started (SSDA903 DoLO).
    LibertyOrderStarted "liberty_order_started" "Deprivation of liberty order started" Law { } { expires_on: Day = "Runs out on" }
    /// The authorisation ended.
    LibertyOrderEnded "liberty_order_ended" "Deprivation of liberty order ended" Law { } { }
    /// It was decided that the child should be placed for adoption (SSDA903 DATE_PLACED).
    AdoptionDecided "adoption_decided" "Should be placed for adoption: decision" Law { } { authorised_by: Code "adoption_authority" = "Authority to place" }
    /// The decision that the child should be placed for adoption was reversed.
    AdoptionDecisionReversed "adoption_decision_reversed" "No longer to be placed for adoption" Law { reason: Code "adoption_reversal_reason" = "Reason" } { }
    /// The child was matched with adopters.
    AdoptersMatched "adopters_matched" "Matched with adopters" Law { }
    { foster_carers: Flag = "Were they the child's foster carers?", adopters: Number = "How many adopters",
      adopter_sex: Code "adopter_sex" = "Adopters", adopter_status: Code "adopter_status" = "Their legal relationship" }
    /// The child had a permanent home before this period of care, which ended (SSDA903 PREV_PERM).
    PreviousPermanence "previous_permanence" "Earlier permanent arrangement" Law
    { arrangement: Code "previous_permanence" = "What it was" }
    { authority: Code "local_authority" = "Which authority", ordered_on: Line = "Date of the order, as far as known (zz for unknown parts)" }

    // ---- home
    /// The child goes to live somewhere. Ends the home before it on the same day.
    PlacementStarted "placement_started" "Moved to a home" Home
    { placement_type: Code "placement_type" = "What kind of home" }
    { provider: Code "placement_provider" = "Who provides it", carer_name: Line = "Who cares for the child there",
      carer: Person = "Carer's account", address: Address = "Address", postcode: Address = "Postcode",
      address_confidential: Flag = "Must the address be kept from anyone?", urn: Line = "Ofsted number (URN)",
      location: Code "location" = "Where it is, against our own area", basis: Code "placement_basis" = "On what basis",
      planned: Flag = "Was the move planned?", to_eighteen: Flag = "Is it meant to last until the child is 18?",
      same_carer: Flag = "Did the carer move with the child?", ks4_disrupted: Flag = "Does it disrupt education in key stage 4?" }
    /// Something about where the child lives changed without a move: long-term fostering agreed, fewer visits agreed.
    PlacementTermsChanged "placement_terms_changed" "Terms of the placement changed" Home
    { }
    { placement_type: Code "placement_type" = "Kind of home now", to_eighteen: Flag = "Is it meant to last until the child is 18?",
      long_term_fostering: Flag = "Is it a long-term foster placement (all three conditions met)?",
      fewer_visits_agreed: Flag = "Does the child agree to be visited less often?", address_confidential: Flag = "Must the address be kept from anyone?",
      basis: Code "placement_basis" = "On what basis" }
    /// A placement ended without another starting the same day.
    PlacementEnded "placement_ended" "Left a home" Home
    { }
    { reason: Code "placement_end_reason" = "Reason", planned: Flag = "Was it planned?" }

    // ---- plans, reviews, visits
    /// A plan was made or agreed.
    PlanMade "plan_made" "Plan made" Care
    { plan: Code "plan" = "Which plan" }
    { signed: Flag = "Signed by the right person?", agreed_by: Codes "plan_agreement" = "Agreed with", child_wishes: Text = "What the child wanted" }
    /// A plan was looked at again and kept or changed.
    PlanReviewed "plan_reviewed" "Plan reviewed" Care
    { plan: Code "plan" = "Which plan" }
    { changed: Flag = "Was it changed?" }
    /// A statutory review was held.
    ReviewHeld "review_held" "Review held" Care
    { review: Code "review" = "Which review" }
    { participation: Code "review_participation" = "How the child took part", meeting: Flag = "Was there a meeting?",
      chaired_by: Person = "Chaired by", spoke_alone: Flag = "Did the reviewing officer speak with the child alone?",
      adjourned: Flag = "Was it adjourned?", text: Text = "Decisions" }
    /// Something the review must produce was produced.
    ReviewOutput "review_output" "Review follow-up done" Care
    { output: Code "review_output" = "What" } { }
    /// Somebody visited the child on the authority's behalf, or tried to (CPPCR 2010 regs 28-29).
    Visit "visit" "Visit" Care
    { seen: Flag = "Was the child seen?" }
    { seen_alone: Flag = "Was the child seen alone?", not_alone_reason: Code "not_seen_alone" = "Why not alone",
      not_seen_reason: Code "not_seen" = "Why not seen", place: Code "visit_place" = "Where",
      visitor: Code "visitor" = "Who visited, in what role", child_words: Text = "What the child said", text: Text = "What was seen and done" }
    /// The reviewing officer raised a dispute about the child's case (CPPCR 2010 reg 45, IRO Handbook).
    DisputeRaised "dispute_raised" "Reviewing officer's dispute raised" Care { } { stage: Code "dispute_stage" = "Stage", text: Text = "What it is about" }
    /// The dispute was settled.
    DisputeSettled "dispute_settled" "Reviewing officer's dispute settled" Care { } { outcome: Text = "How it was settled", to_cafcass: Flag = "Was it referred to Cafcass?" }
    /// A complaint or representation was made (2006 Regs).
    ComplaintMade "complaint_made" "Complaint made" Care { stage: Number = "Stage (1 to 3)" } { text: Text = "What it is about" }
    /// The authority answered a complaint at a stage.
    ComplaintAnswered "complaint_answered" "Complaint answered" Care { stage: Number = "Stage (1 to 3)" } { text: Text = "The answer" }
    /// Advocacy or an independent visitor was offered.
    AdvocacyOffered "advocacy_offered" "Advocate or independent visitor offered" Care { offer: Code "advocacy" = "What was offered" } { accepted: Flag = "Did the child want it?" }

    // ---- health
    /// A step of a health assessment's path was taken.
    HealthStep "health_step" "Health assessment step" Health
    { assessment: Code "health_assessment" = "Which assessment", step: Code "health_step" = "Which step" }
    { with: Line = "With whom, or where" }
    /// A health assessment took place (CPPCR 2010 reg 7).
    HealthAssessment "health_assessment" "Health assessment" Health
    { assessment: Code "health_assessment" = "Which assessment" }
    { practitioner: Code "practitioner" = "Who did it", text: Text = "Summary" }
    /// A child refused a health assessment (CPPCR 2010 reg 7(4)).
    HealthAssessmentRefused "health_assessment_refused" "Health assessment refused" Health
    { assessment: Code "health_assessment" = "Which assessment", competent: Flag = "Does the child understand enough to refuse?" }
    { text: Text = "What they said" }
    /// Teeth checked by a dentist.
    DentalCheck "dental_check" "Dental check" Health { } { outcome: Text = "Outcome" }
    /// Whether immunisations are up to date, as known on the day.
    ImmunisationStatus "immunisation_status" "Immunisation status" Health { up_to_date: Flag = "Up to date?" } { }
    /// Whether development checks are up to date (under five).
    DevelopmentCheck "development_check" "Development check" Health { up_to_date: Flag = "Up to date?" } { }
    /// A Strengths and Difficulties Questionnaire came back, or did not and why.
    Sdq "sdq" "Strengths and difficulties questionnaire" Health
    { informant: Code "sdq_informant" = "Who filled it in" }
    { total: Number = "Total difficulties score (0 to 40)", reason: Code "sdq_reason" = "Why there is no score" }
    /// A substance misuse problem was identified or not.
    SubstanceMisuse "substance_misuse" "Substance misuse" Health
    { identified: Flag = "Was a problem identified?" }
    { help_offered: Flag = "Was help offered?", help_received: Flag = "Was help received?" }
    /// The child was convicted or given a final warning (SSDA903 CONVICTED).
    Conviction "conviction" "Conviction or youth caution" Law { convicted: Flag = "Convicted in the year?" } { }

    // ---- school
    /// A school or setting started.
    SchoolStarted "school_started" "Started at a school" School
    { school: Line = "School or setting" }
    { urn: Line = "School number (URN)", designated_teacher: Person = "Designated teacher", phase: Code "school_phase" = "Phase" }
    /// A school or setting ended.
    SchoolEnded "school_ended" "Left a school" School { } { reason: Code "school_end_reason" = "Reason" }
    /// A personal education plan was started, completed or reviewed.
    EducationPlan "education_plan" "Personal education plan" School
    { stage: Code "education_plan_stage" = "What happened" }
    { quality_assured: Flag = "Quality assured by the virtual school?", child_took_part: Flag = "Did the child take part?", text: Text = "Main points" }

    // ---- people
    /// Somebody joined the child's circle.
    CircleJoined "circle_joined" "Joined the circle" People
    { role: Code "circle_role" = "Role for this child" }
    { person: Person = "Person with an account", name: Line = "Name", key_worker: Flag = "Is this the key worker?",
      parental_responsibility: Flag = "Do they have parental responsibility?", worker_id: Line = "Social worker's registration number",
      change_reason: Code "worker_change_reason" = "Why the worker changed", contact: Address = "How to reach them" }
    /// Somebody left the circle.
    CircleLeft "circle_left" "Left the circle" People
    { role: Code "circle_role" = "Role for this child" }
    { person: Person = "Person with an account", name: Line = "Name", worker_id: Line = "Social worker's registration number" }

    // ---- safety
    /// The child went missing, or is away without authorisation.
    WentMissing "went_missing" "Went missing" Safety
    { category: Code "missing_category" = "Missing or away" } { }
    /// The child came back or was found.
    Found "found" "Came back" Safety { } { text: Text = "How and where" }
    /// A return interview was offered or held.
    ReturnInterview "return_interview" "Return interview" Safety
    { outcome: Code "return_interview_outcome" = "What happened" }
    { independent: Flag = "Was the interviewer independent of home and authority?", text: Text = "What the child said" }
    /// The record was restricted to named people.
    Restricted "restricted" "Record restricted" Safety { } { reason: Text = "Why", review_on: Day = "Look at this again on" }
    /// The restriction was lifted.
    RestrictionLifted "restriction_lifted" "Restriction lifted" Safety { } { reason: Text = "Why" }

    // ---- leaving care
    /// The assessment of needs for the pathway plan was completed (CPPCR reg 42, CLR reg 5).
    NeedsAssessed "needs_assessed" "Needs assessment completed" Leaving { } { text: Text = "Main points" }
    /// A personal adviser visited.
    AdviserVisit "adviser_visit" "Personal adviser's visit" Leaving { seen: Flag = "Was the young person seen?" } { text: Text = "What was talked about" }
    /// A care leaver moved.
    LeaverMoved "leaver_moved" "Young person moved" Leaving
    { accommodation: Code "accommodation" = "What kind of place" }
    { provided_by_authority: Flag = "Does the authority provide it?", suitable: Flag = "Is it suitable?", address: Address = "Address", address_confidential: Flag = "Must the address be kept from anyone?" }
    /// How a care leaver is doing (SSDA903 OC3).
    LeaverContact "leaver_contact" "Keeping in touch" Leaving
    { in_touch: Code "in_touch" = "In touch?" }
    { activity: Code "activity" = "Education, training or work", accommodation: Code "accommodation" = "Where they live" }
    /// A care leaver aged 21 to 24 asked for support, or told us of education or training (CA89 s.23CZB, s.23CA).
    SupportRequested "support_requested" "Young person asked for support" Leaving
    { about: Code "support" = "What about" } { }

    // ---- carers and homes
    /// A carer household becomes known: the first entry of its chronology.
    CarerRegistered "carer_registered" "Carer household added" Carers { name: Line = "Name of the household" } { carer_type: Code "carer_type" = "Kind of carer" }
    /// A children's home becomes known: the first entry of its chronology.
    HomeRegistered "home_registered" "Children's home added" Carers { name: Line = "Name of the home" } { urn: Line = "Ofsted number (URN)" }
    /// A step of a carer's or adopter's assessment and approval.
    CarerStep "carer_step" "Carer assessment step" Carers { step: Code "carer_step" = "Which step" } { text: Text = "Outcome" }
    /// A carer's approval was reviewed.
    CarerReview "carer_review" "Carer's approval reviewed" Carers { } { to_panel: Flag = "Did it go to panel?" }
    /// A supervising social worker visited the carers.
    SupervisingVisit "supervising_visit" "Supervising visit" Carers { } { unannounced: Flag = "Was it unannounced?" }
    /// Carers completed training.
    TrainingCompleted "training_completed" "Training completed" Carers { training: Code "training" = "Which training" } { }
    /// An independent person visited a children's home, or its quality was reviewed (CHR 2015 regs 44-45).
    HomeInspected "home_inspected" "Home visited or reviewed" Carers { inspection: Code "home_inspection" = "Which" } { }

    // ---- the record
    /// A note.
    Note "note" "Note" Record { text: Text = "What happened" } { topic: Code "note_topic" = "About" }
    /// Any practitioner says that a need is not being met. It climbs like a late duty.
    UnmetNeedRaised "unmet_need_raised" "Unmet need raised" Record { need: Code "need" = "What kind of need", text: Text = "What is needed and what has been tried" } { }
    /// An unmet need was answered.
    UnmetNeedAnswered "unmet_need_answered" "Unmet need answered" Record { need: Code "need" = "What kind of need", text: Text = "What will happen, or why not" } { }
    /// A duty was excused, with a coded reason and, where the law asks, by the named approver.
    DutyExcused "duty_excused" "Duty excused" Record
    { rule: Code = "Which rule", occurrence: Code = "Which occasion", reason: Code "excuse" = "Reason" }
    { text: Text = "Explanation", approved_by: Person = "Approved by" }
    /// An entry was made in error. Goes with the id of the entry it withdraws.
    Withdrawn "withdrawn" "Entry withdrawn" Record { reason: Text = "Why" } { }
}

impl EventKind {
    /// The reverse of [`Self::as_str`].
    pub fn parse(s: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == s)
    }

    /// Position of a field by name, as [`Fact::field`] holds it.
    pub fn field(self, name: &str) -> Option<u8> {
        self.fields().iter().position(|f| f.name == name).and_then(|i| u8::try_from(i).ok())
    }
}
