// A portal with people, apps and tokens of every kind, for the tests of HubSpot's Node client.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { Mock, assertHas, client } from "./mock.mjs";

const { Client } = client("@hubspot/api-client");

/** Two users who have installed the same app, one whose token is that of a private app, and one with a service key. */
export const CALLERS = ["Dana", "Robin", "Sam", "Kim"];

/** One mock-crm with the portal of `portal.json`. */
export class Portal {
  static async open(options = []) {
    const mock = await Mock.start(options);
    const spec = JSON.parse(await readFile(new URL("portal.json", import.meta.url), "utf8"));
    const { hubspot } = await mock.control("/orgs", {}, { hubspot: spec });
    Object.assign(mock.hubspot, hubspot);
    return new Portal(mock);
  }

  constructor(mock) {
    this.mock = mock;
  }

  close() {
    return this.mock.stop();
  }

  get id() {
    return String(this.mock.hubspot.portal);
  }

  caller(firstName) {
    return this.mock.user("hubspot", firstName);
  }

  appOf(firstName) {
    return { Sam: "3209723", Kim: "3209724" }[firstName] ?? String(this.mock.hubspot.app.app_id);
  }

  /** The client with a token, or without one. */
  connect(accessToken, options = {}) {
    return new Client({ accessToken, basePath: this.mock.hubspot.url, ...options });
  }

  as(firstName, options = {}) {
    return this.connect(this.caller(firstName).token, options);
  }

  /** The tokens of a user for another app than the first. */
  installed(firstName, clientId) {
    const body = { user: this.caller(firstName).name, client_id: clientId };
    return this.mock.control(`/orgs/${this.id}/tokens`, {}, body);
  }

  /** The ledger has one row of this record: by this user's token and this door, owned by `owner`, a user, or nobody. */
  async assertCreatedBy(record, firstName, door, owner = undefined) {
    const user = this.caller(firstName);
    assertHas(await this.mock.createOf("hubspot", record), {
      api: door,
      owner_requested: owner?.owner_id ?? null,
      owner: owner?.owner_id ?? null,
      owner_user: owner ? String(owner.user_id) : null,
      owner_reason: owner ? "requested" : "blank",
      created_by: String(user.user_id),
      created_by_reason: "token",
      user: String(user.user_id),
      token: user.token_id,
      app: this.appOf(firstName),
    });
  }

  async count() {
    const query = { crm: "hubspot", org: this.id, limit: 1000 };
    return (await this.mock.control("/creates", query)).creates.length;
  }

  /** Something goes wrong with the next calls that match, in this portal alone; says how many it was played to. */
  async fault(action, calls = {}) {
    const body = { crm: "hubspot", org: this.id, action, ...calls };
    const { id } = await this.mock.control("/faults", {}, body);
    return async () => {
      const { faults } = await this.mock.control("/faults");
      return faults.find((fault) => fault.id === id).hits;
    };
  }

  /** The refusal that the client throws for a call, which writes nothing: its body. */
  async refused(code, call) {
    const before = await this.count();
    let refusal;
    await assert.rejects(call, (error) => {
      refusal = error;
      return true;
    });
    assert.equal(refusal.code, code, String(refusal));
    assert.equal(await this.count(), before);
    return refusal.body;
  }
}
