import { closest } from "../../core/closest.ts";
import { UsageError } from "../../core/errors.ts";
import { audits } from "./audits.ts";
import { conversationsAggregates } from "./conversations-aggregates.ts";
import { conversationsDetails } from "./conversations-details.ts";
import type { Dataset, DatasetName } from "./dataset.ts";
import { divisions } from "./divisions.ts";
import { flows } from "./flows.ts";
import { presenceDefinitions } from "./presence-definitions.ts";
import { queues } from "./queues.ts";
import { skills } from "./skills.ts";
import { users } from "./users.ts";
import { usersAggregates } from "./users-aggregates.ts";
import { usersDetails } from "./users-details.ts";
import { wrapUpCodes } from "./wrap-up-codes.ts";

/** Every dataset by name, in the order of the help. The compiler rejects a name without its dataset. */
const DATASETS: { readonly [Name in DatasetName]: Dataset<Name> } = {
  "conversations details": conversationsDetails,
  "users details": usersDetails,
  "conversations aggregates": conversationsAggregates,
  "users aggregates": usersAggregates,
  audits,
  users,
  queues,
  "wrap-up codes": wrapUpCodes,
  skills,
  divisions,
  flows,
  "presence definitions": presenceDefinitions,
};

/** Returns every dataset, in the order of the help. */
export function allDatasets(): readonly Dataset[] {
  return Object.values(DATASETS);
}

/**
 * Returns the dataset with this name; `wrapupcodes`, `wrap-up-codes` and `Wrap-up codes` name the same one.
 * @throws UsageError `usage.dataset` with the closest names
 */
export function findDataset(words: readonly string[]): Dataset {
  const name = words.join(" ");
  const found = allDatasets().find((dataset) => lettersOf(dataset.name) === lettersOf(name));
  if (found !== undefined) return found;
  const names = allDatasets().map((dataset) => dataset.name);
  const [near] = closest(name.toLowerCase(), names, 1, 4);
  throw new UsageError("usage.dataset", `\`${name}\` is not a dataset`, {
    hint:
      near === undefined
        ? `the datasets are: ${names.join(", ")}`
        : `did you mean \`genscope export ${near}\`? All of them: genscope export --help`,
  });
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, "");
}
