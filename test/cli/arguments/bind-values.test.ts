import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CommanderError, type CommandUnknownOpts, type Option } from "@commander-js/extra-typings";
import { describe, expect, test } from "vitest";
import { bindValues } from "../../../src/cli/arguments/bind-values.ts";
import { UsageError } from "../../../src/core/errors.ts";
import { buildProgram, listCommands } from "../../support/command-tree.ts";
import { runGenscope } from "../../support/genscope-process.ts";
import { json, type LoopbackServer, serve } from "../../support/loopback-server.ts";
import { tempDir } from "../../support/temp-dir.ts";

const HOSTILE = [
  "--region=http://127.0.0.1:9",
  "--region",
  "--json",
  "--no-color",
  "--version",
  "--help",
  "-h",
  "-V",
  "--",
  "-",
  "--no-such-flag",
  "-x",
  "",
  " --json",
  "--profile=a\n--region=b",
  "whoami",
  "help",
] as const;

/** The result of parsing a command line with commander. The command does not run. */
interface Parsed {
  /** Long names and values of the options that the command line set. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly error: string | null;
}

/**
 * Returns a function that parses command lines of a command. They share one program, because building it takes longer
 * than parsing. commander restores its options before each command line.
 */
async function parserOf(words: readonly string[]): Promise<(argv: readonly string[]) => Promise<Parsed>> {
  const root = await buildProgram();
  const command = words.reduce<CommandUnknownOpts>(
    (above, word) => above.commands.find((inner) => inner.name() === word) ?? above,
    root,
  );
  command.action(() => {});
  const path = [root as unknown as CommandUnknownOpts, command];
  return async (argv) => {
    let error: string | null = null;
    try {
      await root.parseAsync([...bindValues(argv, root).words], { from: "user" });
    } catch (thrown) {
      if (thrown instanceof CommanderError) error = `${thrown.code}: ${thrown.message}`;
      else if (thrown instanceof UsageError) error = thrown.message;
      else throw thrown;
    }
    const set = path.flatMap((owner) =>
      owner.options
        .filter((option) => owner.getOptionValueSource(option.attributeName()) === "cli")
        .map((option) => [option.long ?? "", owner.getOptionValue(option.attributeName())]),
    );
    return { set: Object.fromEntries(set), error };
  };
}

const takesValue = (option: Option) => option.required || option.optional;
const root = await buildProgram();
const leaves = (await listCommands()).filter(({ isGroup }) => !isGroup);
const cases = leaves.flatMap(({ words, command }) =>
  [...root.options, ...command.options]
    .filter(takesValue)
    .map((option) => [words.join(" "), option.long ?? "", option as Option, words] as const),
);

test("no subcommand option shares a name with a root option, and every option has a long name", () => {
  const names = new Set(root.options.flatMap(({ long, short }) => [long, short]));
  const clashes = leaves.flatMap(({ name, command }) =>
    command.options
      .filter(
        ({ long, short }) =>
          long === undefined || names.has(long) || (short !== undefined && names.has(short)),
      )
      .map(({ flags }) => `${name} ${flags}`),
  );
  expect(clashes).toEqual([]);
  expect(cases.length).toBeGreaterThan(100);
});

describe("takes the word after an option as its value", () => {
  test.each(cases)("%s %s", async (_name, long, option, words) => {
    const parse = await parserOf(words);
    for (const value of HOSTILE) {
      const joined = [...words, `${long}=${value}`];
      const apart = [
        [...words, long, value],
        [...words, long, value, "--quiet"],
      ];
      // An option whose value is optional takes a value only after `=`.
      for (const argv of option.optional ? [joined] : [joined, ...apart]) {
        const { set, error } = await parse(argv);
        const others = Object.keys(set).filter((name) => name !== long);
        expect({ argv, others }).toEqual({ argv, others: argv.includes("--quiet") ? ["--quiet"] : [] });
        // The value may be refused by the option's choices or its parser, or because an operand is missing. No other
        // option may take it.
        if (error !== null && !(long in set)) {
          // The parser of an option can name the flag itself: `... is not a duration (--max-wait)`.
          const isNamed = error.startsWith("commander.invalidArgument: ")
            ? error.includes(option.flags)
            : error.endsWith(` (${long})`);
          expect({ error, isNamed }).toEqual({ error, isNamed: true });
        }
        if (option.parseArg === undefined && !option.variadic) expect(set[long]).toBe(value);
      }
    }
  });
});

describe("the list of paths after --scan", () => {
  const bind = (...argv: readonly string[]) => bindValues(argv, root);

  test.each([
    [
      ["--scan", "a", "b", "--json"],
      ["--scan=a", "--scan=b", "--json"],
    ],
    [
      ["--scan", "a", "--region=x", "b"],
      ["--scan=a", "--scan=--region=x", "--scan=b"],
    ],
    [
      ["--scan", "--json", "b"],
      ["--scan=--json", "--scan=b"],
    ],
    [
      ["--scan", "a", "--region", "--json"],
      ["--scan=a", "--region=--json"],
    ],
    [
      ["--scan", "a", "-", "--unknown", "-x"],
      ["--scan=a", "--scan=-", "--scan=--unknown", "--scan=-x"],
    ],
    [
      ["--scan", "a", "--", "--json"],
      ["--scan=a", "--", "--json"],
    ],
    [
      ["--scan=a", "--region=x", "GET"],
      ["--scan=a", "--region=x", "GET"],
    ],
    [
      ["--scan", "a", "-h"],
      ["--scan=a", "-h"],
    ],
    [["--scan"], ["--scan"]],
  ])("%j", (typed, bound) => {
    expect(bind("check-scopes", ...typed).words).toEqual(["check-scopes", ...bound]);
  });

  test("reports each word that begins with a hyphen and whether it is a flag", () => {
    expect(bind("check-scopes", "--scan", "a", "--region=x", "-", "--json").hyphenated).toEqual([
      { list: "--scan", word: "--region=x", isFlag: false },
      { list: "--scan", word: "--json", isFlag: true },
    ]);
  });
});

test("a word that looks like a flag is not counted when it is a value", () => {
  const { flags, called } = bindValues(["--profile", "--json", "whoami", "--", "--verbose"], root);
  expect([...flags]).toEqual(["--profile"]);
  expect(called).toEqual(["whoami"]);
});

describe("a command with credentials in the environment", () => {
  const ENV = { GENESYSCLOUD_OAUTHCLIENT_ID: "client-1", GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret" };

  async function stage() {
    const seen: string[] = [];
    const listen = async (name: string): Promise<LoopbackServer> =>
      await serve((_request, response) => {
        seen.push(name);
        json(response, 401, { error: "invalid_client" });
      });
    const [home, foreign] = [await listen("home"), await listen("foreign")];
    const directory = await tempDir();
    await mkdir(join(directory, "src"));
    await writeFile(join(directory, "src/a.js"), 'get("/api/v2/routing/queues");\n');
    const run = async (...argv: readonly string[]) =>
      await runGenscope(
        argv,
        { ...ENV, GENESYSCLOUD_REGION: home.url, GENSCOPE_CONFIG_DIR: join(directory, "config") },
        { directory },
      );
    return { run, seen, directory, attack: `--region=${foreign.url}` };
  }

  test.each([
    ["--division", "check-scopes", "getUsers", "getRoutingQueues"],
    ["--profile", "whoami"],
    ["--permission", "check-scopes", "routing:queue:view"],
    ["--filter", "query", "conversations", "details", "users"],
    ["--out", "export", "queues", "queues"],
  ])("sends nothing to the host in the value of %s", async (flag, command, ...operands) => {
    const { run, seen, attack } = await stage();
    const { exitCode } = await run(command, flag, attack, ...operands);
    expect(exitCode).not.toBe(0);
    expect(seen).not.toContain("foreign");
  });

  test("scans a file whose name looks like a flag with a value", async () => {
    const { run, seen, directory } = await stage();
    await writeFile(join(directory, "--region=evil.example.js"), 'get("/api/v2/users");\n');
    const { stdout } = await run("check-scopes", "--offline", "--scan", "src", "--region=evil.example.js");
    expect(stdout).toContain("/api/v2/users");
    expect(stdout).toContain("/api/v2/routing/queues");
    expect(seen).toEqual([]);
  });

  test("refuses `--region=x` in a list of paths unless a file has that name: exits with 2 and sends nothing", async () => {
    const { run, seen, attack } = await stage();
    const { exitCode, stdout, stderr } = await run("check-scopes", "--scan", "src", attack);
    expect({ exitCode, stdout, seen }).toEqual({ exitCode: 2, stdout: "", seen: [] });
    expect(stderr).toContain(
      `error: \`${attack}\` after \`--scan\` is read as a path, but no such file exists`,
    );
  });

  test("refuses a file in a list of paths when its name is a flag, with exit 2", async () => {
    const { run, seen, directory } = await stage();
    await writeFile(join(directory, "--offline"), "");
    const { exitCode, stderr } = await run("check-scopes", "--scan", "src", "--offline");
    expect({ exitCode, seen }).toEqual({ exitCode: 2, seen: [] });
    expect(stderr).toContain("error: `--offline` after `--scan` is a flag and also a file in this directory");
  });

  test("does not switch to JSON for `--json` as a value", async () => {
    const { run, directory } = await stage();
    await writeFile(join(directory, "x"), "");
    const { stdout, exitCode } = await run("check-scopes", "GET", "/api/v2/users", "--wait", "--json");
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 2 });
  });
});

test.each<readonly [words: readonly string[], flags: readonly string[]]>([
  [["check-scopes"], []],
  [["check-scopes"], ["--json"]],
  [["check-scopes"], ["--json", "--offline"]],
  [["check-scopes"], ["--division", "Sales"]],
  [["catalog", "show"], []],
  [
    ["catalog", "show"],
    ["--json", "-q"],
  ],
  [
    ["catalog", "search"],
    ["--limit", "3"],
  ],
])("treats every word after `--` in `%j %j` as an operand", async (words, flags) => {
  const given = ["--json", "-v", "--", "--limit", "x"];
  const root = await buildProgram();
  const command = words.reduce<CommandUnknownOpts>(
    (above, word) => above.commands.find((inner) => inner.name() === word) ?? above,
    root,
  );
  command.action(() => {});
  await root.parseAsync([...bindValues([...words, ...flags, "--", ...given], root).words], { from: "user" });
  expect(command.args).toEqual(given);
});
