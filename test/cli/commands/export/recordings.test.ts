import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../../../src/core/json.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, call, clientHolding, json, requestToken } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { type ExportStage, exportStage, filesIn, linesOf } from "../../../support/export-stage.ts";

const DAY = "2026-10-03";
const EXPORT = ["recordings", "--interval", DAY, "--out", "calls"];
/** Permissions that are needed to export every kind of recording. */
const PERMISSIONS = [
  "analytics:conversationDetail:view",
  "recording:recording:view",
  "recording:screenRecording:view",
];

interface RecordingStage extends ExportStage {
  /** Token of the client that runs the export. */
  readonly token: string;
}

/** Starts a sandbox with a client that is allowed to export recordings. */
async function stageOf(settings: JsonRecord = {}, permissions = PERMISSIONS): Promise<RecordingStage> {
  const stage = await exportStage({ conversations: 250, days: 5 }, settings);
  const { token } = await clientHolding(stage.sandbox, permissions);
  const env = credentialsFor({ ...stage.sandbox, accessToken: token });
  return { ...stage, token, run: async (argv, options) => await stage.run(argv, { env, ...options }) };
}

interface Row {
  readonly id?: string;
  readonly conversationId: string;
  readonly media?: string;
  readonly fileState?: string;
  readonly downloadPath?: string;
  readonly downloadBytes?: number;
  readonly downloadSha256?: string;
  readonly downloadCode?: string;
}

/** Returns the rows of a list of recordings. */
async function rowsOf({ directory }: ExportStage, path = `calls/recordings/${DAY}.ndjson`) {
  return linesOf(await readFile(join(directory, path), "utf8")).map((line) => JSON.parse(line) as Row);
}

/** Returns the requests to a path, as recorded by the sandbox. */
async function seen({ sandbox }: ExportStage, path: string) {
  const { value } = await call(sandbox, "GET /sandbox/requests");
  const { requests } = value as {
    requests: { method: string; path: string; headers: Record<string, string>; status: number | null }[];
  };
  return requests.filter((request) => request.path.startsWith(path));
}

async function manifestOf({ directory }: ExportStage, out = "calls") {
  return json(JSON.parse(await readFile(join(directory, out, "manifest.json"), "utf8")));
}

describe("exported recordings", () => {
  test("have a list with their size and hash, and contain neither the token nor download addresses", async () => {
    const stage = await stageOf();
    const result = await stage.run([...EXPORT, "--verbose"]);
    expect(result.exitCode).toBe(0);
    const rows = await rowsOf(stage);
    const fetched = rows.filter(({ downloadPath }) => downloadPath !== undefined);
    expect(fetched.length).toBeGreaterThan(30);
    expect(rows.filter(({ fileState }) => fileState !== "AVAILABLE")).toEqual(
      rows.filter(({ downloadCode }) => downloadCode === "archived" || downloadCode === "deleted"),
    );
    for (const { downloadPath = "", downloadBytes, downloadSha256 } of fetched) {
      const bytes = await readFile(join(stage.directory, "calls", downloadPath));
      expect(bytes.length).toBe(downloadBytes);
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(downloadSha256);
    }
    const manifest = await manifestOf(stage);
    expect(manifest.each("media.files", "path").toSorted()).toEqual(
      fetched.map(({ downloadPath }) => downloadPath).toSorted(),
    );
    const downloads = await seen(stage, "/media/");
    expect(downloads.map(({ headers }) => headers["authorization"])).toEqual(downloads.map(() => undefined));
    expect(new Set(downloads.map(({ status }) => status))).toEqual(new Set([200]));
    const names = await readdir(join(stage.directory, "calls"), { recursive: true, withFileTypes: true });
    const texts = await Promise.all(
      names
        .filter((entry) => entry.isFile() && /\.(nd)?json$/.test(entry.name))
        .map(async ({ parentPath, name }) => await readFile(join(parentPath, name), "utf8")),
    );
    const all = [...texts, result.stdout, result.stderr].join("\n");
    expect(all).not.toContain("X-Signature");
    expect(all).not.toContain(stage.token);
    expect((await stage.run(["--verify", "calls"])).exitCode).toBe(0);
  });

  test.each(["csv", "parquet"] as const)("can be joined with their list in %s by DuckDB", async (format) => {
    const stage = await stageOf();
    expect((await stage.run([...EXPORT, "--format", format])).exitCode).toBe(0);
    const list = join(stage.directory, `calls/recordings/${DAY}.${format}`);
    const [row] = await askDuckDb(
      `select count(*)::int as rows, count(distinct id)::int as ids, count(downloadPath)::int as files,
       sum(downloadBytes)::int as bytes, count(downloadCode)::int as lacking, count(extra)::int as extra from '${list}'`,
    );
    const manifest = await manifestOf(stage);
    const sizes = manifest.each("media.files", "bytes") as number[];
    expect(row).toMatchObject({
      ids: row?.["rows"],
      files: sizes.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      lacking: Number(row?.["rows"]) - sizes.length,
      extra: 0,
    });
    expect((await stage.run(["--verify", "calls"])).exitCode).toBe(0);
  });

  test("are limited to media types with `--media`, and listed separately", async () => {
    const stage = await stageOf();
    expect((await stage.run([...EXPORT, "--media", "screen,email"])).exitCode).toBe(0);
    const rows = await rowsOf(stage);
    expect(new Set(rows.map(({ media }) => media))).toEqual(new Set(["screen", "email"]));
    const files = await filesIn(join(stage.directory, "calls/media"));
    expect(files).toHaveLength(rows.filter(({ downloadPath }) => downloadPath !== undefined).length);
  });

  test("are not downloaded with `--what index`, and the list may be one file", async () => {
    const stage = await stageOf();
    const args = ["recordings", "--interval", "2026-10-03/2026-10-05", "--what", "index"];
    expect((await stage.run([...args, "--out", "list.csv"])).exitCode).toBe(0);
    expect(await seen(stage, "/media/")).toEqual([]);
    expect(await seen(stage, "/api/v2/recording/batchrequests")).toEqual([]);
    const [row] = await askDuckDb(
      `select count(id)::int as ids, count(downloadCode)::int as codes from '${join(stage.directory, "list.csv")}'`,
    );
    expect(row).toMatchObject({ codes: 0 });
    expect(row?.["ids"]).toBeGreaterThan(60);
    const piped = await stage.run([...args, "--out", "-"]);
    expect(linesOf(piped.stdout)).toHaveLength(Number(row?.["ids"]));
  });
});

