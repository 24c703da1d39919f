import { expect, test } from "vitest";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { runCli } from "../support/run-cli.ts";

test.each([
  [["querry"], "did you mean `genscope query`? All commands: `genscope --help`"],
  [["check"], "did you mean `genscope check-scopes`? All commands: `genscope --help`"],
  [["logs"], "list the commands with `genscope --help`"],
  [["auth", "login"], "did you mean `genscope login`? All commands: `genscope --help`"],
  [
    ["record", "curl", "-s", "http://127.0.0.1"],
    "put the program and its options after `--`: genscope record -- PROGRAM",
  ],
  [["bogus"], "list the commands with `genscope --help`"],
  [["check-scopes", "--ofline"], "did you mean `--offline`? All options: `genscope check-scopes --help`"],
  [["whoami", "--reg=eu-west-1"], "did you mean `--region`? All options: `genscope whoami --help`"],
  [["catalog", "search", "--bogus"], "list the options with `genscope catalog search --help`"],
])("%j is refused with a suggestion of the intended name", async (argv, hint) => {
  const { exitCode, stderr } = await runCli(argv);
  expect([exitCode, stderr.split("\n\n")[1]]).toEqual([2, `hint: ${hint}\n`]);
});

test.each([
  ["audits", "export it with `genscope export audits --out audits.csv`"],
  ["queues", "export it with `genscope export queues --out queues.csv`, or query `queues observations`"],
])("`query %s` names the command that reads the dataset", async (name, hint) => {
  const { exitCode, stderr } = await runCli(["query", name]);
  expect([exitCode, stderr]).toEqual([2, `error: \`${name}\` is a dataset, not a query\n\nhint: ${hint}\n`]);
});

test("a refusal that is printed with its diagnosis suggests no command to diagnose it", async () => {
  const env = credentialsFor(await sandboxFor());
  const { exitCode, stderr } = await runCli(["query", "users", "details", "--interval", "yesterday"], {
    env,
  });
  expect(exitCode).toBe(3);
  expect(stderr).toContain("✘ denied  POST /api/v2/analytics/users/details/query");
  expect(stderr).not.toContain("hint:");
});
