//! Repeating a request that did not get through, always with the same login.

use super::failure::Failure;
use super::request::{Answer, NoAnswer, Repeat, Request};
use super::{Patience, Sleeper};
use reqwest::StatusCode;
use std::time::Duration;

/// Attempts at one request, the first included.
pub(super) const ATTEMPTS: u32 = 5;

/// A server that asks for more patience than this is as good as away.
const LONGEST_WAIT: Duration = Duration::from_secs(300);

/// Salesforce's words for "try again": a locked row, too many requests at once.
const TRY_AGAIN: [&str; 2] = [LOCKED, "REQUEST_LIMIT_EXCEEDED"];

/// Somebody else is writing the record.
pub(super) const LOCKED: &str = "UNABLE_TO_LOCK_ROW";

/// Where requests go, and with which token.
#[derive(Debug)]
pub(super) struct Target<'a> {
    pub(super) http: &'a reqwest::Client,
    pub(super) sleeper: &'a dyn Sleeper,
    pub(super) base: String,
    pub(super) token: Option<&'a str>,
    /// Whether a locked record is worth another attempt.
    pub(super) waits_for_locks: bool,
}

/// Sends until there is an answer that is not "later"; waits as long as the server asks, else ever longer.
pub(super) async fn insist(
    request: &Request,
    target: &Target<'_>,
    patience: Patience,
) -> Result<Answer, Failure> {
    let mut last = String::new();
    for attempt in 0..ATTEMPTS {
        let wait = match request.send(target.http, &target.base, target.token).await {
            Ok(answer) if patience == Patience::BusyIsNoLogin && is_busy(&answer) => {
                return Err(Failure::CredentialDead {
                    why: format!("the CRM answered {}", answer.status),
                });
            }
            Err(NoAnswer::Lost(why)) if patience == Patience::LostIsRefused => {
                return Err(Failure::refused("NO_ANSWER", why));
            }
            Ok(answer)
                if says_later(&answer, target.waits_for_locks)
                    || (answer.status.is_server_error() && request.repeat == Repeat::Freely) =>
            {
                last = format!("the CRM answered {} {}", answer.status, answer.body);
                answer.retry_after().unwrap_or(backoff(attempt))
            }
            Ok(answer) if answer.status.is_server_error() => {
                return Err(Failure::AnswerLost {
                    wait: answer.retry_after().unwrap_or(backoff(attempt)),
                });
            }
            Ok(answer) => return Ok(answer),
            Err(NoAnswer::Lost(_)) if request.repeat == Repeat::OnlyIfUntouched => {
                return Err(Failure::AnswerLost {
                    wait: backoff(attempt),
                });
            }
            Err(NoAnswer::NotSent(why) | NoAnswer::Lost(why)) => {
                last = format!("could not reach the CRM: {why}");
                backoff(attempt)
            }
        };
        if wait > LONGEST_WAIT {
            break;
        }
        if attempt + 1 < ATTEMPTS {
            target.sleeper.sleep(wait).await;
        }
    }
    Err(Failure::Unavailable { message: last })
}

/// The server has done nothing, and says that it may do it later. 423 and 477 are HubSpot's, for a locked record and a portal on the move.
fn says_later(answer: &Answer, waits_for_locks: bool) -> bool {
    let code = answer.text("/0/errorCode").unwrap_or_default();
    let locked = answer.status.as_u16() == 423 || code == LOCKED;
    if locked && !waits_for_locks {
        return false;
    }
    answer.status == StatusCode::TOO_MANY_REQUESTS
        || matches!(answer.status.as_u16(), 423 | 477)
        || TRY_AGAIN.contains(&code)
}

fn is_busy(answer: &Answer) -> bool {
    says_later(answer, true) || answer.status.is_server_error()
}

/// One second, two, four, eight.
pub(super) fn backoff(attempt: u32) -> Duration {
    Duration::from_secs(1 << attempt.min(6))
}
