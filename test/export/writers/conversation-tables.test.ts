import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { conversationsFlattener } from "../../../src/analytics/tables/conversations.ts";
import { extensionOf, FORMATS, formatNames } from "../../../src/export/writers/formats.ts";
import { tempDir } from "../../support/temp-dir.ts";
import { askDuckDb, readerOf } from "./duckdb.ts";
import { conversationLines, convertInto, writeSpool } from "./spools.ts";

const LINES = conversationLines(250);
const OF_TABLES = formatNames().filter((format) => FORMATS[format].openTables !== null);
const WAYS = OF_TABLES.flatMap((format) =>
  (["none", "gzip", "zstd"] as const).map((compression) => [format, compression] as const),
);

let root: string;
let spoolPath: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "genscope-tables-"));
  spoolPath = await writeSpool(root, LINES);
});
afterAll(async () => await rm(root, { recursive: true, force: true }));

const answers = new Map<string, ReturnType<typeof askDuckDb>>();

/** Runs a query on the records, which are the same for every format. */
async function askRecords(sql: string): ReturnType<typeof askDuckDb> {
  const known = answers.get(sql);
  if (known !== undefined) return await known;
  const answer = askDuckDb(`${nested()}${sql}`);
  answers.set(sql, answer);
  return await answer;
}

/** Returns SQL that reads the records with DuckDB's own unnesting, one level at a time. */
const nested = () => `
  with record as (
    select json_extract_string(json, '$.conversationId') as c, json
    from read_json_objects('${spoolPath}', format = 'newline_delimited')
  ),
  participant as (
    select c, json as p from (select c, unnest(json_extract(json, '$.participants[*]')) as json from record)
  ),
  session as (select c, p, unnest(json_extract(p, '$.sessions[*]')) as s from participant),
  segment as (select c, s, unnest(json_extract(s, '$.segments[*]')) as g from session),
  metric as (select c, s, unnest(json_extract(s, '$.metrics[*]')) as m from session)
`;

describe.each(WAYS)("conversation tables in format %s, compression %s", (format, compression) => {
  let files: Awaited<ReturnType<typeof convertInto>>;
  const directory = () => join(root, `${format}-${compression}`);
  beforeAll(async () => {
    await mkdir(directory());
    files = await convertInto(directory(), spoolPath, conversationsFlattener(), { format, compression });
  });

  function read(table: string): string {
    return readerOf(format, join(directory(), `${table}${extensionOf(format, compression)}`));
  }

  test("have as many rows as DuckDB counts in the records", async () => {
    const [expected] = await askRecords(`select
      (select count(*) from record) as conversations, (select count(*) from participant) as participants,
      (select count(*) from session) as sessions, (select count(*) from segment) as segments,
      (select count(*) from metric) as metrics,
      (select sum(len(json_keys(p, '$.attributes'))) from participant) as attributes,
      (select sum(json_array_length(s, '$.mediaEndpointStats')) from session) as media_endpoint_stats`);
    expect(Number(expected?.["segments"])).toBeGreaterThan(1_000);
    const rows = new Map(files.map((file) => [file.table, file.rows]));
    for (const [table, count] of Object.entries(expected ?? {})) {
      const [found] = await askDuckDb(`select count(*) as count from ${read(table)}`);
      expect([table, found?.["count"], rows.get(table)]).toEqual([table, String(count), Number(count)]);
    }
  });

  test("have the same sums of metrics as the records, by name and by queue", async () => {
    const byName = `select name, count(*) as count, sum(value)::bigint as sum, min(emitDate)::varchar as first
      from %s group by name order by name`;
    const expected = await askRecords(
      `${byName.replace(
        "%s",
        `(select m->>'$.name' as name, (m->>'$.value')::bigint as value,
          (m->>'$.emitDate')::timestamptz as emitDate from metric)`,
      )}`,
    );
    expect(expected.length).toBeGreaterThan(10);
    expect(await askDuckDb(byName.replace("%s", read("metrics")))).toEqual(expected);

    const byQueue = await askDuckDb(`
      select queueId, purpose, mediaType, sum(value)::bigint as talkMs, count(distinct conversationId) as conversations
      from ${read("metrics")} m
      join ${read("sessions")} s using (conversationId, participantIdx, sessionIdx)
      join ${read("participants")} p using (conversationId, participantIdx)
      join ${read("conversations")} c using (conversationId)
      join (select distinct conversationId, participantIdx, sessionIdx, queueId from ${read("segments")}
            where queueId is not null) q using (conversationId, participantIdx, sessionIdx)
      where name = 'tTalk' group by all order by all`);
    expect(byQueue.length).toBeGreaterThan(5);
    expect(byQueue).toEqual(
      await askRecords(`, talk as (
        select distinct c, p, s, m, (unnest(json_extract(s, '$.segments[*].queueId')))->>'$' as queueId
        from (select c, p, s, unnest(json_extract(s, '$.metrics[*]')) as m from session))
      select queueId, p->>'$.purpose' as purpose, s->>'$.mediaType' as mediaType,
        sum((m->>'$.value')::bigint)::bigint as talkMs, count(distinct c) as conversations
      from talk where m->>'$.name' = 'tTalk' group by all order by all`),
    );
  });

  test("have exactly the fields beyond the platform's model in `extra`", async () => {
    const unknown = (json: string, from: string) => `select count(*) as count,
      sum((${json}->>'$.futureScore')::double) as scores, min(${json}->>'$.futureDetails[0].note') as note
      from ${from} where ${json}->>'$.futureScore' is not null`;
    const expected = await askRecords(`${unknown("json", "record")}`);
    const count = expected[0]?.["count"];
    expect(Number(count)).toBeGreaterThan(0);
    expect(expected[0]?.["note"]).toBe("not in any model");
    expect(await askDuckDb(unknown("extra", read("conversations")))).toEqual(expected);
    for (const { table } of files) {
      const [found] = await askDuckDb(`select count(extra) as count from ${read(table)}`);
      expect([table, found?.["count"]]).toEqual([table, table === "conversations" ? count : "0"]);
    }
  });

  test("have unchanged strings", async () => {
    const wanted = `select g->>'$.wrapUpNote' as note, count(*) as count from segment
      where g->>'$.wrapUpNote' <> '' group by note order by note`;
    const notes = await askRecords(wanted);
    expect(notes.length).toBeGreaterThan(10);
    expect(
      await askDuckDb(
        `select wrapUpNote as note, count(*) as count from ${read("segments")}
         where wrapUpNote <> '' group by note order by note`,
      ),
    ).toEqual(notes);
  });
});

test.each(OF_TABLES)("DuckDB reads %s in one directory per day as one table", async (format) => {
  const directory = await tempDir();
  const spoolPath = await writeSpool(directory, LINES.slice(0, 50));
  for (const date of ["2026-10-01", "2026-10-02"]) {
    const day = join(directory, "metrics", `date=${date}`);
    await mkdir(day, { recursive: true });
    await convertInto(day, spoolPath, conversationsFlattener(), { format });
  }
  const source = readerOf(format, join(directory, "metrics", "*", `metrics${extensionOf(format, "none")}`));
  const days = await askDuckDb(
    `select date::varchar as date, count(*) > 100 as hasRows, count(distinct conversationId) as conversations
     from ${source} group by date order by date`,
  );
  expect(days).toEqual([
    { date: "2026-10-01", hasRows: true, conversations: "50" },
    { date: "2026-10-02", hasRows: true, conversations: "50" },
  ]);
});
