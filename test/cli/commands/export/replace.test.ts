import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act, json } from "../../../sandbox/client.ts";
import {
  began,
  exportedIn,
  exportStage,
  filesIn,
  linesOf,
  readTrueManifest,
} from "../../../support/export-stage.ts";

const NAMES = ["users", "--out", "users.ndjson", "--replace"];
const YESTERDAY = ["conversations", "details", "--interval", "yesterday"];
const LAKE = [...YESTERDAY, "--out", "lake"];

/** Returns a stage at noon of the second day, when the first export is one day old. */
async function onTheSecondDay(first: readonly string[]) {
  const stage = await exportStage();
  expect((await stage.run(first)).exitCode).toBe(0);
  await stage.goOnUntil("2026-10-06T12:00:10.000Z", "2026-10-06T06:00:00.000Z");
  return stage;
}

describe("an export of the current state with --replace", () => {
  test("is fetched again every night, and verified", async () => {
    const { run, sandbox, directory } = await exportStage();
    const namesNow = async () =>
      linesOf(await readFile(join(directory, "users.ndjson"), "utf8")).map((line) =>
        json(JSON.parse(line)).text("name"),
      );
    expect((await run(NAMES)).exitCode).toBe(0);
    const before = await namesNow();
    await act(sandbox, "user.upsert", { name: "Nora Newcomer" });
    expect((await run(NAMES)).exitCode).toBe(0);
    expect((await namesNow()).toSorted()).toEqual([...before, "Nora Newcomer"].toSorted());
    expect((await run(["--verify", "users.ndjson"])).exitCode).toBe(0);
    expect((await run(NAMES)).exitCode).toBe(0);
  });

  test("keeps the earlier file when the service refuses the new one", async () => {
    const { run, sandbox, directory } = await exportStage();
    await run(NAMES);
    const before = await readFile(join(directory, "users.ndjson"), "utf8");
    await act(sandbox, "fault.add", { kind: "status", status: 400, path: "/api/v2/users" });
    expect((await run(NAMES)).exitCode).not.toBe(0);
    expect(await readFile(join(directory, "users.ndjson"), "utf8")).toBe(before);
  });

  test("never replaces a file that genscope did not write", async () => {
    const { run, directory } = await exportStage();
    await writeFile(join(directory, "users.ndjson"), "mine\n");
    const { exitCode, stderr } = await run(NAMES);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is not a genscope export")]);
    expect(await readFile(join(directory, "users.ndjson"), "utf8")).toBe("mine\n");
  });
});

describe("an export of a relative interval with --replace", () => {
  test("contains only the new day, in a directory", async () => {
    const { run, truth, directory } = await onTheSecondDay(LAKE);
    expect((await run([...LAKE, "--replace"])).exitCode).toBe(0);
    expect(await filesIn(join(directory, "lake"))).toEqual([
      "conversations/2026-10-05.ndjson",
      "manifest.json",
    ]);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-05", "2026-10-06"));
    const manifest = await readTrueManifest(join(directory, "lake", "manifest.json"));
    expect(manifest.each("parts", "part")).toEqual(["2026-10-05"]);
    expect((await run(["--verify", "lake"])).exitCode).toBe(0);
  });

  test("keeps the earlier days until the new ones are complete, even after --resume", async () => {
    const { run, sandbox, truth, directory } = await onTheSecondDay(LAKE);
    await act(sandbox, "fault.add", { kind: "status", status: 400, path: "/api/v2/analytics", after: 1 });
    const { exitCode, stderr } = await run([...LAKE, "--replace"]);
    expect(exitCode).not.toBe(0);
    expect(stderr).not.toMatch(/--replace.*--resume|--resume.*--replace/);
    expect(await filesIn(join(directory, "lake"))).toContain("conversations/2026-10-04.ndjson");
    expect((await run([...LAKE, "--resume"])).exitCode).toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-05", "2026-10-06"));
  });

  test("contains only the new day, in a file", async () => {
    const file = [...YESTERDAY, "--out", "day.ndjson"];
    const { run, truth, directory } = await onTheSecondDay(file);
    expect((await run([...file, "--replace"])).exitCode).toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-05", "2026-10-06"));
  });
});

test.each([
  [["--replace", "--resume", "--out", "lake"], "`--replace` and `--resume` cannot be combined"],
  [["--replace", "--incremental", "--out", "lake"], "`--replace` and `--incremental` cannot be combined"],
  [["--replace", "--out", "-"], "an export to standard output cannot be replaced"],
])("--replace is refused with %j", async (flags, message) => {
  const { run } = await exportStage();
  const { exitCode, stderr } = await run([...YESTERDAY, ...flags]);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});
