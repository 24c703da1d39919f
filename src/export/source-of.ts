import type { Dataset } from "../analytics/dataset.ts";
import type { Clock } from "../core/clock.ts";
import type { JsonRecord } from "../core/json.ts";
import type { Api } from "../platform/api.ts";
import type { Part } from "./part.ts";
import type { Source } from "./source.ts";
import { aggregateSource } from "./sources/aggregate-source.ts";
import { jobSource } from "./sources/job-source.ts";
import { listingSource } from "./sources/listing-source.ts";
import { tailSource } from "./sources/tail-source.ts";

/** Where the pages of a part come from. */
export function sourceOf(
  { access }: Dataset,
  part: Part,
  { api, clock, body }: { readonly api: Api; readonly clock: Clock; readonly body: JsonRecord },
): Source {
  switch (access.kind) {
    case "jobs":
      return part.isProvisional && access.tail !== null
        ? tailSource({ ...access.tail, body })
        : jobSource({ api, clock, words: access.words, body });
    case "aggregates":
      return aggregateSource({ ...access, body });
    case "listing":
      return listingSource(access);
  }
}
