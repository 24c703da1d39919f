import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keychainStore } from "../../../../src/auth/stores/keychain-store.ts";
import { systemClock } from "../../../../src/core/clock.ts";
import { systemRandom } from "../../../../src/core/random.ts";
import { sandboxFor } from "../../../sandbox/client.ts";
import { diagnose } from "../../../support/diagnose.ts";
import { type BuiltHelper, buildKeychainHelper } from "../../../support/keychain-helper.ts";
import { type Keyring, missingForKeyring, startKeyring } from "../../../support/keyring.ts";

const missing = missingForKeyring();

describe.skipIf(missing !== null)(
  `doctor with a real Secret Service${missing === null ? "" : ` (${missing})`}`,
  () => {
    let helper: BuiltHelper;
    let keyring: Keyring;
    beforeAll(async () => {
      [helper, keyring] = await Promise.all([buildKeychainHelper(), startKeyring()]);
    });
    afterAll(async () => {
      await keyring.stop();
      await helper.remove();
    });

    async function diagnoseWith(env: Readonly<Record<string, string>>) {
      const { url } = await sandboxFor({}, systemClock);
      const openStore = () =>
        keychainStore({
          platform: "linux",
          env,
          clock: systemClock,
          random: systemRandom,
          nodePath: process.execPath,
          helper: helper.url,
          isAttended: false,
          notify: () => {},
        });
      return await diagnose({ GENESYSCLOUD_REGION: url }, { ports: { openStore } });
    }

    /** Returns the entries of genscope, as listed by the keyring's own tool. */
    async function entries(): Promise<string> {
      return await keyring.run("secret-tool", ["search", "--all", "service", "genscope"]);
    }

    test("tests an unlocked keychain and leaves no entry in it", async () => {
      const { exitCode, abnormal } = await diagnoseWith(keyring.env);

      expect([exitCode, abnormal, await entries()]).toEqual([0, { keychain: "ok" }, ""]);
    });

    test("reports an absent keychain with exit 10 and names the package to install", async () => {
      const { exitCode, abnormal, check } = await diagnoseWith({});

      expect([exitCode, abnormal]).toEqual([10, { keychain: "failed" }]);
      expect(check("keychain")).toMatchObject({
        facts: { isTouched: true, givenBy: null, code: "store.absent" },
        hint: expect.stringContaining("apt install gnome-keyring"),
      });
    });

    test("reports a locked keychain with exit 10", async () => {
      await keyring.lock();
      const { exitCode, check } = await diagnoseWith(keyring.env);

      expect([exitCode, check("keychain")["summary"]]).toEqual([10, "the keychain is locked"]);
    });
  },
);
