import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { World } from "../world.ts";
import type { Action } from "./action.ts";
import { DATA_ACTIONS } from "./data-actions.ts";
import { DEFINITION_ACTIONS } from "./definition-actions.ts";
import { FAULT_ACTIONS } from "./fault-actions.ts";
import { GROUP_ACTIONS } from "./group-actions.ts";
import { ActionError } from "./input.ts";
import { ORGANIZATION_ACTIONS } from "./organization-actions.ts";
import { ROLE_ACTIONS } from "./role-actions.ts";
import { TOKEN_ACTIONS } from "./token-actions.ts";
import { USAGE_ACTIONS } from "./usage-actions.ts";

/** All actions by name, as `POST /sandbox/actions` accepts them; the summaries are their documentation. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  ...ROLE_ACTIONS,
  ...GROUP_ACTIONS,
  ...ORGANIZATION_ACTIONS,
  ...TOKEN_ACTIONS,
  ...FAULT_ACTIONS,
  ...DEFINITION_ACTIONS,
  ...DATA_ACTIONS,
  ...USAGE_ACTIONS,
};

/**
 * Runs one action, `{"action": name, ...}`, or several, `{"actions": [...]}`, in order, and returns the
 * results.
 * @throws ActionError when an action is unknown or fails; earlier actions are not undone
 */
export function runActions(world: World, body: unknown): unknown {
  const input = asRecord(body);
  if (Array.isArray(input["actions"])) {
    return asArray(input["actions"]).map((each) => runAction(world, asRecord(each)));
  }
  return runAction(world, input);
}

function runAction(world: World, input: JsonRecord): unknown {
  const name = asString(input["action"]) ?? "";
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) {
    throw new ActionError(
      `there is no action \`${name}\`; known actions: ${Object.keys(ACTIONS).join(", ")}`,
    );
  }
  return action.run(world, input);
}
