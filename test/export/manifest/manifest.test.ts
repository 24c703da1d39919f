import { mkdir, readFile, writeFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { NO_PERMISSIONS } from "../../../src/analytics/narrowing.ts";
import { Layout } from "../../../src/export/destination/destination.ts";
import { describeExport, findGaps, writeManifest } from "../../../src/export/manifest/manifest.ts";
import { readManifest } from "../../../src/export/manifest/read-manifest.ts";
import { partOfDay, tailOfDay } from "../../../src/export/part/part.ts";
import type { PartEvent } from "../../../src/export/part/part-event.ts";
import { nextState, type PartState, readPartState } from "../../../src/export/part/part-journal.ts";
import type { PartResult } from "../../../src/export/part/part-result.ts";
import type { ExportState } from "../../../src/export/state/export-state.ts";
import { OWNED } from "../../support/ownership.ts";
import { tempDir } from "../../support/temp-dir.ts";

const FIRST = { startMs: Date.UTC(2026, 9, 1), endMs: Date.UTC(2026, 9, 2) };
const SECOND = { startMs: Date.UTC(2026, 9, 2), endMs: Date.UTC(2026, 9, 2, 12) };
const STATE: ExportState = {
  version: 1,
  request: { dataset: "conversations details" },
  run: {
    number: 1,
    interval: { startMs: FIRST.startMs, endMs: Date.UTC(2026, 9, 3) },
    startedAtMs: SECOND.endMs,
    watermarkMs: SECOND.endMs,
    rework: [],
    hasEnded: false,
    isComplete: false,
  },
};
const LAYOUT = new Layout(
  { kind: "directory", path: "/out/lake", isPartitioned: false },
  ".ndjson",
  null,
  OWNED,
);
const fileOf = () => ({
  table: "conversations",
  bytes: 100,
  rows: 8,
  sha256: "ab",
});

async function stateAfter(...events: readonly PartEvent[]): Promise<PartState> {
  return events.reduce(nextState, await readPartState("/nonexistent/journal.ndjson"));
}

async function placed(key: string, interval: typeof FIRST): Promise<PartState> {
  return await stateAfter(
    { kind: "begun", run: 1, interval },
    {
      kind: "page",
      cursor: null,
      next: null,
      isSettled: true,
      bytes: 100,
      records: 8,
      duplicates: 2,
      elsewhere: 1,
      correlationId: `id of ${key}`,
    },
    { kind: "fetched", open: ["x", "y"], isConfirmed: true },
    { kind: "converted", files: [fileOf()] },
    { kind: "placed" },
  );
}

async function results(): Promise<readonly PartResult[]> {
  return [
    { part: partOfDay(FIRST), state: await placed("2026-10-01", FIRST) },
    { part: tailOfDay(SECOND), state: await placed("2026-10-02-tail", SECOND) },
    {
      part: partOfDay({ startMs: SECOND.endMs, endMs: SECOND.endMs + 1 }),
      state: await stateAfter(
        { kind: "begun", run: 1, interval: SECOND },
        { kind: "refused", code: "api.forbidden", message: "it may not be read", correlationId: "id" },
      ),
    },
  ];
}

const NO_REACH = { ...NO_PERMISSIONS, divisions: null };

describe("the manifest of an export", () => {
  test("adds up exactly the parts that are present", async () => {
    const manifest = describeExport(STATE, await results(), [], {
      contents: "all conversations",
      layout: LAYOUT,
      assembled: null,
      isComplete: false,
      reach: NO_REACH,
      media: null,
    });
    expect(manifest).toMatchObject({
      schema: "genscope/export-manifest/v1",
      request: { dataset: "conversations details" },
      interval: "2026-10-01T00:00:00.000Z/2026-10-03T00:00:00.000Z",
      watermark: "2026-10-02T12:00:00.000Z",
      isComplete: false,
      records: 16,
      duplicates: 4,
      elsewhere: 2,
    });
    expect(manifest.parts).toEqual([
      {
        part: "2026-10-01",
        interval: "2026-10-01T00:00:00.000Z/2026-10-02T00:00:00.000Z",
        records: 8,
        duplicates: 2,
        elsewhere: 1,
        open: 2,
        isProvisional: false,
        isConfirmed: true,
        isStale: false,
        correlationIds: ["id of 2026-10-01"],
      },
      expect.objectContaining({ part: "2026-10-02-tail", isProvisional: true }),
    ]);
    expect(manifest.files.map(({ path, part }) => `${part}: ${path}`)).toEqual([
      "2026-10-01: conversations/2026-10-01.ndjson",
      "2026-10-02-tail: conversations/2026-10-02-tail.ndjson",
    ]);
  });

  test("keeps the files of an earlier run when the API refuses the current run", async () => {
    const state = [
      { kind: "begun", run: 2, interval: FIRST } as const,
      { kind: "refused", code: "api.forbidden", message: "no more", correlationId: null } as const,
    ].reduce(nextState, await placed("2026-10-01", FIRST));
    const { parts, files } = describeExport(STATE, [{ part: partOfDay(FIRST), state }], [], {
      contents: "all conversations",
      layout: LAYOUT,
      assembled: null,
      isComplete: false,
      reach: NO_REACH,
      media: null,
    });
    expect(parts).toEqual([expect.objectContaining({ part: "2026-10-01", records: 8, isStale: true })]);
    expect(files.map(({ path }) => path)).toEqual(["conversations/2026-10-01.ndjson"]);
  });

  test("names only the file when the destination is a single file", async () => {
    const assembled = { ...fileOf(), path: "/out/all.ndjson", rows: 16 };
    const { files } = describeExport(STATE, await results(), [], {
      contents: "all conversations",
      layout: new Layout({ kind: "file", path: "/out/all.ndjson" }, ".ndjson", null, OWNED),
      assembled,
      isComplete: true,
      reach: NO_REACH,
      media: null,
    });
    expect(files).toEqual([{ ...assembled, path: "all.ndjson", part: null }]);
  });

  test("is read back as it was written, and anything else is refused", async () => {
    const layout = new Layout(
      { kind: "directory", path: await tempDir(), isPartitioned: false },
      ".ndjson",
      null,
      OWNED,
    );
    await mkdir(layout.workDirectory, { recursive: true });
    const path = layout.manifestPath;
    const manifest = describeExport(STATE, await results(), [], {
      contents: "all conversations",
      layout,
      assembled: null,
      isComplete: true,
      reach: NO_REACH,
      media: null,
    });
    await writeManifest(layout, manifest);
    expect(await readManifest(path)).toEqual(manifest);
    expect(await readFile(path, "utf8")).toMatch(/^\{\n {2}"schema": .*\n\}\n$/s);
    await writeFile(path, '{"schema":"genscope/export/v1"}');
    await expect(readManifest(path)).rejects.toMatchObject({ code: "usage.manifest", exit: "usage" });
    expect(await readManifest(`${path}.not`)).toBeNull();
    const damaged = { code: "output.state", exit: "error", hint: "choose another path with --out PATH" };
    for (const change of [{ parts: undefined }, { files: [{ path: "a" }] }, { gaps: {} }, { records: "8" }]) {
      await writeFile(path, JSON.stringify({ ...manifest, ...change }));
      await expect(readManifest(path)).rejects.toMatchObject(damaged);
    }
  });
});

test("a manifest lists refused parts and the end that is not available yet as gaps", async () => {
  const interval = { startMs: SECOND.endMs, endMs: Date.UTC(2026, 9, 3) };
  expect(findGaps(await results(), { interval, code: "export.watermark" })).toEqual([
    {
      part: "2026-10-02",
      interval: "2026-10-02T12:00:00.000Z/2026-10-02T12:00:00.001Z",
      code: "api.forbidden",
      reason: "it may not be read",
      correlationId: "id",
    },
    {
      part: "end",
      interval: "2026-10-02T12:00:00.000Z/2026-10-03T00:00:00.000Z",
      code: "export.watermark",
      reason: "the platform has not finished collecting data for this interval",
      correlationId: null,
    },
  ]);
  expect(findGaps((await results()).slice(0, 2), null)).toEqual([]);
});