describe("the download addresses of recordings", () => {
  test("that have expired are replaced by requesting another batch", async () => {
    const stage = await stageOf();
    await act(stage.sandbox, "fault.add", { kind: "status", status: 403, path: "/media/", times: 7 });
    expect((await stage.run(EXPORT)).exitCode).toBe(0);
    const batches = (await seen(stage, "/api/v2/recording/batchrequests")).filter(
      ({ method }) => method === "POST",
    );
    expect(batches).toHaveLength(2);
    expect((await stage.run(["--verify", "calls"])).exitCode).toBe(0);
  });

  test("that never work are listed, and --resume fetches the files once they do", async () => {
    const stage = await stageOf({ recordingUrlSeconds: 0 });
    const result = await stage.run([...EXPORT, "--json"]);
    expect(result.exitCode).toBe(8);
    const codes = new Set((await rowsOf(stage)).map(({ downloadCode }) => downloadCode));
    expect(codes).toContain("address_refused");
    expect(json(result.json).each("gaps", "code")).toEqual(["export.media_missing"]);
    await act(stage.sandbox, "settings.patch", { settings: { recordingUrlSeconds: 60 } });
    expect((await stage.run([...EXPORT, "--resume"])).exitCode).toBe(0);
  });

  test("may redirect only a few times", async () => {
    const stage = await stageOf({ mediaRedirects: 2 });
    expect((await stage.run(EXPORT)).exitCode).toBe(0);
    await act(stage.sandbox, "settings.patch", { settings: { mediaRedirects: 9 } });
    const args = ["recordings", "--interval", "2026-10-02", "--out", "other"];
    expect((await stage.run(args)).exitCode).toBe(8);
    const rows = await rowsOf(stage, "other/recordings/2026-10-02.ndjson");
    expect(new Set(rows.map(({ downloadCode }) => downloadCode))).toContain("unsafe_address");
  });

  test("are requested again after a truncated download, and the file is complete", async () => {
    const stage = await stageOf();
    await act(stage.sandbox, "fault.add", { kind: "truncated", path: "/media/", times: 2 });
    await act(stage.sandbox, "fault.add", { kind: "cut", path: "/media/", times: 1 });
    expect((await stage.run(EXPORT)).exitCode).toBe(0);
    expect((await stage.run(["--verify", "calls"])).exitCode).toBe(0);
  });
});

