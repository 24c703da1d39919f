import { join } from "node:path";
import { expect } from "vitest";
import { act } from "../sandbox/client.ts";
import { CONVERSATIONS, KILL_CASES, type KillCase } from "./export-kill-cases.ts";
import { AnswerObserver, drawMoment, drawsOf, exportWithKills } from "./export-kills.ts";
import { type ExportSandbox, exportSandbox, jobsOf } from "./export-sandbox.ts";
import { expectVerified, manifestPathOf } from "./export-trial.ts";
import { compareManifest, leftovers, linesOf, readManifest, tableFiles, truthOf } from "./export-truth.ts";
import { runGenscope } from "./genscope-process.ts";
import { withoutProgress } from "./progress-lines.ts";
import { tempDir } from "./temp-dir.ts";

const NUMBER_OF_CASES = Object.values(KILL_CASES).flat().length;
/** Number of kills per case. `GENSCOPE_KILLS` sets the total of all cases. */
const KILLS_PER_CASE = Math.ceil(Number(process.env["GENSCOPE_KILLS"] ?? 210) / NUMBER_OF_CASES);
/** Number of kills of one export before the next one starts. */
const KILLS_PER_EXPORT = 5;

/** Number of kills in all test files together. */
export const NUMBER_OF_KILLS = NUMBER_OF_CASES * KILLS_PER_CASE;

/**
 * Kills exports at random moments and resumes them, until the case has had its number of kills. Compares each
 * completed export with an undisturbed one.
 */
export async function killAndResume(each: KillCase): Promise<void> {
  const answers = new AnswerObserver();
  const setup = await exportSandbox({ ...each.sandbox, onRequest: answers.note });
  await each.prepare?.(setup);
  const args = argumentsOf(each, setup);
  void answers.restart();
  const whole = await exportOnce(each, setup, args);
  const timeline = answers.timeline();
  const reference = tableFiles(whole);
  if (each.dataset === CONVERSATIONS) await expectTruth(each, setup, whole);
  if (each.faults !== undefined) {
    await act(setup.sandbox, "faults.random", { seed: 5, ...each.faults });
    // Runs once without a kill, so that retries with long waits happen as well.
    const directory = await tempDir();
    const unkilled = { nextKill: () => null, onKill: () => undefined };
    await exportWithKills(args, { env: setup.env, directory, answers, ...unkilled });
    expect(tableFiles(directory)).toEqual(reference);
  }

  const draw = drawsOf(1);
  let kills = 0;
  while (kills < KILLS_PER_CASE) {
    const most = Math.min(kills + KILLS_PER_EXPORT, KILLS_PER_CASE);
    const directory = await tempDir();
    const endings = await exportWithKills(args, {
      env: setup.env,
      directory,
      answers,
      nextKill: (progress) => (kills < most ? drawMoment(timeline, progress, draw) : null),
      onKill: () => {
        kills += 1;
      },
    });
    expect(endings.at(-1)).toEqual({
      exitCode: 0,
      stdout: expect.anything(),
      stderr: expect.any(String),
    });
    expect(tableFiles(directory)).toEqual(reference);
    expect(leftovers(directory)).toEqual([]);
    expectSameManifest(each, directory, whole);
    await expectVerified(join(directory, each.out));
  }
  expect(kills).toBe(KILLS_PER_CASE);

  if (each.leavesJobs === true) return;
  // The program can't delete a job if it never received the job's id. Nothing has polled such a job.
  const left = (await jobsOf(setup)).filter(({ isDeleted }) => !isDeleted);
  expect(left.filter(({ polls }) => polls > 0)).toEqual([]);
}

function argumentsOf(
  { dataset, flags, out, hasDays, daysOff = 0 }: KillCase,
  { interval: all, dayBefore }: ExportSandbox,
): readonly string[] {
  const interval = daysOff === 0 ? all : `${all.split("/")[0]}/${dayBefore(daysOff)}`;
  const isTail = flags.includes("--fresh-tail");
  // With a later end, provisional data would end at the minute of the run, which differs between runs.
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const stretch = isTail ? `${dayBefore(3)}/${hourAgo}` : interval;
  return [
    "export",
    ...dataset,
    ...(dataset === CONVERSATIONS || hasDays === true ? ["--interval", stretch] : []),
    "--out",
    out,
    ...flags,
  ];
}

/** Runs an export without disturbance. @returns the working directory */
async function exportOnce(each: KillCase, setup: ExportSandbox, args: readonly string[]): Promise<string> {
  const directory = await tempDir();
  const { exitCode, stderr } = await runGenscope(args, setup.env, { directory });
  const notes = withoutProgress(stderr);
  expect({ exitCode, notes }).toEqual({ exitCode: 0, notes: expect.stringMatching(each.notes ?? /^$/) });
  expect(readManifest(manifestPathOf(each.out, directory))).toMatchObject({ isComplete: true, gaps: [] });
  return directory;
}

/** Compares an undisturbed export with the sandbox's data. */
async function expectTruth(each: KillCase, setup: ExportSandbox, directory: string): Promise<void> {
  const path = manifestPathOf(each.out, directory);
  const { parts, files, records } = readManifest(path);
  const truth = await truthOf(setup, parts);
  expect(truth.length).toBeGreaterThan(150);
  expect(records).toBe(truth.length);
  const rows = files.filter(({ table }) => table === "conversations").map((file) => file.rows);
  expect(rows.reduce((sum, count) => sum + count, 0)).toBe(truth.length);
  if (each.flags.includes("csv") || each.flags.includes("parquet") || each.flags.includes("zstd")) return;
  const lines = files.flatMap((file) => linesOf(join(path, "..", file.path)));
  expect(lines).toEqual(truth);
}

/** Compares the manifest of a disturbed export with its files and with the manifest of an undisturbed one. */
function expectSameManifest(each: KillCase, directory: string, whole: string): void {
  const path = manifestPathOf(each.out, directory);
  const { listed, found } = compareManifest(path);
  expect(listed).toEqual(found);
  const [one, other] = [path, manifestPathOf(each.out, whole)].map((manifest) => {
    const { isComplete, records, gaps, files, media, parts } = readManifest(manifest);
    const counts = parts.map(({ part, interval, records, open }) => ({ part, interval, records, open }));
    return { isComplete, records, gaps, files, media, counts };
  });
  expect(one).toEqual(other);
}
