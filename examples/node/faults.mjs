// Five mistakes that Node integrations make, each in one place: `node driver.mjs --fault NAME`. README.md says which rule
// catches which. Nothing else knows of them: each replaces one method of the honest integration.

import { parseArgs } from "node:util";

import { HubspotLogin } from "./hubspot.mjs";
import { SalesforceLogin } from "./salesforce.mjs";
import { Sync } from "./sync.mjs";

const FAULTS = {
  /** The module makes one jsforce Connection and everybody uses it: whoever connected first writes and owns everything. */
  "shared-connection"() {
    const connections = new WeakMap();
    const { connect } = SalesforceLogin.prototype;
    SalesforceLogin.prototype.connect = function () {
      if (!connections.has(this.app)) connections.set(this.app, connect.call(this));
      return connections.get(this.app);
    };
  },

  /** jsforce refreshes by itself, and a Connection is made of the stored tokens for each call. The refresh token that came with
   * the new access token is lost, the stored one is over, and the person counts as unlinked from then on. */
  "default-refresh"() {
    const { call, connect } = SalesforceLogin.prototype;
    SalesforceLogin.prototype.call = function (request) {
      this.connection = connect.call(this, { refreshFn: undefined });
      return call.call(this, request);
    };
  },

  /** HubSpot's owner object has two numbers, and `hubspot_owner_id` gets the other one. */
  "user-id-as-owner"() {
    HubspotLogin.prototype.ownerId = ({ userId }) => String(userId);
  },

  /** A batch is Promise.all over creates. One lost answer rejects it, and the retry makes all of them again. */
  "retried-promise-all"() {
    SalesforceLogin.prototype.writeMany = async function (writes) {
      const writeEach = (connection) => Promise.all(writes.map((write) => this.insert(connection, write)));
      try {
        return (await this.call(writeEach)).map(({ id }) => ({ crmId: id }));
      } catch (error) {
        return writes.map(() => error);
      }
    };
    SalesforceLogin.prototype.insert = function (connection, write) {
      const { [this.app.external_id_field]: _, ...row } = this.row(write);
      const records = connection.sobject({ contact: "Contact", account: "Account", lead: "Lead" }[write.object]);
      const options = { headers: { "Sforce-Auto-Assign": "FALSE" } };
      return write.crmId ? records.update(row, options) : records.create(row, options);
    };
  },

  /** Nobody awaits the writes of a bulk push: it is reported as done while it waits in a queue. */
  "unawaited-bulk"() {
    const { push } = Sync.prototype;
    Sync.prototype.push = async function (request) {
      if (request.mode === "single") return push.call(this, request);
      setTimeout(() => push.call(this, request).catch(console.error), 250);
      return request.records.map(({ id }) => ({ record: id, outcome: "pushed", crm_id: "queued" }));
    };
  },
};

/** @param {string[]} args of the command line */
export function introduceFault(args) {
  const usage = `usage: node driver.mjs [--fault ${Object.keys(FAULTS).join("|")}]`;
  try {
    const { fault } = parseArgs({ args, options: { fault: { type: "string" } } }).values;
    if (fault === undefined) return;
    if (!Object.hasOwn(FAULTS, fault)) throw new Error(`there is no fault ${fault}`);
    FAULTS[fault]();
  } catch (error) {
    console.error(`${error.message}\n${usage}`);
    process.exit(2);
  }
}
