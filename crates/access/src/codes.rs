//! Closed lists of codes and sets of them. A set is one number of 128 bits, so that a whole situation (roles, relations,
//! purpose) can be the key of a map.

use std::marker::PhantomData;

/// A member of a closed list: has a place in it, a name in files and a title for people.
pub trait Code: Copy + Eq + 'static {
    /// Every member, in order. Never more than 128.
    const ALL: &'static [Self];

    /// Its place in [`Self::ALL`].
    fn index(self) -> usize;

    /// Name in policy files and in the database.
    fn as_str(self) -> &'static str;

    /// What a person reads.
    fn title(self) -> &'static str;

    /// The reverse of [`Self::as_str`].
    fn parse(s: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|x| x.as_str() == s)
    }
}

/// A set of codes in one number.
pub struct CodeSet<T>(u128, PhantomData<T>);

impl<T: Code> CodeSet<T> {
    /// The empty set.
    pub const EMPTY: Self = Self(0, PhantomData);

    /// Every code there is.
    pub fn all() -> Self {
        T::ALL.iter().copied().collect()
    }

    /// The set with `code` in it as well.
    #[must_use]
    pub fn with(self, code: T) -> Self {
        Self(self.0 | 1 << code.index(), PhantomData)
    }

    /// The set without `code`.
    #[must_use]
    pub fn without(self, code: T) -> Self {
        Self(self.0 & !(1 << code.index()), PhantomData)
    }

    /// Puts `code` in.
    pub fn insert(&mut self, code: T) {
        *self = self.with(code);
    }

    /// Is `code` in it?
    pub fn has(self, code: T) -> bool {
        self.0 >> code.index() & 1 == 1
    }

    /// Is any of `codes` in it?
    pub fn has_any(self, codes: &[T]) -> bool {
        codes.iter().any(|code| self.has(*code))
    }

    /// Is nothing in both?
    pub fn is_disjoint(self, other: Self) -> bool {
        self.0 & other.0 == 0
    }

    /// What is in either.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0, PhantomData)
    }

    /// What is in both.
    #[must_use]
    pub fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0, PhantomData)
    }

    /// What is in this and not in the other.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0 & !other.0, PhantomData)
    }

    /// Is nothing in it?
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many codes are in it.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Its codes, in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = T> {
        T::ALL.iter().copied().filter(move |code| self.has(*code))
    }

    /// The number itself: bit *n* is the *n*th code. For keys of maps, not for storage (lists grow).
    pub fn bits(self) -> u128 {
        self.0
    }
}

impl<T: Code> FromIterator<T> for CodeSet<T> {
    fn from_iter<I: IntoIterator<Item = T>>(codes: I) -> Self {
        codes.into_iter().fold(Self::EMPTY, Self::with)
    }
}

// Written out because a derive would ask the same of `T`, which is only a label here.
impl<T> Clone for CodeSet<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for CodeSet<T> {}
impl<T> PartialEq for CodeSet<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<T> Eq for CodeSet<T> {}
impl<T> std::hash::Hash for CodeSet<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<T> Default for CodeSet<T> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}
impl<T: Code> std::fmt::Debug for CodeSet<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.iter().map(Code::as_str)).finish()
    }
}

/// Declares a closed list: variant, name, title.
macro_rules! codes {
    (
        $(#[$doc:meta])* $name:ident
        $( $(#[$vdoc:meta])* $variant:ident $code:literal $title:literal; )*
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(
                #[doc = concat!($title, ".")]
                $(#[$vdoc])*
                #[serde(rename = $code)]
                $variant,
            )*
        }

        impl $crate::codes::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            fn index(self) -> usize {
                self as usize
            }

            fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            fn title(self) -> &'static str {
                match self { $(Self::$variant => $title),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::codes::Code::as_str(*self))
            }
        }
    };
}
pub(crate) use codes;
