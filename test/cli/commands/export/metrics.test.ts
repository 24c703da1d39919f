import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { renderMetrics } from "../../../../src/cli/commands/export/metrics.ts";
import { AT, type ExportStage, exportStage } from "../../../support/export-stage.ts";

const DETAILS = ["conversations", "details", "--out", "lake", "--resume", "--metrics"];

/** Runs the export and returns its exit code and the values of the metrics file. */
async function measured({ run, directory }: ExportStage, words: readonly string[]) {
  const path = join(directory, "export.prom");
  const { exitCode } = await run([...DETAILS, path, ...words]);
  const text = await readFile(path, "utf8");
  const values = [...text.matchAll(/^genscope_export_(\w+)\{dataset="conversations details"\} (\S+)$/gm)];
  return {
    exitCode,
    text,
    values: Object.fromEntries(values.map(([, name, value]) => [name, Number(value)])),
  };
}

describe("--metrics", () => {
  test("describes a complete export", async () => {
    const stage = await exportStage();
    const { exitCode, values } = await measured(stage, ["--interval", "2026-10-01/2026-10-03"]);
    expect([exitCode, values["exit_code"], values["complete"], values["gaps"]]).toEqual([0, 0, 1, 0]);
    expect(values["records"]).toBe(
      (await stage.truth({ day: "2026-10-01" })).size + (await stage.truth({ day: "2026-10-02" })).size,
    );
    expect(values["files"]).toBe(2);
    expect(values["watermark_timestamp_seconds"]).toBe(Date.parse("2026-10-05T06:00:00Z") / 1_000);
    expect(values["last_success_timestamp_seconds"]).toBe(values["end_timestamp_seconds"]);
    expect(values["end_timestamp_seconds"]).toBeGreaterThanOrEqual(Date.parse(AT) / 1_000);
  });

  test("keeps the end of the latest complete run when a later one fails", async () => {
    const stage = await exportStage();
    const before = await measured(stage, ["--interval", "2026-10-01/2026-10-03"]);
    stage.clock.moveTo("2026-10-05T13:00:00.000Z");
    const after = await measured(stage, ["--interval", "2026-10-02/2026-10-04"]);
    expect([after.exitCode, after.values["exit_code"], after.values["complete"]]).toEqual([2, 2, 0]);
    expect(after.values["last_success_timestamp_seconds"]).toBe(
      before.values["last_success_timestamp_seconds"],
    );
    expect(after.values["end_timestamp_seconds"]).toBeGreaterThan(
      before.values["end_timestamp_seconds"] ?? 0,
    );
    expect(after.values["records"]).toBeUndefined();
  });

  test("counts the missing parts of an incomplete export as gaps", async () => {
    const stage = await exportStage();
    const { exitCode, values } = await measured(stage, ["--interval", "2026-10-04/2026-10-06"]);
    expect([exitCode, values["exit_code"], values["complete"], values["gaps"]]).toEqual([8, 8, 0, 1]);
    expect(values["last_success_timestamp_seconds"]).toBeUndefined();
  });

  test("writes a final EOF line, and a type and a help text per metric, as OpenMetrics requires", async () => {
    const { text } = await measured(await exportStage(), ["--interval", "2026-10-01/2026-10-03"]);
    const lines = text.split("\n");
    expect(lines.slice(-2)).toEqual(["# EOF", ""]);
    for (const [index, line] of lines.entries()) {
      const [, name] = /^(\w+)\{/.exec(line) ?? [];
      if (name === undefined) continue;
      expect(lines[index - 2]).toBe(`# TYPE ${name} gauge`);
      expect(lines[index - 1]).toMatch(new RegExp(`^# HELP ${name} [A-Z].*\\.$`));
    }
  });

  test("does not change the file when the export is only checked", async () => {
    const stage = await exportStage();
    const interval = ["--interval", "2026-10-01/2026-10-03"];
    const { text } = await measured(stage, interval);
    stage.clock.moveTo("2026-10-05T13:00:00.000Z");
    expect(await measured(stage, [...interval, "--check"])).toMatchObject({ exitCode: 0, text });
  });

  test("makes the export fail when the file cannot be written", async () => {
    const { run } = await exportStage();
    const { exitCode, stderr } = await run([
      ...DETAILS,
      "/dev/null/x.prom",
      "--interval",
      "2026-10-01/2026-10-03",
    ]);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining("the metrics file `/dev/null/x.prom` cannot be written"),
    ]);
  });
});

test("escapes the name of a dataset in the metrics file", () => {
  const run = { exitCode: 0, startMs: 0, endMs: 0, lastSuccessMs: null, document: null } as const;
  expect(renderMetrics({ ...run, dataset: 'a"b\\c\nd' })).toContain('{dataset="a\\"b\\\\c\\nd"}');
});
