import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { act } from "../sandbox/client.ts";
import { drawsOf } from "../support/export-kills.ts";
import {
  canMakeHosts,
  findFakeTime,
  processOf,
  type Racer,
  race,
  startRacer,
} from "../support/export-race.ts";
import { type ExportSandbox, exportSandbox } from "../support/export-sandbox.ts";
import { expectVerified } from "../support/export-trial.ts";
import {
  compareManifest,
  type Files,
  filesBelow,
  leftovers,
  readManifest,
  tableFiles,
} from "../support/export-truth.ts";
import { runHere } from "../support/genscope-here.ts";
import { runGenscope } from "../support/genscope-process.ts";
import { tempDir } from "../support/temp-dir.ts";

const CONVERSATIONS = ["conversations", "details"];

/** Exports that together cover every format and layout. */
const EXPORTS: readonly {
  readonly dataset: readonly string[];
  readonly flags: readonly string[];
  readonly out: string;
  readonly shards?: number;
}[] = [
  { dataset: CONVERSATIONS, flags: [], out: "lake" },
  { dataset: CONVERSATIONS, flags: ["--format", "csv"], out: "lake" },
  { dataset: CONVERSATIONS, flags: [], out: "all.ndjson" },
  { dataset: CONVERSATIONS, flags: ["--format", "parquet"], out: "lake" },
  { dataset: CONVERSATIONS, flags: ["--compress", "gzip", "--partition", "day"], out: "lake" },
  {
    dataset: CONVERSATIONS,
    flags: ["--format", "csv", "--compress", "gzip", "--partition", "day"],
    out: "lake",
  },
  { dataset: CONVERSATIONS, flags: [], out: "all.ndjson.gz" },
  {
    dataset: CONVERSATIONS,
    flags: ["--format", "parquet", "--compress", "zstd", "--partition", "day"],
    out: "lake",
  },
  { dataset: CONVERSATIONS, flags: [], out: "lake", shards: 2 },
  { dataset: CONVERSATIONS, flags: ["--compress", "zstd"], out: "lake" },
  { dataset: ["users"], flags: [], out: "users.csv" },
  { dataset: CONVERSATIONS, flags: ["--format", "csv"], out: "lake", shards: 3 },
];
type Export = (typeof EXPORTS)[number];

/** Clock offsets in seconds, from seconds to a day, in both directions. */
const OFFSETS = [0, 3, -3, 20, -45, 65, -65, 300, -300, 3_600, -3_600, 7_200, -36_000, 90_000];

/**
 * Number of trials. `GENSCOPE_RACES` and `GENSCOPE_STOPS` set higher numbers, and `GENSCOPE_FIRST_SEED` selects other
 * trials.
 */
const RACES = Number(process.env["GENSCOPE_RACES"] ?? 16);
const STOPS = Number(process.env["GENSCOPE_STOPS"] ?? 1);
const FIRST_SEED = Number(process.env["GENSCOPE_FIRST_SEED"] ?? 0);
const CONCURRENT_TRIALS = 3;
const MOST_RUNS = 30;
/** Time limit that suffices on a slow machine and grows with the number of trials. */
const TIMEOUT_MS = 900_000 + 20_000 * (RACES + STOPS);

const library = findFakeTime() ?? "";
const hasHosts = canMakeHosts();

/** A sandbox and the results of undisturbed exports to compare with. */
interface Setup {
  readonly sandbox: ExportSandbox;
  readonly undisturbed: ReadonlyMap<Export, Files>;
  /** Duration of an export that competes with others, in milliseconds. */
  readonly usualMs: number;
}

