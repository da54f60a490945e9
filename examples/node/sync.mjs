// A push from the outside in: who writes and who owns each record, groups that share a login, and what became of them.

import { LoginDead, Refused, Unreachable } from "./errors.mjs";
import { hubspotActivity, hubspotRecord, salesforceActivity, salesforceRecord } from "./fields.mjs";
import { TEAM_SYNC } from "./logins.mjs";
import { credentials, owners, you } from "./ownership.mjs";

/**
 * One record or activity on its way.
 * @typedef {object} Job
 * @property {"salesforce" | "hubspot"} crm
 * @property {"single" | "bulk"} mode
 * @property {string} object what it becomes there
 * @property {string | null} you an Apollo user
 * @property {import("./apollo.mjs").ApolloRecord} record what is pushed, or what the activity is about
 * @property {object} [activity]
 * @property {{ object: string, source: string }} chosenAs its own object and source, or those of the contact that it comes with
 */

/** What both CRMs call an owner who can't own. */
const OWNER_REFUSED = ["INACTIVE_OWNER_OR_USER", "INVALID_OWNER_ID"];

export class Sync {
  constructor(apollo, logins) {
    this.apollo = apollo;
    this.logins = logins;
  }

  /** A contact brings its account along if the CRM does not have it. */
  async push({ records, crm, mode, user, as }) {
    const outcomes = new Map();
    const unique = [...new Set(records)];
    for (const together of mode === "bulk" ? [unique] : unique.map((record) => [record])) {
      await this.pushTogether(together, { crm, mode, user, as }, outcomes);
    }
    return records.map((record) => ({ record: record.id, ...outcomes.get(record) }));
  }

  async pushTogether(records, { crm, mode, user, as }, outcomes) {
    const job = (record) => {
      const object = record.kind === "contact" ? as : record.kind;
      const chosenAs = { object, source: record.source };
      return { crm, mode, object, record, you: you(mode, user, record), chosenAs };
    };
    const jobs = (kind) => records.filter((record) => record.kind === kind).map(job);
    await this.deliver(jobs("account"), outcomes);
    const contacts = jobs("contact");
    const missing = new Map();
    for (const contact of contacts) {
      const account = this.missingAccount(contact);
      if (!account || outcomes.has(account) || missing.has(account)) continue;
      missing.set(account, { ...contact, object: "account", record: account });
    }
    await this.deliver([...missing.values()], new Map());
    for (const contact of contacts.filter((one) => this.missingAccount(one))) {
      outcomes.set(contact.record, this.refuse(contact, "account_refused", "its account could not be pushed"));
    }
    const ready = contacts.filter(({ record }) => !outcomes.has(record));
    await this.deliver(ready, outcomes);
  }

  /** A Lead has no account: it carries the name of its company. */
  missingAccount({ crm, object, record }) {
    return object === "contact" && record.account && !record.account.inCrm(crm, "account") ? record.account : undefined;
  }

  /** An activity belongs to whoever did it, never to the owner of what it is about (A17; T5). */
  async log(activity, crm) {
    const { type, user, about } = activity;
    const chosenAs = { object: type, source: about.source };
    const job = { crm, mode: "single", object: type, record: about, activity, you: user, chosenAs };
    if (!about.inCrm(crm)) return this.refuse(job, "not_in_crm", `${about.id} is not in ${crm}: push it first`);
    const outcomes = new Map();
    await this.deliver([job], outcomes);
    return outcomes.get(about);
  }

  /**
   * Delivers jobs until each has an outcome. A login that dies on the way, or whose user can't own any more, is struck out and
   * its jobs are decided anew; nothing else ever changes a job's login.
   */
  async deliver(jobs, outcomes) {
    for (let open = jobs; open.length > 0; open = open.filter(({ record }) => !outcomes.has(record))) {
      const plans = [];
      for (const job of open) {
        const plan = await this.plan(job).catch((error) => error);
        if (plan instanceof Error) outcomes.set(job.record, this.failed(job, plan));
        else plans.push(plan);
      }
      for (const group of grouped(plans)) await this.send(group, outcomes);
    }
  }

