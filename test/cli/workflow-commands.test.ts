import { describe, expect, test } from "vitest";
import { breakWorkflowCommands } from "../../src/output/workflow-commands.ts";
import { attacksWith, hostileService } from "../support/hostile-service.ts";
import { runCli } from "../support/run-cli.ts";

const IN_WORKFLOW = { GITHUB_ACTIONS: "true" };
const IN_PIPELINE = { TF_BUILD: "True" };
/** The annotations of `check-scopes`, the only workflow commands that genscope writes itself. */
const OWN = /^::(?:error|warning|notice) (?:file=[^:,]*,line=\d+,)?title=[^:]*::/;

/**
 * Returns the lines that a GitHub runner interprets, by the rules of its `ActionCommand`. Lines end at LF and CR, and
 * leading white space is skipped. The older form, and commands of Azure Pipelines, may appear anywhere in a line. To
 * be strict, other line separators count as well.
 */
function commandsIn(output: string): readonly string[] {
  return output
    .split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/)
    .filter((line) => (line.trimStart().startsWith("::") && !OWN.test(line)) || /##(?:vso)?\[/i.test(line));
}

const BLANKS = ["", " ", "\t", "\u00a0 ", "\u3000", "\u2003\ufeff", "\u200b", "\u001b[31m"];
const LINE_ENDS = ["", "x\n", "x\r", "x\r\n", "x\u000b", "x\f", "x\u0085", "x\u2028", "x\u2029"];
const COMMANDS = [
  "::error::forged",
  "::add-mask::a",
  "::stop-commands::token",
  "::set-output name=a::b",
  ":::warning::",
  "##[error]forged",
  "text ##[add-mask]a",
  "###[group]a",
  "##vso[task.setvariable variable=a]b",
  "text ###VSO[task.complete result=Succeeded]",
];

describe("text from a service or a file", () => {
  const texts = LINE_ENDS.flatMap((end) =>
    BLANKS.flatMap((blank) => COMMANDS.map((command) => `${end}${blank}${command}`)),
  );

  test("contains no GitHub workflow command in any spelling after breakWorkflowCommands", () => {
    expect(texts.filter((text) => commandsIn(text).length > 0).length).toBeGreaterThan(300);
    expect(texts.flatMap((text) => commandsIn(breakWorkflowCommands(text)))).toEqual([]);
    expect(breakWorkflowCommands("a::b Class::method [::1] # [x]")).toBe("a::b Class::method [::1] # [x]");
  });

  test("is searched for workflow commands in linear time", () => {
    const timeOf = (text: string) => {
      // Compares processor time, because a busy machine takes longer in real time.
      const before = process.cpuUsage();
      breakWorkflowCommands(text);
      return process.cpuUsage(before).user / 1_000;
    };
    for (const piece of ["\n", "\r\n ", "\u001b[3", " \u0000", "##", ":"]) {
      expect({ piece, isSlow: timeOf(piece.repeat(1_000_000)) > 5_000 }).toEqual({ piece, isSlow: false });
    }
  });
});

// Each text combines one line end, four of the commands and one kind of white space. Every command prints each text.
test.each(
  LINE_ENDS.flatMap((end, at) =>
    [0, 1, 2, 3].map((turn) => {
      const index = at * 4 + turn;
      return `${end}${BLANKS[index % BLANKS.length] ?? ""}${COMMANDS[(index + at) % COMMANDS.length] ?? ""}`;
    }),
  ).map((text) => [JSON.stringify(text), text]),
)("no command writes %s to a workflow log", async (_name, text) => {
  for (const { argv, env, input = "" } of await attacksWith(text)) {
    const runner = text.toLowerCase().includes("vso") ? IN_PIPELINE : IN_WORKFLOW;
    const { stdout, stderr } = await runCli(argv, { env: { ...env, ...runner }, input });
    expect({ argv, commands: [...commandsIn(stdout), ...commandsIn(stderr)] }).toEqual({
      argv,
      commands: [],
    });
  }
});

test.each(COMMANDS)("JSON output with %s has the same meaning in a GitHub workflow", async (command) => {
  const { env, record } = await hostileService(command);
  const queues = ["query", "GET", "/api/v2/routing/queues", "--output"];
  for (const workflow of [{}, IN_WORKFLOW, IN_PIPELINE]) {
    const run = async (format: string) => await runCli([...queues, format], { env: { ...env, ...workflow } });
    expect((await run("json")).json).toMatchObject({ records: [record] });
    expect(JSON.parse((await run("ndjson")).stdout)).toEqual(record);
  }
});

test("output is unchanged outside a GitHub workflow", async () => {
  const { env } = await hostileService("::error::x ##[group]y");
  const { stdout } = await runCli(["query", "GET", "/api/v2/routing/queues", "--output", "csv"], { env });
  expect(stdout).toContain("::error::x ##[group]y");
});
