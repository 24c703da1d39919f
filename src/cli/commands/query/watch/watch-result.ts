import type { QueryResult } from "../result.ts";

/** The JSON contract of `query --watch`: one document per result. */
export interface QueryWatchResult
  extends Pick<QueryResult, "name" | "operation" | "isComplete" | "notes" | "records"> {
  readonly schema: "genscope/query-watch/v1";
  /** The time of the result, RFC 3339 UTC, because the platform sends none for the current state. */
  readonly observedAt: string;
}
