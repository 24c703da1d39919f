import { expect, test } from "vitest";
import { runCli } from "../../../support/run-cli.ts";

const NOWHERE = { GENESYSCLOUD_REGION: "http://127.0.0.1:1", GENESYSCLOUD_ACCESS_TOKEN: "some-token" };

test.each([
  [
    "a time between queries that is too short",
    ["queues", "observations", "--watch", "1s"],
    "`1s` is shorter than 2 s",
  ],
  [
    "a time between queries that is too long",
    ["queues", "observations", "--watch", "2h"],
    "`2h` is longer than 1 h",
  ],
  ["a word", ["queues", "observations", "--watch", "often"], "`often` is not a duration"],
  ["one document", ["queues", "observations", "--watch", "5s", "--json"], "`--watch` and `--output json`"],
  ["CSV", ["queues", "observations", "--watch", "5s", "-o", "csv"], "`--watch` and `--output csv`"],
  ["a description", ["queues", "observations", "--watch", "5s", "--describe"], "`--describe` and `--watch`"],
  [
    "past data",
    ["conversations", "details", "--interval", "yesterday", "--watch", "5s"],
    "`conversations details` does not read the current state",
  ],
  [
    "an operation that does not return observations",
    ["GET", "/api/v2/routing/queues", "--watch", "5s"],
    "`GET /api/v2/routing/queues` does not read the current state",
  ],
])("`query --watch` refuses %s before it sends anything", async (_what, argv, message) => {
  const { exitCode, stderr, stdout } = await runCli(["query", ...argv], { env: NOWHERE });
  expect(exitCode).toBe(2);
  expect(`${stderr}${stdout}`).toContain(message);
});
