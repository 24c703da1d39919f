import { execFile, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import { asArray, asRecord, asString } from "../../src/core/json.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { storeFreshCatalogue, withoutAgeWarning } from "../support/catalogue-age.ts";
import { credentialsFor } from "../support/credentials.ts";
import { BIN, type Ending, type StartOptions, startGenscope } from "../support/genscope-process.ts";
import { listSchemaFiles } from "../support/json-schemas.ts";
import { type RunOptions, runCli } from "../support/run-cli.ts";
import { tempDir } from "../support/temp-dir.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const { version } = asRecord(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));

const genscope = async (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  options: StartOptions = {},
): Promise<Ending> => await startGenscope(args, env, options).ended;

/** Starts a service that accepts connections and never responds. */
async function serveSilence(): Promise<{ readonly url: string; readonly asked: Promise<unknown> }> {
  const server = createServer((socket) => void socket.on("error", () => {}));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  onTestFinished(() => void server.close());
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" ? address?.port : address}`,
    asked: once(server, "connection"),
  };
}

test.each([["--version"], ["-V"]])("%s prints the package's version and nothing else", async (flag) => {
  expect(await genscope([flag])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
});

test("exits with 2 on an unknown command and leaves stdout empty", async () => {
  expect(await genscope(["no-such-command"])).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: expect.stringContaining("error: unknown command `no-such-command`\n\nhint: "),
  });
});

test("runs the demonstration from the first scene to the last", async () => {
  const { exitCode, stdout, stderr } = await genscope(["demo"], { GENSCOPE_CONFIG_DIR: await tempDir() });
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(
    /^showing the first 3, about \d+ in all: fetch more with --limit N, or all with --all\n$/,
  );
  expect(stdout).toMatch(
    /details\/query -> 403\n[\s\S]*── 7\.[\s\S]*\ncomplete: \d+ records of conversations details\n/,
  );
});

describe("a reader that closes the pipe of a command", () => {
  test.each([
    ["a table", []],
    ["a document", ["--json"]],
  ])("in the middle of %s ends it with 0 and no message", async (_what, flags) => {
    const process = startGenscope(["catalog", "search", "get", "--limit", "4000", "--quiet", ...flags], {});
    await process.firstOutput();
    process.stopReading();
    expect(await process.ended).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("before any output ends it with 0 and no message", async () => {
    const process = startGenscope(["--help"], {});
    process.stopReading();
    expect(await process.ended).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("does not hide the exit code", async () => {
    const process = startGenscope(["whoami", "--json"], {});
    process.stopReading();
    expect((await process.ended).exitCode).toBe(4);
  });
});

describe("the color of output", () => {
  const ESCAPE = "\u001b";
  test.each<[Readonly<Record<string, string>>, readonly string[], boolean]>([
    [{}, [], false],
    [{ FORCE_COLOR: "1" }, [], true],
    [{ FORCE_COLOR: "3" }, [], true],
    [{ FORCE_COLOR: "0" }, [], false],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, [], false],
    [{ NO_COLOR: "", FORCE_COLOR: "1" }, [], true],
    [{ FORCE_COLOR: "1" }, ["--no-color"], false],
    [{ FORCE_COLOR: "1" }, ["--json"], false],
  ])("with the environment %j and the flags %j: %s", async (env, flags, isColored) => {
    const sandbox = await sandboxFor();
    const { stdout } = await genscope(["check-scopes", ...flags, DETAIL_QUERY], {
      ...credentialsFor(sandbox),
      ...env,
    });
    expect([stdout.includes("denied"), stdout.includes(ESCAPE)]).toEqual([true, isColored]);
  });

  test("depends on stderr for errors", async () => {
    expect((await genscope(["whoami"], { FORCE_COLOR: "1" })).stderr).toContain(ESCAPE);
    expect((await genscope(["whoami"])).stderr).not.toContain(ESCAPE);
  });
});

describe("writes data to stdout and the rest to stderr", () => {
  test("even the lines of --verbose", async () => {
    const sandbox = await sandboxFor();
    const { exitCode, stdout, stderr } = await genscope(
      ["check-scopes", "--json", "--verbose", DETAIL_QUERY],
      credentialsFor(sandbox),
    );
    expect([exitCode, asRecord(JSON.parse(stdout))["schema"]]).toEqual([3, "genscope/check-scopes/v1"]);
    expect(stderr).toContain(`> #1 POST ${sandbox.url}/oauth/token\n`);
    expect(stderr).toContain(">   authorization: [secret]\n");
    expect(stderr).not.toContain(sandbox.client.secret);
  });

  test("prints counts to stderr, and no counts with --quiet", async () => {
    const search = ["catalog", "search", "timezones"];
    const { stdout, stderr } = await genscope(search);
    expect(stdout.split("\n")).toHaveLength(5);
    expect(stderr).toBe("3 found in the packaged catalog of 2026-09-16\n");
    expect(await genscope([...search, "--quiet"])).toEqual({ exitCode: 0, stdout, stderr: "" });
  });
});

describe("a signal", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("ends a sandbox with 0 on %s", async (signal) => {
    const process = startGenscope(["sandbox", "--json"], {});
    await process.says(/press Ctrl-C to end/);
    process.interrupt(signal);
    const { exitCode, stdout, stderr } = await process.ended;
    expect([exitCode, stderr]).toEqual([0, "press Ctrl-C to end\n"]);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "genscope/sandbox/v1" });
  });

  test.each([
    ["whoami", []],
    ["check-scopes", [DETAIL_QUERY]],
    ["catalog", ["update"]],
  ] as const)("ends a waiting `%s` with 130 on Ctrl-C", async (command, operands) => {
    const { url, asked } = await serveSilence();
    const process = startGenscope([command, ...operands, "--json"], {
      GENSCOPE_CONFIG_DIR: await tempDir(),
      GENESYSCLOUD_REGION: url,
      GENESYSCLOUD_ACCESS_TOKEN: "s3cret-access-token",
    });
    await asked;
    process.interrupt("SIGINT");
    const { exitCode, stdout, stderr } = await process.ended;
    expect([exitCode, JSON.parse(stdout), stderr]).toMatchObject([
      130,
      { schema: "genscope/error/v1", error: { name: "InterruptedError", code: "interrupted" } },
      "error: interrupted\n",
    ]);
  });
});

