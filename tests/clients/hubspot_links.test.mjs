// @hubspot/api-client, unmodified: associations by its v3 and v4 paths.

import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";

import { CALLERS, Portal } from "./hubspot_portal.mjs";

const UNLABELLED = { associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 };
const TYPES = ["contacts", "companies"];

describe("associations by @hubspot/api-client", () => {
  let portal;
  before(async () => (portal = await Portal.open()));
  after(() => portal.close());

  for (const firstName of CALLERS) {
    describe(`as ${firstName}`, () => {
      let crm, contact, company;
      beforeEach(async () => {
        ({ crm } = portal.as(firstName));
        contact = (await crm.contacts.basicApi.create({ properties: { lastname: "Linked" } })).id;
        company = (await crm.companies.basicApi.create({ properties: { name: "Acme" } })).id;
      });

      it("v3 batches create, read and archive", async () => {
        const deal = (await crm.deals.basicApi.create({ properties: { dealname: "Big" } })).id;
        const batches = crm.associations.batchApi;
        const link = { _from: { id: contact }, to: { id: deal }, type: "contact_to_deal" };
        const linked = async () => {
          const { results } = await batches.read("contacts", "deals", { inputs: [{ id: contact }] });
          return results.flatMap((result) => result.to.map(({ id }) => id));
        };

        await batches.create("contacts", "deals", { inputs: [link] });
        assert.deepEqual(await linked(), [deal]);

        await batches.archive("contacts", "deals", { inputs: [link] });
        assert.deepEqual(await linked(), []);
      });

      it("v4 connects one by one", async () => {
        const links = crm.associations.v4.basicApi;
        const ends = ["contacts", contact, "companies", company];
        for (const connect of [
          () => links.create(...ends, [UNLABELLED]),
          () => links.createDefault(...ends),
        ]) {
          await connect();

          const { results } = await links.getPage("contacts", contact, "companies");
          assert.deepEqual(
            results.map(({ toObjectId }) => String(toObjectId)),
            [company],
          );
          assert.ok(results[0].associationTypes.some(({ typeId }) => typeId === 279));
          await links.archive(...ends);
          assert.deepEqual((await links.getPage("contacts", contact, "companies")).results, []);
        }
      });

      it("v4 batches create, read and archive", async () => {
        const batches = crm.associations.v4.batchApi;
        const [from, to] = [{ id: contact }, { id: company }];
        const linked = async () => {
          const { results } = await batches.getPage(...TYPES, { inputs: [{ id: contact }] });
          return results.flatMap((result) => result.to.map(({ toObjectId }) => String(toObjectId)));
        };

        await batches.create(...TYPES, { inputs: [{ _from: from, to, types: [UNLABELLED] }] });
        assert.deepEqual(await linked(), [company]);

        await batches.archive(...TYPES, { inputs: [{ _from: from, to: [to] }] });
        assert.deepEqual(await linked(), []);
      });
    });
  }
});