test("a recording that failed is listed without stopping the export, and `--resume` fetches only that recording", async () => {
  const stage = await stageOf({ recordings: { archived: 0, deleted: 0, notReady: 0.1, failing: 0.2 } });
  const result = await stage.run(EXPORT);
  expect(result.exitCode).toBe(8);
  expect(result.stdout).toMatch(/^no file +\d+ records?: batch_failed$/m);
  const before = await rowsOf(stage);
  const missing = before.filter(({ downloadPath }) => downloadPath === undefined);
  expect(new Set(missing.map(({ downloadCode }) => downloadCode))).toEqual(
    new Set(["batch_failed", "not_ready"]),
  );
  const already = (await seen(stage, "/media/")).length;
  const settings = { recordings: { archived: 0, deleted: 0, notReady: 0, failing: 0 } };
  await act(stage.sandbox, "settings.patch", { settings });
  expect((await stage.run([...EXPORT, "--resume"])).exitCode).toBe(0);
  const after = await rowsOf(stage);
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.every(({ downloadPath }) => downloadPath !== undefined)).toBe(true);
  expect((await seen(stage, "/media/")).length - already).toBe(missing.length);
  expect((await stage.run(["--verify", "calls"])).exitCode).toBe(0);
});

describe("a refused export of recordings", () => {
  test("is diagnosed once and leaves a gap when every recording is refused", async () => {
    const stage = await stageOf({}, ["analytics:conversationDetail:view"]);
    const { exitCode, stderr } = await stage.run([
      "recordings",
      "--interval",
      "2026-10-02/2026-10-04",
      "--out",
      "calls",
    ]);
    expect(exitCode).toBe(3);
    expect(stderr.match(/✘ denied|denied {2}GET/g)).toHaveLength(1);
    expect(stderr).toContain("recording:recording:view");
    expect((await manifestOf(stage)).each("gaps", "code")).toEqual(["api.forbidden", "api.forbidden"]);
  });

  test("lists the refused conversations with their code, and stops only on request", async () => {
    const stage = await exportStage({ conversations: 250, days: 5 });
    const made = await act(stage.sandbox, "client.upsert", { name: "Recorder" });
    const roles = [
      ["Details", ["analytics:conversationDetail:view"], "*"],
      ["Recordings", PERMISSIONS.slice(1), "Sales"],
    ] as const;
    for (const [name, permissions, division] of roles) {
      const role = await act(stage.sandbox, "role.upsert", { name, permissions });
      await act(stage.sandbox, "role.grant", { subject: made.at("id"), role: role.at("id"), division });
    }
    const answer = await requestToken(stage.sandbox, made.text("id"), made.text("secret"));
    const env = credentialsFor({ ...stage.sandbox, accessToken: answer.text("access_token") });
    const result = await stage.run(EXPORT, { env });
    expect(result.exitCode).toBe(3);
    expect(result.stderr).toContain("recording.recording.view.permission.check.failed");
    const rows = await rowsOf(stage);
    const refused = rows.filter(({ id }) => id === undefined);
    expect(refused.length).toBeGreaterThan(5);
    expect(new Set(refused.map(({ downloadCode }) => downloadCode))).toEqual(
      new Set(["recording.recording.view.permission.check.failed"]),
    );
    expect(rows.filter(({ downloadPath }) => downloadPath !== undefined).length).toBeGreaterThan(5);
    expect((await stage.run(["--verify", "calls"])).stdout).not.toContain("changed-file");
    const strict = ["recordings", "--interval", DAY, "--out", "strict", "--on-forbidden", "fail"];
    expect((await stage.run(strict, { env })).exitCode).toBe(3);
    expect(await readdir(join(stage.directory, "strict"))).not.toContain("manifest.json");
  });
});

