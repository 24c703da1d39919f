import { describe, expect, test } from "vitest";
import { describeKeychainFailure } from "../../../src/auth/stores/keychain-failure.ts";
import type { FailureReason } from "../../../src/auth/stores/keychain-protocol.ts";

const failed = (message: string, reason: FailureReason = "refused") =>
  ({ outcome: "failed", reason, message }) as const;

const WITHOUT =
  "use `genscope login --store file` (encrypted with your passphrase) or `--store none` (no secret is kept), or set `GENESYSCLOUD_OAUTHCLIENT_ID` and `GENESYSCLOUD_OAUTHCLIENT_SECRET`, or `GENESYSCLOUD_ACCESS_TOKEN` (no login is needed)";

test.each([
  ["linux", "Cannot autolaunch D-Bus without X11 $DISPLAY", "store.absent"],
  ["linux", "Could not connect: No such file or directory", "store.absent"],
  [
    "linux",
    "Platform failure: DBus error: Using X11 for dbus-daemon autolaunch was disabled at compile time",
    "store.absent",
  ],
  ["linux", "DBus error: Failed to connect to socket /run/bus: No such file or directory", "store.absent"],
  ["linux", "The name org.freedesktop.secrets was not provided by any .service files", "store.absent"],
  ["linux", "Object does not exist at path “/org/freedesktop/secrets/collection/login”", "store.absent"],
  ["linux", "Cannot create an item in a locked collection", "store.locked"],
  ["linux", "Secret Service: unlock prompt was dismissed", "store.locked"],
  ["linux", "Timeout was reached", "store.failed"],
  ["darwin", "User interaction is not allowed.", "store.locked"],
  ["darwin", "The user name or passphrase you entered is not correct.", "store.locked"],
  ["win32", "The stub received bad data.", "store.too_large"],
  ["win32", "A specified logon session does not exist. It may already have been terminated.", "store.failed"],
  ["linux", "", "store.failed"],
] as const)("on %s, reports the keychain's message `%s` as %s", (platform, message, code) => {
  const error = describeKeychainFailure(failed(message), platform);
  expect({ code: error.code, exit: error.exit }).toEqual({ code, exit: "store" });
});

describe("suggests a remedy for the platform", () => {
  test.each([
    [
      "linux",
      failed("Cannot autolaunch D-Bus without X11 $DISPLAY"),
      "no OS keychain available (`Cannot autolaunch D-Bus without X11 $DISPLAY`)",
      `${WITHOUT}; or install and unlock a keyring: \`apt install gnome-keyring libsecret-1-0\` (Debian, Ubuntu), \`dnf install gnome-keyring libsecret\` (Fedora) or \`apk add gnome-keyring libsecret\` (Alpine)`,
    ],
    [
      "linux",
      failed("Failed to load keytar native addon, checked [...]", "unloadable"),
      "no OS keychain available: its library cannot be loaded",
      `install libsecret: \`apt install libsecret-1-0\` (Debian, Ubuntu), \`dnf install libsecret\` (Fedora) or \`apk add libsecret\` (Alpine); or ${WITHOUT}`,
    ],
    [
      "linux",
      failed("Cannot find package 'keytar' imported from /x.js", "unloadable"),
      "no OS keychain available: its library cannot be loaded",
      `install genscope again without \`--omit=optional\`; or ${WITHOUT}`,
    ],
    [
      "darwin",
      failed("User interaction is not allowed."),
      "the keychain is locked",
      `unlock it with \`security unlock-keychain\`, then try again; stored logins are kept; or ${WITHOUT}`,
    ],
    [
      "win32",
      failed("A specified logon session does not exist. It may already have been terminated."),
      "the keychain failed (`A specified logon session does not exist. It may already have been terminated.`)",
      `log in at the desktop, because Windows stores no credentials over SSH; or ${WITHOUT}`,
    ],
    [
      "linux",
      { outcome: "expired", deadlineMs: 5_000 },
      "the keychain did not respond within 5 s",
      `unlock it (log in to the desktop, or open Passwords and Keys), or answer its dialog; or ${WITHOUT}`,
    ],
    [
      "linux",
      { outcome: "crashed", how: "SIGSEGV" },
      "the keychain failed (`SIGSEGV`)",
      `try again; or ${WITHOUT}`,
    ],
    [
      "linux",
      failed("its parts do not match", "damaged"),
      "the keychain entry is damaged: its parts do not match",
      "erase the entry and log in again: `genscope logout`, then `genscope login`",
    ],
    [
      "win32",
      failed("50000 bytes", "too_large"),
      "the secret is too long for the keychain (50000 bytes)",
      "use `genscope login --store file`, which has no such limit",
    ],
  ] as const)("for %s: %j", (platform, failure, message, hint) => {
    expect(describeKeychainFailure(failure, platform)).toMatchObject({ message, hint });
  });
});

test("removes control characters from the keychain's message", () => {
  const { message } = describeKeychainFailure(failed("bad\u001b[31m\nnews"), "linux");
  expect(message).toBe("the keychain failed (`bad\u{FFFD}[31m news`)");
});
