// Measures the throughput of `export` against a loop over the official SDK and against `curl`, which only
// writes the same pages and syncs them. One local server serves all of them in one run. Figures are records
// per second, including the start of each program; the largest resident memory comes from the system. The
// programs take turns for several rounds, because the speed of a machine varies from minute to minute. Each line
// has the median, minimum, maximum and number of runs, and the ratio of the medians.
//
//   tsx test/bench/export.ts                  about 1 GB of records
//   tsx test/bench/export.ts 20000            fewer records
//   tsx test/bench/export.ts 170000 1000000   also the memory for a million records (6 GB of disk)

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { FORMATS } from "../../src/export/writers/formats.ts";

const ROOT = join(import.meta.dirname, "../..");
const BIN = join(ROOT, "bin/genscope.js");
const [records = 170_000, manyRecords = 0] = process.argv.slice(2).map(Number);
const ROUNDS = 5;
/** Number of rounds for programs that take long and are far faster than their limit. */
const FEW_ROUNDS = 3;
const DAY = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
const directory = await mkdtemp(join(tmpdir(), "genscope-bench-"));

interface Server {
  readonly url: string;
  readonly pageBytes: number;
  stop(): void;
}

async function startServer(...numbers: readonly number[]): Promise<Server> {
  const child = spawn(
    join(ROOT, "node_modules/.bin/tsx"),
    [join(import.meta.dirname, "export/page-server.ts"), ...numbers.map(String)],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const [url = "", pageBytes] = line.split(" ");
  return { url, pageBytes: Number(pageBytes), stop: () => child.stdin.end() };
}

interface Run {
  readonly seconds: number;
  readonly residentMb: number;
}

/** Runs a program under `time`, which reports the peak of its resident memory. */
async function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Run> {
  const start = process.hrtime.bigint();
  const child = spawn("/usr/bin/time", ["-f", "resident %M", command, ...args], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { PATH: process.env["PATH"] ?? "", HOME: directory, ...env },
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const [code] = (await once(child, "close")) as [number];
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}: ${errors}`);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return { seconds, residentMb: Number(/resident (\d+)/.exec(errors)?.[1]) / 1024 };
}

async function genscope(server: Server, name: string, ...flags: readonly string[]): Promise<Run> {
  const out = join(directory, name);
  const interval = flags.includes("--interval") ? [] : ["--interval", DAY];
  const result = await run(
    process.execPath,
    [BIN, "export", "conversations", "details", "--out", out, ...interval, ...flags],
    {
      GENSCOPE_CONFIG_DIR: join(directory, "config"),
      GENESYSCLOUD_REGION: server.url,
      GENESYSCLOUD_ACCESS_TOKEN: "benchmark",
    },
  );
  await rm(out, { recursive: true });
  return result;
}

async function sdk(server: Server, format: "ndjson" | "segments" | "tables"): Promise<Run> {
  const out = await mkdtemp(join(directory, "sdk-"));
  const loop = join(directory, "sdk-loop.mjs");
  const result = await run(process.execPath, [loop, server.url, DAY, format, out]);
  await rm(out, { recursive: true });
  return result;
}

async function curl(server: Server, pages: number): Promise<Run> {
  const file = join(directory, "curl.json");
  const url = `${server.url}/api/v2/analytics/conversations/details/jobs/${DAY}/results?pageSize=1000&cursor=[0-${pages - 1}]`;
  const result = await run("sh", ["-c", 'curl -s "$0" > "$1" && sync "$1"', url, file]);
  await rm(file);
  return result;
}

/** The runs of one program. */
interface Runs {
  /** Duration of each run, sorted. */
  readonly seconds: readonly number[];
  readonly residentMb: number;
}

/** Runs the programs in turn, for several rounds. */
async function inTurn(
  rounds: number,
  ...programs: readonly (() => Promise<Run>)[]
): Promise<readonly Runs[]> {
  const runs: Run[][] = programs.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, program] of programs.entries()) runs[index]?.push(await program());
  }
  return runs.map((each) => ({
    seconds: each.map(({ seconds }) => seconds).toSorted((a, b) => a - b),
    residentMb: Math.max(...each.map(({ residentMb }) => residentMb)),
  }));
}

async function single(program: () => Promise<Run>): Promise<Runs> {
  const [runs] = await inTurn(1, program);
  return runs as Runs;
}

function median({ seconds }: Runs): number {
  return seconds[seconds.length >> 1] ?? Number.NaN;
}

/**
 * Prints a program's runs and the ratio of their rate to the base's rate. By default, both have the same number
 * of records.
 */
function show(name: string, runs: Runs, count: number, base: Runs, limit = "", baseCount = count): void {
  const rateOf = (seconds: number) => Math.round(count / seconds).toLocaleString("en-US");
  const { seconds, residentMb } = runs;
  const ratio = (count / median(runs) / (baseCount / median(base))).toFixed(2);
  const spread = `(${rateOf(seconds.at(-1) ?? Number.NaN)} to ${rateOf(seconds[0] ?? Number.NaN)}, ${seconds.length} runs)`;
  console.log(
    `${name.padEnd(28)}${rateOf(median(runs)).padStart(9)} records/s ${spread.padEnd(28)}  x${ratio.padStart(6)}  ${Math.round(residentMb)} MB  ${limit}`,
  );
}

// Bundles the loop like genscope itself, so that no compile time is measured.
await build({
  entryPoints: [join(import.meta.dirname, "export/sdk-loop.ts")],
  outfile: join(directory, "sdk-loop.mjs"),
  bundle: true,
  format: "esm",
  platform: "node",
  external: ["purecloud-platform-client-v2", "csv-stringify"],
});
await symlink(join(ROOT, "node_modules"), join(directory, "node_modules"));

const server = await startServer(records);
console.log(
  `${records} records, ${(((records / 1_000) * server.pageBytes) / 1e9).toFixed(2)} GB, pages of 1,000`,
);
const pages = Math.ceil(records / 1_000);
const [loop, ndjson, copy] = (await inTurn(
  ROUNDS,
  async () => await sdk(server, "ndjson"),
  async () => await genscope(server, "ndjson"),
  async () => await curl(server, pages),
)) as [Runs, Runs, Runs];
show("SDK loop, NDJSON", loop, records, loop);
show("curl and sync", copy, records, loop);
show(
  "genscope, NDJSON",
  ndjson,
  records,
  loop,
  `at least x6.00 and x${((0.9 * median(loop)) / median(copy)).toFixed(2)}, 120 MB`,
);
const gzip = await single(async () => await genscope(server, "gzip", "--compress", "gzip"));
show("genscope, NDJSON, gzip", gzip, records, loop);
const few = Math.min(records, 40_000);
const fewer = records === few ? server : await startServer(few);
const eightDays = ["--interval", `${DAY}/P8D`] as const;
const [fewLoop, csv, parquet] = (await inTurn(
  ROUNDS,
  async () => await sdk(fewer, "ndjson"),
  async () => await genscope(fewer, "csv", "--format", "csv"),
  async () => await genscope(fewer, "parquet", "--format", "parquet"),
)) as [Runs, Runs, Runs];
show("SDK loop, NDJSON", fewLoop, few, fewLoop);
show("genscope, CSV, one day", csv, few, fewLoop, "11 tables, at least x1.50, 300 MB");
show("genscope, Parquet, one day", parquet, few, fewLoop, "11 tables, at least x1.50, 300 MB");
const eight = (await inTurn(
  FEW_ROUNDS,
  async () => await genscope(fewer, "csv-8", "--format", "csv", ...eightDays),
  async () => await genscope(fewer, "parquet-8", "--format", "parquet", ...eightDays),
)) as [Runs, Runs];
for (const [index, format] of (["csv", "parquet"] as const).entries()) {
  const limit = "11 tables, at least x2.50, 300 MB";
  const name = `genscope, ${FORMATS[format].label}, eight days`;
  show(name, eight[index] as Runs, few * 8, fewLoop, limit, few);
}
const csvLoop = await single(async () => await sdk(fewer, "tables"));
show("SDK loop, csv-stringify", csvLoop, few, fewLoop, "the same 11 tables");
const segmentsLoop = await single(async () => await sdk(fewer, "segments"));
show("SDK loop, csv-stringify", segmentsLoop, few, fewLoop, "one table of 24 columns");
fewer.stop();
server.stop();

const paced = await startServer(8_000, 300, 12_000_000);
const fourDays = ["--interval", `${DAY}/P4D`] as const;
const [one, four] = (await inTurn(
  FEW_ROUNDS,
  async () => await genscope(paced, "one", ...fourDays, "--concurrency", "1"),
  async () => await genscope(paced, "four", ...fourDays, "--concurrency", "4"),
)) as [Runs, Runs];
show("paced, one part at a time", one, 32_000, one);
show("paced, four parts in parallel", four, 32_000, one, "at least x3.00");
paced.stop();

const small = await startServer(10_000);
const smallRun = await single(async () => await genscope(small, "small"));
show("NDJSON of 10,000", smallRun, 10_000, smallRun, "memory");
small.stop();
if (manyRecords > 0) {
  const large = await startServer(manyRecords);
  show(
    `NDJSON of ${manyRecords.toLocaleString("en-US")}`,
    await single(async () => await genscope(large, "large")),
    manyRecords,
    smallRun,
    "memory, 120 MB",
  );
  large.stop();
}
await rm(directory, { recursive: true });
