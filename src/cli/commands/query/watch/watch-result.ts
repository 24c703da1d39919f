import type { QueryResult } from "../result.ts";

/** The JSON contract of `query --watch`: one document per result. */
export interface QueryWatchResult
  extends Pick<QueryResult, "name" | "operation" | "isComplete" | "notes" | "records"> {
  readonly schema: "genscope/query-watch/v1";
  /** When genscope received the result (RFC 3339, UTC). The platform sends no time with the current state. */
  readonly observedAt: string;
}
