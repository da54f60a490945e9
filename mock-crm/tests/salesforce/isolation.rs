//! Two orgs in one process, with the same users, user names, apps and passwords but for one user: no token, id, code,
//! locator, job or query of one reaches the other, whichever door it tries.

mod bulk;
mod composed;
mod found;
mod logins;
mod records;
mod soap;
mod two_orgs;
