import { expect, test } from "vitest";
import { sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { runCli } from "../support/run-cli.ts";

const QUEUES = ["query", "GET", "/api/v2/routing/queues"];

test.each([
  [
    ["-o", "csv"],
    ["--output", "csv"],
  ],
  [
    ["-q", "--limit", "1"],
    ["--quiet", "--limit", "1"],
  ],
  [
    ["-qo", "csv", "--limit", "1"],
    ["--quiet", "--output", "csv", "--limit", "1"],
  ],
])("%j means the same as %j", async (short, long) => {
  const env = credentialsFor(await sandboxFor({ scenario: "healthy" }));
  const expected = await runCli([...QUEUES, ...long], { env });
  expect(expected.exitCode).toBe(0);
  expect(await runCli([...QUEUES, ...short], { env })).toEqual(expected);
});

test.each([
  ["a refusal", ["query", "GET", "/api/v2/users/me"]],
  ["the parser", ["query", "--bogus"]],
  ["a missing name", ["query"]],
])("-q hides only the hint of an error from %s", async (_name, argv) => {
  const env = credentialsFor(await sandboxFor());
  const loud = await runCli(argv, { env });
  const quiet = await runCli([...argv, "-q"], { env });
  expect(quiet.exitCode).toBe(loud.exitCode);
  expect(quiet.stderr).toMatch(/^error: /);
  expect(quiet.stderr).not.toContain("hint:");
  const [error = ""] = loud.stderr.split("\n");
  expect(quiet.stderr.split("\n")[0]).toBe(error);
});

test("-v prints the requests", async () => {
  const env = credentialsFor(await sandboxFor({ scenario: "healthy" }));
  const { stderr } = await runCli([...QUEUES, "-v"], { env });
  expect(stderr).toMatch(/GET \S+\/api\/v2\/routing\/queues/);
});

test("-p selects a profile", async () => {
  const { exitCode, stderr } = await runCli(["whoami", "-p", "nobody"]);
  expect(exitCode).not.toBe(0);
  expect(stderr).toContain("nobody");
});

test.each(["-ocsv", "-o=csv", "-qocsv"])(
  "%s is refused, because the value of a short flag must be a separate word",
  async (word) => {
    const { exitCode, stderr } = await runCli([...QUEUES, word]);
    expect([exitCode, stderr]).toEqual([
      2,
      "error: `-o` must be followed by its value as a separate word\n\nhint: write `-o VALUE`\n",
    ]);
  },
);
