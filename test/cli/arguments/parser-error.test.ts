import { CommanderError } from "@commander-js/extra-typings";
import { expect, test } from "vitest";
import { translateCommanderError } from "../../../src/cli/arguments/parser-error.ts";
import { createRoot } from "../../../src/cli/root.ts";
import { createMemoryIo } from "../../support/memory-io.ts";
import { runCli } from "../../support/run-cli.ts";

test.each<[string, string, string]>([
  [
    "login --grant code",
    "`code` is not a value of `--grant`",
    "choose one of pkce, client-credentials: --grant pkce",
  ],
  [
    "login --store keychan",
    "`keychan` is not a value of `--store`",
    "did you mean `--store keychain`? The choices are keychain, file, none",
  ],
  [
    "query GET /api/v2/users -o tabel",
    "`tabel` is not a value of `--output`",
    "did you mean `--output table`? The choices are table, wide, json, ndjson, csv",
  ],
  [
    "export queues --partition week",
    "`week` is not a value of `--partition`",
    "its only value is day: --partition day",
  ],
  [
    "catalog search queue --limit 1.5",
    "`1.5` is not a value of `--limit`",
    "use a whole number of at least 1: --limit 20",
  ],
  [
    "sandbox --port 70000",
    "`70000` is not a value of `--port`",
    "use a whole number from 0 to 65535: --port 0",
  ],
  ["sandbox --port=", "`` is not a value of `--port`", "use a whole number from 0 to 65535: --port 0"],
  ["whoami --region", "`--region` needs a value", "write --region REGION"],
  ["login --grant", "`--grant` needs a value", "choose one of pkce, client-credentials: --grant pkce"],
  [
    "completion bsh",
    "`bsh` is not a shell of `genscope completion`",
    "did you mean `genscope completion bash`? The choices are bash, zsh, fish, powershell",
  ],
  [
    "completion",
    "`genscope completion` needs a shell",
    "choose one of bash, zsh, fish, powershell: genscope completion bash",
  ],
  [
    "scan src",
    "unknown command `scan`",
    "did you mean `genscope check-scopes --scan`? All commands: `genscope --help`",
  ],
  ["helo", "unknown command `helo`", "did you mean `genscope help`? All commands: `genscope --help`"],
  ["profile use", "`genscope profile use` needs a name", "for example: genscope profile use work"],
  [
    "catalog show",
    "`genscope catalog show` needs operations",
    "for example: genscope catalog show POST /api/v2/analytics/conversations/details/query",
  ],
  [
    "query",
    "`genscope query` needs a name",
    "for example: genscope query conversations details --interval yesterday --filter mediaType=voice",
  ],
  [
    "whoami s3cret",
    "`genscope whoami` takes no arguments, but 1 was given",
    "list its arguments with `genscope whoami --help`",
  ],
  [
    "profile use a b",
    "`genscope profile use` takes 1 argument, but 2 were given",
    "put a value that contains spaces in quotes, or list its arguments with `genscope profile use --help`",
  ],
  ["-x", "unknown option `-x`", "list the options with `genscope --help` and `genscope COMMAND --help`"],
])(
  "`genscope %s` is refused with genscope's message instead of the parser's",
  async (line, message, hint) => {
    const { exitCode, json, stderr } = await runCli([...line.split(" "), "--json"].toSorted(byFlagFirst));
    expect([exitCode, json]).toMatchObject([2, { error: { code: "usage.arguments", message, hint } }]);
    expect(stderr).toBe(`error: ${message}\n\nhint: ${hint}\n`);
  },
);

/** Compares flags so that `--json` comes first and is never mistaken for the missing value. */
function byFlagFirst(one: string, other: string): number {
  return Number(other === "--json") - Number(one === "--json");
}

test("an error about an unknown option withholds its value, which may be a secret", async () => {
  const { exitCode, stderr } = await runCli(["login", "--client-secret=s3cret"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^error: unknown option `--client-secret`\n\nhint: flags are visible to other programs, so pass the secret in the environment/,
  );
  expect(stderr).not.toContain("s3cret");
});

test("an error that no current command can cause keeps the parser's message", () => {
  const error = new CommanderError(
    1,
    "commander.conflictingOption",
    "error: option '--a' cannot be used with option '--b'",
  );
  expect(translateCommanderError(error, createRoot(createMemoryIo().io, "1"), [])).toMatchObject({
    message: "option `--a` cannot be used with option `--b`",
    hint: "list its options with `genscope --help`",
  });
});
