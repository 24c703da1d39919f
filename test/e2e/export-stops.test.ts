import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { holdUp, isHeldUp } from "../support/export-hold-up.ts";
import { type ExportSandbox, exportSandbox, jobsOf } from "../support/export-sandbox.ts";
import { canMount, smallDisk } from "../support/export-small-disk.ts";
import { expectWhole, exportTrial } from "../support/export-trial.ts";
import { truthOf } from "../support/export-truth.ts";
import { runHere } from "../support/genscope-here.ts";
import { BIN, type Ending, runGenscope, startGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Runs a command line as if a user had pasted it into a shell. */
async function paste(command: string, { env }: ExportSandbox, directory: string): Promise<Ending> {
  const bin = await tempDir();
  await symlink(BIN, join(bin, "genscope"));
  const PATH = `${bin}:${process.env["PATH"]}`;
  return await startGenscope(["-c", command], { ...env, PATH }, { directory, command: "/bin/sh", input: "" })
    .ended;
}

describe.skipIf(!canMount())("an export to a full disk (needs the right to mount)", () => {
  test.each([
    ["at the first page", [], "lake", 40_000],
    ["in the middle", [], "lake", 700_000],
    ["in the middle of one file", [], "all.ndjson", 900_000],
    ["while tables are written", ["--format", "csv"], "lake", 1_600_000],
    ["while tables are compressed", ["--format", "parquet", "--compress", "zstd"], "lake", 1_000_000],
  ])("exits with 8 and completes once there is space: %s", async (_when, flags, out, bytes) => {
    const trial = await exportTrial(flags, out);
    const { args, env } = trial;
    const { path: directory, grow } = await smallDisk(bytes);
    const stopped = await runGenscope(args, env, { directory });
    expect(stopped).toMatchObject({ exitCode: 8, stdout: "" });
    expect(stopped.stderr).toMatch(
      /^error: no space left for `[^`]+`(; the fetched data is saved)?\n\nhint: free some space, then continue: genscope export .* --resume\n$/,
    );
    const again = await runHere([...args, "--resume"], env, { directory });
    expect(again.exitCode).toBe(8);
    grow();
    const { exitCode, stderr } = await runHere([...args, "--resume"], env, { directory });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    await expectWhole(directory, trial);
  });
});

test("an export to a pipe exits silently with 0 when the reader closes it after the first record, and deletes its jobs", async () => {
  const sandbox = await exportSandbox();
  const args = ["export", "conversations", "details", "--interval", sandbox.interval, "--out", "-"];
  const child = startGenscope([...args, "--concurrency", "1"], sandbox.env, { input: "" });
  const first = await child.firstOutput();
  child.stopReading();
  expect(await child.ended).toMatchObject({ exitCode: 0, stderr: "" });
  const [line] = await truthOf(sandbox, sandbox.days);
  expect(first.split("\n")[0]).toBe(line);
  expect((await jobsOf(sandbox)).filter(({ isDeleted }) => !isDeleted)).toEqual([]);
});

test("Ctrl-C during an export to standard output exits with 130, reports incomplete records and deletes the jobs", async () => {
  const sandbox = await exportSandbox();
  await holdUp(sandbox);
  const args = ["export", "conversations", "details", "--interval", sandbox.interval, "--out", "-"];
  const child = startGenscope(args, sandbox.env, { input: "" });
  await isHeldUp(sandbox);
  child.interrupt("SIGINT");
  const { exitCode, stderr } = await child.ended;
  expect({ exitCode, stderr }).toEqual({
    exitCode: 130,
    stderr:
      "error: interrupted: the records on standard output are incomplete\n\n" +
      "hint: export to a directory, so that `--resume` can continue the export: --out PATH\n",
  });
  const jobs = await jobsOf(sandbox);
  expect(jobs.map(({ isDeleted }) => isDeleted)).toEqual(jobs.map(() => true));
  expect(jobs).toHaveLength(3);
});

test("an export writes every record to standard output exactly once and in order", async () => {
  const sandbox = await exportSandbox();
  const args = ["export", "conversations", "details", "--interval", sandbox.interval, "--out", "-"];
  const { exitCode, stdout } = await runGenscope(args, sandbox.env);
  expect(exitCode).toBe(0);
  expect(stdout.split("\n").slice(0, -1)).toEqual(await truthOf(sandbox, sandbox.days));
});

test.each([
  ["SIGINT", "lake", []],
  ["SIGTERM", "all days.ndjson.gz", ["--compress", "gzip"]],
] as const)(
  "an interrupted export exits with 130, and the suggested command completes it: %s",
  async (signal, out, flags) => {
    const trial = await exportTrial(flags, out);
    await holdUp(trial);
    const directory = await tempDir();
    const child = startGenscope(trial.args, trial.env, { directory, input: "" });
    await isHeldUp(trial);
    child.interrupt(signal);
    const { exitCode, stdout, stderr } = await child.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(stderr).toMatch(
      /^error: interrupted; saved so far: [1-9][\d,]* records \([0-3] of 3 parts finished\)\n\nhint: continue: genscope /,
    );
    await act(trial.sandbox, "fault.clear");
    const [, command = ""] = /hint: continue: (.*)\n$/.exec(stderr) ?? [];
    const resumed = await paste(command, trial, directory);
    expect(resumed.exitCode).toBe(0);
    expect(resumed.stderr).toMatch(/^(continuing: [12] of 3 parts [^\n]*\n)?$/);
    await expectWhole(directory, trial);
  },
);

describe("two exports to one destination", () => {
  test.each([
    ["a directory", "lake"],
    ["a file", "all.ndjson"],
  ])("lead to a refusal of the second, and the first continues: %s", async (_what, out) => {
    const trial = await exportTrial([], out);
    await holdUp(trial);
    const directory = await tempDir();
    const first = startGenscope(trial.args, trial.env, { directory, input: "" });
    await isHeldUp(trial);
    for (const more of [[], ["--resume"]]) {
      const second = await runHere([...trial.args, ...more], trial.env, { directory });
      expect(second).toMatchObject({ exitCode: 2, stdout: "" });
      expect(second.stderr).toContain(
        `error: \`${join(directory, out)}\` is in use by another export: process ${first.pid} on `,
      );
    }
    await act(trial.sandbox, "fault.clear");
    expect(await first.ended).toMatchObject({ exitCode: 0 });
    await expectWhole(directory, trial);
  });

  test("ignore a lock file whose process was killed while acquiring it", async () => {
    const trial = await exportTrial();
    const { args, env } = trial;
    const directory = await tempDir();
    await mkdir(join(directory, "lake/.genscope"), { recursive: true });
    await writeFile(join(directory, "lake/.genscope/lock.1"), "");
    // Lock files of an earlier version exist.
    await writeFile(join(directory, "lake/.genscope/lock"), "");
    await writeFile(join(directory, "lake/.genscope/lock.break"), "");
    expect(await runHere(args, env, { directory })).toMatchObject({ exitCode: 0, stderr: "" });
    await expectWhole(directory, trial);
  });
});
