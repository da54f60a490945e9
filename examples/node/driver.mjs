// The driver: Apollo over stdio, one JSON-RPC message a line. Everything below the imports is the whole protocol part.

import { createInterface } from "node:readline";

import { Apollo } from "./apollo.mjs";
import { Unsupported } from "./errors.mjs";
import { introduceFault } from "./faults.mjs";

introduceFault(process.argv.slice(2));
console.log = console.error; // stdout belongs to the protocol
const apollo = new Apollo();
const methods = {
  hello: "hello", reset: "reset", "user.add": "addUser", "credential.link": "link", "credential.unlink": "unlink",
  "team_sync.connect": "connectTeamSync", "team_sync.disconnect": "disconnectTeamSync", "record.create": "createRecord",
  "record.update": "updateRecord", "record.read": "readRecord", push: "push", "activity.log": "logActivity", error_log: "errorLog",
};

async function answer({ id = null, method, params }) {
  try {
    if (!Object.hasOwn(methods, method)) return { id, error: { code: -32601, message: `there is no method ${method}` } };
    return { id, result: (await apollo[methods[method]](params ?? {})) ?? {} };
  } catch (error) {
    const { message, capability, stack } = error;
    return { id, error: error instanceof Unsupported ? { code: 2, message, data: { capability } } : { code: 1, message, data: { trace: stack } } };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...(await answer(JSON.parse(line))) })}\n`);
}
