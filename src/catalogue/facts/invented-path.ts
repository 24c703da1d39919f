import { readTable } from "./text/text-table.ts";

/** A path that appears in forum posts and generated code but in no definition of the platform. */
export interface InventedPath {
  /** Matches the path without `/api/v2`. */
  readonly pattern: RegExp;
  /** Advice that follows the statement that the path does not exist. */
  readonly correction: string;
  /** Operations to call instead, as `METHOD path` without `/api/v2/`. */
  readonly instead: readonly string[];
}

/** Parses the table of invented paths: pattern, correction, and operations separated by `; `. */
export function readInventedPaths(text: string): readonly InventedPath[] {
  return readTable(text, "genscope-invented-paths").rows.map(
    ([pattern = "", correction = "", instead = ""]) => ({
      pattern: new RegExp(pattern),
      correction,
      instead: instead === "" ? [] : instead.split("; "),
    }),
  );
}
