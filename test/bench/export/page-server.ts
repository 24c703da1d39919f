// Serves only the jobs of conversation details, as fast as the socket accepts them. Its pages hold realistic
// records that are generated once; each response overwrites their ids and days. For benchmarks only: it
// checks no token. Prints its address on stdout and ends when its input ends.
//
// page-server.ts RECORDS_PER_DAY [FIRST_BYTE_MS BYTES_PER_SECOND]

import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../../../src/core/clock.ts";
import { startSandbox } from "../../../src/sandbox/server.ts";

const PAGE_RECORDS = 1_000;
const BASE_PAGES = 4;
const PACED_CHUNK_BYTES = 128 * 1024;
const [recordsPerDay = 0, firstByteMs = 0, bytesPerSecond = 0] = process.argv.slice(2).map(Number);

/** Records joined by commas, with the byte offsets of their ids and starts. */
interface BasePage {
  readonly bytes: Buffer;
  /** Copies of the bytes that no response is using now. */
  readonly free: Buffer[];
  readonly ids: readonly number[];
  readonly starts: readonly number[];
}

const basePages = await makeBasePages();

async function makeBasePages(): Promise<readonly BasePage[]> {
  const sandbox = await startSandbox(
    { conversations: PAGE_RECORDS * BASE_PAGES * 2, days: 2 },
    { clock: systemClock },
  );
  const day = new Date(systemClock.now() - 86_400_000).toISOString().slice(0, 10);
  const answer = await fetch(`${sandbox.url}/sandbox/truth/conversations?day=${day}`);
  const records = (await answer.text()).split("\n").slice(0, PAGE_RECORDS * BASE_PAGES);
  await sandbox.close();
  return Array.from({ length: BASE_PAGES }, (_, index) =>
    basePage(records.slice(index * PAGE_RECORDS, (index + 1) * PAGE_RECORDS)),
  );
}

function basePage(records: readonly string[]): BasePage {
  const ids: number[] = [];
  const starts: number[] = [];
  const pieces: Buffer[] = [];
  let offset = 0;
  for (const record of records) {
    const bytes = Buffer.from(pieces.length === 0 ? record : `,${record}`);
    ids.push(offset + bytes.indexOf('"conversationId":"') + 18);
    starts.push(offset + bytes.indexOf('"conversationStart":"') + 21);
    pieces.push(bytes);
    offset += bytes.length;
  }
  return { bytes: Buffer.concat(pieces), free: [], ids, starts };
}

/** Sends the page with ids that no other page of any day contains. */
function answerPage(response: ServerResponse, day: string, page: number): void {
  const base = basePages[page % BASE_PAGES] as BasePage;
  const bytes = base.free.pop() ?? Buffer.from(base.bytes);
  response.once("close", () => base.free.push(bytes));
  const prefix = `${day.replaceAll("-", "")}-${page.toString(16).padStart(4, "0")}-4000-8000-`;
  base.ids.forEach((offset, record) => {
    bytes.write(`${prefix}${record.toString(16).padStart(12, "0")}`, offset, "latin1");
  });
  for (const offset of base.starts) bytes.write(day, offset, "latin1");
  const isLast = (page + 1) * PAGE_RECORDS >= recordsPerDay;
  const tail = `],${isLast ? "" : `"cursor":"${page + 1}",`}"dataAvailabilityDate":"${new Date().toISOString()}"}`;
  void send(response, [Buffer.from('{"conversations":['), bytes, Buffer.from(tail)]);
}

async function send(response: ServerResponse, pieces: readonly Buffer[]): Promise<void> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(200, { "content-type": "application/json", "content-length": length });
  if (bytesPerSecond > 0) await sendSlowly(response, Buffer.concat(pieces));
  else for (const piece of pieces) response.write(piece);
  response.end();
}

async function sendSlowly(response: ServerResponse, bytes: Buffer): Promise<void> {
  const startMs = performance.now() + firstByteMs;
  for (let sent = 0; sent < bytes.length; sent += PACED_CHUNK_BYTES) {
    const dueMs = startMs + (sent / bytesPerSecond) * 1_000;
    await delay(Math.max(0, dueMs - performance.now()));
    response.write(bytes.subarray(sent, sent + PACED_CHUNK_BYTES));
  }
}

const JOBS = "/api/v2/analytics/conversations/details/jobs";
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const json = (value: unknown) => void send(response, [Buffer.from(JSON.stringify(value))]);
    const job = pathname.split("/")[7] ?? "";
    if (pathname.endsWith("/oauth/token")) {
      return json({ access_token: "benchmark", token_type: "bearer", expires_in: 86_400 });
    }
    if (pathname.endsWith("/availability")) return json({ dataAvailabilityDate: new Date().toISOString() });
    if (pathname === JOBS) {
      const { interval } = JSON.parse(Buffer.concat(chunks).toString()) as { interval: string };
      return json({ jobId: interval.slice(0, 10) });
    }
    if (pathname.endsWith("/results")) {
      return answerPage(response, job, Number(searchParams.get("cursor") ?? 0));
    }
    if (request.method === "DELETE") return void response.writeHead(204).end();
    return json({ state: "FULFILLED" });
  });
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port} ${basePages[0]?.bytes.length ?? 0}\n`);
});
process.stdin.on("end", () => process.exit()).resume();