describe("the built program", () => {
  test("runs in any working directory, through a symbolic link like npm's", async () => {
    const directory = await tempDir();
    const link = join(directory, "genscope");
    await symlink(BIN, link);
    expect(await genscope(["--version"], {}, { directory, command: link })).toEqual({
      exitCode: 0,
      stdout: `${version}\n`,
      stderr: "",
    });
    const { exitCode, stdout } = await genscope(
      ["catalog", "show", "getUsersMe"],
      {},
      {
        directory,
        command: link,
      },
    );
    expect([exitCode, stdout.split("\n")[0]]).toEqual([0, "GET /api/v2/users/me"]);
  });

  test("resolves a relative file against the working directory", async () => {
    const directory = await tempDir();
    const missing = await genscope(["explain", "failure.json"], {}, { directory });
    expect([missing.exitCode, missing.stderr.split("\n")[0]]).toEqual([
      2,
      "error: the input file `failure.json` cannot be read: no such file or directory",
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>]>([
    ["runs without HOME", {}],
    ["runs with a HOME that does not exist", { HOME: "/nonexistent/home" }],
    ["runs with a HOME that is not writable", { HOME: "/dev/null" }],
    ["runs with an empty HOME", { HOME: "" }],
  ])("%s", async (_case, env) => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    // An empty variable counts as unset, so genscope uses the directories of the platform.
    const credentials = { ...credentialsFor(sandbox), GENSCOPE_CONFIG_DIR: "" };
    const whoami = await genscope(["whoami", "--json"], { ...credentials, ...env });
    expect([whoami.exitCode, withoutAgeWarning(whoami.stderr)]).toEqual([0, ""]);
    const checked = await genscope(["check-scopes", DETAIL_QUERY], { ...credentials, ...env });
    expect([checked.exitCode, checked.stderr]).toEqual([0, ""]);
  });

  test("reads no settings from the working directory when HOME is empty", async () => {
    const directory = await tempDir();
    const settings = join(directory, ".config/genscope");
    await mkdir(settings, { recursive: true, mode: 0o700 });
    await writeFile(join(settings, "config.toml"), "damaged", { mode: 0o600 });
    const relative = ".config";
    for (const env of [{ HOME: "" }, { HOME: "", XDG_CONFIG_HOME: relative }]) {
      const { stdout, stderr } = await genscope(
        ["doctor", "--json"],
        { GENSCOPE_CONFIG_DIR: "", ...env },
        { directory },
      );
      expect(stdout + stderr).not.toContain(directory);
      expect(stdout + stderr).not.toContain("damaged");
    }
  });

  test("does not warn about a catalog that was updated today", async () => {
    const sandbox = await sandboxFor({ scenario: "healthy" });
    const directory = await tempDir();
    await storeFreshCatalogue(directory, sandbox.url);
    const env = { ...credentialsFor(sandbox), GENSCOPE_CONFIG_DIR: directory };
    expect(await genscope(["whoami"], env)).toMatchObject({ exitCode: 0, stderr: "" });
  });

  test("reports a cache directory that cannot be written", async () => {
    const sandbox = await sandboxFor();
    const { exitCode, stdout, stderr } = await genscope(["catalog", "update"], {
      HOME: "/dev/null",
      GENSCOPE_CONFIG_DIR: "",
      GENESYSCLOUD_REGION: sandbox.url,
    });
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^error: [^\n]*`\/dev\/null\/[^\n]*\n\nhint: /);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });
});

describe("secrets in the list of processes", () => {
  const sources = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file, readFileSync(join(ROOT, "src", file), "utf8")] as const);

  test("are prevented, because modules that start programs never reveal one", () => {
    const starting = sources.filter(([, text]) => text.includes("node:child_process"));
    expect(starting.map(([file]) => file)).toEqual([
      "auth/pkce/browser.ts",
      "auth/stores/keychain-process.ts",
      "cli/commands/record/program/child.ts",
    ]);
    expect(starting.filter(([, text]) => text.includes(".reveal("))).toEqual([]);
  });

  test("are absent when credentials come from the environment", async () => {
    const { url, asked } = await serveSilence();
    const process = startGenscope(["whoami"], {
      GENESYSCLOUD_REGION: url,
      GENESYSCLOUD_ACCESS_TOKEN: "s3cret-access-token",
    });
    await asked;
    const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
    process.interrupt("SIGINT");
    expect(stdout).toContain("genscope.js whoami");
    expect(stdout).not.toContain("s3cret-access-token");
  });
});

describe("output for a terminal of 40 columns", () => {
  /**
   * Returns the lines that are too long although they could be wrapped: those with more than one word after the
   * label. Text in backticks stays on one line, so that it can be pasted.
   */
  const tooLong = (text: string) =>
    text
      .split("\n")
      .filter((line) => line.length > 40)
      .filter((line) => (line.trim().split(/ {2,}/).at(-1) ?? "").replaceAll(/`[^`]*`/g, "`").includes(" "));

  test.each<[string, string, readonly string[], RunOptions?]>([
    ["missing-role", "whoami", []],
    ["unreadable", "whoami", []],
    ["missing-role", "check-scopes", [DETAIL_QUERY, "GET /api/v2/users/me"]],
    ["division", "check-scopes", ["GET /api/v2/routing/queues"]],
    [
      "missing-role",
      "explain",
      [],
      { input: '{"code":"missing.permissions","status":403,"message":"[a:b:c]"}' },
    ],
    ["missing-role", "catalog", ["search", "queue", "members", "--quiet"]],
    ["missing-role", "catalog", ["show", "getUsersMe", DETAIL_QUERY]],
  ])("fits in scenario %s: `%s` %j", async (scenario, command, operands, options = {}) => {
    const env = credentialsFor(await sandboxFor({ scenario }));
    const { stdout } = await runCli([command, ...operands], { env, columns: 40, ...options });
    expect(stdout.length).toBeGreaterThan(100);
    expect(tooLong(stdout)).toEqual([]);
  });

  test("does not wrap the lines of `sandbox` that a shell reads", async () => {
    const env = credentialsFor(await sandboxFor());
    const { stdout } = await runCli(["sandbox", "--quiet"], {
      env,
      columns: 40,
      signal: AbortSignal.abort(),
    });
    expect(stdout).toMatch(/^ {2}export GENESYSCLOUD_OAUTHCLIENT_SECRET=\S{20,}$/m);
    expect(stdout).toMatch(/^ {2}genscope check-scopes POST \/api\/v2\/\S+$/m);
    expect(tooLong(stdout).filter((line) => !/^ {2}(?:export|genscope|curl) /.test(line))).toEqual([]);
  });

  const hasScript =
    process.platform === "linux" && spawnSync("script", ["-qec", "true", "/dev/null"]).status === 0;

  test.skipIf(!hasScript)("is respected on a real terminal (needs `script` of util-linux)", async () => {
    const sandbox = await sandboxFor();
    const command = `stty cols 40; "${process.execPath}" "${BIN}" check-scopes --quiet '${DETAIL_QUERY}'; echo "exit $?"`;
    const { stdout } = await promisify(execFile)("script", ["-qec", command, "/dev/null"], {
      env: { PATH: process.env["PATH"], TERM: "xterm-256color", ...credentialsFor(sandbox) },
    });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the pattern finds escape sequences of the terminal
    const text = stdout.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, "").replaceAll("\r", "");
    expect(stdout).toContain("\u001b[");
    expect(text).toContain("exit 3");
    expect(tooLong(text)).toEqual([]);
  });
});

describe("the npm package", () => {
  test("contains every schema unchanged", () => {
    const files = listSchemaFiles();
    expect(readdirSync(join(ROOT, "dist/schemas"))).toEqual(files.map((path) => basename(path)).toSorted());
    const differing = files.filter(
      (path) =>
        readFileSync(join(ROOT, "dist/schemas", basename(path)), "utf8") !== readFileSync(path, "utf8"),
    );
    expect(differing).toEqual([]);
  });

  test("contains the program, its data and its schemas, but neither source nor tests", async () => {
    const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: ROOT,
    });
    const paths = asArray(asRecord(asArray(JSON.parse(stdout))[0])["files"]).map(
      (file) => asString(asRecord(file)["path"]) ?? "",
    );
    expect(paths).toEqual(
      expect.arrayContaining([
        "bin/genscope.js",
        "dist/main.js",
        "dist/schemas/error.v1.json",
        "dist/schemas/check-scopes.v1.json",
        "LICENSE",
        "README.md",
      ]),
    );
    expect(paths.filter((path) => /^(src|test)\/|\.ts$/.test(path))).toEqual([]);
  });
});
