// Trying again, always with the same login: a busy CRM says nothing about whose login it was.

import { setTimeout as sleep } from "node:timers/promises";

import { Unreachable } from "./errors.mjs";

const ATTEMPTS = 5;
const FIRST_WAIT = 500;
/** A CRM that asks for more than this is as good as away. */
const LONGEST_WAIT = 300_000;

/**
 * Repeats an attempt that may be repeated without harm.
 *
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {(error: any) => number | undefined} passing how many milliseconds the CRM asks to wait, 0 where it leaves that
 *   open, undefined where another attempt would end the same
 * @returns {Promise<T>}
 */
export async function insist(attempt, passing) {
  for (let failed = 0; ; failed += 1) {
    try {
      return await attempt();
    } catch (error) {
      const asked = passing(error);
      if (asked === undefined) throw error;
      if (failed + 1 === ATTEMPTS || asked > LONGEST_WAIT) throw new Unreachable(error.message, { cause: error });
      await sleep(Math.max(asked, FIRST_WAIT * 2 ** failed));
    }
  }
}

/** Whether the answer never came, or broke off: both libraries use node-fetch, and read JSON. What was asked for may be done. */
export const isLost = (error) => error.name === "FetchError" || error instanceof SyntaxError;
