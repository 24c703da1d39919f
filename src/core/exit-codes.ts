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

/** Meaning of each code, as shown by `genscope help exit-codes` and the README. */
export const EXIT_CODE_MEANINGS: Readonly<Record<ExitName, string>> = {
  ok: "done; all verdicts allowed",
  error: "any other failure, including other 4xx answers",
  usage: "bad flag, unknown operation, invalid policy file, a refused unsafe request; nothing was sent",
  denied: "at least one verdict is denied; or a 403 in query, export, or explain with a token",
  auth: "no credential, expired and not renewable, 401, client disabled",
  unknown: "nothing denied, but at least one verdict is conditional or unknown",
  limited: "rate-limited or 5xx beyond --max-wait",
  incomplete: "an export stopped or skipped parts and can be resumed",
  network: "DNS, TLS, proxy or timeout: no answer from the service",
  store: "keychain or encrypted file locked, refused, damaged or readable by other users",
  bug: "internal fault",
  interrupted: "Ctrl-C, after a checkpoint; the output shows how to resume",
};

/** Order of precedence: when several apply, the first one wins. */
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

/** Returns the code for a run with several failures: the one to fix first. */
export function exitCodeOf(names: Iterable<ExitName>): ExitCode {
  const present = new Set(names);
  const name =
    PRECEDENCE.find((candidate) => present.has(candidate)) ?? (present.has("error") ? "error" : "ok");
  return EXIT_CODES[name];
}
