import type { CommandUnknownOpts, Option } from "@commander-js/extra-typings";
import { describe, expect, test } from "vitest";
import type { CommandMap } from "../../src/cli/help/command-map.ts";
import { HELP_TOPICS } from "../../src/cli/help-topics.ts";
import { ERROR_CODES } from "../../src/core/error-codes.ts";
import { EXIT_CODES } from "../../src/core/exit-codes.ts";
import { listCommands } from "../support/command-tree.ts";
import { documentOf } from "../support/document-of.ts";
import { readSchemas } from "../support/json-schemas.ts";
import { runCli } from "../support/run-cli.ts";

const commands = await listCommands();

/** Returns the map that a command line prints, after checking it against its schema. */
async function mapOf(argv: readonly string[]): Promise<CommandMap> {
  const { exitCode, document, violations } = await documentOf("help", argv, {});
  expect([exitCode, violations]).toEqual([0, []]);
  return document as CommandMap;
}

const map = await mapOf(["--help"]);

test("`help --json` lists every command in the order of the help", () => {
  expect(map.commands.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
});

const nameOf = ({ long }: Pick<Option, "long">) => long;
const choicesOf = (options: CommandUnknownOpts["options"]) =>
  options.flatMap(({ long, argChoices }) => (argChoices === undefined ? [] : [[long, argChoices]]));

describe.each(commands.map((listed) => [listed.name, listed] as const))("%s", (name, listed) => {
  const { command, isGroup, words } = listed;
  const mapped = map.commands.find((candidate) => candidate.name === name);

  test("has its flags, choices and operands", () => {
    const flags = mapped?.flags.filter(({ long }) => long !== "--help") ?? [];
    expect(flags.map(nameOf)).toEqual(command.options.map(nameOf));
    const choices = flags.flatMap(({ long, value }) =>
      value === null || value.choices.length === 0 ? [] : [[long, value.choices]],
    );
    expect(choices).toEqual(choicesOf(command.options));
    expect(mapped?.operands.map(({ name: operand, isRequired }) => [operand, isRequired])).toEqual(
      command.registeredArguments.map((argument) => [argument.name(), argument.required]),
    );
  });

  test("has the examples and exit codes of its help", async () => {
    const { stdout } = await runCli([...words, "--help"]);
    const examples = mapped?.examples ?? [];
    expect(examples.length).toBeGreaterThanOrEqual(2);
    for (const example of examples) {
      expect(stdout).toContain(`  ${example.command}`);
    }
    const codes = mapped?.exitCodes.map(({ code, meaning }) => `${code}: ${meaning}`).join("; ");
    expect(stdout).toContain(`\nExit codes: ${codes} (`);
  });

  test("names a schema that is shipped, unless it only groups commands", () => {
    const [, document] = /^genscope\/(.+)\/v1$/.exec(mapped?.schema ?? "") ?? [];
    expect(mapped?.schema === null).toBe(isGroup);
    if (!isGroup) expect([...readSchemas().keys()]).toContain(document);
  });
});

test("`help --json` lists global flags, topics, exit codes and error codes", () => {
  expect(map.globalFlags.map(nameOf)).toEqual(
    expect.arrayContaining(["--profile", "--region", "--json", "--quiet", "--timeout"]),
  );
  expect(map.topics.map(({ name, text }) => [name, text])).toEqual(
    HELP_TOPICS.map(({ name }) => [name, null]),
  );
  expect(map.exitCodes.map(({ code }) => code)).toEqual(Object.values(EXIT_CODES));
  expect(map.errorCodes.map(({ code }) => code)).toEqual(Object.keys(ERROR_CODES));
});

test.each<[readonly string[], readonly string[]]>([
  [["check-scopes", "--help"], ["check-scopes"]],
  [["help", "check-scopes"], ["check-scopes"]],
  [
    ["catalog", "--help"],
    ["catalog", "catalog search", "catalog show", "catalog update", "catalog diff", "catalog changes"],
  ],
  [["help", "catalog", "show"], ["catalog show"]],
  [["catalog", "show", "-h"], ["catalog show"]],
  [["help", "exit-codes"], []],
])("the command map for %j lists %j", async (argv, names) => {
  expect((await mapOf(argv)).commands.map(({ name }) => name)).toEqual(names);
});

test("`help --json` without a command prints the whole command map", async () => {
  expect(await mapOf(["help"])).toEqual(map);
});

test.each(HELP_TOPICS.map(({ name }) => name))(
  "`help %s --json` contains the text of the topic",
  async (name) => {
    const { stdout } = await runCli(["help", name]);
    const { topics } = await mapOf(["help", name]);
    expect(topics).toEqual([{ name, description: expect.any(String) as unknown, text: stdout }]);
  },
);

test("`--help --json` prints the command map despite an unknown flag, and a failure prints a document of its own", async () => {
  expect((await mapOf(["whoami", "--no-such-flag", "--help"])).commands[0]?.name).toBe("whoami");
  const { exitCode, violations } = await documentOf("error", ["help", "bogus"], {});
  expect([exitCode, violations]).toEqual([2, []]);
});
