import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { describe, expect, test } from "vitest";
import { HELP_TOPICS } from "../../src/cli/help-topics.ts";
import { EXIT_CODE_MEANINGS } from "../../src/core/exit-code-meanings.ts";
import { EXIT_CODES } from "../../src/core/exit-codes.ts";
import { buildProgram, type ListedCommand, listCommands } from "../support/command-tree.ts";
import { runCli } from "../support/run-cli.ts";

const commands = await listCommands();
const root = await buildProgram();

/** Returns the output of `--help` for a command. */
async function helpOf(words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runCli([...words, "--help"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return stdout;
}

/** Returns the commands under `Examples:`, without their descriptions. */
function examplesIn(help: string): readonly string[] {
  const [, section = ""] = help.split("\nExamples:\n");
  const [lines = ""] = section.split("\n\n");
  return lines.split("\n").map((line) => line.trim().split(/ {2,}/)[0] ?? "");
}

/**
 * Returns the arguments of every call of `genscope` in a shell line, without quotes. A call can follow a pipe or be
 * inside a substitution.
 */
function invocationsIn(line: string): readonly (readonly string[])[] {
  return [...line.matchAll(/(?:^|\| |&& |\$\()genscope ([^)|&]*)/g)].map(([, rest = ""]) =>
    [...rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
      ([, double, single, plain]) => double ?? single ?? plain ?? "",
    ),
  );
}

describe.each(commands.map((listed) => [listed.name, listed] as const))("%s", (name, { words, command }) => {
  test("has a one-line summary, which its parent's help lists", async () => {
    expect(command.summary()).toMatch(/^[a-z][^\n]{10,100}[^.\n]$/);
    const list = (await helpOf(words.slice(0, -1))).replace(/\s+/g, " ");
    expect(list).toContain(command.summary());
  });

  test("has a description, examples and exit codes", async () => {
    const help = await helpOf(words);
    expect(help).toContain(`Usage: genscope ${name}`);
    expect(command.description().length).toBeGreaterThan(command.summary().length);
    expect(examplesIn(help).filter((line) => line.startsWith("genscope ")).length).toBeGreaterThanOrEqual(2);
    const [, codes = ""] = /\nExit codes: (.*) \(`genscope help exit-codes`\)\n$/.exec(help) ?? [];
    const numbers = codes.split(/; (?=\d)/).map((text) => Number(/^(\d+): \S/.exec(text)?.[1]));
    expect(numbers.length).toBeGreaterThanOrEqual(2);
    expect(numbers[0]).toBe(0);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    expect(numbers.filter((number) => !Object.values<number>(EXIT_CODES).includes(number))).toEqual([]);
  });

  test("has examples that parse", async () => {
    const reached: string[] = [];
    for (const line of examplesIn(await helpOf(words))) {
      const invocations = invocationsIn(line);
      expect([line, invocations.length]).not.toEqual([line, 0]);
      for (const argv of invocations) reached.push((await parseOnly(argv)).join(" "));
    }
    expect(reached).not.toContain("");
    expect(reached.filter((command) => command.startsWith(name)).length).toBeGreaterThanOrEqual(1);
  });

  test("is available through `help`", async () => {
    expect((await runCli(["help", ...words])).stdout).toContain(`Usage: genscope ${name}`);
  });
});

/** Parses the arguments with commander. Returns the command that would run. */
async function parseOnly(argv: readonly string[]): Promise<readonly string[]> {
  const program = await buildProgram();
  const reached: string[][] = [];
  const replaceActions = (command: CommandUnknownOpts, words: readonly string[]): void => {
    command.action(() => void reached.push([...words]));
    for (const inner of command.commands) replaceActions(inner, [...words, inner.name()]);
  };
  for (const command of program.commands) replaceActions(command, [command.name()]);
  await program.parseAsync([...argv], { from: "user" });
  return reached[0] ?? [];
}

test("the check of help examples detects an unknown flag or a surplus argument", async () => {
  await expect(parseOnly(["catalog", "search", "--unknown"])).rejects.toThrow("unknown option '--unknown'");
  await expect(parseOnly(["whoami", "surplus"])).rejects.toThrow("too many arguments");
  expect(await parseOnly(["catalog", "search", "--limit", "3", "x"])).toEqual(["catalog", "search"]);
});

test("help lists the choices of a flag only once", async () => {
  const pages = (await helpOf(["query"])) + (await helpOf(["check-scopes"]));
  const help = pages.replace(/\s+/g, " ");
  expect(help).not.toContain('"table"');
  expect(help).toContain('`unknown` (all except allowed) or `never` (none) (default: "unknown")');
  expect(help).toContain('(choices: "role", "terraform", "scopes")');
});

describe("secrets are never flag values", () => {
  test("no command has a flag that takes a secret", () => {
    const naming = [root, ...commands.map(({ command }) => command)]
      .flatMap(({ options }) => options)
      .filter(({ long }) => /secret|password|passphrase|token|credential|key/.test(long ?? ""))
      .filter(({ required, optional }) => required || optional);
    expect(naming.map(({ flags }) => flags)).toEqual([]);
  });

  test.each([
    ["--client-secret", "s3cret-value"],
    ["--client-secret=s3cret-value"],
    ["--password=s3cret-value"],
    ["--token=s3cret-value"],
    ["-ps3cret-value"],
  ])("%s is refused without being echoed", async (...flags) => {
    for (const { words } of commands) {
      const { exitCode, stdout, stderr } = await runCli([...words, "--json", ...flags]);
      expect([words, exitCode]).toEqual([words, 2]);
      expect(stdout + stderr).not.toContain("s3cret-value");
    }
  });
});

test("a secret flag is refused with a hint at the environment and standard input", async () => {
  expect((await runCli(["whoami", "--client-secret=s3cret-value"])).stderr).toBe(
    "error: unknown option `--client-secret`\n\nhint: flags are visible to other programs, so pass the secret in the environment or on standard input: set `GENESYSCLOUD_OAUTHCLIENT_SECRET` or `GENESYSCLOUD_ACCESS_TOKEN`, or pipe it to `genscope login --client-secret-stdin`\n",
  );
});

/** Returns `name <arguments>: flags`, written as a user would type them. */
function describeSurface({ name, command }: Pick<ListedCommand, "name" | "command">): string {
  const operands = command.registeredArguments.map((argument) => {
    const dots = argument.variadic ? "..." : "";
    return argument.required ? ` <${argument.name()}${dots}>` : ` [${argument.name()}${dots}]`;
  });
  return `${name}${operands.join("")}: ${command.options.map(({ flags }) => flags).join(", ") || "no flags"}`;
}

test("the commands and flags match the snapshot", () => {
  const surface = [{ name: "genscope", command: root }, ...commands].map(describeSurface).join("\n");
  expect(surface).toMatchInlineSnapshot(`
    "genscope: -V, --version, -p, --profile <name>, --region <region>, --json, -q, --quiet, -v, --verbose, --no-color, --no-input, --timeout <duration>, --ca-cert <file>
    login: --grant <grant>, --store <store>, --client-id <id>, --client-secret-stdin, --replace, --port <number>, --no-browser, --org <name>, --provider <name>, --login-hint <hint>, --prompt <prompt>
    logout: --all
    token: --header, --watch <file>, --once, --max-wait <duration>
    profile [command...]: no flags
    profile list: no flags
    profile use <name>: no flags
    profile show [name]: no flags
    profile remove <name>: no flags
    profile import [file]: --store <store>, --yes
    whoami: --max-wait <duration>
    check-scopes [operations...]: --permission <permission>, --client <client>, --user <user>, --who <operation>, --list [area], --division <division>, --live, --explain, --offline, --policy <file>, --service <name>, --env <name>, --scan <path...>, --write-policy <file>, --force, --include-tests, --max, --emit <kind>, --report <kind=file>, --request, --diff <profile>, --as-of <date>, --history <duration>, --max-wait <duration>, --wait <duration>, --fail-on <verdict>
    explain [file]: --offline, --max-wait <duration>
    clients [client]: --days <n>, --as-of <date>, --fail-on <findings>, --report <kind=file>, --emit <kind>, --rehearse <change>, --include-refused, -o, --output <format>, --max-wait <duration>
    query <name...>: --interval <interval>, --time-zone <zone>, --filter <filter>, --group-by <dimension>, --metric <metric>, --granularity <period>, --body <file>, --limit <count>, --all, --max-wait <duration>, --watch <duration>, --names, --describe, --preview, -o, --output <format>, --columns <column>, --chart, --no-chart
    export [dataset...]: --interval <interval>, --time-zone <zone>, --filter <filter>, --group-by <dimension>, --metric <metric>, --granularity <period>, --body <file>, --out <path>, --format <format>, --compress <method>, --partition <unit>, --resume, --incremental, --replace, --look-back <duration>, --fresh-tail, --shard <i/n>, --concurrency <count>, --max-wait <duration>, --on-forbidden <what>, --media <media>, --what <what>, --no-formula-guard, --check, --describe, --metrics <file>, --verify <path>
    catalog [command...]: no flags
    catalog search [words...]: --permission <permission>, --scope <scope>, --limit <count>, -o, --output <format>
    catalog show <operations...>: no flags
    catalog update: no flags
    catalog diff: --against <catalog>
    catalog changes: --since <date>, --until <date>
    record [command...]: --from <file...>, --offline, --emit <kind>, --write-policy <file>, --force, --division <division>, --fail-on <verdict>, --max-wait <duration>
    mcp: no flags
    doctor: --bundle <file>, --force
    completion <shell>: no flags
    sandbox: --scenario <name>, --port <number>, --seed <number>, --conversations <number>, --days <number>
    demo: --no-pause"
  `);
});

describe("an unknown word after `help` is repeated in the usage error", () => {
  test.each<[readonly string[], string, string]>([
    [
      ["bogus"],
      "`bogus` is neither a command nor a help topic",
      "list the commands and topics with `genscope --help`",
    ],
    [
      ["exit-code"],
      "`exit-code` is neither a command nor a help topic",
      "run `genscope help exit-codes`; `genscope --help` lists everything",
    ],
    [
      ["chek-scopes"],
      "`chek-scopes` is neither a command nor a help topic",
      "run `genscope help check-scopes`; `genscope --help` lists everything",
    ],
    [
      ["catalog", "serch"],
      "`catalog` has no command `serch`",
      "run `genscope help catalog search`; `genscope catalog --help` lists everything",
    ],
    [
      ["whoami", "bogus"],
      "`whoami` has no command `bogus`",
      "list its commands with `genscope whoami --help`",
    ],
    [
      ["exit-codes", "bogus"],
      "help topic `exit-codes` takes no arguments, but `bogus` was given",
      "run `genscope help exit-codes`",
    ],
  ])("%j", async (words, message, hint) => {
    const { exitCode, stdout, stderr } = await runCli(["help", ...words]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(`error: ${message}\n\nhint: ${hint}\n`);
  });
});

test.each([[["--json"]], [["--no-input", "--no-color"]]])(
  "flags without a command are a usage error: %j",
  async (argv) => {
    const { exitCode, json, stderr } = await runCli(argv);
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      "error: no command given\n\nhint: list the commands with `genscope --help`, for a program with `genscope --help --json`\n",
    );
    if (argv.includes("--json")) {
      expect(json).toMatchObject({ error: { code: "usage.arguments", message: "no command given" } });
    }
  },
);

test.each([[["help"]], [["help", "help"]], [["--quiet", "help"]], [["--help"]], [[]]])(
  "genscope %j prints the program's help",
  async (argv) => {
    const { exitCode, stdout } = await runCli(argv);
    expect([exitCode, stdout]).toEqual([0, await helpOf([])]);
  },
);

test("`help` accepts global flags before and after its words", async () => {
  const expected = await helpOf(["catalog", "show"]);
  for (const argv of [
    ["--no-color", "help", "catalog", "show"],
    ["help", "catalog", "--quiet", "show"],
  ]) {
    expect((await runCli(argv)).stdout).toBe(expected);
  }
});

describe("the program's help", () => {
  test("lists every command under one of four headings", async () => {
    const help = await helpOf([]);
    const groups = ["Log in", "Diagnose a refusal", "Read data", "Set up and try out"].map((heading) => {
      const [, list = ""] = new RegExp(`^${heading}:\\n((?: {2}.*\\n)+)`, "m").exec(help) ?? [];
      return [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name]) => name);
    });
    expect(groups.slice(0, 3)).toEqual([
      ["login", "logout", "token", "profile", "whoami"],
      ["check-scopes", "explain", "clients", "catalog", "record", "mcp"],
      ["query", "export"],
    ]);
    expect(groups.flat().toSorted()).toEqual(
      [...root.commands.map((command) => command.name()), "help"].toSorted(),
    );
    expect(help).not.toMatch(/^Commands:/m);
  });

  test("shows three examples that parse, and every topic", async () => {
    const help = await helpOf([]);
    const examples = examplesIn(`${help}\n`);
    expect(examples.length).toBe(3);
    for (const line of examples) expect(await parseOnly(line.split(" ").slice(1))).not.toEqual([]);
    for (const { name, description } of HELP_TOPICS) {
      expect(help).toMatch(new RegExp(`^ {2}${name} +${description}$`, "m"));
    }
  });
});

