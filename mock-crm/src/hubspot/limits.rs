//! How many calls an app may make, and the headers that tell of it.
//!
//! Counted by the portal's clock, and only where [`RateLimits::enforce`] says so: else every answer tells of one call made.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use axum::body::Body;
use http::{HeaderMap, HeaderName, HeaderValue, Response};
use parking_lot::Mutex;

use super::app::App;
use super::call::Call;
use super::refusal::{ApiError, CORRELATION_ID, Policy};
use super::spec::RateLimits;
use crate::clock::Timestamp;

const TEN_SECONDS: i64 = 10_000;
const SECOND: i64 = 1_000;
const DAY: i64 = 86_400_000;

/// Answers a call if its app may make one more, and says so in the headers.
pub(super) fn limited(
    call: &Call<'_>,
    search: bool,
    answer: impl FnOnce() -> Result<Response<Body>, ApiError>,
) -> Response<Body> {
    let (answered, usage) = match counted(call, search) {
        Ok(usage) => (answer(), usage),
        Err(Exceeded { policy, usage }) => (Err(ApiError::RateLimited(policy)), usage),
    };
    let id = call.portal.uuid();
    let mut response = answered.unwrap_or_else(|error| error.into_response(&id));
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(CORRELATION_ID, id);
    }
    if let Some(usage) = usage {
        usage.stamp(headers);
    }
    response
}

fn counted(call: &Call<'_>, search: bool) -> Result<Option<Usage>, Exceeded> {
    let Some(app) = call.app() else {
        // HubSpot's own pages.
        return Ok(None);
    };
    let limits = &call.portal.switches.rate_limits;
    (call.portal.meters).count(limits, app, search, call.portal.now())
}

/// The calls of one portal that still count.
#[derive(Debug, Default)]
pub(crate) struct Meters(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    apps: HashMap<Arc<str>, Window>,
    searches: Window,
    /// The day, and its calls of private apps.
    day: (i64, u32),
}

/// When calls were made, the oldest first.
#[derive(Debug, Default)]
struct Window(VecDeque<Timestamp>);

/// What the headers of an answer tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Usage {
    max: u32,
    remaining: u32,
    /// Of the day: how many, and how many are left. Private apps only.
    daily: Option<(u32, u32)>,
}

/// A call that is one too many, and what its headers tell.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Exceeded {
    pub(crate) policy: Policy,
    pub(crate) usage: Option<Usage>,
}

impl Meters {
    /// Counts a call of `app`, or refuses it; `None`: a search, whose answers tell nothing of limits. No source says
    /// whether searches count among the calls of ten seconds, so they do not, or whether refused calls count: neither do they.
    pub(crate) fn count(
        &self,
        limits: &RateLimits,
        app: &App,
        search: bool,
        now: Timestamp,
    ) -> Result<Option<Usage>, Exceeded> {
        let max = match app.private() {
            true => limits.private_app,
            false => limits.oauth_app,
        };
        let daily = app.private().then_some(limits.daily);
        if !limits.enforce {
            return Ok((!search).then(|| Usage::after(1, max, daily.map(|daily| (1, daily)))));
        }
        let mut counted = self.0.lock();
        counted.turn_day(now);
        let today = counted.day.1;
        let usage = |used, today| Usage::after(used, max, daily.map(|daily| (today, daily)));
        if daily.is_some_and(|daily| today >= daily) {
            let usage = (!search).then(|| usage(0, today));
            return Err(Exceeded {
                policy: Policy::Daily,
                usage,
            });
        }
        let used = match search {
            true => counted.searches.add(now, SECOND, limits.search_per_second),
            false => {
                let window = counted.apps.entry(app.app_id.clone()).or_default();
                window.add(now, TEN_SECONDS, max)
            }
        };
        match (used, search) {
            (Some(used), _) => {
                counted.day.1 += u32::from(daily.is_some());
                Ok((!search).then(|| usage(used, counted.day.1)))
            }
            (None, true) => Err(Exceeded {
                policy: Policy::Secondly,
                usage: None,
            }),
            (None, false) => Err(Exceeded {
                policy: Policy::TenSecondlyRolling,
                usage: Some(usage(max, today)),
            }),
        }
    }
}

impl Counted {
    /// Days begin at midnight of the portal's time, which is UTC.
    fn turn_day(&mut self, now: Timestamp) {
        let day = now.0.div_euclid(DAY);
        if self.day.0 != day {
            self.day = (day, 0);
        }
    }
}

impl Window {
    /// How many calls the interval has with this one; `None` where it is one too many.
    fn add(&mut self, now: Timestamp, interval: i64, max: u32) -> Option<u32> {
        if self.0.back().is_some_and(|last| *last > now) {
            // The clock was set back.
            self.0.clear();
        }
        while self
            .0
            .front()
            .is_some_and(|first| now.0.saturating_sub(first.0) >= interval)
        {
            self.0.pop_front();
        }
        let used = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        if used >= max {
            return None;
        }
        self.0.push_back(now);
        Some(used + 1)
    }
}

impl Usage {
    fn after(used: u32, max: u32, daily: Option<(u32, u32)>) -> Self {
        Self {
            max,
            remaining: max.saturating_sub(used),
            daily: daily.map(|(used, daily)| (daily, daily.saturating_sub(used))),
        }
    }

    /// What a refusal by `policy` tells of the usual limits when a fault plays it; nothing of searches.
    pub(super) fn spent(policy: Policy) -> Option<Self> {
        let limits = RateLimits::default();
        match policy {
            Policy::TenSecondlyRolling => {
                Some(Self::after(limits.oauth_app, limits.oauth_app, None))
            }
            Policy::Secondly => None,
            Policy::Daily => Some(Self::after(
                0,
                limits.private_app,
                Some((limits.daily, limits.daily)),
            )),
        }
    }

    /// Writes the headers.
    pub(super) fn stamp(self, headers: &mut HeaderMap) {
        let mut put = |name: &'static str, number: u32| {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(number));
        };
        put("x-hubspot-ratelimit-interval-milliseconds", 10_000);
        put("x-hubspot-ratelimit-max", self.max);
        put("x-hubspot-ratelimit-remaining", self.remaining);
        if let Some((daily, remaining)) = self.daily {
            put("x-hubspot-ratelimit-daily", daily);
            put("x-hubspot-ratelimit-daily-remaining", remaining);
        }
    }
}

#[cfg(test)]
mod tests;
