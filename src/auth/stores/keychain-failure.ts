import { REINSTALL, StoreError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { KeychainEnding } from "./keychain-process.ts";
import type { KeychainReply } from "./keychain-protocol.ts";

/** Outcome of a helper process that did not answer the request. */
export type KeychainFailure = Exclude<KeychainEnding, { readonly outcome: "answered" }>;
type FailedReply = Extract<KeychainReply, { readonly outcome: "failed" }>;

/**
 * Matches messages about a missing keychain service. The libraries have no error codes, so their messages have
 * to be matched; the helper keeps them untranslated.
 */
const NO_SERVICE = /autolaunch|Could not connect|Failed to connect to socket|not provided by any \.service/;
const NO_KEYRING = /Object does not exist at path|no result found/;
/**
 * Matches messages about a locked keychain. The last two come from macOS (errSecInteractionNotAllowed,
 * errSecAuthFailed).
 */
const LOCKED =
  /locked collection|prompt was dismissed|User interaction is not allowed|user name or passphrase you entered is not correct/i;
/** Matches messages about an entry that is too long. The first is RPC_X_BAD_STUB_DATA of Windows. */
const TOO_LARGE = /stub received bad data|platform limit/i;

const WITHOUT_KEYCHAIN =
  "use `genscope login --store file` (encrypted with your passphrase) or `--store none` (no secret is kept), or set `GENESYSCLOUD_OAUTHCLIENT_ID` and `GENESYSCLOUD_OAUTHCLIENT_SECRET`, or `GENESYSCLOUD_ACCESS_TOKEN` (no login is needed)";
const INSTALL_KEYRING =
  "`apt install gnome-keyring libsecret-1-0` (Debian, Ubuntu), `dnf install gnome-keyring libsecret` (Fedora) or `apk add gnome-keyring libsecret` (Alpine)";
const INSTALL_LIBRARY =
  "`apt install libsecret-1-0` (Debian, Ubuntu), `dnf install libsecret` (Fedora) or `apk add libsecret` (Alpine)";

/** Returns the error for a keychain failure, with the remedy on this platform. */
export function describeKeychainFailure(failure: KeychainFailure, platform: NodeJS.Platform): StoreError {
  switch (failure.outcome) {
    case "expired":
      return new StoreError(
        "store.timeout",
        `the keychain did not respond within ${failure.deadlineMs / 1_000} s`,
        {
          hint: `${unlockHint(platform)}, or answer its dialog; or ${WITHOUT_KEYCHAIN}`,
        },
      );
    case "crashed":
      return new StoreError("store.failed", `the keychain failed (\`${oneLine(failure.how, 200)}\`)`, {
        hint: `try again; or ${WITHOUT_KEYCHAIN}`,
      });
    case "failed":
      return describeReply(failure, platform);
  }
}

function describeReply({ reason, message }: FailedReply, platform: NodeJS.Platform): StoreError {
  const words = oneLine(message, 200);
  const cause = new Error(words);
  switch (reason) {
    case "unloadable":
      return new StoreError("store.absent", "no OS keychain available: its library cannot be loaded", {
        hint: `${libraryHint(platform, words)}; or ${WITHOUT_KEYCHAIN}`,
        cause,
      });
    case "damaged":
      return new StoreError("store.damaged", `the keychain entry is damaged: ${words}`, {
        hint: "erase the entry and log in again: `genscope logout`, then `genscope login`",
      });
    case "too_large":
      return new StoreError("store.too_large", `the secret is too long for the keychain (${words})`, {
        hint: "use `genscope login --store file`, which has no such limit",
      });
    case "refused":
      return describeRefusal(words, platform);
  }
}

function describeRefusal(words: string, platform: NodeJS.Platform): StoreError {
  const cause = new Error(words);
  if (LOCKED.test(words)) {
    return new StoreError("store.locked", "the keychain is locked", {
      hint: `${unlockHint(platform)}, then try again; stored logins are kept; or ${WITHOUT_KEYCHAIN}`,
      cause,
    });
  }
  if (NO_SERVICE.test(words) || NO_KEYRING.test(words)) {
    const what = NO_SERVICE.test(words) ? "no OS keychain available" : "the OS keychain has no keyring yet";
    return new StoreError("store.absent", `${what} (\`${words}\`)`, {
      hint: `${WITHOUT_KEYCHAIN}; or install and unlock a keyring: ${INSTALL_KEYRING}`,
      cause,
    });
  }
  if (TOO_LARGE.test(words)) {
    return new StoreError("store.too_large", "the secret is too long for the keychain", {
      hint: "use `genscope login --store file`, which has no such limit",
      cause,
    });
  }
  const remote =
    platform === "win32" ? "log in at the desktop, because Windows stores no credentials over SSH; or " : "";
  return new StoreError("store.failed", `the keychain failed (\`${words}\`)`, {
    hint: `${remote}${WITHOUT_KEYCHAIN}`,
    cause,
  });
}

function unlockHint(platform: NodeJS.Platform): string {
  switch (platform) {
    case "darwin":
      return "unlock it with `security unlock-keychain`";
    case "win32":
      return "log in to the desktop";
    default:
      return "unlock it (log in to the desktop, or open Passwords and Keys)";
  }
}

function libraryHint(platform: NodeJS.Platform, words: string): string {
  if (/Cannot find (package|module)/.test(words)) return "install genscope again without `--omit=optional`";
  return platform === "linux" ? `install libsecret: ${INSTALL_LIBRARY}` : REINSTALL;
}
