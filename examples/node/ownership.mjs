// Who writes, and who owns: the documented rules and nothing else. No HTTP and no state.
//
// A4, B3 and the like are the sentences of Apollo's two articles (A the newer, B the older), R05 and the like the rows of
// the decision table that they make: `crm-conformance run` names the same ids.

/**
 * The part that somebody plays in a push.
 * @typedef {"you" | "Apollo's owner" | "team sync" | "the most permitted"} Part
 */

/**
 * What a push is about, as far as the documents make it count.
 * @typedef {object} Choice
 * @property {"salesforce" | "hubspot"} crm
 * @property {"contact" | "account" | "lead" | "email" | "task" | "call"} object what it becomes in the CRM; an account that
 *   comes along with a contact counts as that contact (R08, H11)
 * @property {string} source how the record came into Apollo
 * @property {boolean} update whether the CRM has it already
 * @property {boolean} ownerChanged whether somebody else owns it in Apollo than at the last push
 */

/**
 * Who "you" is. Whoever pushes one record (A5, A15, A18); in bulk, or where nobody pushes, the record's owner in Apollo: each
 * record is judged for itself (R26). One rule for both modes otherwise (A5, A6; R25, H10).
 */
export const you = (mode, pusher, record) => (mode === "single" && pusher ? pusher : record.owner);

/**
 * Whose login writes, and so becomes Created By: the first that is available.
 *
 * Yours if you have linked one, else team sync's, else that of the authenticated user with the highest permission (A3, A23, B3,
 * B9; R01 to R03, R09 to R11). What the table lists under team sync goes through team sync first (A19 to A21, B5 to B7;
 * R04 to R06), and through you where there is no team sync (R16).
 *
 * @param {Choice} choice
 * @returns {Part[]}
 */
export function credentials(choice) {
  return createdByTeamSync(choice)
    ? ["team sync", "you", "the most permitted"]
    : ["you", "team sync", "the most permitted"];
}

/**
 * Who becomes Owner: the first that is available; nobody is named where the list is empty.
 *
 * You, once you have linked, whoever creates the record (A7, A17, A18, B4); else the team sync user (A15), or whoever stands in
 * (A3). An update leaves the owner alone (U1, U2, U5), unless Apollo's own owner has changed to somebody who has linked (U3).
 *
 * @param {Choice} choice
 * @returns {Part[]}
 */
export function owners(choice) {
  if (!choice.update) return ["you", "team sync", "the most permitted"];
  return choice.ownerChanged ? ["Apollo's owner"] : [];
}

/**
 * The first to have connected among those with the highest permission in the CRM: a role in Apollo counts for nothing (A23, B9;
 * R12).
 *
 * @template {{ permission: number }} T
 * @param {T[]} authenticated in the order of connecting
 * @returns {T | undefined}
 */
export function mostPermitted(authenticated) {
  const top = Math.max(...authenticated.map(({ permission }) => permission));
  return authenticated.find(({ permission }) => permission === top);
}

/**
 * The second column of the table (A21, B7). It is about new records in Salesforce: not about HubSpot (H2), not about updates
 * (U1), and not about activities, which are always the actor's (A17, B4; T2).
 */
function createdByTeamSync({ crm, object, source, update }) {
  if (crm !== "salesforce" || update || !["contact", "account", "lead"].includes(object)) return false;
  // From LinkedIn and from job changes the table names contacts alone; a lead is a contact that is pushed as one (R07).
  return source === "prospecting" || (["linkedin", "jobchange"].includes(source) && object !== "account");
}
