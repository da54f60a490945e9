// The mock-crm binary, started for a file of tests, and what its control API says.

import { spawn } from "node:child_process";
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

// The clients are installed in the build folder, where a plain import does not look.
export const client = createRequire(join(process.env.NODE_CLIENTS, "package.json"));

/** One mock-crm with its demo org and portal. */
export class Mock {
  static async start(more = []) {
    const folder = await mkdtemp(join(tmpdir(), "mock-crm-"));
    const ports = ["--salesforce-port", "--hubspot-port", "--proxy-port", "--control-port"];
    const options = ["--json", "--ca-dir", folder, ...ports.flatMap((port) => [port, "0"]), ...more];
    const child = spawn(process.env.MOCK_CRM, options, { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code) => reject(new Error(`mock-crm ended with ${code}`)));
      createInterface({ input: child.stdout }).once("line", (text) => resolve([text]));
    });
    return new Mock(child, folder, JSON.parse(line));
  }

  constructor(child, folder, ready) {
    Object.assign(this, { child, folder, ready, salesforce: ready.salesforce, hubspot: ready.hubspot });
  }

  async stop() {
    this.child.removeAllListeners("exit");
    const ended = new Promise((resolve) => this.child.once("exit", resolve));
    this.child.kill("SIGTERM");
    const code = await ended;
    await rm(this.folder, { recursive: true });
    assert.equal(code, 0, "mock-crm did not end cleanly");
  }

  /** What mock-crm printed about a user, found by first name. */
  user(crm, firstName) {
    return this[crm].users.find((user) => user.name.startsWith(firstName));
  }

  /** Asks the control API, with POST if there is a body: its answer, if it has one. */
  async control(path, query = {}, body = undefined) {
    const { url, token } = this.ready.control;
    const answer = await fetch(`${url}${path}?${new URLSearchParams(query)}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, text);
    return text ? JSON.parse(text) : undefined;
  }

  /** The one row that the ledger has of a record. */
  async createOf(crm, record) {
    const org = String(crm === "salesforce" ? this.salesforce.org : this.hubspot.portal);
    const { creates } = await this.control("/creates", { crm, org, record });
    assert.equal(creates.length, 1, JSON.stringify(creates));
    return creates[0];
  }
}

/** Of all that a row or record says, these parts are as expected. */
export function assertHas(actual, expected) {
  const part = Object.fromEntries(Object.keys(expected).map((name) => [name, actual[name]]));
  assert.deepEqual(part, expected);
}