  async send(plans, outcomes) {
    const [{ writer, job }] = plans;
    const writes = plans.map(({ write }) => write);
    const results = await writer.login.write(writes, job.mode);
    for (const [place, result] of results.entries()) {
      const { job, owner, passedOver } = plans[place];
      if (result instanceof LoginDead) this.logins.bury(writer, result.message);
      else if (OWNER_REFUSED.includes(result.code) && (await this.isGone(owner))) continue;
      else if (result instanceof Error) outcomes.set(job.record, this.failed(job, result));
      else outcomes.set(job.record, this.pushed(job, result, passedOver));
    }
  }

  /** Whether the CRM is right to refuse an owner, who was active when it was asked before. */
  async isGone(owner) {
    if (!owner) return false;
    this.logins.forget(owner);
    return !(await this.logins.standing(owner)).identity;
  }

  /** Who writes, who owns, and what is sent. */
  async plan(job) {
    const { crm, object, record, activity } = job;
    const known = activity ? undefined : record.inCrm(crm, object);
    const ownerChanged = known !== undefined && known.ownerWhenPushed !== record.owner;
    const choice = { crm, ...job.chosenAs, update: known !== undefined, ownerChanged };
    const passedOver = new Set();
    const writer = await this.firstAvailable(credentials(choice), job, passedOver);
    if (!writer) throw new LoginDead(`nobody has a ${crm} login that works`);
    const owner = await this.firstAvailable(owners(choice), job, passedOver);
    const write = {
      object,
      crmId: known?.crmId,
      externalId: (activity ?? record).externalId,
      values: values(job),
      ownerId: owner && (await this.logins.standing(owner)).identity.ownerId,
      related: related(job),
      assignmentRules: this.apollo.settings.assignment_rules,
    };
    return { job, writer, owner, write, passedOver: [...passedOver].join("; ") };
  }

  /** Asks about a login only once it matters, so that a colleague's is never touched while yours or team sync's works. */
  async firstAvailable(parts, job, passedOver) {
    for (const part of parts) {
      const connected = await this.playing(part, job);
      if (!connected) continue;
      const { identity, why } = await this.logins.standing(connected);
      if (identity) return connected;
      if (part === "you" || part === "team sync") passedOver.add(why);
    }
    return undefined;
  }

  playing(part, { crm, you, record }) {
    if (part === "the most permitted") return this.logins.mostPermitted(crm);
    const holder = { you, "Apollo's owner": record.owner, "team sync": TEAM_SYNC }[part];
    return this.logins.heldBy(crm, holder);
  }

  /** A login that was passed over goes to the error log, though the record went through. */
  pushed(job, { crmId, note }, passedOver) {
    if (!job.activity) job.record.pushed(job.crm, job.object, crmId);
    if (passedOver) this.apollo.logError(job, "credential_unusable", passedOver);
    const message = passedOver || note;
    return { outcome: "pushed", crm_id: crmId, ...(message && { message }) };
  }

  failed(job, error) {
    if (error instanceof LoginDead) return this.refuse(job, "no_credential", error.message);
    if (error instanceof Unreachable) return this.refuse(job, "crm_unreachable", error.message);
    if (error instanceof Refused) return this.refuse(job, "crm_refused", error.message);
    throw error;
  }

  /** A refusal shows in the error log, too (A25). */
  refuse(job, reason, message) {
    this.apollo.logError(job, reason, message);
    return { outcome: "refused", reason, message };
  }
}

/** Together goes only what is pushed together, by one login, as one object, all new or all updates. */
function grouped(plans) {
  const groups = [];
  for (const plan of plans) {
    const alike = ([{ writer, write }]) =>
      writer === plan.writer && write.object === plan.write.object && !write.crmId === !plan.write.crmId;
    const group = plan.job.mode === "bulk" ? groups.find(alike) : undefined;
    if (group) group.push(plan);
    else groups.push([plan]);
  }
  return groups;
}

function values({ crm, object, record, activity }) {
  if (crm === "hubspot") return activity ? hubspotActivity(object, activity.fields) : hubspotRecord(record.fields);
  return activity ? salesforceActivity(object, activity.fields) : salesforceRecord(object, record.fields);
}

/** A contact hangs on its account, an activity on what it is about. */
function related({ crm, object, record, activity }) {
  if (activity) return record.inCrm(crm);
  return object === "contact" ? record.account?.inCrm(crm, "account") : undefined;
}
