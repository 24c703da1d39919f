/** Stable exit codes. Scripts branch on them, so a number never changes its meaning. */
export const EXIT_CODES = {
  ok: 0,
  error: 1,
  usage: 2,
  denied: 3,
  auth: 4,
  unknown: 5,
  limited: 7,
  incomplete: 8,
  network: 9,
  store: 10,
  bug: 70,
  interrupted: 130,
} as const;

export type ExitName = keyof typeof EXIT_CODES;
export type ExitCode = (typeof EXIT_CODES)[ExitName];

/** Failures in order of precedence. When several occur, the first one determines the exit code. */
const PRECEDENCE: readonly ExitName[] = [
  "usage",
  "store",
  "auth",
  "network",
  "limited",
  "denied",
  "incomplete",
  "unknown",
];

/** Returns the exit code for a run with several failures: that of the failure to fix first. */
export function exitCodeOf(names: Iterable<ExitName>): ExitCode {
  const present = new Set(names);
  const name =
    PRECEDENCE.find((candidate) => present.has(candidate)) ?? (present.has("error") ? "error" : "ok");
  return EXIT_CODES[name];
}
