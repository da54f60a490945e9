// One HubSpot login, by HubSpot's own client.

import { LoginDead, Refused } from "./errors.mjs";
import { HubspotClient } from "./packages.mjs";
import { insist, isLost } from "./patience.mjs";

const OBJECTS = { contact: "contacts", account: "companies", email: "emails", task: "tasks", call: "calls" };
/** Inputs of one batch request. */
const BATCH_LIMIT = 100;
/** HubSpot's own association types, from and to; 279 is a contact's company. */
const ASSOCIATIONS = {
  contact: { account: 279 },
  call: { contact: 194, account: 182 },
  email: { contact: 198, account: 186 },
  task: { contact: 204, account: 192 },
};

/** @typedef {import("./salesforce.mjs").Write} Write */
/** @typedef {import("./salesforce.mjs").Result} Result */

export class HubspotLogin {
  constructor(app, grant) {
    this.app = app;
    this.grant = grant;
    // The client's own retries stay off: they repeat a create whose answer was an error, and don't know Retry-After.
    this.client = new HubspotClient({ basePath: app.url, accessToken: grant.access_token });
  }

  /** A dead access token is refreshed once. */
  async call(request) {
    try {
      return await insist(() => request(this.client), passing);
    } catch (error) {
      if (error.code !== 401) throw refusal(error);
    }
    await this.refresh();
    return insist(() => request(this.client), passing).catch((error) => {
      throw error.code === 401 ? new LoginDead("HubSpot refuses the token that it has just issued") : refusal(error);
    });
  }

  async refresh() {
    const { client_id: id, client_secret: secret } = this.app;
    const ask = () =>
      this.client.oauth.tokensApi.create("refresh_token", undefined, undefined, id, secret, this.grant.refresh_token);
    if (!this.grant.refresh_token) throw new LoginDead("the access token is dead, and there is no refresh token");
    const answer = await insist(ask, passing).catch((error) => {
      throw error.code >= 400 && error.code < 500 ? new LoginDead(refusal(error).message) : error;
    });
    this.grant.access_token = answer.accessToken;
    this.grant.refresh_token = answer.refreshToken ?? this.grant.refresh_token;
    this.client.setAccessToken(answer.accessToken);
  }

  /** @returns {Promise<import("./salesforce.mjs").Identity>} */
  async identity() {
    const { userId } = await this.token();
    const owner = await this.call(({ crm }) => crm.owners.ownersApi.getById(userId, "userId", false)).catch(ifMissing);
    return { userId: String(userId), ownerId: owner && this.ownerId(owner) };
  }

  /** The token's own page knows no token that is over; it says so with 404, not 401. */
  async token() {
    const ask = () => this.call(({ oauth }) => oauth.accessTokensApi.get(this.grant.access_token));
    const token = await ask().catch(ifMissing);
    if (token) return token;
    await this.refresh();
    const renewed = await ask().catch(ifMissing);
    if (!renewed) throw new LoginDead("HubSpot does not know the token that it has just issued");
    return renewed;
  }

  /** Owners are numbered apart from users. A deactivated user is an archived owner, and a queue is no person. */
  ownerId({ id, type, archived }) {
    return archived || (type ?? "PERSON") !== "PERSON" ? undefined : id;
  }

  /** Super admin, or not: the only permission that the API tells. */
  async permission({ userId }) {
    try {
      return (await this.call(({ settings }) => settings.users.usersApi.getById(userId))).superAdmin ? 2 : 0;
    } catch (error) {
      // Whoever may not see the users is no super admin.
      if (error instanceof Refused) return 0;
      throw error;
    }
  }

  /**
   * Writes records of one object, all new or all updates. One record is a batch of one.
   * @param {Write[]} writes
   * @returns {Promise<Result[]>} one result a write, in their order
   */
  async write(writes) {
    if (writes.length > BATCH_LIMIT) {
      const rest = writes.slice(BATCH_LIMIT);
      return [...(await this.write(writes.slice(0, BATCH_LIMIT))), ...(await this.write(rest))];
    }
    try {
      return await this.writeBatch(writes);
    } catch (error) {
      if (!(error instanceof Refused) || writes.length === 1) return writes.map(() => error);
      // One bad value refuses a batch: it is halved until the bad record stands alone.
      const middle = writes.length >> 1;
      return [...(await this.write(writes.slice(0, middle))), ...(await this.write(writes.slice(middle)))];
    }
  }

