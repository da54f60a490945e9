// Every CRM login that somebody has connected, and what is known of each.

import { LoginDead } from "./errors.mjs";
import { HubspotLogin } from "./hubspot.mjs";
import { mostPermitted } from "./ownership.mjs";
import { SalesforceLogin } from "./salesforce.mjs";

export const TEAM_SYNC = Symbol("team sync");

/**
 * One act of connecting. A relinked login is a new one, so nothing that was learnt about the old one survives.
 * @typedef {object} Connected
 * @property {"salesforce" | "hubspot"} crm
 * @property {string | symbol} holder an Apollo user, or TEAM_SYNC
 * @property {SalesforceLogin | HubspotLogin} login
 * @property {Standing} [standing] what the CRM said when it was asked
 */

/** @typedef {{ identity?: import("./salesforce.mjs").Identity, why?: string }} Standing */

export class Logins {
  /** @type {Connected[]} in the order of connecting */
  #connected = [];
  #apps;

  /** @param {{ salesforce?: object, hubspot?: object }} apps what `reset` said about the CRMs */
  constructor(apps) {
    this.#apps = apps;
  }

  connect(crm, holder, grant) {
    this.disconnect(crm, holder);
    const Login = { salesforce: SalesforceLogin, hubspot: HubspotLogin }[crm];
    this.#connected.push({ crm, holder, login: new Login(this.#apps[crm], grant) });
  }

  /** @returns {boolean} whether there was one */
  disconnect(crm, holder) {
    const before = this.#connected.length;
    this.#connected = this.#connected.filter((one) => one.crm !== crm || one.holder !== holder);
    return this.#connected.length < before;
  }

  /** A link is per CRM (H9). */
  heldBy(crm, holder) {
    return this.#connected.find((one) => one.crm === crm && one.holder === holder);
  }

  /**
   * Whose login it is in the CRM, or why it is of no use. Asked once; a CRM that does not answer is asked again.
   * @returns {Promise<Standing>}
   */
  async standing(connected) {
    connected.standing ??= await this.#ask(connected);
    return connected.standing;
  }

  async #ask({ crm, holder, login }) {
    try {
      const identity = await login.identity();
      // Acting as somebody who can own nothing would leave the record without an owner.
      if (holder !== TEAM_SYNC && !identity.ownerId) return { why: `its ${crm} user is not an active owner` };
      return { identity };
    } catch (error) {
      if (error instanceof LoginDead) return { why: error.message };
      throw error;
    }
  }

  /** Has the CRM asked again about a login. */
  forget(connected) {
    delete connected.standing;
  }

  /** A login has stopped working. */
  bury(connected, why) {
    connected.standing = { why };
  }

  /** The authenticated user with the highest permission (A3, A23); whoever's token is dead is not authenticated. */
  async mostPermitted(crm) {
    const candidates = [];
    for (const connected of this.#connected.filter((one) => one.crm === crm && one.holder !== TEAM_SYNC)) {
      const { identity } = await this.standing(connected);
      if (!identity) continue;
      try {
        candidates.push({ connected, permission: await connected.login.permission(identity) });
      } catch (error) {
        if (!(error instanceof LoginDead)) throw error;
        this.bury(connected, error.message);
      }
    }
    return mostPermitted(candidates)?.connected;
  }
}
