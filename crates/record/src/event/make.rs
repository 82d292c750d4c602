//! What the list of kinds is made into: the event, its kind, its fields, and how each is read, compared and shown.

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

pub(super) use events;
pub(super) use field_kind;
