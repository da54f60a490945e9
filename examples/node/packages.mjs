// The two vendors' libraries. In a package of its own this file is two plain imports; here they are installed in the build
// folder, where a plain import does not look.

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.env.NODE_CLIENTS ?? fileURLToPath(new URL("../../target/examples/node", import.meta.url));
const require = createRequire(join(folder, "package.json"));

function load(name) {
  try {
    return require(name);
  } catch (error) {
    if (error.code !== "MODULE_NOT_FOUND") throw error;
    console.error(`could not find the package ${name} in ${folder}`);
    console.error("hint: `examples/run` installs it there, or set NODE_CLIENTS to the folder of another package.json");
    process.exit(1);
  }
}

export const jsforce = load("jsforce");
export const { Client: HubspotClient } = load("@hubspot/api-client");
