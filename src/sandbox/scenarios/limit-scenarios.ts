import { grantRole } from "./cast.ts";
import { DETAIL_QUERY, type Scenario } from "./scenario.ts";

/** Scenarios in which a limit restricts what one request returns. */
export const LIMIT_SCENARIOS: readonly Scenario[] = [
  {
    name: "low-limits",
    description:
      "The service has every permission, but a query returns at most 200 results, a job at most 300, and an aggregate at most 20 buckets.",
    arrange: (cast) => {
      grantRole(cast, cast.reporting.id, cast.roles.administrator);
      cast.world.settings = {
        ...cast.world.settings,
        mostQueryResults: 200,
        mostJobResults: 300,
        mostBuckets: 20,
      };
      return { client: cast.reporting, operation: DETAIL_QUERY };
    },
  },
];
