import { findDataset } from "../../../../analytics/datasets/datasets.ts";
import { present } from "../../../../output/present.ts";
import { catalogueInUse } from "../../../catalogue-in-use.ts";
import type { Context, GlobalOptions } from "../../../context.ts";
import { describeDataset } from "./document.ts";
import { viewDescription } from "./view.ts";

/**
 * Prints the requests, limits and columns of a dataset. Sends nothing and needs no token.
 * @throws UsageError `usage.dataset` for an unknown name
 */
export async function presentDataset(
  context: Context,
  words: readonly string[],
  options: GlobalOptions,
): Promise<void> {
  const dataset = findDataset(words);
  const catalogue = await catalogueInUse(context, options);
  await present(context.io, options, await describeDataset(dataset, catalogue), viewDescription);
}
