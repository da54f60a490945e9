//! Two portals in one process, with the same people, apps, secrets and e-mail addresses: no token, id, code or search of one
//! reaches the other, whichever door it tries.

mod doors;
mod logins;
mod two_portals;
