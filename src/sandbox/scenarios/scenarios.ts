import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { BOUNDARY_SCENARIOS } from "./boundary-scenarios.ts";
import { CLIENT_SCENARIOS } from "./client-scenarios.ts";
import { HISTORY_SCENARIOS } from "./history-scenarios.ts";
import { LIMIT_SCENARIOS } from "./limit-scenarios.ts";
import { LOGIN_SCENARIOS } from "./login-scenarios.ts";
import { PERMISSION_SCENARIOS } from "./permission-scenarios.ts";
import { DETAIL_QUERY, type Scenario } from "./scenario.ts";
import { TOKEN_SCENARIOS } from "./token-scenarios.ts";

const DEFAULT_SCENARIO: Scenario = {
  name: "default",
  description: "A reporting service is not allowed to read conversation details. Nothing else is wrong.",
  arrange: ({ reporting }) => ({ client: reporting, operation: DETAIL_QUERY }),
};

const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  [
    DEFAULT_SCENARIO,
    ...PERMISSION_SCENARIOS,
    ...BOUNDARY_SCENARIOS,
    ...TOKEN_SCENARIOS,
    ...LIMIT_SCENARIOS,
    ...LOGIN_SCENARIOS,
    ...CLIENT_SCENARIOS,
    ...HISTORY_SCENARIOS,
  ].map((scenario) => [scenario.name, scenario]),
);

/** Returns every scenario with its description, for help text. `default` comes first. */
export function listScenarios(): readonly { readonly name: string; readonly description: string }[] {
  return [...SCENARIOS.values()].map(({ name, description }) => ({ name, description }));
}

const MOST_MISTAKES = 2;

/**
 * Returns the scenario called `name`.
 * @throws UsageError `usage.scenario` for an unknown name
 */
export function findScenario(name: string): Scenario {
  const scenario = SCENARIOS.get(name);
  if (scenario !== undefined) return scenario;
  const [near] = closest(name.toLowerCase(), [...SCENARIOS.keys()], 1, MOST_MISTAKES);
  const guess = near === undefined ? "" : `did you mean \`genscope sandbox --scenario ${near}\`? Otherwise `;
  throw new UsageError("usage.scenario", `there is no scenario \`${name}\``, {
    hint: `${guess}choose one of ${[...SCENARIOS.keys()].join(", ")}: genscope sandbox --scenario default`,
  });
}
