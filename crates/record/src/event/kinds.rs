//! The list of everything that can be recorded. See the module above for what may and what must not be done to it.

use jiff::civil::Date as Day;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr as Code;

use super::make::{events, field_kind};
use super::strand::Strand;
use crate::field::{Fact, FactValue, FieldKind, FieldSpec};
use crate::ids::PersonId as Person;

type Flag = bool;
type Number = i32;
type Line = String;
type Text = String;
type Address = String;
type Codes = Vec<Code>;
type People = Vec<Person>;
type Reference = Code;

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
      same_carer: Flag = "Did the carer move with the child?", ks4_disrupted: Flag = "Does it disrupt education in key stage 4?",
      left_because: Code "placement_end_reason" = "If the child moved from another home, why did they leave it?" }
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
      adjourned: Flag = "Was it adjourned?", text: Text = "Decisions", occasion: Reference = "Which review that was called" }
    /// A review was called: the day is set and everybody who knows the child is asked (IRO Handbook).
    ReviewCalled "review_called" "Review called" Care
    { occasion: Reference = "Which review", review: Code "review" = "What kind of review", on: Day = "To be held on" }
    { time: Line = "At what time", place: Code "review_place" = "Where", detail: Line = "Where exactly",
      by_child: Flag = "Did the child choose day and place?", child_chairs: Flag = "Will the child chair it, or a part of it?" }
    /// Day, time or place of a review that was called changed. What is empty stays as it was.
    ReviewMoved "review_moved" "Review moved" Care
    { occasion: Reference = "Which review", on: Day = "To be held on" }
    { time: Line = "At what time", place: Code "review_place" = "Where", detail: Line = "Where exactly",
      by_child: Flag = "Did the child choose day and place?", child_chairs: Flag = "Will the child chair it, or a part of it?", text: Text = "Why" }
    /// A review that was called will not be held.
    ReviewCalledOff "review_called_off" "Review called off" Care { occasion: Reference = "Which review", text: Text = "Why" } { }
    /// What the child wants for the review: the place, the people, what is talked about.
    ReviewWishes "review_wishes" "What the child wants for the review" Care
    { occasion: Reference = "Which review" }
    { place: Text = "Where and when they would like it", people: Text = "Who should be there, and who not", topics: Text = "What they want talked about",
      not_topics: Text = "What they do not want talked about in front of everybody", chairs: Flag = "Would they like to chair it, or a part of it?" }
    /// Somebody was asked to a review and for their part of it.
    ReviewInvited "review_invited" "Invited to a review" Care
    { occasion: Reference = "Which review", part: Reference = "Whose part", role: Code "circle_role" = "Role for this child" }
    { person: Person = "Person with an account", member: Reference = "Which place in the circle", name: Line = "Name",
      form: Reference = "The form for their part", due: Day = "Part asked for by" }
    /// Somebody in the child's circle was not asked to a review.
    ReviewLeftOut "review_left_out" "Left out of a review" Care
    { occasion: Reference = "Which review", role: Code "circle_role" = "Role for this child", reason: Code "left_out" = "Why they were not asked" }
    { part: Reference = "Whose part", person: Person = "Person with an account", member: Reference = "Which place in the circle",
      text: Text = "More about why" }
    /// Somebody answered an invitation to a review.
    ReviewAnswered "review_answered" "Invitation to a review answered" Care
    { occasion: Reference = "Which review", part: Reference = "Whose part", answer: Code "review_answer" = "What they said" } { text: Text = "In their words" }
    /// Somebody's part for a review is there.
    ReviewPartIn "review_part_in" "Part for a review received" Care
    { occasion: Reference = "Which review", part: Reference = "Whose part" } { document: Reference = "Which document", way: Code "consultation_way" = "How" }
    /// A decision of a review, as an action somebody does by a day.
    ReviewAction "review_action" "Action decided at a review" Care
    { action: Reference = "Which action", text: Text = "What will be done", owner: Code "action_owner" = "Who does it", by: Day = "By when" }
    { occasion: Reference = "At which review", person: Line = "By name", child_asked: Flag = "Did the child ask for it?" }
    /// An action decided at a review was given another day or owner.
    ReviewActionMoved "review_action_moved" "Review action moved" Care
    { action: Reference = "Which action", owner: Code "action_owner" = "Who does it", by: Day = "By when", text: Text = "Why" } { person: Line = "By name" }
    /// An action decided at a review was done, or it was said with reasons why not.
    ReviewActionAnswered "review_action_answered" "Review action answered" Care
    { action: Reference = "Which action", outcome: Code "action_outcome" = "Outcome" } { text: Text = "What was done, or why not" }
    /// Somebody's copy of the record of a review was made ready and looked over.
    ReviewCopyReady "review_copy_ready" "Copy of a review record made ready" Care
    { occasion: Reference = "Which review", part: Reference = "For whom", sections: Line = "Which parts of the record" }
    { document: Reference = "Which document", sensitive: Flag = "Does it hold anything sensitive?", text: Text = "Why they may know it" }
    /// Somebody's copy of the record of a review was sent.
    ReviewCopySent "review_copy_sent" "Copy of a review record sent" Care
    { occasion: Reference = "Which review", part: Reference = "For whom" } { document: Reference = "Which document", text: Text = "How" }
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
    /// The team that holds the case answered a reviewing officer's dispute. An answer never closes it.
    DisputeAnswered "dispute_answered" "Reviewing officer's dispute answered" Care { text: Text = "The answer" } { stage: Code "dispute_stage" = "Stage" }
    /// The reviewing officer referred the child's case to Cafcass (CPPCR 2010 reg 45).
    DisputeReferred "dispute_referred" "Case referred to Cafcass" Care { text: Text = "Why" } { }
    /// A complaint or representation was made (2006 Regs).
    ComplaintMade "complaint_made" "Complaint made" Care { stage: Number = "Stage (1 to 3)" } { text: Text = "What it is about" }
    /// The authority answered a complaint at a stage.
    ComplaintAnswered "complaint_answered" "Complaint answered" Care { stage: Number = "Stage (1 to 3)" } { text: Text = "The answer" }
    /// Advocacy or an independent visitor was offered.
    AdvocacyOffered "advocacy_offered" "Advocate or independent visitor offered" Care { offer: Code "advocacy" = "What was offered" } { accepted: Flag = "Did the child want it?" }

    // ---- the child's own words
    /// The child or young person said something in their own space. Their words are never altered; who may read them is
    /// their choice (CA89 s.22(4)-(5), UNCRC article 12).
    VoiceSaid "voice_said" "Said by the child" Care
    { voice: Reference = "Reference", topic: Code "voice_topic" = "What kind of thing" }
    { text: Text = "In their own words", feeling: Code "voice_feeling" = "How they feel", readers: People = "Who may read it",
      reply_from: Person = "Who is to reply", reply_role: Code "circle_role" = "In what role",
      passed_on: Flag = "Was it passed on to keep them safe?", files: Number = "How many pictures and recordings",
      line: Number = "Which line of the log it asks about" }
    /// Somebody answered what the child said.
    VoiceReplied "voice_replied" "Reply to the child" Care
    { voice: Reference = "What it answers", text: Text = "The reply" } { readers: People = "Who may read it" }
    /// A decision about the child, as it was told to them: what they wanted, what was decided and why.
    DecisionMade "decision_made" "Decision about the child" Care
    { subject: Line = "What it was about", decided: Text = "What was decided" }
    { wanted: Text = "What the child wanted", reason: Text = "Why", told_by: Line = "Who told the child", told_on: Day = "When the child was told" }
    /// Something about themselves that the child wants known: what they like, what they are proud of.
    AboutMe "about_me" "About the child, by the child" Identity { what: Code "about_me" = "What kind of thing", text: Line = "In their own words" } { }
    /// A part of the child's own space is not shown to them yet. The circle decides, with a reason and a day to look again.
    OwnPartClosed "own_part_closed" "Part of the child's own space closed" Safety
    { part: Code "own_part" = "Which part", reason: Text = "Why", review_on: Day = "Look at this again on" }
    { decided_with: Codes "circle_role" = "Who decided it together" }
    /// A part of the child's own space that was closed is shown to them.
    OwnPartOpened "own_part_opened" "Part of the child's own space opened" Safety { part: Code "own_part" = "Which part" } { reason: Text = "Why" }

    // ---- health
    /// A step of a health assessment's path was taken.
    HealthStep "health_step" "Health assessment step" Health
    { assessment: Code "health_assessment" = "Which assessment", step: Code "health_step" = "Which step" }
    { with: Line = "With whom, or where", appointment: Day = "Appointment on", reason: Code "not_attended" = "Why not",
      standard: Code "quality" = "Against the standard", chosen_by_child: Flag = "Did the child choose the place and the person?",
      told: Codes "health_recipient" = "Who was told of it", text: Text = "What was sent, found or asked" }
    /// A health assessment took place (CPPCR 2010 reg 7).
    HealthAssessment "health_assessment" "Health assessment" Health
    { assessment: Code "health_assessment" = "Which assessment" }
    { practitioner: Code "practitioner" = "Who did it", text: Text = "Summary", child_words: Text = "What the child said, in their own words",
      no_words_reason: Code "no_child_words" = "Why there are no words of the child" }
    /// A child refused a health assessment (CPPCR 2010 reg 7(4)).
    HealthAssessmentRefused "health_assessment_refused" "Health assessment refused" Health
    { assessment: Code "health_assessment" = "Which assessment", competent: Flag = "Does the child understand enough to refuse?" }
    { text: Text = "What they said" }
    /// Teeth checked by a dentist.
    DentalCheck "dental_check" "Dental check" Health { }
    { outcome: Text = "Outcome", treatment: Flag = "Is treatment needed?", again_on: Day = "To be seen again on", told_by: Code "provenance" = "Who told us" }
    /// Whether immunisations are up to date, as known on the day.
    ImmunisationStatus "immunisation_status" "Immunisation status" Health { up_to_date: Flag = "Up to date?" } { }
    /// Whether development checks are up to date (under five).
    DevelopmentCheck "development_check" "Development check" Health { up_to_date: Flag = "Up to date?" } { }
    /// A Strengths and Difficulties Questionnaire came back, or did not and why.
    Sdq "sdq" "Strengths and difficulties questionnaire" Health
    { informant: Code "sdq_informant" = "Who filled it in" }
    { total: Number = "Total difficulties score (0 to 40)", reason: Code "sdq_reason" = "Why there is no score" }
    /// Every answer of a Strengths and Difficulties Questionnaire, by number: its wording is licensed and not held here.
    SdqAnswers "sdq_answers" "Questionnaire answers and scores (SDQ)" Health
    { informant: Code "sdq_informant" = "Who filled it in", form: Code "sdq_form" = "Which form" }
    { answers: Line = "Answers to items 1 to 25 in order (0, 1, 2, or - for none)", impact_answers: Line = "Answers to the impact questions in order",
      emotional: Number = "Emotional score (0 to 10)", conduct: Number = "Conduct score (0 to 10)", hyperactivity: Number = "Hyperactivity score (0 to 10)",
      peers: Number = "Peer problems score (0 to 10)", prosocial: Number = "Prosocial score (0 to 10)", impact: Number = "Impact score (0 to 10)",
      language: Line = "Language of the form" }
    /// What was decided after a questionnaire, an observation or a worry about how the child feels, and who sees to it.
    WellbeingResponse "wellbeing_response" "Wellbeing response decided" Health
    { response: Code "wellbeing_response" = "What was decided", owner: Code "action_owner" = "Who sees to it" }
    { owner_person: Person = "Their account", owner_name: Line = "Their name", again_on: Day = "To be looked at again on",
      text: Text = "What will happen and why", child_words: Text = "What the child said, in their own words" }
    /// A carer's own observation of a baby or small child.
    CarerObservation "carer_observation" "Carer's observation" Health
    { worried: Flag = "Is the carer worried?" } { areas: Codes "observation_area" = "About", text: Text = "What was seen" }
    /// A substance misuse problem was identified or not.
    SubstanceMisuse "substance_misuse" "Substance misuse" Health
    { identified: Flag = "Was a problem identified?" }
    { help_offered: Flag = "Was help offered?", help_received: Flag = "Was help received?" }
    /// The child was convicted or given a final warning (SSDA903 CONVICTED).
    Conviction "conviction" "Conviction or youth caution" Law { convicted: Flag = "Convicted in the year?" } { }

    // ---- health: consent, history and facts
    /// Consent to one decision was asked for, given, refused, withdrawn or could not be had.
    Consent "consent" "Consent" Health
    { decision: Code "consent_decision" = "Consent to what", outcome: Code "consent_outcome" = "What came of it" }
    { by: Code "consent_giver" = "Whose decision it is", name: Line = "Their name", gillick: Code "gillick" = "Does the child understand this decision well enough?",
      assessed_by: Line = "Who judged that, in what role", evidence: Text = "What that rests on", reason: Code "no_consent" = "Why there is none",
      ground: Code "consent_ground" = "On what ground we go on without it", until: Day = "Holds until", text: Text = "What was asked and said" }
    /// How and when the child was born.
    BirthDetails "birth_details" "Birth details" Health { }
    { gestation_weeks: Number = "Whole weeks of pregnancy", gestation_days: Number = "And days (0 to 6)", weight_g: Number = "Birth weight in grams",
      length_mm: Number = "Length at birth in millimetres", head_mm: Number = "Head at birth in millimetres", multiple: Flag = "One of twins or more?",
      special_care: Flag = "Was special care needed after birth?", place: Line = "Where", told_by: Code "provenance" = "Who told us", text: Text = "What else is known" }
    /// The child was weighed or measured.
    GrowthMeasured "growth_measured" "Growth measured" Health { }
    { weight_g: Number = "Weight in grams", height_mm: Number = "Height or length in millimetres", head_mm: Number = "Head in millimetres",
      lying: Flag = "Was length measured lying down?", told_by: Code "provenance" = "Who told us", text: Text = "Anything to know about it" }
    /// An immunisation was given.
    ImmunisationGiven "immunisation_given" "Immunisation given" Health
    { vaccine: Code "vaccine" = "Which vaccine" }
    { dose: Number = "Which dose", estimated: Flag = "Is the date only estimated?", batch: Line = "Batch", place: Line = "Where", told_by: Code "provenance" = "Who told us" }
    /// An immunisation was not given, and why.
    ImmunisationNotGiven "immunisation_not_given" "Immunisation not given" Health
    { vaccine: Code "vaccine" = "Which vaccine", reason: Code "not_immunised" = "Why not" }
    { dose: Number = "Which dose", told_by: Code "provenance" = "Who told us", text: Text = "What was said" }
    /// How far the history of immunisations is known: what is missing can only be said where it is.
    ImmunisationHistory "immunisation_history" "Immunisation history" Health
    { known: Code "history_known" = "How far is it known?" } { told_by: Code "provenance" = "Who told us", text: Text = "What is known and what is not" }
    /// A condition or a difficulty became known.
    ConditionNoted "condition_noted" "Condition noted" Health
    { item: Reference = "Which condition", name: Line = "Condition" }
    { diagnosed: Flag = "Has it been diagnosed?", code: Line = "SNOMED CT code", since: Day = "Since", care: Text = "What it means for looking after the child",
      told_by: Code "provenance" = "Who told us", text: Text = "What else is known" }
    /// The condition is over, or was not what it seemed.
    ConditionEnded "condition_ended" "Condition ended" Health { item: Reference = "Which condition" } { text: Text = "How" }
    /// An allergy or intolerance became known.
    AllergyNoted "allergy_noted" "Allergy noted" Health
    { item: Reference = "Which allergy", name: Line = "Allergic to what" }
    { allergy: Code "allergy" = "What kind", severity: Code "allergy_severity" = "How bad", reaction: Line = "What happens", emergency: Text = "What to do then",
      code: Line = "SNOMED CT code", since: Day = "Since", told_by: Code "provenance" = "Who told us" }
    /// The allergy is over, or was ruled out.
    AllergyEnded "allergy_ended" "Allergy ended" Health { item: Reference = "Which allergy" } { text: Text = "How" }
    /// A medicine was started, or its dose changed.
    MedicineStarted "medicine_started" "Medicine started" Health
    { item: Reference = "Which medicine", name: Line = "Medicine" }
    { dose: Line = "Dose", how: Line = "How and when it is taken", against: Line = "What it is for", prescriber: Line = "Who prescribed it",
      review_on: Day = "To be reviewed on", code: Line = "SNOMED CT code", told_by: Code "provenance" = "Who told us", text: Text = "What carers need to know" }
    /// A medicine was stopped.
    MedicineStopped "medicine_stopped" "Medicine stopped" Health { item: Reference = "Which medicine" } { text: Text = "Why" }
    /// Somebody asked, and there is none: not the same as nobody having asked.
    NoneKnown "none_known" "Asked, and none known" Health { topic: Code "health_topic" = "None of what" } { told_by: Code "provenance" = "Who told us" }
    /// Eyes were tested.
    EyeTest "eye_test" "Eye test" Health { }
    { outcome: Code "check_outcome" = "Outcome", glasses: Flag = "Does the child wear glasses?", again_on: Day = "To be seen again on",
      told_by: Code "provenance" = "Who told us", text: Text = "What was found" }
    /// Hearing was tested.
    HearingTest "hearing_test" "Hearing test" Health { }
    { outcome: Code "check_outcome" = "Outcome", aids: Flag = "Does the child wear a hearing aid?", again_on: Day = "To be seen again on",
      told_by: Code "provenance" = "Who told us", text: Text = "What was found" }
    /// The child was asked about alcohol, drugs and tobacco. What the return counts is `substance_misuse`.
    SubstanceScreening "substance_screening" "Asked about substance use" Health
    { outcome: Code "screening_outcome" = "What came of it" } { substances: Codes "substance" = "About", tool: Line = "With which questions", text: Text = "What was said" }
    /// Advice or care about sexual health.
    SexualHealthNote "sexual_health_note" "Sexual health" Health
    { topic: Code "sexual_health_topic" = "About" }
    { worried: Flag = "Is there a worry about the child's safety?", told_by: Code "provenance" = "Who told us", text: Text = "What was said and done" }
    /// A fact about the health of the birth family.
    FamilyHistory "family_history" "Health of the birth family" Health
    { item: Reference = "Which fact", relation: Code "family_relation" = "Whose", topic: Code "family_health" = "What about" }
    { agreed: Flag = "Do they agree that it is shared?", told_by: Code "provenance" = "Who told us", text: Text = "What is known" }
    /// It was decided whether, and with whom, a fact about the health of the birth family is shared.
    FamilyHistoryShared "family_history_shared" "Family health: sharing decided" Health
    { item: Reference = "Which fact", decision: Code "sharing_decision" = "Decision" }
    { recipients: Codes "health_recipient" = "With whom", to: Line = "By name", decided_by: Line = "Who decided, in what role", why: Text = "Why" }
    /// What became known about the child's own health record book (the red book).
    RedBook "red_book" "Red book" Health
    { state: Code "red_book" = "What is known" }
    { held_by: Code "red_book_holder" = "Who has it", copies: Codes "red_book_holder" = "Who has a copy", told_by: Code "provenance" = "Who told us, or what it was rebuilt from",
      text: Text = "What else is known" }
    /// One thing every child's early record should hold was looked for.
    EarlyHistory "early_history" "Early history" Health
    { what: Code "early_history" = "What was looked for", known: Code "found" = "Was it found?" }
    { told_by: Code "provenance" = "Who told us", asked: Codes "provenance" = "Who was asked", result: Line = "Result", text: Text = "What else is known" }

    // ---- health: the plan
    /// A health need was identified.
    HealthNeed "health_need" "Health need identified" Health
    { need: Reference = "Which need", area: Code "health_area" = "What about", text: Text = "What is needed" }
    { goal: Text = "What should become better, and how we will know", child_words: Text = "What the child said, in their own words",
      assessment: Code "health_assessment" = "Found by which assessment", told_by: Code "provenance" = "Who told us" }
    /// A health need was met, or is none any more.
    HealthNeedClosed "health_need_closed" "Health need closed" Health
    { need: Reference = "Which need", outcome: Code "need_outcome" = "How it ended" } { text: Text = "What changed for the child" }
    /// Somebody is to do something about the child's health by a day.
    HealthAction "health_action" "Health action set" Health
    { action: Reference = "Which action", text: Text = "What will be done", owner: Code "action_owner" = "Who does it", by: Day = "By when" }
    { need: Reference = "For which need", owner_person: Person = "Their account", owner_name: Line = "Their name", assessment: Code "health_assessment" = "From which assessment" }
    /// A health action was given another day or another owner.
    HealthActionMoved "health_action_moved" "Health action moved" Health
    { action: Reference = "Which action", owner: Code "action_owner" = "Who does it now", by: Day = "By when now" }
    { owner_person: Person = "Their account", owner_name: Line = "Their name", reason: Text = "Why" }
    /// A health action was done, or is not provided, and why.
    HealthActionAnswered "health_action_answered" "Health action answered" Health
    { action: Reference = "Which action", outcome: Code "action_outcome" = "What came of it" }
    { reason: Code "not_provided" = "Why it is not provided", text: Text = "What was done, or why not" }
    /// It was looked at whether a health action helped.
    HealthActionReviewed "health_action_reviewed" "Health action reviewed" Health
    { action: Reference = "Which action", helped: Flag = "Did it help?" } { text: Text = "How", child_words: Text = "What the child said, in their own words" }
    /// The child was referred to a service.
    ReferralMade "referral_made" "Referral made" Health
    { referral: Reference = "Which referral", service: Code "referral_service" = "What kind of service", goal: Line = "Which goal of the plan it serves" }
    { to: Line = "To which service", need: Reference = "For which need", action: Reference = "For which action", urgent: Flag = "Is it urgent?",
      waiting_since: Day = "Waiting since (also in another area)", carried_from: Code "local_authority" = "From which area the wait is carried over",
      instead_of: Reference = "Instead of which referral", text: Text = "Why, in the words of the referral" }
    /// What became of a referral.
    ReferralStep "referral_step" "Referral step" Health
    { referral: Reference = "Which referral", step: Code "referral_step" = "Which step" }
    { appointment: Day = "Appointment on", reason: Code "referral_reason" = "Why", text: Text = "What was said" }
    /// What was said in therapy. Apart from the decisions about the child.
    TherapyNote "therapy_note" "Therapy note" Health { text: Text = "Note" } { referral: Reference = "Which referral" }
    /// A health summary was shared.
    HealthSummaryShared "health_summary_shared" "Health summary shared" Health
    { rendering: Code "health_rendering" = "Which rendering", recipients: Codes "health_recipient" = "With whom" }
    { to: Line = "By name", assessment: Code "health_assessment" = "After which assessment", version: Number = "Version", document: Reference = "Document",
      text: Text = "Why, and what was left out" }
    /// The young person's health passport was made for them to keep.
    HealthPassportIssued "health_passport_issued" "Health passport issued" Health
    { reason: Code "passport_reason" = "Why now" } { forms: Codes "passport_form" = "In what form", version: Number = "Version", document: Reference = "Document" }
    /// A leaving-care health consultation was offered.
    ConsultationOffered "consultation_offered" "Leaving-care health consultation offered" Health
    { answer: Code "consultation_answer" = "What the young person said" }
    { way: Code "consultation_way" = "How it would be held", with: Line = "Who would hold it", again_on: Day = "To be offered again on",
      keeper: Line = "Who keeps the history for them meanwhile", child_words: Text = "In their own words", text: Text = "How they were prepared" }
    /// Before a home in another area: can the health services there meet the child's needs?
    HealthFeasibility "health_feasibility" "Health feasibility in another area" Health
    { outcome: Code "feasibility" = "Can the needs be met there?" }
    { area: Code "local_authority" = "Which area", unmet: Codes "health_area" = "What could not be met", asked: Line = "Who was asked", text: Text = "What they said" }
    /// Who pays for a kind of health service for this child.
    ResponsibleCommissioner "responsible_commissioner" "Responsible commissioner" Health
    { service: Code "commissioned_service" = "For which services", body: Line = "Which body" }
    { disputed: Flag = "Is it disputed?", other_body: Line = "Who else is said to be responsible", text: Text = "What was agreed or is disputed" }

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
    /// Time with family, as it was promised and as it turned out.
    FamilyTime "family_time" "Family time" People
    { outcome: Code "family_time" = "What happened" } { with: Codes "family_relation" = "With whom", text: Text = "How it was, or why not" }
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
    /// A form was submitted: what it said is a frozen document, and what it means stands in entries beside this one.
    FormSubmitted "form_submitted" "Form submitted" Record
    { form: Reference = "Which form", version: Number = "Version of the form", document: Reference = "Document" } { title: Line = "What it is called" }
    /// An entry was made in error. Goes with the id of the entry it withdraws.
    Withdrawn "withdrawn" "Entry withdrawn" Record { reason: Text = "Why" } { }

    // ---- the carer's space. Packed timelines know a kind by its place in this list: new ones come last.
    /// Somebody who cares for the child promised, before they read anything, to keep what they learn to themselves.
    UndertakingSigned "undertaking_signed" "Confidentiality undertaking signed" People
    { account: Reference = "Whose account", words: Reference = "Which words", version: Number = "Version of the words", name: Line = "Name as typed" } { }
    /// Who decides one everyday matter of the child's life, from the day it holds (CPPCR 2010 Sch 2; the law calls it
    /// delegated authority).
    DelegationDecided "delegation_decided" "Who decides: recorded" Home
    { decision: Code "delegated_decision" = "Which decision", decides: Code "decides" = "Who decides" }
    { conditions: Text = "On what conditions", consulted: Codes "circle_role" = "Who was asked about it",
      source: Code "delegation_source" = "Where it was agreed", child_words: Text = "What the child said about it", review_on: Day = "Look at this again on" }
    /// Something whoever looks after the child needs to know day by day. The last word on each topic stands.
    NeedToKnow "need_to_know" "What carers need to know" Home
    { topic: Code "need_to_know" = "About what", text: Text = "What carers need to know" } { }
    /// A carer wrote something down in their own log. It is theirs until it is taken into the record; their words are
    /// never altered.
    CarerLogWritten "carer_log_written" "Carer's log: written" Home
    { log: Reference = "Reference", topic: Code "carer_log" = "What kind of thing", urgent: Flag = "Does it need somebody at once?",
      day: Day = "About which day", text: Text = "In the carer's words" }
    { follows: Reference = "Which note it follows" }
    /// The worker took a carer's note into the record, or sent it back with a question.
    CarerLogAnswered "carer_log_answered" "Carer's log: looked at" Home
    { log: Reference = "Which note", outcome: Code "log_outcome" = "What came of it" } { text: Text = "What was said to the carer" }
    /// The carer took a note of theirs back.
    CarerLogWithdrawn "carer_log_withdrawn" "Carer's log: taken back" Home { log: Reference = "Which note", reason: Text = "Why" } { }
    /// A carer's note, taken into the record in the carer's own words.
    CarerNote "carer_note" "Carer's note" Home
    { log: Reference = "Which note of the log", topic: Code "carer_log" = "What kind of thing", text: Text = "In the carer's words" }
    { written_by: Person = "The carer" }
    /// A carer asked something and is owed a reply.
    CarerAsked "carer_asked" "Asked by a carer" Home
    { question: Reference = "Reference", text: Text = "The question" }
    { decision: Code "delegated_decision" = "About which decision", reply_from: Person = "Who is to reply", reply_role: Code "circle_role" = "In what role" }
    /// Somebody answered what a carer asked.
    CarerReplied "carer_replied" "Reply to a carer" Home { question: Reference = "What it answers", text: Text = "The reply" } { }
}
