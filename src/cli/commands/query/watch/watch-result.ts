import type { QueryResult } from "../result.ts";

/** The JSON contract of `query --watch`: one document per answer. */
export interface QueryWatchResult
  extends Pick<QueryResult, "name" | "operation" | "isComplete" | "notes" | "records"> {
  readonly schema: "genscope/query-watch/v1";
  /** The time of the answer, RFC 3339 UTC: the platform names no instant for the current state. */
  readonly observedAt: string;
}