  async writeBatch(writes) {
    const found = new Map();
    let repeated = false;
    const answer = await this.call(async ({ crm }) => {
      // A create must not be done twice, and the answer to the first one may have got lost.
      if (repeated && !writes[0].crmId) await this.findEach(crm, writes, found);
      repeated = true;
      const inputs = writes.flatMap((write, place) => (found.has(place) ? [] : [this.input(write, String(place))]));
      if (inputs.length === 0) return undefined;
      const batches = crm.objects.batchApi;
      const object = OBJECTS[writes[0].object];
      return writes[0].crmId ? batches.update(object, { inputs }) : batches.create(object, { inputs });
    });
    for (const { id, objectWriteTraceId: place } of answer?.results ?? []) found.set(Number(place), { crmId: id });
    for (const error of answer?.errors ?? []) await this.readError(error, writes, found);
    return writes.map((_, place) => found.get(place) ?? new Refused("NO_ANSWER", "HubSpot passed the record over"));
  }

  /** `objectWriteTraceId` comes back with the result or the error: the answers stand in any order. */
  input({ object, crmId, externalId, values, ownerId, related }, place) {
    const properties = {
      ...values,
      ...(ownerId && { hubspot_owner_id: ownerId }),
      ...(!crmId && { [this.app.unique_property]: externalId }),
    };
    if (crmId) return { objectWriteTraceId: place, id: crmId, properties };
    const associationTypeId = related && ASSOCIATIONS[object]?.[related.object];
    const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }];
    const associations = associationTypeId ? [{ to: { id: related.crmId }, types }] : [];
    return { objectWriteTraceId: place, properties, associations };
  }

  /** Looks for new records by Apollo's id. By the property itself: the search index lags behind. */
  async findEach(crm, writes, found) {
    const idProperty = this.app.unique_property;
    const inputs = writes.map(({ externalId }) => ({ id: externalId }));
    const wanted = { idProperty, inputs, properties: [idProperty], propertiesWithHistory: [] };
    const { results } = await crm.objects.batchApi.read(OBJECTS[writes[0].object], wanted);
    for (const { id, properties } of results) {
      const place = writes.findIndex(({ externalId }) => externalId === properties[idProperty]);
      if (place >= 0) found.set(place, { crmId: id });
    }
  }

  async readError({ category, message, context = {} }, writes, found) {
    const named = (write, place) =>
      context.objectWriteTraceId?.includes(String(place)) || context.ids?.includes(write.crmId);
    for (const [place, write] of writes.entries()) {
      if (found.has(place) || !named(write, place)) continue;
      const [existing] = context.existingId ?? [];
      const result = existing && !write.crmId ? this.adopt(existing, write) : new Refused(category, message);
      found.set(place, await result);
    }
  }

  /** HubSpot has somebody else's record with this address. It takes the values, and keeps its owner as in any update. */
  async adopt(existing, { object, values }) {
    try {
      await this.call(({ crm }) => crm.objects.basicApi.update(OBJECTS[object], existing, { properties: values }));
      return { crmId: existing, note: "HubSpot had it already: updated, the owner left alone" };
    } catch (error) {
      return error;
    }
  }
}

/** The code of the first property that was refused, else the category of the whole, else `status`, as older services say it. */
function refusal(error) {
  if (typeof error.code !== "number") return error;
  const { errors, category, status, message } = error.body ?? {};
  const refused = new Refused(errors?.[0]?.code ?? category ?? status ?? String(error.code), message ?? error.message);
  return Object.assign(refused, { status: error.code });
}

function ifMissing(error) {
  if (error.status !== 404) throw error;
}

/** 423 is a locked record, 477 a portal that moves house. */
function passing(error) {
  if (isLost(error)) return 0;
  const passes = [423, 429, 477].includes(error.code) || error.code >= 500;
  return passes ? 1000 * (Number(error.headers?.["retry-after"]) || 0) : undefined;
}
