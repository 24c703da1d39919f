import { asString, type JsonRecord } from "../../core/json.ts";
import { countUse } from "../state/usage-ledger.ts";
import { findClient, type World } from "../world.ts";
import type { Action } from "./action.ts";
import { ActionError, byIdOrName, clientIn, numberIn, organizationIn, required } from "./input.ts";

const DAY_MS = 86_400_000;

/** Actions on the reported API usage. */
export const USAGE_ACTIONS: Readonly<Record<string, Action>> = {
  "usage.record": {
    summary:
      "client, operation (`METHOD /path` as in the definition, or any text that matches no operation), status? (200), count? (1), daysAgo? (1), days? (1: number of days, of which the last is daysAgo), user?: counts requests",
    run: recordUsage,
  },
};

function recordUsage(world: World, input: JsonRecord): unknown {
  const organization = organizationIn(world, input);
  // A client of another organization can call this organization, as a vendor's app does.
  const client = findClient(world, required(input, "client"))?.client ?? clientIn(organization, input);
  const [method = "", templateUri = ""] = required(input, "operation").split(" ");
  if (templateUri === "") throw new ActionError("`operation` must be `METHOD /path`");
  const user = asString(input["user"]);
  const lastDay = numberIn(input, "daysAgo") ?? 1;
  const days = numberIn(input, "days") ?? 1;
  const count = numberIn(input, "count") ?? 1;
  for (let ago = lastDay; ago < lastDay + days; ago += 1) {
    countUse(world.usage, {
      organizationId: organization.id,
      clientId: client.id,
      userId: user === null ? null : byIdOrName(organization.users, user, "user").id,
      method,
      templateUri,
      atMs: world.clock.now() - ago * DAY_MS,
      status: numberIn(input, "status") ?? 200,
      count,
    });
  }
  return { client: client.id, days, count };
}
