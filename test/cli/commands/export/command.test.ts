import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Dataset } from "../../../../src/analytics/datasets/dataset.ts";
import { hasDays } from "../../../../src/analytics/datasets/dataset-access.ts";
import { allDatasets } from "../../../../src/analytics/datasets/datasets.ts";
import { asRecord } from "../../../../src/core/json.ts";
import type { Sandbox } from "../../../../src/sandbox/sandbox.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, call, json, requestToken } from "../../../sandbox/client.ts";
import { DATASET_TRUTHS } from "../../../support/dataset-truths/dataset-truths.ts";
import {
  began,
  byId,
  exportedIn,
  exportStage,
  filesIn,
  linesOf,
  readTrueManifest,
} from "../../../support/export-stage.ts";
import { findViolations, readSchemas, withoutTolerance } from "../../../support/json-schemas.ts";

const DETAILS = ["conversations", "details"];
const FOUR_DAYS = [...DETAILS, "--interval", "2026-10-01/2026-10-05"];

/** Gives the sandbox's client the permissions for recordings. */
async function holdRecordings(sandbox: Sandbox): Promise<void> {
  const permissions = ["recording:recording:view", "recording:screenRecording:view"];
  const role = await act(sandbox, "role.upsert", { name: "Recordings", permissions });
  await act(sandbox, "role.grant", { subject: sandbox.client.id, role: role.at("id"), division: "*" });
}

const isListing = ({ access }: Dataset) => !hasDays(access);

/** Returns the number of entries that the service reports for a listing. */
async function totalOf({ access }: Dataset, sandbox: Sandbox): Promise<unknown> {
  // A listing that is paged by scan cursors reports no total.
  if (access.kind !== "listing" || access.paging === "scan") return null;
  const token = (await requestToken(sandbox, sandbox.client.id, sandbox.client.secret)).text("access_token");
  const paging = { "page-number": { pageSize: "1" }, cursor: { pageSize: "100" } }[access.paging as string];
  const totals = access.queries.map(async (given) => {
    const query = new URLSearchParams({ ...given, ...paging });
    const page = await call(sandbox, `GET ${access.path}?${query}`, { token });
    return Number(page.at("total") ?? page.each("entities", "id").length);
  });
  return (await Promise.all(totals)).reduce((sum, total) => sum + total, 0);
}

describe("exports every dataset", () => {
  test.each(allDatasets().map((dataset) => [dataset.name, dataset] as const))("%s", async (name, dataset) => {
    // Only one conversation in twenty has an evaluation or a survey.
    const isRare = name === "evaluations" || name === "surveys";
    const { run, directory, sandbox, clock } = await exportStage(isRare ? { conversations: 2_000 } : {});
    // API usage reports the requests of a day one day after that day has ended.
    clock.moveTo("2026-10-06T00:00:00.000Z");
    await act(sandbox, "usage.record", { client: "Reporting service", operation: "GET /x", days: 4 });
    const interval = isListing(dataset) ? [] : ["--interval", "2026-10-03/2026-10-05"];
    // The media files are next to the tables, and another test compares them.
    const isOfRecordings = dataset.files?.kind === "recordings";
    if (isOfRecordings) await holdRecordings(sandbox);
    const words = [...name.split(" "), ...interval, ...(isOfRecordings ? ["--what", "index"] : []), "--json"];
    const plain = await run([...words, "--out", "plain"]);
    const tables = await run([...words, "--out", "tables", "--format", "csv"]);
    expect([plain.exitCode, plain.stderr, tables.exitCode, tables.stderr]).toEqual([0, "", 0, ""]);

    const days = isListing(dataset) ? ["all"] : ["2026-10-03", "2026-10-04"];
    const tablesIn = async (out: string) =>
      (await filesIn(join(directory, out))).filter((path) => !path.startsWith("media/"));
    expect(await tablesIn("plain")).toEqual(
      [...days.map((day) => `${dataset.table}/${day}.ndjson`), "manifest.json"].toSorted(),
    );
    expect(await tablesIn("tables")).toEqual(
      [
        ...Object.keys(DATASET_TRUTHS[name]?.tables ?? {}).flatMap((table) =>
          days.map((day) => `${table}/${day}.csv`),
        ),
        "manifest.json",
      ].toSorted(),
    );
    const manifest = await readTrueManifest(join(directory, "plain/manifest.json"));
    const counts = (manifest.each("files", "rows") as number[]).toSorted((a, b) => a - b);
    expect(counts.every((count) => count > 0)).toBe(true);
    expect([manifest.at("records"), manifest.at("isComplete")]).toEqual([
      counts.reduce((sum, count) => sum + count, 0),
      true,
    ]);
    const total = await totalOf(dataset, sandbox);
    if (total !== null) expect(manifest.at("records")).toBe(total);
    const ofTables = await readTrueManifest(join(directory, "tables/manifest.json"));
    expect(ofTables.at("records")).toBe(manifest.at("records"));
    const schema = readSchemas().get("export-manifest");
    for (const { value } of [manifest, ofTables]) {
      expect([...findViolations(schema, value), ...findViolations(withoutTolerance(schema), value)]).toEqual(
        [],
      );
    }
  });
});

