//! Invitations to a round of a survey, and the box its answers lie in. Nothing here joins the two: see the migration.

use async_trait::async_trait;
use uuid::Uuid;

use crate::Result;

/// Somebody invited to a round.
#[derive(Debug, Clone, PartialEq)]
pub struct SurveyInvitationRow {
    /// This invitation. Random: it tells nothing about when it was made.
    pub id: Uuid,
    /// To which round.
    pub round: Uuid,
    /// Name, address and the link's secret, encrypted.
    pub recipient: Vec<u8>,
    /// SHA-256 of the link's secret.
    pub token_hash: Vec<u8>,
    /// Whether it was answered. Not when.
    pub used: bool,
}

/// Invitations and answers.
#[async_trait]
pub trait Surveys: Send {
    /// Adds invitations.
    async fn insert_survey_invitations(&mut self, rows: &[SurveyInvitationRow]) -> Result<()>;
    /// One invitation.
    async fn survey_invitation(&mut self, id: Uuid) -> Result<Option<SurveyInvitationRow>>;
    /// The invitation that a link opens.
    async fn survey_invitation_by_token(&mut self, token_hash: &[u8]) -> Result<Option<SurveyInvitationRow>>;
    /// The invitations of a round, by their ids, which are random.
    async fn survey_invitations(&mut self, round: Uuid) -> Result<Vec<SurveyInvitationRow>>;
    /// How many were invited to each round, and how many of them have answered.
    async fn survey_counts(&mut self) -> Result<Vec<(Uuid, i64, i64)>>;
    /// Marks an invitation as used, and writes every other of its round anew with it. Answers how many rows were written.
    async fn use_survey_invitation(&mut self, round: Uuid, id: Uuid) -> Result<u64>;
    /// The answers of a round, encrypted.
    async fn survey_box(&mut self, round: Uuid) -> Result<Option<Vec<u8>>>;
    /// Puts all answers of a round in place of those before.
    async fn put_survey_box(&mut self, round: Uuid, answers: Vec<u8>) -> Result<()>;
}
