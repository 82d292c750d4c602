//! What the record does not say, and where to say it.

use kinfold_record::{ChildId, EventKind};
use serde::Serialize;
use smol_str::SmolStr;

use crate::tables::Table;

/// A cell that the collection wants and the record has nothing for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lack {
    /// Whose.
    pub child: ChildId,
    /// The child's local identifier; empty when that is what lacks.
    pub local_id: SmolStr,
    /// The table.
    pub table: Table,
    /// Position of the row in the table; `None` when there is no row at all.
    pub row: Option<usize>,
    /// The column that is empty.
    pub column: &'static str,
    /// What to record.
    pub source: Source,
}

/// What gives a column of the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The kind of event.
    pub kind: EventKind,
    /// Its field; empty when the day itself is what counts.
    pub field: &'static str,
    /// What to record, in plain words.
    pub words: &'static str,
}

macro_rules! sources {
    ($($table:ident { $($column:literal => $kind:ident $field:literal $words:literal),* $(,)? })*) => {
        /// What in the record gives a column of the return, and the words that ask for it. `None` for columns that are
        /// worked out (`RNE`), and those that the record always has.
        pub fn recorded_by(table: Table, column: &str) -> Option<Source> {
            match (table, column) {
                $($((Table::$table, $column) => {
                    Some(Source { kind: EventKind::$kind, field: $field, words: $words })
                })*)*
                _ => None,
            }
        }
    };
}

