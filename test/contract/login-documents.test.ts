import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { noStore } from "../../src/auth/stores/no-store.ts";
import { systemClock } from "../../src/core/clock.ts";
import { json, sandboxFor } from "../sandbox/client.ts";
import { documentOf, type PrintedDocument } from "../support/document-of.ts";
import { memoryStore } from "../support/memory-store.ts";
import type { RunOptions } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";
import { logInAndAllow } from "../support/visitor.ts";

/**
 * Creates a machine with an in-memory keychain and a browser that logs in automatically. Returns a function that runs
 * commands on it.
 */
async function atMachine(scenario: string) {
  const sandbox = await sandboxFor({ scenario }, systemClock);
  const directory = await tempDir();
  const store = memoryStore();
  const run = async (
    name: string,
    argv: readonly string[],
    options: RunOptions = {},
  ): Promise<PrintedDocument> => {
    const printed = await documentOf(name, argv, {
      env: { GENSCOPE_CONFIG_DIR: directory },
      ports: {
        openStore: (kind) => (kind === "none" ? noStore() : store),
        openBrowser: async (url) => void (await (await fetch(await logInAndAllow(url))).text()),
      },
      ...options,
    });
    expect([argv, printed.exitCode, printed.violations]).toEqual([argv, 0, []]);
    return printed;
  };
  return { sandbox, directory, run, at: ["--region", sandbox.url, "--client-id", sandbox.client.id] };
}

describe("every command that concerns a login prints a document that matches its schema", () => {
  test("for a client", async () => {
    const { sandbox, run, at } = await atMachine("healthy");
    await run("profile-list", ["profile", "list"]);
    await run("logout", ["logout"]);
    const login = await run("login", ["login", ...at, "--client-secret-stdin", "--profile", "work"], {
      input: sandbox.client.secret,
    });
    expect(json(login.document).at("login.grant")).toBe("client-credentials");
    await run("profile-use", ["profile", "use", "work"]);
    await run("profile-list", ["profile", "list"]);
    await run("profile-show", ["profile", "show"]);
    await run("whoami", ["whoami"]);
    await run("token", ["token"]);
    await run("token-watch", ["token", "--watch", join(await tempDir(), "token"), "--once"]);
    const logout = await run("logout", ["logout", "--all"]);
    expect(json(logout.document).each("profiles", "revocation")).toEqual(["revoked"]);
    await run("profile-show", ["profile", "show", "work"]);
    await run("profile-remove", ["profile", "remove", "work"]);
  });

  test("for a user", async () => {
    const { run, at } = await atMachine("scope-missing");
    const login = await run("login", ["login", ...at, "--grant", "pkce"]);
    expect(json(login.document).at("login.grant")).toBe("pkce");
    await run("token", ["token"]);
    await run("profile-remove", ["profile", "remove", "default"]);
  });

  test("for a login that is not stored", async () => {
    const { sandbox, run, at } = await atMachine("healthy");
    const login = await run("login", ["login", ...at, "--client-secret-stdin", "--store", "none"], {
      input: sandbox.client.secret,
    });
    expect(json(login.document).at("login.storedIn")).toBe(null);
  });

  test("for profiles imported from the official CLI", async () => {
    const { directory, run } = await atMachine("healthy");
    const file = join(directory, "official.toml");
    await writeFile(
      file,
      '[work]\nenvironment = "mypurecloud.de"\nclient_credentials = "client-1"\nclient_secret = "s3cret-of-the-client"\n',
    );
    const taken = await run("profile-import", ["profile", "import", "--yes", file]);
    expect(json(taken.document).each("imported", "name")).toEqual(["work"]);
  });
});
