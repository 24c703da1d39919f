import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonRecord } from "../../../../src/core/json.ts";
import { transcriptsOf, transcriptTextOf } from "../../../../src/sandbox/recordings/transcript.ts";
import { askDuckDb } from "../../../export/writers/duckdb.ts";
import { act, call, clientHolding, json } from "../../../sandbox/client.ts";
import { credentialsFor } from "../../../support/credentials.ts";
import { began, type ExportStage, exportStage, filesIn, linesOf } from "../../../support/export-stage.ts";

const DAY = "2026-10-03";
const NEXT_DAY = "2026-10-04";
const EXPORT = ["transcripts", "--interval", DAY, "--out", "texts"];
const PERMISSIONS = [
  "analytics:conversationDetail:view",
  "recording:recording:view",
  "speechAndTextAnalytics:data:view",
];

async function stageOf(
  permissions = PERMISSIONS,
  division = "*",
): Promise<ExportStage & { readonly token: string }> {
  const stage = await exportStage({ conversations: 250, days: 5 });
  const { token } = await clientHolding(stage.sandbox, permissions, division);
  const env = credentialsFor({ ...stage.sandbox, accessToken: token });
  return { ...stage, token, run: async (argv, options) => await stage.run(argv, { env, ...options }) };
}

/** Returns the transcripts that the sandbox has for the day. */
async function expectedOf(stage: ExportStage) {
  const conversations = began(await stage.truth(), DAY, NEXT_DAY);
  return [...conversations.values()].flatMap((line) => transcriptsOf(JSON.parse(line)));
}

async function seen({ sandbox }: ExportStage, part: string) {
  const { value } = await call(sandbox, "GET /sandbox/requests");
  const { requests } = value as {
    requests: { path: string; headers: Record<string, string>; status: number | null }[];
  };
  return requests.filter(({ path }) => path.includes(part));
}

async function rowsOf({ directory }: ExportStage) {
  const text = await readFile(join(directory, `texts/transcripts/${DAY}.ndjson`), "utf8");
  return linesOf(text).map((line) => JSON.parse(line) as JsonRecord);
}

