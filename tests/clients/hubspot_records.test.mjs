// @hubspot/api-client, unmodified, on plain http: records by every door that it has, as four callers.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { CALLERS, Portal } from "./hubspot_portal.mjs";

const STAMPS = ["hubspot_owner_id", "hs_object_source", "hs_object_source_id", "hs_created_by_user_id"];
const TIMED = { hs_timestamp: "2026-12-01T09:00:00Z" };

describe("records by @hubspot/api-client", () => {
  let portal;
  before(async () => (portal = await Portal.open()));
  after(() => portal.close());

  /** The ids that a search for an e-mail and an owner, or for none, finds. */
  async function idsFound(crm, email, owner) {
    const ofOwner = owner
      ? { propertyName: "hubspot_owner_id", operator: "EQ", value: owner.owner_id }
      : { propertyName: "hubspot_owner_id", operator: "NOT_HAS_PROPERTY" };
    const filters = [{ propertyName: "email", operator: "EQ", value: email }, ofOwner];
    const found = await crm.contacts.searchApi.doSearch({
      filterGroups: [{ filters }],
      properties: ["email"],
      limit: 10,
      after: "0",
      sorts: ["-createdate"],
    });
    assert.equal(found.total, found.results.length);
    return found.results.map(({ id }) => id);
  }

  for (const firstName of CALLERS) {
    describe(`as ${firstName}`, () => {
      let crm;
      before(() => (crm = portal.as(firstName).crm));

      for (const owned of [false, true]) {
        it(`${owned ? "an owned" : "a bare"} contact from create to archive`, async () => {
          const owner = owned ? portal.caller("Robin") : undefined;
          const email = `node-${owned}-${firstName.toLowerCase()}@x.example`;
          const ownership = owner ? { hubspot_owner_id: owner.owner_id } : {};
          const { basicApi: contacts } = crm.contacts;

          const created = await contacts.create({ properties: { email, ...ownership } });
          await contacts.update(created.id, { properties: { jobtitle: "Director" } });
          const wanted = ["jobtitle", ...STAMPS];
          const read = await contacts.getById(email, wanted, undefined, undefined, false, "email");

          await portal.assertCreatedBy(created.id, firstName, "single", owner);
          assert.deepEqual([read.id, read.properties.jobtitle], [created.id, "Director"]);
          // HubSpot shows the app, and not the user.
          const stamps = [owner?.owner_id ?? null, "INTEGRATION", portal.appOf(firstName), null];
          assert.deepEqual(
            STAMPS.map((name) => read.properties[name]),
            stamps,
          );
          assert.deepEqual(await idsFound(crm, email, owner), [created.id]);
          await contacts.archive(created.id);
          await portal.refused(404, () => contacts.getById(created.id));
        });
      }

      it("batches create, read, update and archive", async () => {
        const dana = portal.caller("Dana");
        const { batchApi: batches } = crm.contacts;
        const names = ["Node0", "Node1", "Node2"];
        const inputs = names.map((lastname) => ({
          properties: { lastname, hubspot_owner_id: dana.owner_id },
        }));

        const created = await batches.create({ inputs });
        const ids = created.results.map(({ id }) => id);
        await batches.update({ inputs: ids.map((id) => ({ id, properties: { city: "Oslo" } })) });
        const wanted = { inputs: ids.map((id) => ({ id })), properties: ["lastname", "city"] };
        const read = await batches.read({ ...wanted, propertiesWithHistory: ["city"] });

        assert.equal(created.status, "COMPLETE");
        assert.deepEqual(read.results.map(({ properties }) => properties.lastname).sort(), names);
        for (const { id, properties, propertiesWithHistory } of read.results) {
          assert.equal(properties.city, "Oslo");
          const sources = propertiesWithHistory.city.map(({ sourceType, sourceId }) => [sourceType, sourceId]);
          assert.deepEqual(sources, [["INTEGRATION", portal.appOf(firstName)]]);
          await portal.assertCreatedBy(id, firstName, "batch", dana);
        }
        await batches.archive({ inputs: wanted.inputs });
        assert.deepEqual((await batches.read({ ...wanted, propertiesWithHistory: [] })).results, []);
      });

      it("an upsert creates once and keeps the first creator", async () => {
        const other = portal.as(CALLERS.find((name) => name !== firstName)).crm;
        const upsert = { id: `node-${firstName}`, idProperty: "external_id", properties: { city: "Oslo" } };

        const first = await crm.contacts.batchApi.upsert({ inputs: [upsert] });
        const again = await other.contacts.batchApi.upsert({ inputs: [upsert] });

        const [{ id }] = first.results;
        assert.deepEqual([first.results[0]._new, again.results[0]._new], [true, false]);
        assert.equal(again.results[0].id, id);
        await portal.assertCreatedBy(id, firstName, "upsert");
      });

      it("a contact is associated when it is created", async () => {
        const company = await crm.companies.basicApi.create({ properties: { name: "Acme" } });
        const types = [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId: 279 }];

        const { id } = await crm.contacts.basicApi.create({
          properties: { lastname: "Linked" },
          associations: [{ to: { id: company.id }, types }],
        });

        const read = await crm.contacts.basicApi.getById(id, undefined, undefined, ["companies"]);
        const linked = new Set(read.associations.companies.results.map((link) => link.id));
        assert.deepEqual([...linked], [company.id]);
        await portal.assertCreatedBy(id, firstName, "single");
      });

      it("every type of record is the token user's", async () => {
        const robin = portal.caller("Robin");
        const types = {
          companies: { name: "Acme" },
          deals: { dealname: "Big", pipeline: "default", dealstage: "contractsent" },
          ...Object.fromEntries(["tasks", "calls", "emails", "notes", "meetings"].map((type) => [type, TIMED])),
        };
        for (const [type, properties] of Object.entries(types)) {
          const owned = { ...properties, hubspot_owner_id: robin.owner_id };
          const records = crm.objects.basicApi;

          const bare = await records.create(type, { properties });
          const given = await records.create(type, { properties: owned });

          await portal.assertCreatedBy(bare.id, firstName, "single");
          await portal.assertCreatedBy(given.id, firstName, "single", robin);
          const read = await records.getById(type, bare.id, ["hubspot_owner_id"]);
          assert.equal(read.properties.hubspot_owner_id, null, type);
        }
      });
    });
  }

  it("pages of a list come one after the other", async () => {
    const { crm } = portal.as("Dana");
    const made = [];
    for (let number = 0; number < 13; number += 1) {
      made.push((await crm.deals.basicApi.create({ properties: { dealname: "Page" } })).id);
    }

    const first = await crm.deals.basicApi.getPage(10);
    const everything = await crm.deals.getAll();

    assert.equal(first.results.length, 10);
    const ids = new Set(everything.map(({ id }) => id));
    assert.deepEqual(made.filter((id) => !ids.has(id)), []);
  });
});
