//! The roles an account can hold, and what each means in one sentence.

use crate::codes::{Code, CodeSet, codes};

codes! {
    /// A role of an account: what somebody is employed or appointed as. What they may do also needs a relationship
    /// to the child and a purpose. A person can hold several.
    Role
    SocialWorker "social_worker" "Social worker";
    TeamManager "team_manager" "Team manager";
    HeadOfService "head_of_service" "Head of service";
    Director "director" "Director of children's services";
    ReviewingOfficer "reviewing_officer" "Independent reviewing officer";
    DesignatedNurse "designated_nurse" "Designated nurse for looked-after children";
    DesignatedDoctor "designated_doctor" "Designated doctor for looked-after children";
    HealthAdministrator "health_administrator" "Health administrator";
    HealthSenior "health_senior" "Named senior in health";
    VirtualSchoolHead "virtual_school_head" "Virtual school head";
    DesignatedTeacher "designated_teacher" "Designated teacher";
    FosterCarer "foster_carer" "Foster or residential carer";
    SupervisingSocialWorker "supervising_social_worker" "Supervising social worker";
    PersonalAdviser "personal_adviser" "Personal adviser";
    Commissioner "commissioner" "Commissioner";
    DataAnalyst "data_analyst" "Data analyst";
    Councillor "councillor" "Councillor";
    NominatedOfficer "nominated_officer" "Nominated officer";
    SafeguardingLead "safeguarding_lead" "Safeguarding lead";
    DataProtectionOfficer "data_protection_officer" "Data protection officer";
    Administrator "administrator" "Administrator";
    YoungPerson "young_person" "Young person";
    PanelClerk "panel_clerk" "Clerk of the corporate parenting panel";
    PartnershipLead "partnership_lead" "Partnership lead";
}

/// The roles somebody holds today.
pub type RoleSet = CodeSet<Role>;

/// A role as the "who does what" page tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleExplained {
    /// The role.
    pub role: Role,
    /// Its title.
    pub title: &'static str,
    /// One sentence in plain words.
    pub sentence: &'static str,
}

/// Every role with its title and one sentence that says what it sees and does.
pub fn roles() -> impl Iterator<Item = RoleExplained> {
    Role::ALL.iter().map(|role| RoleExplained { role: *role, title: role.title(), sentence: role.sentence() })
}

impl Role {
    /// Does it mean working for the authority or its partners, rather than being a carer or a young person?
    pub fn works_here(self) -> bool {
        !matches!(self, Self::FosterCarer | Self::YoungPerson)
    }

    /// One sentence in plain words: which children, and what of them.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::SocialWorker => {
                "Reads and records for the children whose social worker or cover they are today, and can step in \
                 with the essentials for any other child of their own team."
            }
            Self::TeamManager => {
                "Reads and records for every child of the teams they manage, gives children to workers, and \
                 decides who is in a child's circle."
            }
            Self::HeadOfService => {
                "Reads the everyday record of every child in the authority, sees the board for the whole \
                 authority and gives the approvals that are theirs."
            }
            Self::Director => {
                "Reads the everyday record of every child in the authority, sees the board for the whole \
                 authority and gives the approvals the law leaves to a director."
            }
            Self::ReviewingOfficer => {
                "Reads everything but restricted entries for the children whose reviews they chair, and records \
                 reviews and what they decided."
            }
            Self::DesignatedNurse => {
                "Finds every looked-after child of the authority, reads and records their health, and sees \
                 neither court matters nor facts about other people."
            }
            Self::DesignatedDoctor => {
                "Finds every looked-after child of the authority, reads and records their health, and sees \
                 neither court matters nor facts about other people."
            }
            Self::HealthAdministrator => {
                "Finds every looked-after child of the authority to book health assessments and chase reports, \
                 without reading clinical detail."
            }
            Self::HealthSenior => {
                "Hears of health duties that are late, and reads and records health for every looked-after child \
                 of the authority."
            }
            Self::VirtualSchoolHead => {
                "Finds every looked-after child of the authority and reads and records their education."
            }
            Self::DesignatedTeacher => {
                "Reads what school needs to know about the children they look out for at school, and records \
                 their education."
            }
            Self::FosterCarer => {
                "Reads what they need to care for the child who lives with them, and records daily life, health \
                 appointments and safety."
            }
            Self::SupervisingSocialWorker => {
                "Reads and records for the foster carers they support, and reads the everyday record of the \
                 children in whose circle they are."
            }
            Self::PersonalAdviser => {
                "Reads and records for the young people and care leavers whose adviser they are today."
            }
            Self::Commissioner => "Sees figures about needs and homes, and no child.",
            Self::DataAnalyst => {
                "Finds children and reads the facts that the statutory return needs, for that purpose only; no \
                 health narrative, nothing about third parties, no confidential addresses."
            }
            Self::Councillor => "Sees figures for the authority, and no child.",
            Self::NominatedOfficer => {
                "Gives the approvals the law leaves to a nominated officer, and reads what they need for it."
            }
            Self::SafeguardingLead => {
                "Reviews every emergency opening of a record and sees who has looked at which record."
            }
            Self::DataProtectionOfficer => {
                "Sees who has looked at what, the audit and the matrix of rights, and no child's record."
            }
            Self::Administrator => {
                "Manages accounts, teams and guidance, and arranges which colleagues are in a circle when given a \
                 child's reference; can neither find nor read any child."
            }
            Self::YoungPerson => "Reads their own everyday record.",
            Self::PanelClerk => {
                "Runs the corporate parenting panel: its meetings, papers and minutes, and the action plans it follows. \
                 Sees figures, and no child."
            }
            Self::PartnershipLead => {
                "Leads the self-assessments that the council and its partners make together, for a partner agency. \
                 Sees figures, and no child."
            }
        }
    }
}
