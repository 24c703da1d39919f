import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ExportState,
  readExportState,
  writeExportState,
} from "../../../src/export/state/export-state.ts";
import { unguarded } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const RUN: ExportState["run"] = {
  number: 1,
  interval: { startMs: 1, endMs: 2 },
  startedAtMs: 3,
  watermarkMs: null,
  rework: ["2026-10-01"],
  hasEnded: false,
  isComplete: false,
};
const STATE: ExportState = { version: 1, request: { dataset: "queues" }, run: RUN };

test.each<[string, ExportState]>([
  ["with an interval", STATE],
  ["without", { ...STATE, run: { ...RUN, interval: null, watermarkMs: 5 } }],
])("the state of an export is read back as written, %s", async (_what, state) => {
  const path = join(await tempDir(), "state.json");
  await writeExportState(path, state, unguarded);
  expect(await readExportState(path)).toEqual(state);
});

test("a missing state file of an export is read as null", async () => {
  expect(await readExportState(join(await tempDir(), "state.json"))).toBeNull();
});

describe("reports a damaged state of an export", () => {
  test.each<[string, unknown]>([
    ["text that is not JSON", undefined],
    ["nothing but its version", { version: 1 }],
    ["another version", { ...STATE, version: 2 }],
    ["a list", [STATE]],
    ["no request", { ...STATE, request: null }],
    ["a request that is a list", { ...STATE, request: [] }],
    ["no run", { ...STATE, run: [] }],
    ["a run without its number", { ...STATE, run: { ...RUN, number: undefined } }],
    ["an interval without its end", { ...STATE, run: { ...RUN, interval: { startMs: 1 } } }],
    ["a start that is text", { ...STATE, run: { ...RUN, startedAtMs: "today" } }],
    ["a watermark that is text", { ...STATE, run: { ...RUN, watermarkMs: "yesterday" } }],
    ["rework that is not a list", { ...STATE, run: { ...RUN, rework: {} } }],
    ["hasEnded that is not a boolean", { ...STATE, run: { ...RUN, hasEnded: 1 } }],
  ])("%s", async (_what, value) => {
    const path = join(await tempDir(), "state.json");
    await writeFile(path, JSON.stringify(value) ?? '{"version":1,"req');
    await expect(readExportState(path)).rejects.toMatchObject({
      code: "output.state",
      exit: "error",
      message: `\`${path}\` is damaged or was written by another version of genscope`,
      hint: "choose another path with --out PATH",
    });
  });
});
