import { chmod, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { json, sandboxFor } from "../sandbox/client.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { startMuteBus } from "../support/mute-bus.ts";
import { outcomeOf } from "../support/outcome.ts";
import { logInAsClient } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

describe("login with the encrypted file", () => {
  test("can be used by another process only with the passphrase", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    const bus = await startMuteBus();
    const home = await tempDir();
    const env = { ...bus.env, GENSCOPE_CONFIG_DIR: home, GENSCOPE_STORE_PASSPHRASE: "correct horse" };
    const path = join(home, "credentials.enc");
    const login = await logInAsClient(sandbox, env, ["--store", "file"]);
    expect([login.exitCode, login.stderr]).toEqual([
      0,
      `logged in as profile \`default\`, stored in encrypted file ${path}\n`,
    ]);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).not.toContain(sandbox.client.secret);

    const { GENSCOPE_STORE_PASSPHRASE: _, ...without } = env;
    const [right, wrong, none] = await Promise.all([
      runGenscope(["whoami", "--json"], env),
      runGenscope(["whoami", "--json"], { ...env, GENSCOPE_STORE_PASSPHRASE: "battery staple" }),
      runGenscope(["whoami", "--json"], without),
    ]);
    expect([right.exitCode, json(JSON.parse(right.stdout)).at("token.storedIn")]).toEqual([
      0,
      `encrypted file ${path}`,
    ]);
    expect(outcomeOf(wrong)).toEqual([
      10,
      "store.locked",
      `wrong passphrase for \`${path}\`, or the file was altered`,
    ]);
    expect(outcomeOf(none)).toEqual([
      10,
      "store.locked",
      `the encrypted file \`${path}\` needs a passphrase`,
    ]);

    await chmod(path, 0o640);
    expect(outcomeOf(await runGenscope(["whoami", "--json"], env))).toEqual([
      10,
      "store.too_open",
      `\`${path}\` is accessible to other users (mode \`640\`)`,
    ]);
    await chmod(path, 0o600);
    expect((await runGenscope(["logout"], env)).exitCode).toBe(0);
    expect(outcomeOf(await runGenscope(["whoami", "--json"], env)).slice(0, 2)).toEqual([
      4,
      "auth.not_logged_in",
    ]);
    expect(bus.countConnections()).toBe(0);
  });
});
