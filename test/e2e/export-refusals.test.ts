import { join } from "node:path";
import { expect, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { jobsOf } from "../support/export-sandbox.ts";
import { expectWhole, exportTrial, manifestPathOf } from "../support/export-trial.ts";
import { linesOf, readManifest, truthOf } from "../support/export-truth.ts";
import { runHere } from "../support/genscope-here.ts";
import { tempDir } from "../support/temp-dir.ts";

const JOBS = "/api/v2/analytics/conversations/details/jobs";

test("an export silently renews tokens that are revoked while it runs", async () => {
  const trial = await exportTrial();
  const { sandbox, args, env } = trial;
  await act(sandbox, "tokens.revoke", { after: 9, times: 3 });
  const directory = await tempDir();
  expect(await runHere(args, env, { directory })).toMatchObject({ exitCode: 0, stderr: "" });
  await expectWhole(directory, trial);
});

test.each([
  ["a directory", "lake"],
  ["a file", "all.ndjson"],
])(
  "an export records a refused day as a gap, exits with 3 and fills the gap once the day is allowed: %s",
  async (_what, out) => {
    const trial = await exportTrial([], out);
    const { sandbox, args, env } = trial;
    const day = trial.dayBefore(2);
    await act(sandbox, "day.deny", { day, times: 100 });
    const directory = await tempDir();
    const refused = await runHere(args, env, { directory });
    expect(refused.exitCode).toBe(3);
    expect(refused.stderr).toMatch(
      /hint: fetch the missing parts once the token may read them: genscope .* --resume\n/,
    );
    const { isComplete, gaps, parts } = readManifest(manifestPathOf(out, directory));
    expect({ isComplete, gaps }).toEqual({
      isComplete: false,
      gaps: [
        {
          part: day,
          interval: `${day}T00:00:00.000Z/${trial.dayBefore(1)}T00:00:00.000Z`,
          code: "api.forbidden",
          reason: expect.stringContaining("403"),
          correlationId: expect.any(String),
        },
      ],
    });
    expect(parts.map(({ part }) => part)).toEqual([trial.dayBefore(3), trial.dayBefore(1)]);
    await act(sandbox, "fault.clear");
    expect((await runHere([...args, "--resume"], env, { directory })).exitCode).toBe(0);
    // In a single file, the day that was fetched late is at the end, so the order of the days differs.
    if (out === "lake") {
      await expectWhole(directory, trial);
    } else {
      expect(linesOf(join(directory, out)).toSorted()).toEqual((await truthOf(trial, trial.days)).toSorted());
    }
  },
);

test("an export exits with 7 on a rate limit that lasts for hours, and fetches the rest afterwards", async () => {
  const trial = await exportTrial();
  const { sandbox, args, env } = trial;
  const limit = { status: 429, code: "too.many.requests", retryAfterSeconds: 7_200 };
  await act(sandbox, "fault.add", { kind: "status", path: JOBS, after: 26, times: 1_000, ...limit });
  const directory = await tempDir();
  const limited = await runHere(args, env, { directory });
  expect(limited).toMatchObject({ exitCode: 7, stdout: "" });
  expect(limited.stderr).toMatch(/^saved so far: .*; continue with: genscope export .* --resume\n/);
  expect(limited.stderr).toMatch(/this token's rate limit is used up until \d{4}-/);
  await act(sandbox, "fault.clear");
  expect((await runHere([...args, "--resume"], env, { directory })).exitCode).toBe(0);
  await expectWhole(directory, trial);
});

test.each(["FAILED", "CANCELLED"])(
  "export jobs that repeatedly end as %s are deleted, leave a gap and cause exit code 8",
  async (outcome) => {
    const trial = await exportTrial();
    const { sandbox, args, env } = trial;
    await act(sandbox, "job.fault", { outcome, times: 4 });
    const directory = await tempDir();
    const lost = await runHere([...args, "--concurrency", "1"], env, { directory });
    expect(lost.exitCode).toBe(8);
    const { gaps, parts } = readManifest(join(directory, "lake/manifest.json"));
    expect(gaps.map(({ part, code }) => [part, code])).toEqual([[trial.dayBefore(3), "export.job_lost"]]);
    expect(parts.map(({ part }) => part)).toEqual([trial.dayBefore(2), trial.dayBefore(1)]);
    expect((await runHere([...args, "--resume"], env, { directory })).exitCode).toBe(0);
    await expectWhole(directory, trial);
    expect((await jobsOf(trial)).filter(({ isDeleted }) => !isDeleted)).toEqual([]);
  },
);