sources! {
    Header {
        "CHILD" => IdentityChanged "local_id" "Record the child's local identifier.",
        "SEX" => IdentityChanged "sex" "Record the child's sex.",
        "DOB" => IdentityChanged "date_of_birth" "Record the child's date of birth.",
        "ETHNIC" => IdentityChanged "ethnicity" "Record the child's ethnicity.",
        "UPN" => IdentityChanged "upn" "Record the unique pupil number, or why there is none (UN1 to UN5).",
        "MOTHER" => BecameMother "" "Record that the young person became a mother.",
        "MC_DOB" => BecameMother "baby_born_on" "Record when the baby was born.",
    }
    Episodes {
        "DECOM" => CareStarted "" "Record when the child came into care.",
        "LS" => LegalStatusChanged "legal_status" "Record the legal status.",
        "CIN" => CareStarted "category_of_need" "Record the main reason why the child came into care.",
        "PLACE" => PlacementStarted "placement_type" "Record where the child lived, from the first day in care.",
        "PLACE_PROVIDER" => PlacementStarted "provider" "Record who provides the home.",
        "DEC" => CareCeased "" "Record when care ceased.",
        "REC" => CareCeased "reason" "Record why the child stopped being looked after.",
        "REASON_PLACE_CHANGE" => PlacementEnded "reason" "Record why the child left this home.",
        "HOME_POST" => CareStarted "home_postcode" "Record the postcode of the family home.",
        "PL_POST" => PlacementStarted "postcode" "Record the postcode of the home.",
        "URN" => PlacementStarted "urn" "Record the Ofsted number of the home or of the agency.",
    }
    Reviews {
        "REVIEW" => ReviewHeld "" "Record the review.",
        "REVIEW_CODE" => ReviewHeld "participation" "Record how the child took part in the review.",
    }
    Uasc {
        "SEX" => IdentityChanged "sex" "Record the child's sex.",
        "DUC" => AsylumStatus "ends_on" "Record when the unaccompanied asylum-seeking status ends.",
    }
    Oc2 {
        "SDQ_SCORE" => Sdq "total" "Record the questionnaire that the carer filled in, or why there is none.",
        "SDQ_REASON" => Sdq "reason" "Record why there is no questionnaire.",
        "CONVICTED" => Conviction "convicted" "Record the conviction or youth caution.",
        "HEALTH_CHECK" => DevelopmentCheck "up_to_date" "Record whether development checks are up to date.",
        "IMMUNISATIONS" => ImmunisationStatus "up_to_date" "Record whether immunisations are up to date.",
        "TEETH_CHECK" => DentalCheck "" "Record the dental check.",
        "HEALTH_ASSESSMENT" => HealthAssessment "" "Record the health assessment.",
        "SUBSTANCE_MISUSE" => SubstanceMisuse "identified" "Record whether a substance misuse problem was identified.",
        "INTERVENTION_RECEIVED" => SubstanceMisuse "help_received" "Record whether help for substance misuse was received.",
        "INTERVENTION_OFFERED" => SubstanceMisuse "help_offered" "Record whether help for substance misuse was offered.",
    }
    Oc3 {
        "IN_TOUCH" => LeaverContact "in_touch" "Record whether anybody was in touch around the birthday.",
        "ACTIV" => LeaverContact "activity" "Record what the young person was doing around the birthday.",
        "ACCOM" => LeaverContact "accommodation" "Record where the young person was living around the birthday.",
    }
    Ad1 {
        "DATE_INT" => AdoptionDecided "" "Record the decision that the child should be placed for adoption.",
        "DATE_MATCH" => AdoptersMatched "" "Record the match with the adopters.",
        "FOSTER_CARE" => AdoptersMatched "foster_carers" "Record whether the adopters were the child's foster carers.",
        "NB_ADOPTR" => AdoptersMatched "adopters" "Record how many adopters there are.",
        "SEX_ADOPTR" => AdoptersMatched "adopter_sex" "Record the sex of the adopters.",
        "LS_ADOPTR" => AdoptersMatched "adopter_status" "Record the adopters' legal relationship.",
    }
    PlacedAdoption {
        "DATE_PLACED" => AdoptionDecided "" "Record the decision that the child should be placed for adoption.",
        "DATE_PLACED_CEASED" => AdoptionDecisionReversed "" "Record when the decision was reversed.",
        "REASON_PLACED_CEASED" => AdoptionDecisionReversed "reason" "Record why the decision was reversed.",
    }
    PrevPerm {
        "PREV_PERM" => PreviousPermanence "arrangement" "Record whether the child had a permanent home before, and which.",
        "LA_PERM" => PreviousPermanence "authority" "Record which authority the earlier permanent arrangement was with.",
        "DATE_PERM" => PreviousPermanence "ordered_on" "Record the date of the earlier order, as far as it is known.",
    }
    Missing {
        "MISSING" => WentMissing "category" "Record whether the child was missing or away.",
        "MIS_START" => WentMissing "" "Record when the child went missing.",
        "MIS_END" => Found "" "Record when the child came back.",
    }
    SwEpisodes {
        "SW_ID" => CircleJoined "worker_id" "Record the social worker's registration number.",
        "SW_DECOM" => CircleJoined "" "Record who the child's social worker is, as key worker in the circle.",
        "SW_DEC" => CircleLeft "" "Record when the social worker left.",
        "SW_REASON" => CircleJoined "change_reason" "Record why the social worker changed.",
    }
    Dolo {
        "DOLO_START" => LibertyOrderStarted "" "Record when the deprivation of liberty order started.",
        "DOLO_END" => LibertyOrderEnded "" "Record when the deprivation of liberty order ended.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_that_is_not_worked_out_says_where_it_is_recorded() {
        for table in Table::ALL {
            for column in table.columns() {
                let known = recorded_by(*table, column);
                let repeated = *table != Table::Header && matches!(*column, "CHILD" | "DOB");
                assert_eq!(known.is_none(), repeated || *column == "RNE", "{table:?} {column}");
            }
        }
    }

    #[test]
    fn every_field_named_is_one_of_its_event() {
        for table in Table::ALL {
            for source in table.columns().iter().filter_map(|c| recorded_by(*table, c)) {
                assert!(source.field.is_empty() || source.kind.field(source.field).is_some(), "{source:?}");
            }
        }
    }
}
