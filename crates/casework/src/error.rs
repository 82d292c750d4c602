//! What can go wrong in a use case, as the person who asked should hear it.

use kinfold_record::Problem;
use thiserror::Error;

/// Why a use case did not do what was asked. Nothing was written, unless the variant says so.
#[derive(Debug, Error)]
pub enum Error {
    /// There is no such thing, or the person may not know that there is. The two are the same on purpose.
    #[error("There is nothing here. It may have been moved, or you may not be able to see it.")]
    Absent,
    /// The person's session has ended, or their rights have changed so that they must sign in again.
    #[error("You have been signed out. Sign in to carry on; what you wrote has been kept as a draft.")]
    SignedOut,
    /// The person must give their password again before this.
    #[error("Enter your password again to carry on.")]
    Reauthenticate,
    /// The person may know that the thing exists, but may not do this to it.
    #[error("You cannot do this. {0}")]
    Forbidden(String),
    /// What was sent cannot be used. One message for each field ("" for the whole form).
    #[error("There is a problem with what was entered.")]
    Invalid(Vec<FieldProblem>),
    /// The entry cannot be true beside the ones that stand.
    #[error("This cannot be recorded as it is.")]
    Impossible(Vec<Problem>),
    /// Somebody else changed it first.
    #[error("Somebody else changed this while you were writing. Compare the two and decide.")]
    Conflict {
        /// The version now.
        current: i64,
    },
    /// Too many attempts.
    #[error("Too many attempts. Wait {minutes} minutes and try again.")]
    TooMany {
        /// How long to wait.
        minutes: i64,
    },
    /// The guidance files have mistakes.
    #[error("The guidance has mistakes: {0}")]
    Guidance(String),
    /// The database did not answer, or what it holds cannot be read.
    #[error("Something went wrong on our side. Nothing you sent was lost; try again in a moment.")]
    Store(#[from] kinfold_store::Error),
    /// Something inside is not as it should be.
    #[error("Something went wrong on our side ({0}).")]
    Internal(String),
}

/// A problem with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldProblem {
    /// Name of the field, or empty for the whole form.
    pub field: String,
    /// What is wrong and what to do.
    pub message: String,
}

impl Error {
    /// One problem with one field.
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldProblem { field: field.to_owned(), message: message.into() }])
    }
}

/// What a use case gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;
