// The driver: Apollo over stdio, one JSON-RPC message a line.

import { Apollo } from "./apollo.mjs";
import { introduceFault } from "./faults.mjs";

introduceFault(process.argv.slice(2));
console.log = console.error; // standard output belongs to the protocol

const apollo = new Apollo();
const methods = {
  hello: apollo.hello,
  reset: apollo.reset,
  "user.add": apollo.addUser,
  "credential.link": apollo.link,
  "credential.unlink": apollo.unlink,
  "team_sync.connect": apollo.connectTeamSync,
  "team_sync.disconnect": apollo.disconnectTeamSync,
  "record.create": apollo.createRecord,
  "record.update": apollo.updateRecord,
  "record.read": apollo.readRecord,
  push: apollo.push,
  "activity.log": apollo.logActivity,
  error_log: apollo.errorLog,
};

async function answer({ method, params }) {
  if (!Object.hasOwn(methods, method)) return { error: { code: -32601, message: `there is no method ${method}` } };
  try {
    return { result: (await methods[method].call(apollo, params ?? {})) ?? {} };
  } catch ({ message, capability, stack }) {
    if (capability) return { error: { code: 2, message, data: { capability } } };
    return { error: { code: 1, message, data: { trace: stack } } };
  }
}

/** Not by node:readline, which also breaks a line at U+2028 and U+2029: JSON leaves both as they are. */
async function* lines(input) {
  let rest = "";
  for await (const text of input.setEncoding("utf8")) {
    const complete = (rest + text).split("\n");
    rest = complete.pop();
    yield* complete;
  }
  if (rest) yield rest;
}

for await (const line of lines(process.stdin)) {
  const message = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id: message.id, ...(await answer(message)) })}\n`);
}