describe("the destination of an export", () => {
  test.each([
    ["all.ndjson", [], (bytes: Buffer) => bytes],
    ["ALL.NDJSON", [], (bytes: Buffer) => bytes],
    ["all.jsonl", [], (bytes: Buffer) => bytes],
    ["all.ndjson.gz", [], gunzipSync],
    ["all.ndjson.gz", ["--compress", "gzip"], gunzipSync],
  ] as const)("is one file: %s with %j", async (out, flags, unpack) => {
    const { run, directory, truth } = await exportStage();
    expect((await run([...FOUR_DAYS, "--out", out, ...flags])).exitCode).toBe(0);
    expect(await filesIn(directory)).toEqual([out, `${out}.manifest.json`].toSorted());
    expect(await readdir(directory)).toHaveLength(2);
    const text = unpack(await readFile(join(directory, out))).toString("utf8");
    expect([...byId(linesOf(text))]).toEqual([...began(await truth(), "2026-10-01", "2026-10-05")]);
    await readTrueManifest(join(directory, `${out}.manifest.json`));
  });

  test("with --partition day has a directory per day for each table", async () => {
    const { run, directory } = await exportStage();
    await run([...FOUR_DAYS, "--out", "lake", "--partition", "day"]);
    expect(await filesIn(join(directory, "lake"))).toEqual([
      ...["01", "02", "03", "04"].map((day) => `conversations/date=2026-10-${day}/2026-10-${day}.ndjson`),
      "manifest.json",
    ]);
  });

  test("contains files whose names show the compression", async () => {
    const { run, directory } = await exportStage();
    await run([...DETAILS, "--interval", "2026-10-01", "--out", "lake", "--compress", "gzip"]);
    expect(await filesIn(join(directory, "lake"))).toEqual([
      "conversations/2026-10-01.ndjson.gz",
      "manifest.json",
    ]);
  });

  test("of a listing can be one Parquet file", async () => {
    const { run, directory } = await exportStage();
    expect((await run(["queues", "--out", "queues.parquet"])).exitCode).toBe(0);
    expect((await readFile(join(directory, "queues.parquet"))).subarray(0, 4).toString()).toBe("PAR1");
  });

  test.each([
    ["zstd by default", [], "ZSTD"],
    ["gzip on request", ["--compress", "gzip"], "GZIP"],
    ["nothing on request", ["--compress", "none"], "UNCOMPRESSED"],
  ])("of a listing in Parquet is compressed with %s", async (_what, flags, codec) => {
    const { run, directory } = await exportStage();
    expect((await run(["queues", "--out", "queues.parquet", ...flags])).exitCode).toBe(0);
    const path = join(directory, "queues.parquet");
    expect(await askDuckDb(`select distinct compression from parquet_metadata('${path}')`)).toEqual([
      { compression: codec },
    ]);
  });

  test("has one CSV header on standard output", async () => {
    const { run } = await exportStage();
    const words = ["users", "aggregates", "--interval", "2026-10-03/2026-10-05", "--format", "csv"];
    const { stdout, exitCode } = await run([...words, "--out", "-"]);
    const [header, ...rows] = linesOf(stdout);
    expect([exitCode, rows.length > 0, rows.includes(header ?? "")]).toEqual([0, true, false]);
  });
});

