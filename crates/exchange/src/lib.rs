//! What leaves the house: spreadsheets, calendars, e-mail. Everything here gets plain data that casework has already
//! decided the recipient may have.

pub mod calendar;
pub mod mail;
pub mod sheet;
