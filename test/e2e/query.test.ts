import { expect, test } from "vitest";
import { act, sandboxFor } from "../sandbox/client.ts";
import { credentialsFor } from "../support/credentials.ts";
import { startGenscope } from "../support/genscope-process.ts";

const DETAILS = ["query", "conversations", "details", "--interval", "last-7d"];

async function environment(more: Readonly<Record<string, string>> = {}) {
  const sandbox = await sandboxFor({ scenario: "healthy", conversations: 5_000 });
  return { sandbox, env: { ...credentialsFor(sandbox), ...more } };
}

test("a query ends silently and early when the reader closes the pipe", async () => {
  const { sandbox, env } = await environment();
  await act(sandbox, "fault.add", {
    kind: "slow",
    path: "/api/v2/analytics",
    after: 2,
    times: 99,
    delayMs: 300,
  });
  const running = startGenscope([...DETAILS, "--all"], env);
  const first = await running.firstOutput();
  running.stopReading();
  expect(JSON.parse(first.split("\n")[0] ?? "")).toMatchObject({ conversationId: expect.any(String) });
  expect(await running.ended).toMatchObject({ exitCode: 0, stderr: "" });
});

test.each([
  [
    "one record per line in a pipe",
    [],
    (text: string) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line).conversationId),
  ],
  [
    "one document",
    ["--output", "json"],
    (text: string) =>
      JSON.parse(text).records.map(({ conversationId }: { conversationId: string }) => conversationId),
  ],
])("a query prints JSON for programs: %s", async (_what, flags, idsOf) => {
  const { env } = await environment();
  const { exitCode, stdout } = await startGenscope([...DETAILS, "--limit", "7", ...flags], env).ended;
  expect([exitCode, new Set(idsOf(stdout)).size]).toEqual([0, 7]);
});

test.each([
  [{ FORCE_COLOR: "1" }, true],
  [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false],
])("the diagnosis of a refused query with the environment %j has color: %s", async (colors, expected) => {
  const sandbox = await sandboxFor({ scenario: "missing-role" });
  const env = { ...credentialsFor(sandbox), ...colors };
  const { exitCode, stderr } = await startGenscope(DETAILS, env).ended;
  expect([exitCode, stderr.includes("\u001b["), stderr.includes("fixes, smallest first:")]).toEqual([
    3,
    expected,
    true,
  ]);
});
