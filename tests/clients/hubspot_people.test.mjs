// @hubspot/api-client, unmodified: who a token is, which owner that is, and OAuth from consent to refresh.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { Portal } from "./hubspot_portal.mjs";
import { assertHas } from "./mock.mjs";

const CALLBACK = "https://client.example/callback";
const APP = ["sync", "sync-secret"];

describe("people and tokens by @hubspot/api-client", () => {
  let portal;
  before(async () => (portal = await Portal.open()));
  after(() => portal.close());

  /** What the browser of this user brings back: a code. The address is the one that the client makes. */
  async function consent(user) {
    const scopes = "crm.objects.contacts.write crm.objects.owners.read";
    const { oauth } = portal.connect();
    const made = new URL(oauth.getAuthorizationUrl("sync", CALLBACK, scopes, undefined, "s1"));
    const url = new URL(`${portal.mock.hubspot.url}/oauth/authorize${made.search}`);
    url.searchParams.set("portal", portal.id);
    url.searchParams.set("user", user.user_id);
    const answer = await fetch(url, { redirect: "manual" });
    assert.equal(answer.status, 302);
    const back = new URL(answer.headers.get("location")).searchParams;
    assert.equal(back.get("state"), "s1");
    return back.get("code");
  }

  const exchange = (code, redirectUri = CALLBACK, app = APP) =>
    portal.connect().oauth.tokensApi.create("authorization_code", code, redirectUri, ...app);
  const refresh = (refreshToken, app = APP) =>
    portal.connect().oauth.tokensApi.create("refresh_token", undefined, undefined, ...app, refreshToken);
  const create = async (token, properties) =>
    (await portal.connect(token).crm.contacts.basicApi.create({ properties })).id;

  for (const firstName of ["Dana", "Robin"]) {
    it(`the token leads to ${firstName}, and to the owner that ${firstName} is`, async () => {
      const user = portal.caller(firstName);
      const client = portal.connect(user.token);

      const token = await client.oauth.accessTokensApi.get(user.token);
      const owner = await client.crm.owners.ownersApi.getById(token.userId, "userId");

      assertHas(token, { userId: user.user_id, hubId: Number(portal.id), user: user.email });
      assertHas(owner, { id: user.owner_id, userId: user.user_id, email: user.email });
      assert.notEqual(owner.id, String(owner.userId));
      const record = await create(user.token, { lastname: "Mine", hubspot_owner_id: owner.id });
      await portal.assertCreatedBy(record, firstName, "single", user);
    });

    it(`a code and a refresh are of ${firstName}, who consented`, async () => {
      const user = portal.caller(firstName);

      const first = await exchange(await consent(user));
      const second = await refresh(first.refreshToken);

      assert.deepEqual([first.expiresIn, second.refreshToken], [1800, first.refreshToken]);
      assert.notEqual(first.accessToken, second.accessToken);
      for (const { accessToken } of [first, second]) {
        const record = await create(accessToken, { lastname: "Consented" });
        assertHas(await portal.mock.createOf("hubspot", record), {
          user: String(user.user_id),
          created_by: String(user.user_id),
          owner: null,
          app: portal.appOf(firstName),
        });
      }
      const information = await portal.connect().oauth.refreshTokensApi.get(first.refreshToken);
      assertHas(information, { userId: user.user_id, clientId: "sync" });
    });
  }

  it("owners are found by e-mail, and an archived one only when asked for", async () => {
    const [robin, gil] = ["Robin", "Gil"].map((name) => portal.caller(name));
    const { ownersApi: owners } = portal.as("Robin").crm.owners;

    const byEmail = await owners.getPage(robin.email);
    const everybody = await owners.getPage(undefined, undefined, 500);
    const archived = await owners.getPage(undefined, undefined, 100, true);

    assert.deepEqual(
      byEmail.results.map(({ id }) => id),
      [robin.owner_id],
    );
    const kinds = Object.fromEntries(everybody.results.map(({ id, type }) => [id, type]));
    assertHas(kinds, { 50001: "QUEUE", [robin.owner_id]: "PERSON", [gil.owner_id]: undefined });
    assert.deepEqual(
      archived.results.map(({ id, userIdIncludingInactive }) => [id, userIdIncludingInactive]),
      [[gil.owner_id, gil.user_id]],
    );
  });

  it("a super admin need not own anything", async () => {
    const client = portal.as("Robin");

    const users = (await client.settings.users.usersApi.getPage()).results;

    const admins = users.filter(({ superAdmin }) => superAdmin).map(({ email }) => email);
    const noa = portal.caller("Noa");
    assert.ok(admins.includes(noa.email) && admins.includes(portal.caller("Dana").email));
    await portal.refused(404, () => client.crm.owners.ownersApi.getById(noa.user_id, "userId"));
  });

  it("what the token endpoint refuses has its code in status", async () => {
    const dana = portal.caller("Dana");
    const used = await consent(dana);
    await exchange(used);
    const fresh = await consent(dana);
    for (const [status, call] of [
      ["BAD_AUTH_CODE", () => exchange(used)],
      ["BAD_REFRESH_TOKEN", () => refresh("na1-nothing")],
      ["BAD_CLIENT_SECRET", () => refresh(dana.refresh_token, ["sync", "wrong"])],
      ["MISMATCH_REDIRECT_URI_AUTH_CODE", () => exchange(fresh, "https://other.example/")],
    ]) {
      const body = await portal.refused(400, call);
      assert.equal(body.status, status);
    }
  });

  it("a deleted refresh token gives no more tokens", async () => {
    const tokens = await exchange(await consent(portal.caller("Robin")));

    await portal.connect().oauth.refreshTokensApi.archive(tokens.refreshToken);

    await portal.refused(400, () => refresh(tokens.refreshToken));
    await create(tokens.accessToken, { lastname: "StillGood" });
  });
});
