import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { asRecord } from "../../../../src/core/json.ts";
import { clientHolding } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { exportStage, readTrueManifest } from "../../../support/export-stage.ts";

const DETAILS = ["conversations", "details"];

async function manifestIn(directory: string, out: string) {
  return (await readTrueManifest(join(directory, out, "manifest.json"))).value;
}

describe("the division to which a permission limits an export", () => {
  const SUMMARY =
    '`analytics:conversationDetail:view` or `analytics:agentConversationDetail:view` is held in 1 division: "Sales"; the platform silently omits objects of other divisions';

  async function salesOnly() {
    const stage = await exportStage();
    const permissions = ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"];
    const { token } = await clientHolding(stage.sandbox, permissions, "Sales");
    return { ...stage, env: credentialsFor({ ...stage.sandbox, accessToken: token }) };
  }

  test("is reported on stderr, in JSON and in the manifest", async () => {
    const { run, env, directory } = await salesOnly();
    const words = [...DETAILS, "--interval", "2026-10-03", "--out", "sales", "--json"];
    const { exitCode, json, stderr } = await run(words, { env });
    const expected = {
      narrowing: [{ kind: "divisions", summary: SUMMARY }],
      divisions: [{ id: expect.any(String), name: "Sales" }],
    };
    expect([exitCode, json]).toEqual([0, expect.objectContaining(expected)]);
    expect(stderr.split("\n")).toContain(SUMMARY);
    expect(await manifestIn(directory, "sales")).toMatchObject(expected);
  });

  test("is reported on stderr when the records go into a pipe", async () => {
    const { run, env } = await salesOnly();
    const { exitCode, stderr } = await run([...DETAILS, "--interval", "2026-10-03", "--out", "-"], { env });
    expect([exitCode, stderr.split("\n")]).toEqual([0, expect.arrayContaining([SUMMARY])]);
  });

  test("is reported again from the manifest when the export is already complete", async () => {
    const { run, env } = await salesOnly();
    const words = [...DETAILS, "--interval", "2026-10-03", "--out", "sales", "--json"];
    await run(words, { env });
    const { json, stderr } = await run([...words, "--resume"], { env });
    expect(json).toMatchObject({ wasDone: true, narrowing: [{ summary: SUMMARY }] });
    expect(stderr.split("\n")).toContain(SUMMARY);
  });
});

test("the manifest states that a permission is held in every division", async () => {
  const { run, directory } = await exportStage();
  await run([...DETAILS, "--interval", "2026-10-03", "--out", "all"]);
  expect(await manifestIn(directory, "all")).toMatchObject({ narrowing: [], divisions: "*" });
});

test("the manifest of an earlier version leads to no note about divisions", async () => {
  const { run, directory } = await exportStage();
  const words = [...DETAILS, "--interval", "2026-10-03", "--out", "old", "--json"];
  await run(words);
  const { narrowing, divisions, ...earlier } = asRecord(await manifestIn(directory, "old"));
  expect([narrowing, divisions]).toEqual([[], "*"]);
  await writeFile(join(directory, "old", "manifest.json"), JSON.stringify(earlier));
  const { exitCode, json } = await run([...words, "--resume"]);
  expect([exitCode, json]).toEqual([
    0,
    expect.objectContaining({ wasDone: true, narrowing: [], divisions: null }),
  ]);
});

test("an export of a local day omits and counts conversations that began before it", async () => {
  const { run, directory, truth } = await exportStage({ conversations: 3_000 });
  const zone = ["--time-zone", "Europe/Berlin"];
  const { stderr } = await run([...DETAILS, "--interval", "2026-10-03", ...zone, "--out", "local"]);
  const day = [...(await truth({ day: "2026-10-02" })).values()].map((line) => asRecord(JSON.parse(line)));
  const began = "2026-10-02T22:00:00.000Z";
  const earlier = day.filter(
    ({ conversationStart, conversationEnd }) =>
      String(conversationStart) < began && String(conversationEnd ?? "9") >= began,
  );
  expect(earlier.length).toBeGreaterThan(1);
  const summary = `${earlier.length} conversations that began before ${began} were left out, because an export contains the conversations that began in its interval; \`query\` includes them`;
  expect(stderr.split("\n")).toContain(summary);
  expect(await manifestIn(directory, "local")).toMatchObject({
    narrowing: [{ kind: "local-day", summary }],
  });
});
