import type { Dataset } from "../../analytics/datasets/dataset.ts";
import { RECORDINGS_KEY } from "../media/kind.ts";
import type { Part } from "../part/part.ts";
import { aggregateSource } from "./aggregate-source.ts";
import { childSource } from "./child-source.ts";
import { type JobSourceOptions, jobSource } from "./job-source.ts";
import { listingSource } from "./listing-source.ts";
import type { Source } from "./source.ts";
import { tailSource } from "./tail-source.ts";

/** Returns the source that a part's pages are read from. */
export function selectSource(
  { access, identity, files }: Dataset,
  part: Part,
  { api, clock, body, onPoll }: Pick<JobSourceOptions, "api" | "clock" | "body" | "onPoll">,
): Source {
  switch (access.kind) {
    case "jobs":
      return part.isProvisional && access.tail !== null
        ? tailSource({ ...access.tail, body })
        : jobSource({
            api,
            clock,
            definition: access.definition,
            itemsKey: files === undefined ? access.definition.itemsKey : RECORDINGS_KEY,
            body,
            onPoll,
            // A record without an id, such as a user's presences on a day, depends on the interval that was
            // queried.
            canDivide: identity !== null && identity !== "bytes",
          });
    case "aggregates":
      return aggregateSource({ ...access, body });
    case "listing":
      return listingSource(access);
    case "children":
      return childSource(access);
  }
}