async function prepareSandbox(exports: readonly Export[]): Promise<Setup> {
  const sandbox = await exportSandbox({ conversations: 240, days: 4 });
  const undisturbed = new Map<Export, Files>();
  for (const each of exports) {
    const directory = await tempDir();
    expect(await runHere(argumentsOf(each, sandbox), sandbox.env, { directory })).toMatchObject({
      exitCode: 0,
    });
    undisturbed.set(each, tableFiles(directory));
  }
  // Slow responses make runs overlap when they start within a second of each other.
  await act(sandbox.sandbox, "fault.add", { kind: "slow", path: "/api/v2/", delayMs: 80, times: 1_000_000 });
  const [first] = exports;
  const start = performance.now();
  if (first !== undefined) {
    await runGenscope(argumentsOf(first, sandbox), sandbox.env, { directory: await tempDir() });
  }
  return { sandbox, undisturbed, usualMs: performance.now() - start };
}

function argumentsOf({ dataset, flags, out }: Export, { interval }: ExportSandbox): readonly string[] {
  const intervalFlags = dataset === CONVERSATIONS ? ["--interval", interval] : [];
  return ["export", ...dataset, ...intervalFlags, "--out", out, ...flags, "--concurrency", "2"];
}

/** Returns the flags of each worker: one without flags, or one per shard. */
function workersOf({ shards }: Export): readonly (readonly string[])[] {
  return shards === undefined
    ? [[]]
    : Array.from({ length: shards }, (_, index) => ["--shard", `${index + 1}/${shards}`]);
}

/** Draws two or three runs per worker. The same number produces the same runs. */
function racersOf(each: Export, number: number, usualMs: number): readonly Racer[] {
  const draw = drawsOf(number);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(draw() * items.length)] as Item;
  const isApart = hasHosts && draw() < 0.2;
  const count = draw() < 0.6 ? 2 : 3;
  return workersOf(each).flatMap((worker) =>
    Array.from({ length: count }, (_, index) => ({
      clockOffset: pick(OFFSETS),
      steppedTo: draw() < 0.4 ? pick(OFFSETS) : null,
      startsAfterMs: Math.floor(draw() * 1_000),
      killedAfterMs: draw() < 0.35 ? Math.floor(usualMs * (0.2 + 1.2 * draw())) : null,
      host: isApart ? (draw() < 0.5 ? "same" : `host-${index}`) : null,
      flags: [...worker, ...(draw() < 0.5 ? ["--resume"] : [])],
    })),
  );
}

function manifestsOf({ out }: Export, directory: string): readonly string[] {
  return filesBelow(directory)
    .filter((path) =>
      out.includes(".") ? path === `${out}.manifest.json` : /^lake\/manifest[^/]*\.json$/.test(path),
    )
    .map((path) => join(directory, path));
}

/** Asserts that a manifest marked complete lists exactly the files that exist. */
function expectTruthfulManifests(each: Export, directory: string): void {
  for (const path of manifestsOf(each, directory)) {
    if (!readManifest(path).isComplete) continue;
    const { listed, found } = compareManifest(path);
    expect(listed).toEqual(found);
  }
}

/** Resumes until every worker reports completion. Compares the result with the undisturbed export. */
async function expectWhole(each: Export, { sandbox, undisturbed }: Setup, directory: string): Promise<void> {
  const args = argumentsOf(each, sandbox);
  for (const worker of workersOf(each)) {
    for (let run = 1; ; run += 1) {
      const ending = await runHere([...args, ...worker, "--resume"], sandbox.env, { directory });
      expectTruthfulManifests(each, directory);
      if (ending.exitCode === 0) break;
      if (run === MOST_RUNS) throw new Error(`not complete: ${JSON.stringify(ending)}`);
    }
  }
  const files = tableFiles(directory);
  const own = Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("clock-")));
  expect(own).toEqual(undisturbed.get(each));
  expect(leftovers(directory)).toEqual([]);
  const manifests = manifestsOf(each, directory);
  expect(manifests).toHaveLength(workersOf(each).length);
  expect(manifests.map((path) => readManifest(path).isComplete)).not.toContain(false);
  const named = manifests.flatMap((path) => readManifest(path).files.map((file) => file.path));
  const prefix = each.out.includes(".") ? "" : `${each.out}/`;
  expect(named.map((path) => `${prefix}${path}`).toSorted()).toEqual(Object.keys(own).toSorted());
  await expectVerified(join(directory, each.out));
}

