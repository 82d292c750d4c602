//! The codes that the return knows, in any of its years: enough to tell a code from a slip of the pen. What a code
//! means, and in which year it may be used, is for `guidance/codes/` and the validation rules.
//!
//! Source: Department for Education, guide to the SSDA903 collection, 2022-23 to 2026-27.

use smol_str::SmolStr;

/// A list of codes of the return.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each list is named after the column it is for")]
pub enum CodeList {
    Sex,
    Ethnic,
    Rne,
    Ls,
    Cin,
    Place,
    PlaceProvider,
    Rec,
    ReasonPlaceChange,
    ReviewCode,
    Missing,
    SdqReason,
    InTouch,
    Activ,
    Accom,
    PrevPerm,
    LaPerm,
    ReasonPlacedCeased,
    SexAdoptr,
    LsAdoptr,
    SwReason,
}

impl CodeList {
    /// The codes.
    pub fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Sex => &["M", "F", "U", "1", "2"],
            Self::Ethnic => &[
                "WBRI", "WIRI", "WOTH", "WIRT", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN",
                "ABAN", "AOTH", "BCRB", "BAFR", "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
            ],
            Self::Rne => &["S", "L", "P", "T", "B", "U"],
            Self::Ls => &["C1", "C2", "D1", "E1", "V2", "V3", "V4", "L1", "L2", "L3", "J1", "J2", "J3"],
            Self::Cin => &["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8"],
            Self::Place => &[
                "A3", "A4", "A5", "A6", "H5", "K1", "K2", "K3", "P1", "P2", "P3", "R1", "R2", "R3", "R5",
                "S1", "T0", "T1", "T2", "T3", "T4", "U1", "U2", "U3", "U4", "U5", "U6", "Z1", "Z11", "Z12",
                "Z13", "Z14",
            ],
            Self::PlaceProvider => &["PR0", "PR1", "PR2", "PR3", "PR4", "PR5"],
            Self::Rec => &[
                "X1", "E11", "E12", "E2", "E3", "E4A", "E4B", "E13", "E41", "E45", "E46", "E47", "E48", "E5",
                "E6", "E7", "E9", "E14", "E15", "E16", "E17", "E8",
            ],
            Self::ReasonPlaceChange => &[
                "CARPL", "CLOSE", "ALLEG", "STAND", "APPRR", "CREQB", "CREQO", "CHILD", "LAREQ", "PLACE",
                "CUSTOD", "OTHER",
            ],
            Self::ReviewCode => &["PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"],
            Self::Missing => &["M", "A"],
            Self::SdqReason => &["SDQ1", "SDQ2", "SDQ3", "SDQ4", "SDQ5"],
            Self::InTouch => &["YES", "NO", "DIED", "REFU", "NREQ", "RHOM"],
            Self::Activ => &["F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "G4", "G5", "G6", "0"],
            Self::Accom => &[
                "B1", "B2", "C1", "C2", "D1", "D2", "E1", "E2", "G1", "G2", "H1", "H2", "K1", "K2", "R1",
                "R2", "S2", "T1", "T2", "U1", "U2", "V1", "V2", "W1", "W2", "X2", "Y1", "Y2", "Z1", "Z2",
                "0",
            ],
            Self::PrevPerm => &["P1", "P2", "P3", "P4", "Z1"],
            Self::LaPerm => &[
                "201", "202", "203", "204", "205", "206", "207", "208", "209", "210", "211", "212", "213",
                "301", "302", "303", "304", "305", "306", "307", "308", "309", "310", "311", "312", "313",
                "314", "315", "316", "317", "318", "319", "320", "330", "331", "332", "333", "334", "335",
                "336", "340", "341", "342", "343", "344", "350", "351", "352", "353", "354", "355", "356",
                "357", "358", "359", "370", "371", "372", "373", "380", "381", "382", "383", "384", "390",
                "391", "392", "393", "394", "420", "800", "801", "802", "803", "805", "806", "807", "808",
                "810", "811", "812", "813", "815", "816", "821", "822", "823", "825", "826", "830", "831",
                "835", "836", "837", "838", "839", "840", "841", "845", "846", "850", "851", "852", "855",
                "856", "857", "860", "861", "865", "866", "867", "868", "869", "870", "871", "872", "873",
                "874", "876", "877", "878", "879", "880", "881", "882", "883", "884", "885", "886", "887",
                "888", "889", "890", "891", "892", "893", "894", "895", "896", "908", "909", "916", "919",
                "921", "925", "926", "928", "929", "931", "933", "935", "936", "937", "938", "940", "941",
                "942", "943", "WAL", "SCO", "NIR", "NUK", "999",
            ],
            Self::ReasonPlacedCeased => &["RD1", "RD2", "RD3", "RD4"],
            Self::SexAdoptr => &["F1", "FF", "M1", "MF", "MM"],
            Self::LsAdoptr => &["L0", "L11", "L12", "L2", "L3", "L4"],
            Self::SwReason => &[
                "MANAGE", "FCONTA", "LEFTRL", "ORGRST", "TSPROC", "ABSENC", "CHCHAN", "PCCHAN", "SWDIED",
                "OTHERS",
            ],
        }
    }

    /// The code as the list holds it, in constant memory; `None` when the list does not know it.
    pub fn find(self, code: &str) -> Option<SmolStr> {
        self.codes().iter().find(|c| c.eq_ignore_ascii_case(code)).map(|c| SmolStr::new_static(c))
    }
}
