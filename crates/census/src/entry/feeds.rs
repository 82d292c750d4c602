//! Which columns of the return change with which kind of event.

use kinfold_record::EventKind;

use crate::produce::recorded_by;
use crate::tables::Table;

/// Whether a fact of this kind can change what stands in a column: it gives the column, or begins or ends what the row
/// tells of. Days and reasons of episodes follow from every event that makes a new one.
pub fn feeds(kind: EventKind, table: Table, column: &str) -> bool {
    if recorded_by(table, column).is_some_and(|source| source.kind == kind) {
        return true;
    }
    use EventKind as Kind;
    use Table as In;
    match (table, kind) {
        // The child's own particulars, however they came into the record; the date of birth repeats everywhere.
        (In::Header, Kind::ChildRegistered) => matches!(column, "CHILD" | "SEX" | "DOB" | "ETHNIC" | "UPN"),
        (In::Uasc, Kind::ChildRegistered | Kind::IdentityChanged) => matches!(column, "SEX" | "DOB"),
        (_, Kind::ChildRegistered | Kind::IdentityChanged) => column == "DOB",
        (In::Episodes, Kind::CareStarted | Kind::LegalStatusChanged) => {
            matches!(column, "DECOM" | "RNE" | "LS" | "DEC")
        }
        (In::Episodes, Kind::PlacementStarted | Kind::PlacementTermsChanged) => {
            matches!(column, "DECOM" | "RNE" | "PLACE" | "DEC" | "REASON_PLACE_CHANGE")
        }
        (In::Episodes, Kind::Died) => matches!(column, "DEC" | "REC"),
        (In::Oc3, Kind::Died) => column == "IN_TOUCH",
        // Whether there is a row at all, and whether it may stay open.
        (In::PrevPerm, Kind::CareStarted) => column == "PREV_PERM",
        (In::PlacedAdoption, Kind::AdoptionDecisionReversed) => column == "DATE_PLACED",
        (In::Uasc, Kind::AsylumStatus) => true,
        (In::SwEpisodes, Kind::CircleJoined | Kind::CircleLeft) => column.starts_with("SW_"),
        (In::Dolo, Kind::LibertyOrderStarted) => column == "DOLO_END",
        _ => false,
    }
}
