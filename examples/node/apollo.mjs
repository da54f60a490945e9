// Apollo's side: users, records with their source and owner, activities, push settings, the sync error log.

import { Unsupported } from "./errors.mjs";
import { Logins, TEAM_SYNC } from "./logins.mjs";
import { Sync } from "./sync.mjs";

/** Everything that this integration does. A word that is missing here is reported as unsupported, never as passed. */
const CAPABILITIES = [
  ...["salesforce", "hubspot"].map((crm) => `crm:${crm}`),
  ...["contact", "account", "lead"].map((kind) => `record:${kind}`),
  ...["manual", "csv", "gmail", "linkedin", "prospecting", "jobchange"].map((source) => `source:${source}`),
  ...["single", "bulk"].map((mode) => `mode:${mode}`),
  ...["email", "task", "call"].map((type) => `activity:${type}`),
  "update",
  "error_log",
];

/** A saved contact or account. Whoever saves it owns it in Apollo, linked or not (A2, A22, B1, B8); a push leaves that alone. */
export class ApolloRecord {
  /** @type {Map<string, { object: string, crmId: string, ownerWhenPushed: string }>} */
  #counterparts = new Map();

  constructor(id, externalId, { kind, source, user, fields }, account) {
    Object.assign(this, { id, externalId, kind, source, account, fields, owner: user });
  }

  /** What it is in a CRM, as this object or as any. */
  inCrm(crm, object) {
    const objects = object ? [object] : ["contact", "account", "lead"];
    return objects.map((one) => this.#counterparts.get(`${crm} ${one}`)).find(Boolean);
  }

  pushed(crm, object, crmId) {
    this.#counterparts.set(`${crm} ${object}`, { object, crmId, ownerWhenPushed: this.owner });
  }
}

/** One Apollo team, by the methods of the driver protocol. */
export class Apollo {
  #run = "";
  #users = new Map();
  #records = new Map();
  #activities = 0;
  #errors = [];

  hello({ run }) {
    this.#run = run;
    return { protocol: 1, name: "example-node", version: "1.0.0", capabilities: CAPABILITIES };
  }

  /** Everything is forgotten. */
  reset({ scenario, salesforce, hubspot, settings = {} }) {
    this.#users = new Map();
    this.#records = new Map();
    this.#activities = 0;
    this.#errors = [];
    this.namespace = [this.#run, scenario].filter(Boolean).join("-");
    this.settings = { assignment_rules: false, ...settings };
    this.logins = new Logins({ salesforce, hubspot });
    this.sync = new Sync(this, this.logins);
  }

  addUser({ user, ...person }) {
    this.#users.set(user, person);
  }

  link({ user, crm, grant }) {
    this.#known(this.#users, user);
    this.logins.connect(crm, user, grant);
  }

  unlink({ user, crm }) {
    if (!this.logins.disconnect(crm, user)) throw new Error(`${user} has no ${crm} login`);
  }

  connectTeamSync({ crm, grant }) {
    this.logins.connect(crm, TEAM_SYNC, grant);
  }

  disconnectTeamSync({ crm }) {
    if (!this.logins.disconnect(crm, TEAM_SYNC)) throw new Error(`team sync is not connected to ${crm}`);
  }

  createRecord(params) {
    this.#known(this.#users, params.user);
    const account = params.account ? this.#known(this.#records, params.account) : undefined;
    const id = `a${this.#records.size + 1}`;
    const record = new ApolloRecord(id, this.#externalId(id), params, account);
    this.#records.set(id, record);
    return { record: id, owner: record.owner };
  }

  updateRecord({ record: id, user, fields = {}, owner }) {
    const record = this.#known(this.#records, id);
    this.#known(this.#users, user);
    if (owner) this.#known(this.#users, owner);
    Object.assign(record.fields, fields);
    record.owner = owner ?? record.owner;
    return { record: id, owner: record.owner };
  }

  readRecord({ record: id }) {
    return { record: id, owner: this.#known(this.#records, id).owner };
  }

  async push({ records, crm, mode, user, as = "contact" }) {
    // No documented sentence speaks of leads in HubSpot.
    if (crm === "hubspot" && as === "lead") throw new Unsupported("record:lead in HubSpot");
    if (user) this.#known(this.#users, user);
    const pushed = records.map((id) => this.#known(this.#records, id));
    return { results: await this.sync.push({ records: pushed, crm, mode, user, as }) };
  }

  async logActivity({ type, user = null, about, crm, fields }) {
    if (user) this.#known(this.#users, user);
    const id = `e${(this.#activities += 1)}`;
    const record = this.#known(this.#records, about);
    const activity = { id, externalId: this.#externalId(id), type, user, about: record, fields };
    return { results: [{ activity: id, ...(await this.sync.log(activity, crm)) }] };
  }

  /** Where failures of sync and ownership show (A25). */
  logError({ record, activity, crm, you }, reason, message) {
    const entry = { record: record.id, ...(activity && { activity: activity.id }), crm, user: you, reason, message };
    this.#errors.push(entry);
  }

  errorLog() {
    return { entries: this.#errors };
  }

  /** The name under which a CRM finds this again: the same in every attempt, another in every run. */
  #externalId(id) {
    return this.namespace ? `${this.namespace}-${id}` : id;
  }

  #known(all, id) {
    if (!all.has(id)) throw new Error(`Apollo does not know ${id}`);
    return all.get(id);
  }
}
