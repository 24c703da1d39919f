import { describe, expect, test } from "vitest";
import { type BeginOptions, beginRun } from "../../../src/export/run/begin-run.ts";
import type { ExportState, RunState } from "../../../src/export/state/export-state.ts";

const WEEK = { startMs: Date.UTC(2026, 9, 1), endMs: Date.UTC(2026, 9, 8) };
const NOW_MS = Date.UTC(2026, 9, 20, 12);
const REQUEST = { dataset: "conversations details", interval: "2026-10-01/2026-10-08", format: "ndjson" };

const options = (more: Partial<BeginOptions> = {}): BeginOptions => ({
  mode: "fresh",
  request: REQUEST,
  interval: WEEK,
  nowMs: NOW_MS,
  place: "lake",
  isDirectory: true,
  ...more,
});
const stateOf = (run: Partial<RunState> = {}): ExportState => ({
  version: 1,
  request: REQUEST,
  run: {
    number: 3,
    interval: WEEK,
    startedAtMs: WEEK.endMs,
    watermarkMs: WEEK.endMs,
    rework: ["2026-10-07"],
    hasEnded: true,
    isComplete: true,
    ...run,
  },
});
const FIRST = {
  number: 1,
  interval: WEEK,
  startedAtMs: NOW_MS,
  watermarkMs: null,
  rework: [],
  hasEnded: false,
  isComplete: false,
};

describe("a run without an earlier export", () => {
  test.each(["fresh", "resume"] as const)("is new with `%s`", (mode) => {
    expect(beginRun(null, options({ mode }))).toEqual({ kind: "new", run: FIRST, before: null });
  });

  test("is new with `incremental`, and its interval ends now", () => {
    const run = { ...FIRST, interval: { startMs: WEEK.startMs, endMs: NOW_MS } };
    expect(beginRun(null, options({ mode: "incremental" }))).toEqual({ kind: "new", run, before: null });
  });

  test("has no interval in any mode when it exports a listing", () => {
    const run = { ...FIRST, interval: null };
    expect(beginRun(null, options({ mode: "incremental", interval: null }))).toMatchObject({ run });
  });
});

