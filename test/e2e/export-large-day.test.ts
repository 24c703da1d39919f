import { expect, test } from "vitest";
import { drawsOf, exportWithKills } from "../support/export-kills.ts";
import { exportSandbox } from "../support/export-sandbox.ts";
import { compareManifest, leftovers, tableFiles } from "../support/export-truth.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Kills per case. */
const KILLS = 6;

test.each([
  { what: "unchanged records", flags: [] },
  { what: "gzip", flags: ["--compress", "gzip"] },
  { what: "Parquet", flags: ["--format", "parquet"] },
])("resumes a day that threads encode or read back, after kills at any moment: $what", async ({ flags }) => {
  const { env, interval } = await exportSandbox({
    conversations: 13_000,
    days: 2,
    settings: { heavyPages: { above: 1_000, status: 413 } },
  });
  const args = ["export", "conversations", "details", "--interval", interval, "--out", "lake", ...flags];
  const whole = await tempDir();
  const start = performance.now();
  expect(await runGenscope(args, env, { directory: whole })).toMatchObject({ exitCode: 0 });
  const usualMs = performance.now() - start;
  const reference = tableFiles(whole);

  const draw = drawsOf(1);
  let kills = 0;
  while (kills < KILLS) {
    const directory = await tempDir();
    const endings = await exportWithKills(args, {
      env,
      directory,
      shouldKill: () => kills < KILLS,
      onKill: () => {
        kills += 1;
      },
      instant: () => usualMs * (0.2 + 0.9 * draw()),
    });
    expect(endings.at(-1)).toMatchObject({ exitCode: 0 });
    expect(tableFiles(directory)).toEqual(reference);
    expect(leftovers(directory)).toEqual([]);
    const { listed, found } = compareManifest(`${directory}/lake/manifest.json`);
    expect(listed).toEqual(found);
  }
});
