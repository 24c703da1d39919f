import type { Dataset } from "../analytics/datasets/dataset.ts";
import type { Part } from "./part.ts";
import type { Source } from "./source.ts";
import { aggregateSource } from "./sources/aggregate-source.ts";
import { type JobSourceOptions, jobSource } from "./sources/job-source.ts";
import { listingSource } from "./sources/listing-source.ts";
import { tailSource } from "./sources/tail-source.ts";

/** Where the pages of a part come from. */
export function sourceOf(
  { access }: Dataset,
  part: Part,
  { api, clock, body, onPoll }: Pick<JobSourceOptions, "api" | "clock" | "body" | "onPoll">,
): Source {
  switch (access.kind) {
    case "jobs":
      return part.isProvisional && access.tail !== null
        ? tailSource({ ...access.tail, body })
        : jobSource({ api, clock, words: access.words, body, onPoll });
    case "aggregates":
      return aggregateSource({ ...access, body });
    case "listing":
      return listingSource(access);
  }
}