describe("the exported records", () => {
  test("equal those of the service byte for byte", async () => {
    const { run, directory, truth } = await exportStage();
    expect((await run([...FOUR_DAYS, "--out", "lake"])).exitCode).toBe(0);
    expect(await exportedIn(directory)).toEqual(began(await truth(), "2026-10-01", "2026-10-05"));
  });

  test.each([
    ["the first hours of a day", "2026-10-02T00:00Z/2026-10-02T07:30Z"],
    ["the last hours of one and the first of the next", "2026-10-02T21:00Z/2026-10-03T03:00Z"],
    ["an hour in the middle", "2026-10-02T10:00Z/2026-10-02T11:00Z"],
  ])("of a partial day are those that began within the interval: %s", async (_what, interval) => {
    const { run, directory, truth } = await exportStage({ conversations: 2_000 });
    expect((await run([...DETAILS, "--interval", interval, "--out", "lake"])).exitCode).toBe(0);
    const [start = "", end = ""] = interval.split("/");
    const expected = began(await truth(), start, end);
    expect(expected.size).toBeGreaterThan(10);
    expect(await exportedIn(directory)).toEqual(expected);
  });

  test("match the filter, which the job applies", async () => {
    const { run, directory, truth } = await exportStage();
    const words = [...FOUR_DAYS, "--filter", "mediaType=voice", "--json", "--out", "lake"];
    expect((await run(words)).exitCode).toBe(0);
    const exported = await exportedIn(directory);
    const all = began(await truth(), "2026-10-01", "2026-10-05");
    const voice = [...all.values()].filter((line) => line.includes('"mediaType":"voice"'));
    expect([...exported.values()]).toEqual(voice);
    expect(voice.length).toBeLessThan(all.size);
  });

  test("match the filters of a request body", async () => {
    const { run, directory, truth } = await exportStage();
    const body = {
      segmentFilters: [
        { type: "and", predicates: [{ dimension: "mediaType", operator: "matches", value: "chat" }] },
      ],
    };
    const words = [...FOUR_DAYS, "--body", "-", "--out", "lake"];
    expect((await run(words, { input: JSON.stringify(body) })).exitCode).toBe(0);
    const all = began(await truth(), "2026-10-01", "2026-10-05");
    const chats = [...all.values()].filter((line) => line.includes('"mediaType":"chat"'));
    expect([...(await exportedIn(directory)).values()]).toEqual(chats);
  });

  test("of aggregates belong to the days of the given time zone", async () => {
    const { run, directory } = await exportStage();
    const words = ["conversations", "aggregates", "--interval", "2026-10-01/2026-10-04", "--out", "lake"];
    const more = ["--time-zone", "Asia/Kolkata", "--metric", "nOffered", "--group-by", "mediaType"];
    const result = await run([...words, ...more, "--granularity", "1h", "--json"]);
    expect([result.exitCode, json(result.json).at("interval")]).toEqual([
      0,
      "2026-09-30T18:30:00.000Z/2026-10-03T18:30:00.000Z",
    ]);
    expect(await filesIn(join(directory, "lake"))).toEqual([
      "conversations_aggregates/2026-10-01.ndjson",
      "conversations_aggregates/2026-10-02.ndjson",
      "conversations_aggregates/2026-10-03.ndjson",
      "manifest.json",
    ]);
    const text = await readFile(join(directory, "lake/conversations_aggregates/2026-10-02.ndjson"), "utf8");
    const buckets = linesOf(text).flatMap(
      (line) => json(JSON.parse(line)).each("data", "interval") as string[],
    );
    const starts = buckets.map((interval) => interval.slice(0, 16)).toSorted();
    expect([starts[0]?.slice(0, 13), starts.at(-1)?.slice(0, 13)]).toEqual([
      "2026-10-01T18",
      "2026-10-02T17",
    ]);
  });
});