describe("help exit-codes", () => {
  test("lists every exit code that the source defines", async () => {
    const { exitCode, stdout, stderr } = await runCli(["help", "exit-codes"]);
    expect([exitCode, stderr]).toEqual([0, ""]);
    const rows = [...stdout.matchAll(/^ +(\d+) {2}(\S+) +(.+)$/gm)].map(([, code, name, meaning]) => [
      name,
      Number(code),
      meaning,
    ]);
    expect(rows).toEqual(
      Object.entries(EXIT_CODES).map(([name, code]) => [
        name,
        code,
        EXIT_CODE_MEANINGS[name as keyof typeof EXIT_CODES],
      ]),
    );
    expect(stdout).toContain("When several codes apply, the first of these wins: 2, 10, 4, 9, 7, 3, 8, 5.");
  });
});

test.each([[["--help"]], [["-h"]], [["help"]], [[]]])("genscope %j lists every command", async (argv) => {
  const { exitCode, stdout, stderr } = await runCli(argv);
  expect([exitCode, stderr]).toEqual([0, ""]);
  const listed = [...stdout.matchAll(/^ {2}([a-z-]+)(?: \[| <| {2})/gm)].map(([, name]) => name);
  expect(listed).toEqual(expect.arrayContaining(root.commands.map((command) => command.name())));
});
