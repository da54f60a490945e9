// A driver: it speaks the driver protocol, and acts as Apollo for your sync code.
//
// Standard output is for answers alone: one line each. Logs go to standard error, by console.error.

import readline from "node:readline";

// YOUR CODE: say what works, and nothing else. What is not declared is not asked for, and reported as unsupported. For example
// "crm:salesforce", "crm:hubspot", "record:contact", "record:account", "record:lead", "source:manual", "source:csv",
// "mode:single", "mode:bulk", "activity:call", "update", "error_log"; `crm-conformance driver schema` has them all.
const CAPABILITIES = [];

/** The driver can't do this: with the capability that is missing. */
class Unsupported extends Error {}

/** The params make no sense, such as an id that nobody knows. */
class Refused extends Error {}

/** The Apollo team of one scenario. Nothing of it may outlive the scenario. */
class Team {
  constructor(scenario) {
    // URLs and OAuth apps of both CRMs, and push settings: see reset.params of the schema.
    this.scenario = scenario;
    this.users = new Map();
    this.logins = new Map();
    this.teamSync = new Map();
  }

  known(user) {
    if (!this.users.has(user)) throw new Refused(`there is no user ${user}`);
    return user;
  }
}

let team = new Team();

/** Each method takes the params, and gives the result that the schema shows. */
const METHODS = {
  hello: () => ({ protocol: 1, name: "my-sync", version: "0.1", capabilities: CAPABILITIES }),
  reset: (params) => {
    team = new Team(params);
    return {};
  },
  "user.add": (params) => {
    team.users.set(params.user, params);
    return {};
  },
  "credential.link": ({ user, crm, grant }) => {
    team.logins.set(`${crm} ${team.known(user)}`, grant);
    return {};
  },
  "credential.unlink": ({ user, crm }) => {
    if (!team.logins.delete(`${crm} ${user}`)) throw new Refused("there is no such login");
    return {};
  },
  "team_sync.connect": ({ crm, grant }) => {
    team.teamSync.set(crm, grant);
    return {};
  },
  "team_sync.disconnect": ({ crm }) => {
    if (!team.teamSync.delete(crm)) throw new Refused("team sync is not connected");
    return {};
  },

  // YOUR CODE: from here on. A method may be async; it is awaited.
  "record.create": async ({ kind }) => {
    throw new Unsupported(`record:${kind}`); // { record: "a1", owner: params.user }
  },
  "record.update": async () => {
    throw new Unsupported("update"); // { record: "a1", owner: "u1" }
  },
  "record.read": async ({ record }) => {
    throw new Refused(`there is no record ${record}`); // { record: "a1", owner: "u1" }
  },
  push: async ({ crm }) => {
    // One result a record, in order, once the CRM has answered:
    // { results: [{ record: "a1", outcome: "pushed", crm_id: "003…" }] }, or
    // { record: "a1", outcome: "refused", reason: "no_credential", message: "…" }
    throw new Unsupported(`crm:${crm}`);
  },
  "activity.log": async ({ type }) => {
    throw new Unsupported(`activity:${type}`); // as push, with activity for record
  },
  error_log: async () => {
    throw new Unsupported("error_log"); // { entries: [] }
  },
};

function failure(error) {
  if (error instanceof Unsupported) {
    return { code: 2, message: `no ${error.message}`, data: { capability: error.message } };
  }
  if (error instanceof Refused) return { code: -32602, message: error.message };
  return { code: 1, message: String(error), data: { trace: error?.stack ?? String(error) } };
}

async function respond({ id, method, params }) {
  const response = { jsonrpc: "2.0", id };
  if (!Object.hasOwn(METHODS, method)) {
    return { ...response, error: { code: -32601, message: `there is no method ${method}` } };
  }
  try {
    return { ...response, result: await METHODS[method](params) };
  } catch (error) {
    return { ...response, error: failure(error) };
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  process.stdout.write(JSON.stringify(await respond(JSON.parse(line))) + "\n");
}
