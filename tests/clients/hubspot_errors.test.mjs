// @hubspot/api-client, unmodified: what it throws for each refusal, and what it does about those that pass.

import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";

import { Portal } from "./hubspot_portal.mjs";
import { assertHas } from "./mock.mjs";

const LIMITED = { refuse: { rate_limit: { retry_after: null } } };
const CONTACTS = { path: "/crm/v3/objects/contacts" };

describe("refusals by @hubspot/api-client", () => {
  let portal;
  // The tests say when time passes.
  before(async () => (portal = await Portal.open(["--clock", "2026-11-22T10:00:00Z"])));
  after(() => portal.close());

  const contacts = (client = portal.as("Dana")) => client.crm.contacts.basicApi;
  const create = (properties, client) => contacts(client).create({ properties });

  it("no token and an unknown token are unauthorized", async () => {
    for (const client of [portal.connect(), portal.connect("CJunknown")]) {
      const body = await portal.refused(401, () => create({ lastname: "Nobody" }, client));
      assert.equal(body.category, "INVALID_AUTHENTICATION");
    }
  });

  it("a token whose time is over is unauthorized", async () => {
    const late = portal.connect((await portal.installed("Robin", "sync")).token);
    await create({ lastname: "InTime" }, late);

    await portal.mock.control("/clock/advance", {}, { milliseconds: 1_803_000 });

    const body = await portal.refused(401, () => create({ lastname: "Late" }, late));
    assertHas(body, {
      category: "EXPIRED_AUTHENTICATION",
      message: "The OAuth token used to make this call expired 3 second(s) ago.",
    });
    // The other tests need a token that works.
    Object.assign(portal.caller("Dana"), await portal.installed("Dana", "sync"));
  });

  it("a token without the scope is forbidden", async () => {
    const reader = portal.connect((await portal.installed("Dana", "reader")).token);
    const body = await portal.refused(403, () => create({ lastname: "Unread" }, reader));
    assert.equal(body.category, "MISSING_SCOPES");
  });

  it("a record that is not there is not found", async () => {
    for (const call of [
      () => contacts().getById("999999999"),
      () => contacts().update("999999999", { properties: { city: "Oslo" } }),
    ]) {
      assert.equal((await portal.refused(404, call)).category, "OBJECT_NOT_FOUND");
    }
  });

  it("a second contact with an e-mail is told the id of the first", async () => {
    const first = await create({ email: "node-twice@x.example" });

    const body = await portal.refused(409, () => create({ email: "Node-Twice@X.example" }));

    const message = `Contact already exists. Existing ID: ${first.id}`;
    assertHas(body, { category: "CONFLICT", message });
  });

  it("values that are not valid are named", async () => {
    const dana = portal.caller("Dana");
    for (const [code, name, value] of [
      ["PROPERTY_DOESNT_EXIST", "first000name", "Ann"],
      ["INVALID_EMAIL", "email", "dsfsafas@"],
      ["READ_ONLY_VALUE", "hs_object_source_id", "1"],
      ["INVALID_OWNER_ID", "hubspot_owner_id", String(dana.user_id)],
      ["INVALID_OWNER_ID", "hubspot_owner_id", dana.email],
      ["INVALID_OWNER_ID", "hubspot_owner_id", portal.caller("Gil").owner_id],
      ["LEADING_TRAILING_WHITESPACE", "hubspot_owner_id", ` ${dana.owner_id}`],
    ]) {
      const body = await portal.refused(400, () => create({ [name]: value }));
      const [error] = body.errors;
      assert.deepEqual([error.code, error.context.propertyName], [code, [name]]);
      assert.equal(body.category, "VALIDATION_ERROR");
      assert.match(body.message, new RegExp(`^Property values were not valid: .*"error":"${code}"`));
    }
  });

  it("a task without its time, and an id that stands twice in a batch", async () => {
    const { crm } = portal.as("Dana");
    const task = await portal.refused(400, () => crm.objects.basicApi.create("tasks", { properties: {} }));
    assert.deepEqual(task.context, { properties: ["hs_timestamp"] });

    const { id } = await create({ lastname: "Once" });
    const inputs = [0, 1].map(() => ({ id, properties: { city: "Oslo" } }));
    const doubled = await portal.refused(400, () => crm.contacts.batchApi.update({ inputs }));
    assert.equal(doubled.message, `Duplicate IDs found in batch input: [${id}]. IDs must be unique`);
  });

  it("one bad owner refuses a whole batch", async () => {
    const owner = { hubspot_owner_id: String(portal.caller("Dana").user_id) };
    const inputs = [{}, {}, owner].map((properties) => ({ properties: { lastname: "Batched", ...properties } }));
    const call = () => portal.as("Dana").crm.contacts.batchApi.create({ inputs });
    assert.equal((await portal.refused(400, call)).errors[0].code, "INVALID_OWNER_ID");
  });

  it("what a batch does not find is an error beside the results", async () => {
    const { id } = await create({ lastname: "Found" });
    const inputs = [id, "999999998", "999999999"].map((each) => ({ id: each }));
    const batches = portal.as("Dana").crm.contacts.batchApi;

    const read = await batches.readWithHttpInfo({ inputs, properties: [], propertiesWithHistory: [] });

    assert.equal(read.httpStatusCode, 207);
    assert.deepEqual(
      read.data.results.map((record) => record.id),
      [id],
    );
    const [error] = read.data.errors;
    assert.deepEqual([read.data.numErrors, error.category], [1, "OBJECT_NOT_FOUND"]);
    assert.deepEqual([...error.context.ids].sort(), ["999999998", "999999999"]);
  });

  describe("that pass", () => {
    const setTimeoutOfNode = globalThis.setTimeout;
    const said = console.error;
    afterEach(() => {
      globalThis.setTimeout = setTimeoutOfNode;
      console.error = said;
    });

    /** Lets the client wait no time at all before it tries again; how long it wanted to. */
    function waits() {
      const wanted = [];
      console.error = () => {};
      globalThis.setTimeout = (action, delay, ...rest) => {
        if (!new Error().stack.includes("RetryDecorator")) return setTimeoutOfNode(action, delay, ...rest);
        wanted.push(delay);
        return setTimeoutOfNode(action, 0, ...rest);
      };
      return wanted;
    }

    it("a limit of ten seconds is waited for, ten seconds and then twenty", async () => {
      const played = await portal.fault(LIMITED, { ...CONTACTS, times: 2 });
      const wanted = waits();

      const { id } = await create({ lastname: "Waited" }, portal.as("Dana", { numberOfApiCallRetries: 3 }));

      assert.deepEqual(wanted, [10_000, 20_000]);
      assert.equal(await played(), 2);
      await portal.assertCreatedBy(id, "Dana", "single");
    });

    it("a limit of the day is not waited for", async () => {
      const body = {
        status: "error",
        message: "You have reached your daily limit.",
        errorType: "RATE_LIMIT",
        policyName: "DAILY",
      };
      await portal.fault({ answer: { status: 429, body } }, CONTACTS);
      const wanted = waits();

      const client = portal.as("Dana", { numberOfApiCallRetries: 3 });
      const refusal = await portal.refused(429, () => create({ lastname: "Today" }, client));

      assert.deepEqual([refusal.policyName, wanted], ["DAILY", []]);
    });

    it("a limit without retries is thrown", async () => {
      await portal.fault(LIMITED, CONTACTS);
      const body = await portal.refused(429, () => create({ lastname: "Limited" }));
      assertHas(body, { policyName: "TEN_SECONDLY_ROLLING", errorType: "RATE_LIMIT" });
    });

    it("a service that is unavailable is asked again", async () => {
      await portal.fault({ refuse: { unavailable: { retry_after: null } } }, CONTACTS);
      const wanted = waits();

      const { id } = await create({ lastname: "Again" }, portal.as("Dana", { numberOfApiCallRetries: 2 }));

      assert.deepEqual(wanted, [200]);
      await portal.assertCreatedBy(id, "Dana", "single");
    });

    it("an answer that is lost leaves a record that a retry doubles", async () => {
      const played = await portal.fault("reset_after", CONTACTS);
      const before = await portal.count();

      await assert.rejects(create({ lastname: "Lost" }));

      assert.deepEqual([await played(), await portal.count()], [1, before + 1]);
    });
  });
});
