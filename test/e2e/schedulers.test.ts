import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { shownByTopic } from "../support/examples.ts";
import { type ExportSandbox, exportSandbox } from "../support/export-sandbox.ts";
import { leftovers, tableFiles } from "../support/export-truth.ts";
import { BIN, runGenscope } from "../support/genscope-process.ts";
import { hasSlurm, startSlurm } from "../support/slurm-cluster.ts";
import { tempDir } from "../support/temp-dir.ts";

const WORKERS = [1, 2, 3, 4];
const TIMEOUT_MS = 120_000;
/** Options with which each of the four workers gets two days of several pages. */
const SHARED = { days: 9, conversations: 800 };

interface Site extends ExportSandbox {
  /** The example of the help page, adapted to the days of the sandbox and a directory of the test. */
  readonly example: string;
  readonly lake: string;
  readonly env: Readonly<Record<string, string>>;
  /** Files of an export by a single program. */
  readonly whole: Readonly<Record<string, string>>;
}

/** Prepares an export with the only example of `genscope help workers` that contains this text. */
async function siteFor(text: string): Promise<Site> {
  const [shown = "", ...others] = shownByTopic("workers").filter((lines) => lines.includes(text));
  expect(others).toEqual([]);
  const setup = await exportSandbox(SHARED);
  const directory = await tempDir();
  await mkdir(join(directory, "bin"));
  await chmod(BIN, 0o755);
  await symlink(BIN, join(directory, "bin", "genscope"));
  const [alone, lake] = [join(directory, "alone"), join(directory, "lake")];
  const args = ["export", "conversations", "details", "--interval", setup.interval, "--out", alone];
  expect(await runGenscope(args, setup.env)).toMatchObject({ exitCode: 0, stderr: "" });
  // Slows down the pages, so that a worker is killed in the middle.
  const where = { path: "/api/v2/analytics/conversations/details/jobs", pathEnd: "/results", method: "GET" };
  await act(setup.sandbox, "fault.add", { kind: "slow", delayMs: 300, times: 1_000, ...where });
  return {
    ...setup,
    example: shown
      .replace("--interval 2026-10", `--interval ${setup.interval}`)
      .replace("/lake/2026-10", lake),
    lake,
    env: { ...setup.env, PATH: `${join(directory, "bin")}:${process.env["PATH"]}` },
    whole: tableFiles(alone),
  };
}

/** Resolves with the process id of a worker once the worker has received records. */
async function runningWorker({ lake }: Site, number: number): Promise<number> {
  const parts = join(lake, ".genscope", `shard-${number}-of-4`);
  const hasRecords = () =>
    existsSync(parts) &&
    readdirSync(parts, { recursive: true, encoding: "utf8" }).some(
      (name) => /journal\.\d+\.ndjson$/.test(name) && readFileSync(join(parts, name)).length > 0,
    );
  await expect.poll(hasRecords, { timeout: TIMEOUT_MS, interval: 20 }).toBe(true);
  expect(existsSync(manifestOf(lake, number))).toBe(false);
  const { stdout } = spawnSync("pgrep", ["--full", `genscope export .*--shard ${number}/4 .*${lake}`], {
    encoding: "utf8",
  });
  const pids = stdout
    .split("\n")
    .filter((pid) => pid !== "" && readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("node"));
  expect(pids).toHaveLength(1);
  return Number(pids[0]);
}

const manifestOf = (lake: string, number: number) => join(lake, `manifest.shard-${number}-of-4.json`);

/** Compares the directory of the workers with an export by a single program. */
async function expectSame({ lake, env, whole }: Site): Promise<void> {
  expect(WORKERS.filter((number) => !existsSync(manifestOf(lake, number)))).toEqual([]);
  expect(await runGenscope(["export", "--verify", lake], env)).toMatchObject({ exitCode: 0 });
  expect(tableFiles(lake)).toEqual(whole);
  expect(leftovers(lake)).toEqual([]);
}

test.skipIf(!hasSlurm())(
  "four tasks of a Slurm array export every record once, although two are killed (needs slurm-wlm)",
  async () => {
    const site = await siteFor("#SBATCH");
    const slurm = await startSlurm();
    const job = slurm.submit(site.example, site.env);
    const reaches = async (number: number, state: RegExp) =>
      await expect
        .poll(() => slurm.run("scontrol", "show", "job", `${job}_${number}`), {
          timeout: TIMEOUT_MS,
          interval: 100,
        })
        .toMatch(state);
    // The script of the example notices that its program was killed, and queues the task again.
    process.kill(await runningWorker(site, 2), "SIGKILL");
    // When the script is killed as well, a user must queue the task again.
    await runningWorker(site, 3);
    slurm.run("scancel", "--full", "--signal=KILL", `${job}_3`);
    await reaches(3, /JobState=(?:FAILED|CANCELLED) /);
    slurm.run("scontrol", "requeue", `${job}_3`);
    // Slurm would let both tasks wait for two minutes, until the credentials of their first runs have expired.
    for (const number of [2, 3]) {
      await reaches(number, /JobState=PENDING /);
      slurm.run("scontrol", "update", `JobId=${job}_${number}`, "StartTime=now");
    }
    await slurm.isIdle();
    const restarts = WORKERS.map((number) =>
      /Restarts=(\d+)/.exec(slurm.run("scontrol", "show", "job", `${job}_${number}`))?.at(1),
    );
    expect(restarts).toEqual(["0", "1", "1", "0"]);
    await expectSame(site);
  },
);

const hasParallel =
  spawnSync("parallel", ["--version"], { encoding: "utf8" }).stdout?.startsWith("GNU") === true;

test.skipIf(!hasParallel)(
  "four workers of GNU parallel export every record once, although one is killed (needs parallel)",
  async () => {
    const site = await siteFor("GNU parallel");
    const script = join(await tempDir(), "workers.sh");
    await writeFile(script, site.example);
    const shell = spawn("sh", [script], { env: site.env, stdio: ["ignore", "ignore", "pipe"] });
    const ended = new Promise<number | null>((resolve) => shell.once("close", resolve));
    onTestFinished(() => void shell.kill());
    process.kill(await runningWorker(site, 3), "SIGKILL");
    expect(await ended).toBe(0);
    await expectSame(site);
  },
);
