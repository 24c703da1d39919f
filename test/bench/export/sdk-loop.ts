// Exports the way users of the official SDK do: submit, wait, page by cursor, write each record. CSV is
// either one table with a row per segment, as in most scripts, or the related tables of `export`, written by
// csv-stringify.
//
// sdk-loop.ts BASE_URL DAY ndjson|segments|tables DIRECTORY

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { stringify } from "csv-stringify";
import platformClient from "purecloud-platform-client-v2";
import { conversationsFlattener } from "../../../src/analytics/tables/conversations.ts";

type Json = Record<string, unknown>;

const [baseUrl = "", day = "", format = "ndjson", directory = ""] = process.argv.slice(2);
const client = platformClient.ApiClient.instance;
client.setGateway({ protocol: "http", host: "127.0.0.1", port: Number(new URL(baseUrl).port) });
client.setAccessToken("benchmark");
const api = new platformClient.AnalyticsApi();
const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString();
const { jobId = "" } = await api.postAnalyticsConversationsDetailsJobs({
  interval: `${day}T00:00:00.000Z/${next}`,
});
while ((await api.getAnalyticsConversationsDetailsJob(jobId)).state !== "FULFILLED");

const flattener = conversationsFlattener();
const names = format === "tables" ? flattener.tables.map(({ name }) => name) : ["out"];
const files = names.map((name) => createWriteStream(join(directory, name)));
const tables =
  format === "ndjson"
    ? []
    : files.map((file) => {
        const table = stringify({ header: format === "segments" });
        table.pipe(file);
        return table;
      });

for (let cursor: string | undefined; ; ) {
  const page = await api.getAnalyticsConversationsDetailsJobResults(jobId, {
    pageSize: 1_000,
    ...(cursor === undefined ? {} : { cursor }),
  });
  for (const conversation of (page.conversations ?? []) as unknown as Json[]) await write(conversation);
  cursor = page.cursor;
  if (cursor === undefined) break;
}
for (const stream of tables.length > 0 ? tables : files) stream.end();
for (const file of files) await finished(file);

async function write(conversation: Json): Promise<void> {
  const full = new Set<NodeJS.WritableStream>();
  const put = (stream: NodeJS.WritableStream | undefined, value: unknown) => {
    if (stream !== undefined && !stream.write(value as string)) full.add(stream);
  };
  if (format === "ndjson") put(files[0], `${JSON.stringify(conversation)}\n`);
  else if (format === "segments") for (const row of segmentsOf(conversation)) put(tables[0], row);
  else flattener.flatten(conversation, (table, row) => put(tables[table], row));
  await Promise.all([...full].map(async (stream) => await once(stream, "drain")));
}

function segmentsOf(conversation: Json): readonly Json[] {
  const list = (value: unknown) => (value ?? []) as Json[];
  return list(conversation["participants"]).flatMap((participant) =>
    list(participant["sessions"]).flatMap((session) =>
      list(session["segments"]).map((segment) => ({
        ...pick(
          conversation,
          "conversationId conversationStart conversationEnd originatingDirection divisionIds",
        ),
        ...pick(participant, "participantId participantName purpose userId externalContactId"),
        ...pick(session, "sessionId mediaType direction ani dnis provider"),
        ...pick(
          segment,
          "segmentStart segmentEnd segmentType queueId wrapUpCode disconnectType errorCode conference",
        ),
      })),
    ),
  );
}

function pick(record: Json, fields: string): Json {
  return Object.fromEntries(fields.split(" ").map((name) => [name, record[name]]));
}