describe.skipIf(library === "")("exports with different clocks in one directory (needs libfaketime)", () => {
  test(
    `lose no record when started within a second, killed and resumed: ${RACES} times`,
    async () => {
      const setup = await prepareSandbox(EXPORTS);
      const codes: (number | null)[] = [];
      let next = FIRST_SEED;
      async function runTrials(): Promise<void> {
        while (next < FIRST_SEED + RACES) {
          const number = next;
          next += 1;
          const each = EXPORTS[number % EXPORTS.length] as Export;
          const racers = racersOf(each, number, setup.usualMs);
          const directory = await tempDir();
          const args = argumentsOf(each, setup.sandbox);
          const endings = await race(racers, args, { env: setup.sandbox.env, directory, library });
          const ended = endings.map(({ exitCode }) => exitCode);
          codes.push(...ended);
          const about = JSON.stringify({ number, each, racers, endings });
          // Exit code 2: refused, because another run is active or was first. 8: another run took over.
          expect([null, 0, 2, 8], about).toEqual(expect.arrayContaining(ended));
          expectTruthfulManifests(each, directory);
          await expectWhole(each, setup, directory).catch((cause: unknown) => {
            throw new Error(about, { cause });
          });
        }
      }
      await Promise.all(Array.from({ length: CONCURRENT_TRIALS }, runTrials));
      expect(codes).toEqual(expect.arrayContaining([null, 0, 2]));
    },
    TIMEOUT_MS,
  );

  test.skipIf(!hasHosts)(
    `lose no record when a run is paused for over a minute, taken over and resumed: ${STOPS} times`,
    async () => {
      const setup = await prepareSandbox(EXPORTS);
      async function trial(number: number): Promise<void> {
        const each = EXPORTS[number % EXPORTS.length] as Export;
        const draw = drawsOf(1_000 + number);
        const [worker = []] = workersOf(each);
        const host = (name: string, clockOffset: number, flags: readonly string[]): Racer => ({
          ...{ clockOffset, steppedTo: null, startsAfterMs: 0, killedAfterMs: null },
          ...{ host: name, flags: [...worker, ...flags] },
        });
        const directory = await tempDir();
        const args = argumentsOf(each, setup.sandbox);
        const options = { env: setup.sandbox.env, directory, library };
        const first = startRacer(host("one", -300, []), args, options);
        // Stops the run in the middle: as soon as it has begun a part, or slightly later.
        const hasBegun = () => filesBelow(directory).some((path) => /journal\.\d+\.ndjson$/.test(path));
        await expect.poll(hasBegun, { timeout: 240_000, interval: 10 }).toBe(true);
        await delay(draw() * 500);
        const pid = processOf(first);
        process.kill(pid, "SIGSTOP");
        const second = startRacer(host(draw() < 0.5 ? "one" : "two", 300, ["--resume"]), args, options);
        const isOver = second.ended.then(() => true);
        // Wakes the first run right after the takeover by the second, or when the second has ended.
        await Promise.race([isOver, delay(61_000 + draw() * 4_000)]);
        process.kill(pid, "SIGCONT");
        const endings = await Promise.all([first.ended, second.ended]);
        const ended = endings.map(({ exitCode }) => exitCode);
        const about = JSON.stringify({ number, each, endings });
        expect([0, 2, 8], about).toEqual(expect.arrayContaining(ended));
        expectTruthfulManifests(each, directory);
        await expectWhole(each, setup, directory).catch((cause: unknown) => {
          throw new Error(about, { cause });
        });
      }
      await Promise.all(Array.from({ length: STOPS }, async (_, index) => await trial(FIRST_SEED + index)));
    },
    TIMEOUT_MS,
  );
});