test("prints a summary of the export as text", async () => {
  const { run, directory } = await exportStage();
  const { stdout, stderr } = await run([...FOUR_DAYS, "--out", "lake"]);
  const place = relative(process.cwd(), directory);
  const shown = stdout.replaceAll(place.startsWith("..") ? directory : place, "HERE");
  expect(stderr).toBe("");
  expect(shown.replace(/[\d.]+ [KM]B/, "N KB")).toMatchInlineSnapshot(`
    "complete: 320 records of conversations details in 4 parts

    interval  2026-10-01T00:00:00.000Z/2026-10-05T00:00:00.000Z
    files     4 in HERE/lake, N KB
    manifest  HERE/lake/manifest.json
    open      6 conversations still in progress: \`--incremental\` fetches their days again
    "
  `);
});

test("aggregates in CSV have a column for each group in the response", async () => {
  const { run, directory } = await exportStage();
  const words = ["conversations", "aggregates", "--interval", "2026-10-02", "--metric", "nOffered"];
  expect((await run([...words, "--group-by", "queueId", "--out", "offered.csv"])).exitCode).toBe(0);
  const [header = "", ...rows] = linesOf(await readFile(join(directory, "offered.csv"), "utf8"));
  expect(header).toMatch(/^queueId,mediaType,interval_start,/);
  expect(rows.length).toBeGreaterThan(2);
  // `extra` is the last column. It is empty, because every field has a column.
  for (const row of rows) expect(row).toMatch(/^[0-9a-f-]{36},[a-z]+,.*,\r?$/);
});

test("deletes jobs after their parts even when the first deletion failed", async () => {
  const { run, sandbox } = await exportStage();
  const path = "/api/v2/analytics/conversations/details/jobs";
  await act(sandbox, "fault.add", { kind: "status", status: 400, method: "DELETE", path, times: 4 });
  expect((await run([...FOUR_DAYS, "--out", "all.ndjson"])).exitCode).toBe(0);
  const jobs = await call(sandbox, "GET /sandbox/jobs");
  expect(jobs.each("jobs", "deleted")).toEqual([true, true, true, true]);
});

test("deletes every job that it submitted", async () => {
  const { run, sandbox } = await exportStage();
  await run([...FOUR_DAYS, "--out", "lake"]);
  const jobs = await call(sandbox, "GET /sandbox/jobs");
  expect(jobs.each("jobs", "deleted")).toEqual([true, true, true, true]);
});

test.each<[string, string]>([
  ["presence definitions", "deactivated"],
  ["flows", "deleted"],
])(
  "exported %s include entries that the platform leaves out by default, as the manifest states",
  async (name, state) => {
    const { run, directory } = await exportStage();
    const { exitCode } = await run([...name.split(" "), "--out", "lake"]);
    const files = (await filesIn(directory)).filter((file) => file.endsWith(".ndjson"));
    const texts = await Promise.all(files.map(async (file) => await readFile(join(directory, file), "utf8")));
    const records = texts.flatMap(linesOf).map((line) => asRecord(JSON.parse(line)));
    const manifest = asRecord(JSON.parse(await readFile(join(directory, "lake", "manifest.json"), "utf8")));
    expect([exitCode, new Set(records.map((record) => record[state]))]).toEqual([0, new Set([false, true])]);
    expect([manifest["isComplete"], manifest["contents"]]).toEqual([
      true,
      `all ${name}, including ${state} ones`,
    ]);
  },
);
