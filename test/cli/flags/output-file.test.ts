import { expect, test } from "vitest";
import { outputFile } from "../../../src/cli/flags/output-file.ts";
import { runCli } from "../../support/run-cli.ts";

test.each(["report.html", "./-", "/dev/stdout", "-.txt"])("accepts the output file %s", (path) => {
  expect(outputFile("--watch")(path)).toBe(path);
});

test.each<[string, readonly string[]]>([
  ["--watch", ["token", "--watch", "-"]],
  ["--bundle", ["doctor", "--bundle", "-"]],
  ["--metrics", ["export", "queues", "--metrics", "-"]],
  ["--write-policy", ["check-scopes", "--scan", ".", "--write-policy", "-"]],
  ["--write-policy", ["record", "--from", "a.har", "--write-policy", "-"]],
  ["--report html", ["check-scopes", "GET /api/v2/users/me", "--report", "html=-"]],
  ["--report markdown", ["clients", "--report", "markdown=-"]],
])("%s refuses standard output as its file before it sends anything", async (flag, args) => {
  const { exitCode, stdout, stderr } = await runCli(args);
  expect([exitCode, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(`\`-\` is not a file (${flag})`);
});
