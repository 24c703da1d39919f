import { expect, test } from "vitest";
import { AnswerObserver, drawMoment, drawsOf, exportWithKills } from "../support/export-kills.ts";
import { exportSandbox } from "../support/export-sandbox.ts";
import { compareManifest, leftovers, tableFiles } from "../support/export-truth.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Number of kills per case. */
const KILLS = 6;

test.each([
  { what: "unchanged records", flags: [] },
  { what: "gzip", flags: ["--compress", "gzip"] },
  { what: "Parquet", flags: ["--format", "parquet"] },
])("an export resumes after a kill while threads encode or read back a day: $what", async ({ flags }) => {
  const answers = new AnswerObserver();
  const { env, interval } = await exportSandbox({
    onRequest: answers.note,
    // The day fills two chunks of a spool, and part of a third.
    conversations: 11_500,
    days: 2,
    settings: { heavyPages: { above: 1_000, status: 413 } },
  });
  const args = ["export", "conversations", "details", "--interval", interval, "--out", "lake", ...flags];
  const whole = await tempDir();
  void answers.restart();
  expect(await runGenscope(args, env, { directory: whole })).toMatchObject({ exitCode: 0 });
  const timeline = answers.timeline();
  const reference = tableFiles(whole);

  const draw = drawsOf(1);
  let kills = 0;
  while (kills < KILLS) {
    const directory = await tempDir();
    const endings = await exportWithKills(args, {
      env,
      directory,
      answers,
      nextKill: (progress) => (kills < KILLS ? drawMoment(timeline, progress, draw) : null),
      onKill: () => {
        kills += 1;
      },
      finish: runGenscope,
    });
    expect(endings.at(-1)).toMatchObject({ exitCode: 0 });
    expect(tableFiles(directory)).toEqual(reference);
    expect(leftovers(directory)).toEqual([]);
    const { listed, found } = compareManifest(`${directory}/lake/manifest.json`);
    expect(listed).toEqual(found);
  }
});
