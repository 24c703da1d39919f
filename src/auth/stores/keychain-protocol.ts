import { asRecord, asString, parseJson } from "../../core/json.ts";

/** The name under which all entries are kept; what a person searches for in the keychain's own program. */
export const KEYCHAIN_SERVICE = "genscope";

/** One question to the helper process; it travels through the pipe of its standard input, as JSON. */
export interface KeychainRequest {
  readonly operation: "get" | "set" | "delete" | "probe";
  readonly account: string;
  /** For `set`. */
  readonly secret?: string;
  /**
   * A name for a trial entry where "absent" may mean "locked" (Secret Service), else null. A new one each time:
   * the keychain stumbles when two processes take the same entry away.
   */
  readonly trialAccount: string | null;
}

/** `unloadable`: the native addon or its library; `refused`: the keychain's own words. */
export type FailureReason = "unloadable" | "refused" | "damaged" | "too_large";

export type KeychainReply =
  | { readonly outcome: "answered"; readonly secret: string | null; readonly existed: boolean }
  | { readonly outcome: "failed"; readonly reason: FailureReason; readonly message: string };

const REASONS: readonly FailureReason[] = ["unloadable", "refused", "damaged", "too_large"];

/** The helper's reply, or null for anything else: it may have died in the middle of a word. */
export function readReply(text: string): KeychainReply | null {
  const reply = asRecord(parseJson(text));
  if (reply["outcome"] === "answered" && typeof reply["existed"] === "boolean") {
    const secret = typeof reply["secret"] === "string" ? reply["secret"] : null;
    return { outcome: "answered", secret, existed: reply["existed"] };
  }
  const reason = REASONS.find((candidate) => candidate === reply["reason"]);
  return reply["outcome"] === "failed" && reason !== undefined
    ? { outcome: "failed", reason, message: asString(reply["message"]) ?? "" }
    : null;
}
