// Why something was not done: one class for each thing that the caller does differently.

/** The CRM no longer accepts a login: it was revoked, or its user is gone. Somebody else's may still do. */
export class LoginDead extends Error {}

/** The CRM understood, and said no to this record. */
export class Refused extends Error {
  /** @param {string} code the vendor's word, such as `INVALID_OWNER_ID` */
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** The CRM did not answer, or asked for more patience than there is. */
export class Unreachable extends Error {}

/** This integration does not do that. */
export class Unsupported extends Error {
  constructor(capability) {
    super(`no ${capability}`);
    this.capability = capability;
  }
}