describe("a run after an earlier export", () => {
  test.each([
    [
      true,
      "`lake` already contains an export",
      "add `--replace` to fetch it again, `--incremental` to add new data, or choose",
    ],
    [
      false,
      "`lake` already contains an unfinished export",
      "add `--resume` to continue it, `--replace` to fetch it again, or choose",
    ],
  ])(
    "is refused with `fresh`, whether or not the earlier export has ended (ended: %s)",
    (hasEnded, message, hint) => {
      expect(() => beginRun(stateOf({ hasEnded, isComplete: hasEnded }), options())).toThrow(
        expect.objectContaining({
          code: "usage.destination",
          message,
          hint: expect.stringContaining(hint) as unknown,
        }),
      );
    },
  );

  test("is refused with `fresh`, without advice to update a single file", () => {
    expect(() => beginRun(stateOf(), options({ isDirectory: false }))).toThrow(
      expect.objectContaining({
        hint: "add `--replace` to fetch it again, or choose another path with --out PATH",
      }),
    );
  });

  test.each([true, false])(
    "is new with `replace` and the same request, whether or not the earlier export has ended (ended: %s)",
    (hasEnded) => {
      const state = stateOf({ hasEnded });
      const request = { ...REQUEST, interval: "2026-10-02/2026-10-03" };
      expect(beginRun(state, options({ mode: "replace", request }))).toEqual({
        kind: "new",
        run: { ...FIRST, number: 4, replaces: true },
        before: state.run,
      });
    },
  );

  test("is refused with `replace` and another request", () => {
    const request = { ...REQUEST, dataset: "users details" };
    expect(() => beginRun(stateOf(), options({ mode: "replace", request }))).toThrow(
      expect.objectContaining({ code: "usage.other_export" }),
    );
  });

  test.each(["resume", "incremental"] as const)(
    "continues the interrupted run unchanged with `%s`",
    (mode) => {
      const { run } = stateOf({ hasEnded: false, isComplete: false });
      expect(beginRun(stateOf(run), options({ mode }))).toEqual({ kind: "continued", run });
    },
  );

  test("is not needed with `resume` when the export is complete", () => {
    expect(beginRun(stateOf(), options({ mode: "resume" }))).toMatchObject({ kind: "done" });
  });

  describe("with `resume` of a complete export, when its interval now means different days", () => {
    const DAY_MS = 86_400_000;
    const request = { ...REQUEST, interval: "last-7d" };
    const moved = (startMs: number, endMs: number, more: Partial<BeginOptions> = {}) =>
      beginRun(
        { ...stateOf(), request },
        options({
          mode: "resume",
          request,
          interval: { startMs: WEEK.startMs + startMs, endMs: WEEK.endMs + endMs },
          ...more,
        }),
      );

    test.each([
      [true, ", add new data with `--incremental`"],
      [false, ""],
    ])("is refused; in a directory: %s", (isDirectory, more) => {
      expect(() => moved(DAY_MS, DAY_MS, { isDirectory })).toThrow(
        expect.objectContaining({
          code: "usage.other_interval",
          message:
            "`last-7d` now means `2026-10-02T00:00:00.000Z/2026-10-09T00:00:00.000Z`, and the export in `lake` contains `2026-10-01T00:00:00.000Z/2026-10-08T00:00:00.000Z`",
          hint: `fetch it again with \`--replace\` instead of \`--resume\`${more}, or choose another path with --out PATH`,
        }),
      );
    });

    test.each<[string, number, number, boolean]>([
      ["refuses an end one minute later", 0, 60_000, true],
      ["refuses an earlier start", -1, 0, true],
      ["accepts days that are all present", DAY_MS, 0, false],
    ])("%s", (_what, startMs, endMs, isRefused) => {
      if (isRefused) expect(() => moved(startMs, endMs)).toThrow("`last-7d` now means");
      else expect(moved(startMs, endMs)).toMatchObject({ kind: "done" });
    });
  });

  test("is new with `resume` when the export is incomplete, over the same days with a new watermark", () => {
    const before = stateOf({ isComplete: false });
    expect(beginRun(before, options({ mode: "resume" }))).toEqual({
      kind: "new",
      run: { ...FIRST, number: 4 },
      before: before.run,
    });
  });

  test("is new with `incremental`, and its interval begins where the first run's did and ends now", () => {
    const run = { ...FIRST, number: 4, interval: { startMs: WEEK.startMs, endMs: NOW_MS } };
    const later = { startMs: WEEK.startMs + 86_400_000, endMs: WEEK.endMs };
    expect(beginRun(stateOf(), options({ mode: "incremental", interval: later }))).toEqual({
      kind: "new",
      run,
      before: stateOf().run,
    });
  });
});

describe("a run with a different request", () => {
  test.each<[string, Partial<typeof REQUEST> & Record<string, unknown>, string]>([
    ["a changed value", { format: "csv" }, "format was `ndjson` and is now `csv`"],
    ["an additional option", { shard: "1/2" }, "shard was not set and is now `1/2`"],
    [
      "two changed values",
      { dataset: "audits", interval: "yesterday" },
      "dataset was `conversations details` and is now `audits`; interval was `2026-10-01/2026-10-08` and is now `yesterday`",
    ],
  ])("is refused, and the error names %s", (_what, change, difference) => {
    const asked = options({ mode: "resume", request: { ...REQUEST, ...change } });
    expect(() => beginRun(stateOf(), asked)).toThrow(
      expect.objectContaining({
        code: "usage.other_export",
        exit: "usage",
        message: `the export in \`lake\` has a different request: ${difference}`,
      }),
    );
  });

  test("is refused with `incremental` too, unless only the interval differs", () => {
    const request = { ...REQUEST, interval: "last-7d" };
    expect(beginRun(stateOf(), options({ mode: "incremental", request }))).toMatchObject({ kind: "new" });
    const other = options({ mode: "incremental", request: { ...request, format: "csv" } });
    expect(() => beginRun(stateOf(), other)).toThrow("format was `ndjson` and is now `csv`");
  });

  test("is not assumed when an option is absent in one request and null in the other", () => {
    const asked = options({ mode: "resume", request: { ...REQUEST, shard: null } });
    expect(beginRun(stateOf(), asked)).toMatchObject({ kind: "done" });
  });
});
