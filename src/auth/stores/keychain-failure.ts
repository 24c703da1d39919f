import { StoreError } from "../../core/errors.ts";
import { oneLine } from "../../core/text.ts";
import type { KeychainEnding } from "./keychain-process.ts";
import type { KeychainReply } from "./keychain-protocol.ts";

/** An ending without an answer. */
export type KeychainFailure = Exclude<KeychainEnding, { readonly outcome: "answered" }>;
type FailedReply = Extract<KeychainReply, { readonly outcome: "failed" }>;

/** The addon has no error codes: its messages are all there is, and the helper keeps them untranslated. */
const NO_SERVICE = /autolaunch D-Bus|Could not connect|not provided by any \.service/;
const NO_KEYRING = /Object does not exist at path|no result found/;
/** The last two are macOS (errSecInteractionNotAllowed, errSecAuthFailed). */
const LOCKED =
  /locked collection|prompt was dismissed|User interaction is not allowed|user name or passphrase you entered is not correct/i;
/** RPC_X_BAD_STUB_DATA of Windows, its way to say that an entry is too long. */
const TOO_LARGE = /stub received bad data|platform limit/i;

const WITHOUT_KEYCHAIN =
  "`genscope login --store file` (encrypted with your passphrase), or set `GENESYSCLOUD_ACCESS_TOKEN` (nothing is stored)";
const INSTALL_KEYRING =
  "`apt install gnome-keyring libsecret-1-0` (Debian, Ubuntu), `dnf install gnome-keyring libsecret` (Fedora) or `apk add gnome-keyring libsecret` (Alpine)";
const INSTALL_LIBRARY =
  "`apt install libsecret-1-0` (Debian, Ubuntu), `dnf install libsecret` (Fedora) or `apk add libsecret` (Alpine)";

/** What went wrong with the keychain, and what to do about it on this platform. */
export function describeKeychainFailure(failure: KeychainFailure, platform: NodeJS.Platform): StoreError {
  switch (failure.outcome) {
    case "expired":
      return new StoreError(
        "store.timeout",
        `the keychain gave no answer in ${failure.deadlineMs / 1_000} s`,
        {
          hint: `it may be waiting for its dialog to be answered: ${unlockHint(platform)}; or do without it: ${WITHOUT_KEYCHAIN}`,
        },
      );
    case "crashed":
      return new StoreError("store.failed", `the keychain failed (\`${oneLine(failure.how, 200)}\`)`, {
        hint: `try again; or do without it: ${WITHOUT_KEYCHAIN}`,
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
      return new StoreError("store.absent", "no OS keychain here: its library can't be loaded", {
        hint: `${libraryHint(platform, words)}; or do without it: ${WITHOUT_KEYCHAIN}`,
        cause,
      });
    case "damaged":
      return new StoreError("store.damaged", `the keychain's entry is damaged: ${words}`, {
        hint: "forget it and log in again: `genscope logout`, then `genscope login`",
      });
    case "too_large":
      return new StoreError("store.too_large", `the secret is too long for the keychain (${words})`, {
        hint: "`genscope login --store file` has no such limit",
      });
    case "refused":
      return describeRefusal(words, platform);
  }
}

function describeRefusal(words: string, platform: NodeJS.Platform): StoreError {
  const cause = new Error(words);
  if (LOCKED.test(words)) {
    return new StoreError("store.locked", "the keychain is locked", {
      hint: `${unlockHint(platform)}, then try again: what is remembered is still there; or do without it: ${WITHOUT_KEYCHAIN}`,
      cause,
    });
  }
  if (NO_SERVICE.test(words) || NO_KEYRING.test(words)) {
    const what = NO_SERVICE.test(words) ? "no OS keychain here" : "the OS keychain has no keyring yet";
    return new StoreError("store.absent", `${what} (\`${words}\`)`, {
      hint: `${WITHOUT_KEYCHAIN}; or install and unlock a keyring: ${INSTALL_KEYRING}`,
      cause,
    });
  }
  if (TOO_LARGE.test(words)) {
    return new StoreError("store.too_large", "the secret is too long for the keychain", {
      hint: "`genscope login --store file` has no such limit",
      cause,
    });
  }
  const remote = platform === "win32" ? "over SSH Windows keeps no credentials: log in at the desktop; " : "";
  return new StoreError("store.failed", `the keychain failed (\`${words}\`)`, {
    hint: `${remote}do without it: ${WITHOUT_KEYCHAIN}`,
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
  if (/Cannot find (package|module)/.test(words)) {
    return "install genscope with its optional dependencies: `npm install --global genscope --include=optional`";
  }
  return platform === "linux" ? `install libsecret: ${INSTALL_LIBRARY}` : "install genscope again";
}