describe("exported transcripts", () => {
  test("have a list with their size and hash, and contain neither the token nor download addresses", async () => {
    const stage = await stageOf();
    const result = await stage.run([...EXPORT, "--verbose"]);
    expect(result.exitCode).toBe(0);
    const expected = await expectedOf(stage);
    expect(expected.length).toBeGreaterThan(15);
    const rows = await rowsOf(stage);
    expect(rows.map(({ communicationId }) => communicationId).toSorted()).toEqual(
      expected.map(({ communicationId }) => communicationId).toSorted(),
    );
    const files = new Map(expected.map(({ communicationId, file }) => [communicationId, file]));
    for (const { communicationId, downloadPath, downloadBytes, downloadSha256 } of rows) {
      const bytes = await readFile(join(stage.directory, "texts", String(downloadPath)));
      expect(bytes.toString()).toBe(transcriptTextOf(files.get(String(communicationId)) ?? ""));
      expect([bytes.length, createHash("sha256").update(bytes).digest("hex")]).toEqual([
        downloadBytes,
        downloadSha256,
      ]);
    }
    const downloads = await seen(stage, "/media/");
    expect(downloads.map(({ headers }) => headers["authorization"])).toEqual(downloads.map(() => undefined));
    const names = (await filesIn(join(stage.directory, "texts"))).filter((path) => path.endsWith("json"));
    const texts = await Promise.all(
      names.map(async (path) => await readFile(join(stage.directory, "texts", path), "utf8")),
    );
    const all = [...texts, result.stdout, result.stderr].join("\n");
    expect(all).not.toContain("X-Signature");
    expect(all).not.toContain(stage.token);
    expect((await stage.run(["--verify", "texts"])).exitCode).toBe(0);
  });

  test.each(["csv", "parquet"] as const)("can be joined with their list in %s by DuckDB", async (format) => {
    const stage = await stageOf();
    expect((await stage.run([...EXPORT, "--format", format])).exitCode).toBe(0);
    const expected = await expectedOf(stage);
    const list = join(stage.directory, `texts/transcripts/${DAY}.${format}`);
    const [row] = await askDuckDb(
      `select count(distinct communicationId)::int as ids, sum(downloadBytes)::int as bytes,
       count(downloadCode)::int as lacking, count(extra)::int as extra from '${list}'`,
    );
    const sizes = expected.map(({ file }) => Buffer.byteLength(transcriptTextOf(file) ?? ""));
    expect(row).toEqual({
      ids: expected.length,
      bytes: sizes.reduce((sum, size) => sum + size, 0),
      lacking: 0,
      extra: 0,
    });
    const [phrases] = await askDuckDb(
      `select count(*)::int as phrases from (select unnest(transcripts[1].phrases) from
       read_json('${join(stage.directory, "texts/media/*/*.json")}'))`,
    );
    const spoken = expected.flatMap(
      ({ file }) => JSON.parse(transcriptTextOf(file) ?? "").transcripts[0].phrases,
    );
    expect(phrases).toEqual({ phrases: spoken.length });
  });

  test("are fetched from new addresses when the old ones have expired", async () => {
    const stage = await stageOf();
    await act(stage.sandbox, "fault.add", { kind: "status", status: 403, path: "/media/", times: 5 });
    expect((await stage.run(EXPORT)).exitCode).toBe(0);
    const expected = await expectedOf(stage);
    expect((await rowsOf(stage)).every(({ downloadPath }) => downloadPath !== undefined)).toBe(true);
    const addresses = (await seen(stage, "/transcripturl")).filter(({ status }) => status === 200);
    expect(addresses).toHaveLength(expected.length + 5);
  });

  test("that the platform refuses are listed with the code, and leave a gap", async () => {
    const stage = await stageOf();
    const refusal = {
      status: 403,
      code: "missing.division.permission",
      path: "/api/v2/speechandtextanalytics",
    };
    await act(stage.sandbox, "fault.add", { kind: "status", ...refusal, times: 1 });
    const { exitCode, stderr } = await stage.run(EXPORT);
    expect(exitCode).toBe(3);
    expect(stderr).toContain("missing.division.permission");
    const codes = (await rowsOf(stage)).flatMap(({ downloadCode }) => downloadCode ?? []);
    expect(codes).toEqual(["missing.division.permission"]);
    const again = await stage.run([...EXPORT, "--resume"]);
    expect(again.exitCode).toBe(0);
    expect((await rowsOf(stage)).filter(({ downloadCode }) => downloadCode !== undefined)).toEqual([]);
    expect((await stage.run(["--verify", "texts"])).exitCode).toBe(0);
  });

  test("that the token may not read at all are diagnosed", async () => {
    const stage = await stageOf(["analytics:conversationDetail:view"]);
    const { exitCode, json: document } = await stage.run([...EXPORT, "--json"]);
    expect(exitCode).toBe(3);
    expect(JSON.stringify(json(document).at("diagnosis"))).toContain("speechAndTextAnalytics:data:view");
  });

  test.each([
    ["a list alone", ["--out", "texts", "--what", "index"], "`--what` applies to recordings"],
    ["a medium", ["--out", "texts", "--media", "audio"], "`--media` applies to recordings"],
    ["one file", ["--out", "texts.csv"], "`transcripts` are written as separate files"],
  ])(
    "cannot be combined with %s, which is refused before anything is sent",
    async (_what, flags, message) => {
      const stage = await stageOf();
      const { exitCode, stderr } = await stage.run(["transcripts", "--interval", DAY, ...flags]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(message);
      expect(await seen(stage, "/api/v2/analytics")).toEqual([]);
    },
  );
});
