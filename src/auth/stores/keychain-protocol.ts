import { asRecord, asString, parseJson } from "../../core/json.ts";

/** Service name of all entries. Users can search for it in the keychain's own program. */
export const KEYCHAIN_SERVICE = "genscope";

/** Request to the helper process, sent as JSON through its standard input. */
export interface KeychainRequest {
  readonly operation: "get" | "set" | "delete" | "probe";
  readonly account: string;
  /** Secret to store, for `set`. */
  readonly secret?: string;
  /**
   * Name of a trial entry for the Secret Service, where "absent" may mean "locked"; null elsewhere. Each
   * request uses a new name, because the keychain fails when two processes delete the same entry.
   */
  readonly trialAccount: string | null;
}

/**
 * Reason for a failure. `unloadable`: the native addon or its library can't be loaded; `refused`: the keychain
 * reported an error.
 */
export type FailureReason = "unloadable" | "refused" | "damaged" | "too_large";

/** Libraries that open the keychain. The second is used when the first can't be loaded. */
export const KEYCHAIN_LIBRARIES = ["keytar", "keyring"] as const;
export type KeychainLibrary = (typeof KEYCHAIN_LIBRARIES)[number];

export type KeychainReply =
  | {
      readonly outcome: "answered";
      readonly secret: string | null;
      readonly existed: boolean;
      readonly library: KeychainLibrary;
    }
  | { readonly outcome: "failed"; readonly reason: FailureReason; readonly message: string };

const REASONS: readonly FailureReason[] = ["unloadable", "refused", "damaged", "too_large"];

/**
 * Returns the helper's reply, or null for anything else: the helper may have been killed while it was
 * writing.
 */
export function readReply(text: string): KeychainReply | null {
  const reply = asRecord(parseJson(text));
  const library = KEYCHAIN_LIBRARIES.find((candidate) => candidate === reply["library"]);
  if (reply["outcome"] === "answered" && typeof reply["existed"] === "boolean" && library !== undefined) {
    const secret = typeof reply["secret"] === "string" ? reply["secret"] : null;
    return { outcome: "answered", secret, existed: reply["existed"], library };
  }
  const reason = REASONS.find((candidate) => candidate === reply["reason"]);
  return reply["outcome"] === "failed" && reason !== undefined
    ? { outcome: "failed", reason, message: asString(reply["message"]) ?? "" }
    : null;
}
