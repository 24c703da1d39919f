import { UsageError } from "../../../../core/errors.ts";
import { shellWord } from "../../../../core/shell-word.ts";
import { joinMethods } from "../../../arguments/operation-arguments.ts";
import { type CheckFlags, readIdentity } from "../read-request.ts";
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

/** The flags of `check-scopes`, including those of a survey. */
export interface SurveyFlags extends CheckFlags {
  readonly who?: string | undefined;
  readonly list?: string | true | undefined;
  readonly report?: readonly string[] | undefined;
  readonly explain?: true | undefined;
}

/** Flags that apply only to a check of single operations. */
const OF_CHECKS = [
  "permission",
  "policy",
  "service",
  "env",
  "scan",
  "writePolicy",
  "force",
  "includeTests",
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
  "explain",
] as const;

/**
 * Reads `--who` and `--list`; returns null without them.
 * @throws UsageError `usage.arguments` for flags that contradict each other
 */
export function readSurvey(operations: readonly string[], flags: SurveyFlags): SurveyRequest | null {
  const { who, list, division = null } = flags;
  if (who === undefined && list === undefined) return null;
  // Without quotes, `--who GET /api/v2/users` takes only the method, and the path arrives as an argument.
  const wanted = who === undefined ? [] : joinMethods([who, ...operations]);
  const alone =
    who === undefined ? ["--list", ...(typeof list === "string" ? [list] : [])] : ["--who", wanted[0] ?? who];
  const other =
    who !== undefined && list !== undefined ? "list" : OF_CHECKS.find((name) => flags[name] !== undefined);
  if (other !== undefined) {
    const flag = nameOfFlag(other);
    // A report has one result per check, whereas these flags print a table of callers or operations.
    const more = other === "report" ? ["--json"] : [];
    throw excluded(`\`${alone[0]}\` and \`${flag}\` cannot be combined`, flag, [...alone, ...more]);
  }
  if (who === undefined) {
    if (operations.length > 0) {
      throw new UsageError("usage.arguments", "`--list` lists every operation of an area", {
        hint: `omit \`${operations[0]}\`, or check it alone: genscope check-scopes '${operations[0]}'`,
      });
    }
    return {
      kind: "list",
      area: typeof list === "string" ? list : null,
      identity: readIdentity(flags),
      division,
    };
  }
  const identity = readIdentity(flags);
  if (identity !== null) {
    const message = "`--who` lists every client; `--client` and `--user` check one";
    throw excluded(message, identity.client === null ? "--user" : "--client", alone);
  }
  const [operation, ...more] = wanted;
  if (operation === undefined || more.length > 0) {
    throw new UsageError("usage.arguments", "`--who` takes one operation", {
      hint: "genscope check-scopes --who 'GET /api/v2/routing/queues'",
    });
  }
  return { kind: "who", operation, division };
}

function excluded(message: string, flag: string, words: readonly string[]): UsageError {
  const command = ["genscope", "check-scopes", ...words].map(shellWord).join(" ");
  return new UsageError("usage.arguments", message, { hint: `omit \`${flag}\`: ${command}` });
}

function nameOfFlag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}
