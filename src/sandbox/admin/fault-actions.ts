import { asNumber, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import { createFault, FAULT_KINDS, type Fault } from "../faults/faults.ts";
import { CHANCES, type RandomFaults } from "../faults/random-faults.ts";
import { createSequence } from "../state/sequence.ts";
import type { World } from "../world.ts";
import type { Action } from "./action.ts";
import { ActionError, numberIn, oneOf, required } from "./input.ts";

/** Actions that make later requests fail in a chosen way. */
export const FAULT_ACTIONS: Readonly<Record<string, Action>> = {
  "fault.add": {
    summary: `kind (${FAULT_KINDS.join(", ")}), path? (prefix), pathEnd?, method?, after? (requests to let pass), times? (1), status? (503), code?, message?, retryAfterSeconds?, bytes?, delayMs?, portion?`,
    run: addFault,
  },
  "faults.random": {
    summary: `seed, rates {${CHANCES.join(", ")}: 0 to 1}, path? (/api/), retryAfterSeconds? (0), delayMs? (50): makes requests fail at random`,
    run: addChance,
  },
  "fault.clear": {
    summary: "ends all faults, including random ones and those of jobs, days and tokens",
    run: (world) => {
      world.faults = [];
      world.chance = null;
      world.jobTroubles = [];
      world.deniedDays = [];
      world.revocations = [];
      return { faults: 0 };
    },
  },
  "day.deny": {
    summary:
      "day (YYYY-MM-DD), times? (1), code? (missing.division.permission): 403 for analytics queries and jobs whose interval overlaps the day",
    run: (world, input) => {
      const day = required(input, "day");
      const dayMs = Date.parse(`${day}T00:00:00.000Z`);
      if (Number.isNaN(dayMs)) throw new ActionError("`day` must be YYYY-MM-DD");
      const code = oneOf(input, "code", DENIALS, "missing.division.permission");
      const times = numberIn(input, "times") ?? 1;
      world.deniedDays = [...world.deniedDays, { dayMs, code, times }];
      return { day, code, times };
    },
  },
  "tokens.revoke": {
    summary: "after? (0: API requests to let pass), times? (1): revokes the token of the next request",
    run: (world, input) => {
      const after = numberIn(input, "after") ?? 0;
      const times = numberIn(input, "times") ?? 1;
      world.revocations = [...world.revocations, ...Array.from({ length: times }, () => after)];
      return { revocations: world.revocations };
    },
  },
};

const DENIALS = ["missing.division.permission", "missing.any.permissions"] as const;

function addFault(world: World, input: JsonRecord): Fault {
  const given = {
    path: asString(input["path"]),
    pathEnd: asString(input["pathEnd"]),
    after: numberIn(input, "after"),
    method: asString(input["method"]),
    times: numberIn(input, "times"),
    status: numberIn(input, "status"),
    code: asString(input["code"]),
    message: asString(input["message"]),
    retryAfterSeconds: numberIn(input, "retryAfterSeconds"),
    bytes: numberIn(input, "bytes"),
    delayMs: numberIn(input, "delayMs"),
    portion: numberIn(input, "portion"),
  };
  const fault = createFault({
    kind: oneOf(input, "kind", FAULT_KINDS, "status"),
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
  });
  world.faults = [...world.faults, fault];
  return fault;
}

function addChance(world: World, input: JsonRecord): Omit<RandomFaults, "draws"> {
  const rates = asRecord(input["rates"]);
  const unknown = Object.keys(rates).find((name) => !CHANCES.some((each) => each === name));
  if (unknown !== undefined) throw new ActionError(`\`rates\` accepts ${CHANCES.join(", ")}`);
  const chance = {
    path: asString(input["path"]) ?? "/api/",
    retryAfterSeconds: numberIn(input, "retryAfterSeconds") ?? 0,
    delayMs: numberIn(input, "delayMs") ?? 50,
    rates: new Map(CHANCES.map((name) => [name, asNumber(rates[name]) ?? 0])),
  };
  world.chance = { ...chance, draws: createSequence(numberIn(input, "seed") ?? 1, "faults") };
  return chance;
}
