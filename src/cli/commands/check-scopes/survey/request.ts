import { UsageError } from "../../../../core/errors.ts";
import { joinMethods } from "../../../arguments/operation-arguments.ts";
import { type CheckFlags, contradiction, readIdentity } from "../read-request.ts";
import type { CheckRequest } from "../request.ts";

/** A question about many callers or many operations. */
export type SurveyRequest =
  | { readonly kind: "who"; readonly operation: string; readonly division: string | null }
  | {
      readonly kind: "list";
      /** Null for all areas. */
      readonly area: string | null;
      readonly identity: CheckRequest["identity"];
      readonly division: string | null;
    };

/** The flags that ask such a question. */
export interface SurveyFlags extends CheckFlags {
  readonly who?: string | undefined;
  readonly list?: string | true | undefined;
  readonly report?: readonly string[] | undefined;
}

/** Flags that make up a check of single operations. */
const OF_CHECKS = [
  "permission",
  "policy",
  "scan",
  "writePolicy",
  "live",
  "offline",
  "emit",
  "max",
  "request",
  "diff",
  "wait",
  "asOf",
  "history",
  "report",
] as const;

/**
 * Reads `--who` and `--list`; null without them.
 * @throws UsageError `usage.arguments` for flags that contradict each other
 */
export function readSurvey(operations: readonly string[], flags: SurveyFlags): SurveyRequest | null {
  const { who, list, division = null } = flags;
  if (who === undefined && list === undefined) return null;
  if (who !== undefined && list !== undefined) throw contradiction("`--who` and `--list` exclude each other");
  const flag = who === undefined ? "--list" : "--who";
  const other = OF_CHECKS.find((name) => flags[name] !== undefined);
  if (other !== undefined) throw contradiction(`\`${flag}\` and \`${nameOfFlag(other)}\` exclude each other`);
  if (who === undefined) {
    if (operations.length > 0) {
      throw new UsageError("usage.arguments", "`--list` lists every operation of an area", {
        hint: `drop \`${operations[0]}\`, or check it alone: genscope check-scopes '${operations[0]}'`,
      });
    }
    return {
      kind: "list",
      area: typeof list === "string" ? list : null,
      identity: readIdentity(flags),
      division,
    };
  }
  if (readIdentity(flags) !== null) {
    throw contradiction("`--who` lists every client; `--client` and `--user` judge one");
  }
  // `--who GET /api/v2/users` without quotes leaves the path to the arguments.
  const [operation, ...more] = joinMethods([who, ...operations]);
  if (operation === undefined || more.length > 0) {
    throw new UsageError("usage.arguments", "`--who` takes one operation", {
      hint: "genscope check-scopes --who 'GET /api/v2/routing/queues'",
    });
  }
  return { kind: "who", operation, division };
}

function nameOfFlag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