describe("a continued export of recordings", () => {
  test("fetches only a damaged file again", async () => {
    const stage = await stageOf();
    await stage.run(EXPORT);
    const [first = "", second = "", third = ""] = await filesIn(join(stage.directory, "calls/media"));
    await writeFile(join(stage.directory, "calls/media", first), "damaged");
    await rm(join(stage.directory, "calls/media", second));
    await writeFile(join(stage.directory, "calls/media", `${third}.copy`), "foreign");
    const verified = await stage.run(["--verify", "calls", "--json"]);
    expect([verified.exitCode, json(verified.json).each("differences", "kind").toSorted()]).toEqual([
      8,
      ["changed-file", "foreign-file", "missing-file"],
    ]);
    const already = (await seen(stage, "/media/")).length;
    expect((await stage.run([...EXPORT, "--resume"])).exitCode).toBe(0);
    expect((await seen(stage, "/media/")).length - already).toBe(2);
    await rm(join(stage.directory, "calls/media", `${third}.copy`));
    expect((await stage.run(["--verify", "calls"])).exitCode).toBe(0);
  });

  test("with --incremental lists the last days again, and downloads only new files", async () => {
    const stage = await stageOf();
    const args = ["recordings", "--interval", "2026-10-03/now", "--incremental", "--out", "lake"];
    expect((await stage.run([...args, "--partition", "day"])).exitCode).toBe(0);
    const already = (await seen(stage, "/media/")).length;
    const files = await filesIn(join(stage.directory, "lake/media"));
    await stage.goOnUntil("2026-10-05T18:00:10.000Z", "2026-10-05T12:00:00.000Z");
    expect((await stage.run([...args, "--partition", "day"])).exitCode).toBe(0);
    const later = await filesIn(join(stage.directory, "lake/media"));
    expect(later).toEqual(expect.arrayContaining([...files]));
    expect((await seen(stage, "/media/")).length - already).toBe(later.length - files.length);
    expect((await stage.run(["--verify", "lake"])).exitCode).toBe(0);
  });
});

test("--check of recordings lists every operation, and estimates without sizes", async () => {
  const stage = await stageOf();
  const { json: document } = await stage.run([...EXPORT, "--check", "--json"]);
  const checked = json(document);
  expect(checked.each("access.results", "operation.path")).toEqual([
    "/api/v2/analytics/conversations/details/jobs",
    "/api/v2/analytics/conversations/details/jobs/{jobId}",
    "/api/v2/analytics/conversations/details/jobs/{jobId}/results",
    "/api/v2/analytics/conversations/details/jobs/availability",
    "/api/v2/conversations/{conversationId}/recordingmetadata",
    "/api/v2/recording/batchrequests",
    "/api/v2/recording/batchrequests/{jobId}",
  ]);
  expect([checked.at("records"), checked.at("bytes")]).toEqual([null, null]);
  expect(checked.at("requests")).toBeGreaterThan(50);
  // The platform shows a batch only to the caller that submitted it, and the export reads only its own batches.
  expect(checked.each("access.results", "verdict").at(-1)).toBe("allowed");
  expect(await readdir(stage.directory)).toEqual([]);
});

test("--metrics counts files of recordings, and recordings without a file", async () => {
  const stage = await stageOf();
  await stage.run([...EXPORT, "--metrics", join(stage.directory, "metrics.prom")]);
  const text = await readFile(join(stage.directory, "metrics.prom"), "utf8");
  const files = await filesIn(join(stage.directory, "calls/media"));
  expect(text).toContain(`genscope_export_media_files{dataset="recordings"} ${files.length}\n`);
  const missing = (await rowsOf(stage)).filter(({ downloadPath }) => downloadPath === undefined);
  expect(text).toContain(`genscope_export_media_missing{dataset="recordings"} ${missing.length}\n`);
});

test("a first export of recordings does not overwrite an existing directory of files", async () => {
  const stage = await stageOf();
  await stage.run(EXPORT);
  await rm(join(stage.directory, "calls/.genscope"), { recursive: true });
  await rm(join(stage.directory, "calls/recordings"), { recursive: true });
  await rm(join(stage.directory, "calls/manifest.json"));
  const { exitCode, stderr } = await stage.run(EXPORT);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(`calls/media/${DAY}\` already exists`)]);
});

test.each([
  [["recordings", "--interval", DAY, "--out", "calls.csv"], "recordings are written as separate files"],
  [["recordings", "--interval", DAY, "--out", "-"], "recordings are written as separate files"],
  [["recordings", "--interval", DAY, "--media", "fax"], "`fax` is not a kind of recording"],
  [["recordings", "--interval", DAY, "--fresh-tail"], "has no live index"],
  [["recordings", "--out", "calls"], "needs an interval"],
  [["queues", "--media", "audio"], "`--media` applies to recordings, not to `queues`"],
  [["queues", "--what", "index"], "`--what` applies to recordings, not to `queues`"],
] as const)("an export of recordings refuses %j before any request", async (args, message) => {
  const stage = await stageOf();
  const { exitCode, stderr } = await stage.run(args);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
});
