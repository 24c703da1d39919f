import { wordsOf } from "./operation-line.ts";

/** Returns a pattern for the lines with this operation id, ignoring case. */
export function operationIdPattern(operationId: string): RegExp {
  // The pattern is not anchored at the start of the line, because a search for a tab is several times faster.
  return new RegExp(`\\t[A-Z]+\\t${escapePattern(operationId)}\\t`, "i");
}

/** Returns the operation id of a line in lower case. */
export function operationIdOfLine(line: string): string {
  return (line.split("\t", 3)[2] ?? "").toLowerCase();
}

/** Returns a pattern for the lines whose path consists of these words, with any parameters between them. */
export function wordsPattern(words: string): RegExp {
  const segments = words.split(" ").map(escapePattern);
  return new RegExp(`^${segments.join("(?:/\\{\\})*/")}(?:/\\{\\})*\\t`, "m");
}

/** Returns the words of a line's path without parameters: `users queues` for `users/{}/queues`. */
export function wordsOfLine(line: string): string {
  return wordsOfPath(line.slice(0, line.indexOf("\t")));
}

/** Returns the words of a path or shape without parameters. */
export function wordsOfPath(path: string): string {
  return path
    .split("/")
    .filter((segment) => segment !== "" && !segment.startsWith("{"))
    .join(" ");
}

/** Returns a pattern for the lines that name `permission`, ignoring case. */
export function permissionPattern(permission: string): RegExp {
  return new RegExp(`[ \\t]${escapePattern(permission)}(?=[ \\t\\n])`, "i");
}

/** Returns the permissions that a line lists, and those that only its description names. */
export function permissionsOfLine(line: string): {
  readonly formal: readonly string[];
  readonly conditional: readonly string[];
} {
  const fields = line.split("\t", 10);
  return { formal: wordsOf(fields[5] ?? "").slice(1), conditional: wordsOf(fields[9] ?? "") };
}

export function scopesOfLine(line: string): readonly string[] {
  return wordsOf(line.split("\t", 7)[6] ?? "").slice(1);
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
