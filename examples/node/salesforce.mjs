// One Salesforce login, by jsforce.

import { LoginDead, Refused, Unreachable } from "./errors.mjs";
import { jsforce } from "./packages.mjs";
import { insist, isLost } from "./patience.mjs";

const OBJECTS = { contact: "Contact", account: "Account", lead: "Lead", email: "Task", task: "Task", call: "Task" };
/** Rows of one sObject Collections request. */
const BATCH_LIMIT = 200;
const LOCKED = "UNABLE_TO_LOCK_ROW";
const PASSING = [LOCKED, "REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE", "UNKNOWN_EXCEPTION"];

/**
 * Whose login it is.
 * @typedef {object} Identity
 * @property {string} userId
 * @property {string} [ownerId] as whom the same person owns records; a HubSpot user who is deactivated has none
 */

/**
 * One create or update.
 * @typedef {object} Write
 * @property {"contact" | "account" | "lead" | "email" | "task" | "call"} object
 * @property {string} externalId Apollo's id, by which a repeated create finds the first one
 * @property {string} [crmId] the CRM's id, in an update
 * @property {Record<string, string>} values
 * @property {string} [ownerId]
 * @property {{ object: string, crmId: string }} [related] a contact's account, an activity's contact
 * @property {boolean} assignmentRules whether Salesforce's rules choose the owner
 */

/** @typedef {{ crmId: string, note?: string } | Error} Result */

export class SalesforceLogin {
  /** Every login has a connection of its own: a jsforce Connection is one user. */
  constructor(app, grant) {
    this.app = app;
    this.grant = grant;
    this.connection = this.connect();
  }

  connect(options = {}) {
    return new jsforce.Connection({
      oauth2: { loginUrl: this.app.login_url, clientId: this.app.client_id, clientSecret: this.app.client_secret },
      instanceUrl: this.grant.instance_url ?? this.app.instance_url,
      accessToken: this.grant.access_token,
      refreshToken: this.grant.refresh_token,
      refreshFn: (connection, done) => this.refresh(connection).then((token) => done(undefined, token), done),
      version: "60.0",
      ...options,
    });
  }

  /** jsforce's own refresh drops the new refresh token; where they rotate, the old one is dead. Once for each call, since
   * jsforce would go on for as long as it is told 401. */
  async refresh(connection) {
    if (this.refreshed || !this.grant.refresh_token) throw new LoginDead("the access token is dead");
    this.refreshed = true;
    const ask = () => connection.oauth2.refreshToken(this.grant.refresh_token);
    const answer = await insist(ask, passing).catch((error) => {
      this.unreachable = error instanceof Unreachable ? error : undefined;
      throw error;
    });
    this.grant.access_token = answer.access_token;
    this.grant.refresh_token = answer.refresh_token ?? this.grant.refresh_token;
    connection.refreshToken = this.grant.refresh_token;
    return answer.access_token;
  }

  /** Whatever is sent here may be sent twice: reads, updates, and upserts by Apollo's id. */
  async call(request) {
    this.refreshed = false;
    this.unreachable = undefined;
    try {
      return await insist(() => request(this.connection), passing);
    } catch (error) {
      // jsforce makes one error of whatever a refresh ends with.
      if (error.message.startsWith("Unable to refresh session")) throw this.unreachable ?? new LoginDead(error.message);
      throw error.errorCode ? new Refused(error.errorCode, error.message) : error;
    }
  }

  /** @returns {Promise<Identity>} */
  async identity() {
    const { user_id: userId, active } = await this.call((connection) => {
      // Asked from the start, by way of the data API: the user's own page answers a dead token with 403, and jsforce
      // refreshes at 401 alone.
      connection.userInfo = undefined;
      return connection.identity();
    });
    if (active === false) throw new LoginDead("its user is deactivated");
    return { userId, ownerId: userId };
  }

