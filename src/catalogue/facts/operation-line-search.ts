import { wordsOf } from "./operation-line.ts";

/** The pattern of the lines whose operation id is `operationId` in any case. */
export function operationIdPattern(operationId: string): RegExp {
  // Not anchored at the start of the line: a search for a tab is several times faster.
  return new RegExp(`\\t[A-Z]+\\t${escapePattern(operationId)}\\t`, "i");
}

/** The operation id of a line, in lower case. */
export function operationIdOfLine(line: string): string {
  return (line.split("\t", 3)[2] ?? "").toLowerCase();
}

/** The pattern of the lines whose path consists of these words with any parameters between. */
export function wordsPattern(words: string): RegExp {
  const segments = words.split(" ").map(escapePattern);
  return new RegExp(`^${segments.join("(?:/\\{\\})*/")}(?:/\\{\\})*\\t`, "m");
}

/** The words of a line's path, parameters left out: `users queues` of `users/{}/queues`. */
export function wordsOfLine(line: string): string {
  return wordsOfPath(line.slice(0, line.indexOf("\t")));
}

/** The words of a path or shape, parameters left out. */
export function wordsOfPath(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "" && !segment.startsWith("{"))
    .join(" ");
}

/** The pattern of the lines that name `permission` in any case. */
export function permissionPattern(permission: string): RegExp {
  return new RegExp(`[ \\t]${escapePattern(permission)}(?=[ \\t\\n])`, "i");
}

/** The permissions a line lists, and those its description names beyond. */
export function permissionsOfLine(line: string): {
  readonly formal: readonly string[];
  readonly conditional: readonly string[];
} {
  const fields = line.split("\t", 10);
  return { formal: wordsOf(fields[5] ?? "").slice(1), conditional: wordsOf(fields[9] ?? "") };
}

/** The scopes a line lists. */
export function scopesOfLine(line: string): readonly string[] {
  return wordsOf(line.split("\t", 7)[6] ?? "").slice(1);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
