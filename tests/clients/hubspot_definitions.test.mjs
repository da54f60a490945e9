// @hubspot/api-client, unmodified: a type made at run time, merged and erased contacts, webhooks checked by its helper.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";

import { Portal } from "./hubspot_portal.mjs";
import { assertHas, client } from "./mock.mjs";

const { Signature } = client("@hubspot/api-client");

/** A server that keeps what is sent to it. */
async function receiver() {
  const calls = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    calls.push({ headers: request.headers, body });
    response.writeHead(204).end();
    server.emit("called");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, calls, url: `http://127.0.0.1:${server.address().port}/hook` };
}

describe("definitions and webhooks by @hubspot/api-client", () => {
  let portal;
  before(async () => (portal = await Portal.open()));
  after(() => portal.close());

  for (const firstName of ["Dana", "Sam", "Kim"]) {
    it(`a record of a type that ${firstName} just made`, async () => {
      const robin = portal.caller("Robin");
      const { crm } = portal.as(firstName);
      const made = await crm.schemas.coreApi.create({
        name: `node_boat_${firstName.toLowerCase()}`,
        labels: { singular: "Boat", plural: "Boats" },
        primaryDisplayProperty: "hull",
        requiredProperties: ["hull"],
        properties: [{ name: "hull", label: "Hull", type: "string", fieldType: "text" }],
        associatedObjects: ["CONTACT"],
      });
      const colour = { name: "colour", label: "Colour", type: "string", fieldType: "text", groupName: `${made.name}_information` };
      await crm.properties.coreApi.create(made.objectTypeId, colour);

      const properties = { hull: "A1", colour: "red", hubspot_owner_id: robin.owner_id };
      const { id } = await crm.objects.basicApi.create(made.objectTypeId, { properties });

      await portal.assertCreatedBy(id, firstName, "single", robin);
      const read = await crm.objects.basicApi.getById(made.name, id, ["hull", "colour"]);
      assertHas(read.properties, { hull: "A1", colour: "red" });
    });

    it(`${firstName} merges contacts and erases what became of them`, async () => {
      const { basicApi: contacts } = portal.as(firstName).crm.contacts;
      const [primary, other] = await Promise.all(
        ["stays", "goes"].map((lastname) => contacts.create({ properties: { lastname } })),
      );

      const merged = await contacts.merge({ primaryObjectId: primary.id, objectIdToMerge: other.id });

      assert.deepEqual([merged.id, (await contacts.getById(other.id)).id], [primary.id, primary.id]);
      await contacts.purge({ objectId: primary.id });
      for (const archived of [false, true]) {
        const read = () => contacts.getById(primary.id, undefined, undefined, undefined, archived);
        await portal.refused(404, read);
      }
      await portal.assertCreatedBy(primary.id, firstName, "single");
      await portal.assertCreatedBy(other.id, firstName, "single");
    });
  }

  it("a creation comes signed, as the client's helper expects", async () => {
    const { app } = portal.mock.hubspot;
    const { server, calls, url } = await receiver();
    after(() => server.close());
    const { webhooks } = portal.connect(undefined, { developerApiKey: "developer-key" });
    await webhooks.settingsApi.configure(app.app_id, { targetUrl: url, throttling: { maxConcurrentRequests: 5 } });
    const wanted = { eventType: "contact.creation", active: true };
    const subscription = await webhooks.subscriptionsApi.create(app.app_id, wanted);

    const called = once(server, "called", { signal: AbortSignal.timeout(10_000) });
    const { id } = await portal.as("Dana").crm.contacts.basicApi.create({ properties: { lastname: "Told" } });
    await called;

    const [{ headers, body }] = calls;
    const [event] = JSON.parse(body);
    assertHas(event, { objectId: Number(id), subscriptionId: Number(subscription.id), appId: app.app_id });
    for (const [signatureVersion, header] of [
      ["v1", "x-hubspot-signature"],
      ["v3", "x-hubspot-signature-v3"],
    ]) {
      const signed = (clientSecret) =>
        Signature.isValid({
          signature: headers[header],
          clientSecret,
          requestBody: body,
          signatureVersion,
          url,
          method: "POST",
          timestamp: Number(headers["x-hubspot-request-timestamp"]),
        });
      assert.ok(signed(app.client_secret), signatureVersion);
      assert.ok(!signed("another secret"), signatureVersion);
    }
  });
});
