// jsforce, unmodified, on plain http: every door that it has, as two users.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Mock, assertHas, client } from "./mock.mjs";

const jsforce = client("jsforce");

describe("jsforce", () => {
  let mock;
  before(async () => (mock = await Mock.start()));
  after(() => mock.stop());

  const session = (user) =>
    new jsforce.Connection({
      instanceUrl: mock.salesforce.url,
      accessToken: user.token,
      version: "60.0",
    });

  /** The row of a record's creation says that it was this user's doing, by this door. */
  async function createdBy(record, user, api, rest = {}) {
    assertHas(await mock.createOf("salesforce", record), {
      api,
      owner: user.id,
      owner_reason: "caller_default",
      created_by: user.id,
      created_by_reason: "token",
      user: user.id,
      ...rest,
    });
  }

  for (const firstName of ["Dana", "Robin"]) {
    describe(`as ${firstName}`, () => {
      let user, connection;
      before(() => {
        user = mock.user("salesforce", firstName);
        connection = session(user);
      });

      it("creates, reads, updates, upserts, queries and deletes a contact", async () => {
        const contacts = connection.sobject("Contact");
        const created = await contacts.create({
          LastName: `Rest${firstName}`,
          External_Id__c: `rest-${firstName}`,
        });
        assert.equal(created.success, true);
        await createdBy(created.id, user, "rest", { token: user.token_id });

        await contacts.update({ Id: created.id, Title: "Director" });
        const upserted = await contacts.upsert(
          { External_Id__c: `rest-${firstName}`, Department: "Sales" },
          "External_Id__c",
        );
        assert.deepEqual([upserted.id, upserted.created], [created.id, false]);
        const read = await contacts.retrieve(created.id);
        assertHas(read, { Title: "Director", Department: "Sales", OwnerId: user.id, CreatedById: user.id });

        const found = await connection.query(
          `SELECT Id, Owner.Name FROM Contact WHERE LastName = 'Rest${firstName}'`,
        );
        assert.equal(found.totalSize, 1);
        assert.equal(found.records[0].Owner.Name, user.name);

        await contacts.destroy(created.id);
        await assert.rejects(contacts.retrieve(created.id), { errorCode: /NOT_FOUND|ENTITY_IS_DELETED/ });
      });

      it("creates several contacts in one call", async () => {
        const names = ["One", "Two", "Three"].map((name) => ({ LastName: `Collected${name}` }));
        const results = await connection.sobject("Contact").create(names);
        for (const result of results) {
          assert.equal(result.success, true);
          await createdBy(result.id, user, "collections");
        }
      });

      it("creates through composite, batch, tree and graph", async () => {
        const path = "/services/data/v60.0/sobjects/Contact";
        const contact = (name) => ({ method: "POST", url: path, body: { LastName: name } });
        const composite = await connection.requestPost("/composite", {
          allOrNone: true,
          compositeRequest: [
            {
              method: "POST",
              url: "/services/data/v60.0/sobjects/Account",
              referenceId: "acme",
              body: { Name: "Composite" },
            },
            {
              ...contact("Composed"),
              referenceId: "ann",
              body: { LastName: "Composed", AccountId: "@{acme.id}" },
            },
          ],
        });
        assert.deepEqual(
          composite.compositeResponse.map((part) => part.httpStatusCode),
          [201, 201],
        );
        await createdBy(composite.compositeResponse[1].body.id, user, "composite");

        const batch = await connection.requestPost("/composite/batch", {
          batchRequests: [
            { method: "POST", url: "v60.0/sobjects/Contact", richInput: { LastName: "Batched" } },
          ],
        });
        assert.equal(batch.hasErrors, false);
        await createdBy(batch.results[0].result.id, user, "batch");

        const tree = await connection.requestPost("/composite/tree/Account", {
          records: [
            {
              attributes: { type: "Account", referenceId: "a" },
              Name: "Tree",
              Contacts: {
                records: [{ attributes: { type: "Contact", referenceId: "c" }, LastName: "Leaf" }],
              },
            },
          ],
        });
        assert.equal(tree.hasErrors, false);
        for (const { id } of tree.results) await createdBy(id, user, "tree");

        const graph = await connection.requestPost("/composite/graph", {
          graphs: [{ graphId: "g", compositeRequest: [{ ...contact("Graphed"), referenceId: "n" }] }],
        });
        assert.equal(graph.graphs[0].isSuccessful, true);
        await createdBy(graph.graphs[0].graphResponse.compositeResponse[0].body.id, user, "graph");
      });

      it("loads and reads by Bulk API 2.0, and every row is the job creator's", async () => {
        const rows = Array.from({ length: 25 }, (_, row) => ({
          LastName: `Bulk2 ${firstName} ${row}`,
          Title: "Rep",
        }));
        connection.bulk2.pollInterval = 50;
        const results = await connection.bulk2.loadAndWaitForResults({
          object: "Contact",
          operation: "insert",
          input: [...rows, { LastName: null, Title: "Nobody" }],
        });
        assert.equal(results.successfulResults.length, 25);
        assert.equal(
          results.failedResults[0].sf__Error,
          "REQUIRED_FIELD_MISSING:Required fields are missing: [LastName]:LastName --",
        );
        for (const row of results.successfulResults) {
          await createdBy(row.sf__Id, user, "bulk2", {
            created_by_reason: "job_creator",
            token: user.token_id,
          });
        }

        const stream = await connection.bulk2.query(
          `SELECT Id, LastName, OwnerId FROM Contact WHERE LastName LIKE 'Bulk2 ${firstName} %' ORDER BY LastName`,
        );
        const records = await stream.toArray();
        assert.equal(records.length, 25);
        assert.ok(records.every((record) => record.OwnerId === user.id));

        const changes = records.map(({ Id }) => ({ Id, Department: "Loaded" }));
        const updated = await connection.bulk2.loadAndWaitForResults({
          object: "Contact",
          operation: "update",
          input: changes,
        });
        assert.equal(updated.failedResults.length, 0);
        const removed = await connection.bulk2.loadAndWaitForResults({
          object: "Contact",
          operation: "delete",
          input: records.map(({ Id }) => ({ Id })),
        });
        assert.equal(removed.successfulResults.length, 25);
        assert.equal(
          (await connection.query(`SELECT count() FROM Contact WHERE Department = 'Loaded'`)).totalSize,
          0,
        );
      });

      it("loads, upserts and reads by Bulk API 1.0", async () => {
        connection.bulk.pollInterval = 50;
        const rows = [1, 2, 3].map((row) => ({
          LastName: `Bulk1 ${row}`,
          External_Id__c: `bulk1-${firstName}-${row}`,
        }));
        const inserted = await connection.bulk.load("Contact", "insert", rows);
        for (const result of inserted) {
          assert.equal(result.success, true);
          await createdBy(result.id, user, "bulk1", { created_by_reason: "job_creator" });
        }
        const upserted = await connection.bulk.load(
          "Contact",
          "upsert",
          { extIdField: "External_Id__c" },
          rows,
        );
        assert.deepEqual(
          upserted.map(({ id }) => id),
          inserted.map(({ id }) => id),
        );
        const records = await (
          await connection.bulk.query(
            `SELECT Id, OwnerId FROM Contact WHERE External_Id__c LIKE 'bulk1-${firstName}-%'`,
          )
        ).toArray();
        assert.equal(records.length, 3);
      });

      it("follows query pages to the end", async () => {
        for (let call = 0; call < 3; call += 1) {
          const accounts = Array.from({ length: 200 }, (_, row) => ({
            Name: `Paged ${firstName} ${call}-${row}`,
          }));
          await connection.sobject("Account").create(accounts);
        }
        const records = await connection.query(
          `SELECT Id FROM Account WHERE Name LIKE 'Paged ${firstName} %'`,
          {
            autoFetch: true,
            maxFetch: 1000,
            headers: { "Sforce-Query-Options": "batchSize=200" },
          },
        );
        assert.equal(records.records.length, 600);
      });

      it("finds by text", async () => {
        const { id } = await connection.sobject("Account").create({ Name: `Needle${firstName} Works` });
        const { searchRecords } = await connection.search(
          `FIND {Needle${firstName}} IN NAME FIELDS RETURNING Account(Id, Name)`,
        );
        assert.deepEqual(
          searchRecords.map((record) => record.Id),
          [id],
        );
      });

      it("knows who it is, and logs out", async () => {
        const own = await loggedIn(user);
        assertHas(await own.identity(), {
          user_id: user.id,
          organization_id: mock.salesforce.org,
          username: user.username,
        });
        const { accessToken } = own;
        await own.logout();
        await assert.rejects(
          session({ token: accessToken }).sobject("Contact").create({ LastName: "TooLate" }),
          { errorCode: "INVALID_SESSION_ID" },
        );
      });
    });
  }

  async function loggedIn(user) {
    const connection = new jsforce.Connection({ loginUrl: mock.salesforce.url, version: "60.0" });
    await connection.login(user.username, user.password);
    return connection;
  }

  it("logs in by SOAP, and by the password grant", async () => {
    const user = mock.user("salesforce", "Dana");
    const { client_id: clientId, client_secret: clientSecret } = mock.salesforce.app;
    const oauth2 = {
      clientId,
      clientSecret,
      loginUrl: mock.salesforce.url,
      redirectUri: "http://localhost/callback",
    };
    const password = new jsforce.Connection({ oauth2, version: "60.0" });
    await password.login(user.username, user.password);

    for (const connection of [await loggedIn(user), password]) {
      const { id } = await connection.sobject("Contact").create({ LastName: "LoggedIn" });
      await createdBy(id, user, "rest");
    }
  });

  it("refreshes an expired token, and the record is still the user's", async () => {
    const user = mock.user("salesforce", "Robin");
    const { client_id: clientId, client_secret: clientSecret } = mock.salesforce.app;
    const connection = new jsforce.Connection({
      oauth2: { clientId, clientSecret, loginUrl: mock.salesforce.url },
      instanceUrl: mock.salesforce.url,
      accessToken: `${mock.salesforce.org.slice(0, 15)}!expired`,
      refreshToken: user.refresh_token,
      version: "60.0",
    });
    let refreshed = 0;
    connection.on("refresh", () => (refreshed += 1));

    const { id } = await connection.sobject("Contact").create({ LastName: "Refreshed" });

    assert.equal(refreshed, 1);
    await createdBy(id, user, "rest");
  });

  it("gives the owner that was asked for, and says who may not be one", async () => {
    const [dana, integration] = ["Dana", "Integration"].map((name) => mock.user("salesforce", name));
    const connection = session(integration);
    const { id } = await connection.sobject("Contact").create({ LastName: "ForDana", OwnerId: dana.id });
    await createdBy(id, integration, "rest", { owner: dana.id, owner_reason: "requested" });

    await assert.rejects(
      connection.sobject("Contact").create({ LastName: "Lost", OwnerId: "005000000000000AAA" }),
      {
        errorCode: "INVALID_CROSS_REFERENCE_KEY",
      },
    );
    await assert.rejects(connection.sobject("Contact").create({ FirstName: "Ann" }), {
      errorCode: "REQUIRED_FIELD_MISSING",
    });
    await assert.rejects(connection.query("SELECT Nothing__c FROM Contact"), { errorCode: "INVALID_FIELD" });
  });

  it("describes objects, limits and the versions", async () => {
    const connection = session(mock.user("salesforce", "Dana"));
    const contact = await connection.describe("Contact");
    assertHas(
      contact.fields.find((field) => field.name === "OwnerId"),
      { createable: true, defaultedOnCreate: true, nillable: false },
    );
    assert.ok((await connection.describeGlobal()).sobjects.some(({ name }) => name === "Lead"));
    assert.ok((await connection.limits()).DailyApiRequests.Remaining > 0);
    assert.ok(connection.limitInfo.apiUsage.used > 0);
  });
});
