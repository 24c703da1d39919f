import { asString, type JsonRecord } from "../../core/json.ts";
import type { World } from "../state/world.ts";
import type { Action } from "./action.ts";
import { FAULT_KINDS, type Fault } from "./faults.ts";
import { numberIn, oneOf } from "./input.ts";

/** What goes wrong on the way. */
export const FAULT_ACTIONS: Readonly<Record<string, Action>> = {
  "fault.add": {
    summary: `kind (${FAULT_KINDS.join(", ")}), path? (prefix), method?, times? (1), status? (503), code?, message?, retryAfterSeconds?, bytes?, delayMs?`,
    run: addFault,
  },
  "fault.clear": {
    summary: "no more faults",
    run: (world) => {
      world.faults = [];
      return { faults: 0 };
    },
  },
};

function addFault(world: World, input: JsonRecord): Fault {
  const status = numberIn(input, "status");
  const kind = oneOf(input, "kind", FAULT_KINDS, "status");
  const fault: Fault = {
    kind,
    path: asString(input["path"]) ?? "/",
    method: asString(input["method"]),
    times: numberIn(input, "times") ?? 1,
    status: status ?? (kind === "status" || kind === "html" ? 503 : 200),
    code: asString(input["code"]) ?? "service.unavailable",
    message: asString(input["message"]) ?? "The server is currently unavailable.",
    retryAfterSeconds: numberIn(input, "retryAfterSeconds"),
    bytes: numberIn(input, "bytes") ?? 64 * 1024 * 1024,
    delayMs: numberIn(input, "delayMs") ?? 1000,
  };
  world.faults = [...world.faults, fault];
  return fault;
}
