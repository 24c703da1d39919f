import type { ExitName } from "./exit-codes.ts";

/** Meaning of each code, as shown by `genscope help exit-codes` and the README. */
export const EXIT_CODE_MEANINGS: Readonly<Record<ExitName, string>> = {
  ok: "done; all verdicts allowed",
  error: "any other failure, including other 4xx responses",
  usage: "bad flag, unknown operation, invalid policy file, a refused unsafe request; nothing was sent",
  denied:
    "at least one verdict is denied; a 403 in query, export, or explain with a token; or a finding of --max or clients",
  auth: "no credential, expired and not renewable, 401, client disabled",
  unknown: "nothing denied, but at least one verdict is conditional or unknown",
  limited: "rate-limited or 5xx beyond --max-wait",
  incomplete:
    "an export stopped or skipped parts and can be resumed; a query result is incomplete; or --verify found a difference",
  network: "DNS, TLS, proxy or timeout: no response from the service",
  store: "keychain or encrypted file locked, refused, damaged or readable by other users",
  bug: "internal fault",
  interrupted: "Ctrl-C, after a checkpoint; the output shows how to resume",
};
