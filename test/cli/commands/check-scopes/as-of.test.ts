import { expect, test } from "vitest";
import { json, sandboxFor } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { runCli } from "../../../support/run-cli.ts";

const TRANSFER = "POST /api/v2/conversations/{conversationId}/participants/{participantId}/replace/external";

test("--as-of shows an announced removal only from its date onward", async () => {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const summaries = async (day: string) => {
    const words = ["check-scopes", TRANSFER, "--as-of", day, "--json"];
    const result = await runCli(words, { env: credentialsFor(sandbox) });
    return json(json(result.json).at("results.0")).each("evidence", "summary").join("\n");
  };
  expect(await summaries("2028-04-30")).not.toContain("announced to end");
  expect(await summaries("2028-05-01")).toContain("announced to end on 2028-05-01");
});

test("--as-of does not suggest a permission that no longer exists on the day", async () => {
  const sandbox = await sandboxFor({ scenario: "missing-role" });
  const fixes = async (day: string) => {
    const words = ["check-scopes", TRANSFER, "--as-of", day, "--json"];
    const result = json(json((await runCli(words, { env: credentialsFor(sandbox) })).json).at("results.0"));
    return [result.text("verdict"), result.each("remedies", "summary").join("\n")];
  };
  const gone = "conversation:communication:blindTransferExternal";
  const [before, offered] = await fixes("2028-04-30");
  expect(before).toBe("denied");
  expect(offered).toContain(`\`conversation:communication:blindTransfer\` or \`${gone}\``);
  const [after, left] = await fixes("2028-05-01");
  expect(after).toBe("denied");
  expect(left).toContain("create a role that holds only `conversation:communication:blindTransfer`");
  expect(left).not.toContain(gone);
});

test("--as-of names the day and the date of the announcements, even when nothing was announced", async () => {
  const sandbox = await sandboxFor({ scenario: "healthy" });
  const words = ["check-scopes", "getRoutingQueues", "--as-of", "2028-06-01"];
  const { exitCode, stderr } = await runCli(words, { env: credentialsFor(sandbox) });
  expect([exitCode, stderr]).toEqual([
    0,
    expect.stringContaining("evaluated as of 2028-06-01, with the announcements collected until 2026-11-28"),
  ]);
});

test.each([["2028-02-31x"], ["2028-05"], ["tomorrow"]])("--as-of refuses `%s` as a day", async (day) => {
  const { exitCode, stderr } = await runCli(["check-scopes", TRANSFER, "--as-of", day], {});
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is not a day (--as-of)")]);
});

test("--as-of needs a token", async () => {
  const { exitCode, stderr } = await runCli(
    ["check-scopes", TRANSFER, "--as-of", "2028-05-01", "--offline"],
    {},
  );
  expect([exitCode, stderr]).toEqual([
    2,
    expect.stringContaining("`--as-of` and `--offline` cannot be combined"),
  ]);
});
