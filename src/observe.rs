//! Reads Owner and Created By back from a CRM; the judge, a pure function over stored observations.