  /** Modify All Data, View All Data, the rest. A profile has a permission set of its own, so this sees profiles too. */
  async permission({ userId }) {
    const soql = `SELECT PermissionSet.PermissionsModifyAllData, PermissionSet.PermissionsViewAllData
      FROM PermissionSetAssignment WHERE AssigneeId = '${userId}'`;
    try {
      const { records } = await this.call((connection) => connection.query(soql));
      const has = (permission) => records.some(({ PermissionSet: set }) => set[permission]);
      if (has("PermissionsModifyAllData")) return 2;
      return has("PermissionsViewAllData") ? 1 : 0;
    } catch (error) {
      // Whoever may not see the setup is nobody's administrator.
      if (error instanceof Refused) return 0;
      throw error;
    }
  }

  /**
   * Writes records of one object, all new or all updates.
   * @param {Write[]} writes
   * @param {"single" | "bulk"} mode
   * @returns {Promise<Result[]>} one result a write, in their order
   */
  async write(writes, mode) {
    if (mode === "single") return [await this.writeOne(writes[0]).catch((error) => error)];
    const results = [];
    for (let first = 0; first < writes.length; first += BATCH_LIMIT) {
      results.push(...(await this.writeMany(writes.slice(first, first + BATCH_LIMIT))));
    }
    return results;
  }

  async writeOne(write) {
    try {
      const answer = await this.call((connection) => this.send(connection, write, this.row(write)));
      return { crmId: write.crmId ?? answer?.id ?? (await this.find(write)) };
    } catch (error) {
      // A Task's subtype is set once. So this upsert has found ours: the create went through, and its answer got lost.
      if (error.code !== "INVALID_FIELD_FOR_INSERT_UPDATE" || write.crmId) throw error;
      return { crmId: await this.find(write) };
    }
  }

  /** A locked row is sent again, and only that one. A failure of the request is the failure of each row. */
  async writeMany(writes) {
    const results = new Map();
    const open = () => writes.filter((write) => !results.has(write) || results.get(write).code === LOCKED);
    const attempt = async () => {
      const sent = open();
      const rows = sent.map((write) => this.row(write));
      const answers = await this.call((connection) => this.send(connection, sent[0], rows));
      sent.forEach((write, place) => results.set(write, readRow(answers[place])));
      const locked = open();
      if (locked.length) throw results.get(locked[0]);
    };
    try {
      await insist(attempt, (error) => (error.code === LOCKED ? 0 : undefined));
    } catch (error) {
      open().forEach((write) => results.set(write, error));
    }
    return writes.map((write) => results.get(write));
  }

  /** REST runs assignment rules unless it is told not to. */
  send(connection, { object, crmId, assignmentRules }, rows) {
    const options = { headers: { "Sforce-Auto-Assign": assignmentRules ? "TRUE" : "FALSE" } };
    const records = connection.sobject(OBJECTS[object]);
    return crmId ? records.update(rows, options) : records.upsert(rows, this.app.external_id_field, options);
  }

  row({ object, crmId, externalId, values, ownerId, related }) {
    return {
      ...(crmId ? { Id: crmId } : { [this.app.external_id_field]: externalId }),
      ...values,
      ...(ownerId && { OwnerId: ownerId }),
      ...(related && { [lookup(object, related.object)]: related.crmId }),
    };
  }

  async find({ object, externalId }) {
    const path = `/sobjects/${OBJECTS[object]}/${this.app.external_id_field}/${encodeURIComponent(externalId)}`;
    return (await this.call((connection) => connection.request(path))).Id;
  }
}

/** A Task hangs on a person by `WhoId` and on anything else by `WhatId`. */
function lookup(object, to) {
  if (object === "contact") return "AccountId";
  return to === "account" ? "WhatId" : "WhoId";
}

function readRow({ success, id, errors = [] } = {}) {
  if (success) return { crmId: id };
  const [{ statusCode = "UNKNOWN", message = "refused without a reason" } = {}] = errors;
  return new Refused(statusCode, message);
}

/** jsforce hides Retry-After, which Salesforce seldom sends. A server error that is not Salesforce's own has no error code. */
function passing(error) {
  const code = error.errorCode ?? error.name;
  return isLost(error) || PASSING.includes(code) || /^ERROR_HTTP_(429|5\d\d)$/.test(code) ? 0 : undefined;
}
