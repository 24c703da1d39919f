import { asRecord, asString } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import { type Polling, readWhenDone } from "../reading/polling.ts";
import type { Call } from "../reading/principal.ts";
import { attemptRead, type FailedReading, failIncomplete, type Reading } from "../reading/reading.ts";
import { parseWhole } from "../reading/whole-list.ts";
import { splitQuestion } from "./split-question.ts";
import {
  USAGE_QUERIES,
  type UsageQueryKind,
  type UsageQuestion,
  type UsageState,
  usageBody,
  usageStateOf,
} from "./usage-query.ts";
import { parseUsageRow, type UsageRow } from "./usage-row.ts";

export interface UsageRows {
  readonly rows: readonly UsageRow[];
  /** Whether rows are missing, because even the smallest query had too large a result. */
  readonly isCut: boolean;
}

interface UsagePage extends UsageRows {
  readonly state: UsageState;
  readonly next: Readonly<Record<string, string>> | null;
}

interface Asking {
  readonly question: UsageQuestion;
  readonly kind: UsageQueryKind;
}

const LARGEST_PAGE = 1_000;
const MOST_PAGES = 2_000;
/** Code of the 400 for a job whose result is too large. */
const TOO_LARGE = "max.response.size.reached";

/**
 * Reads API usage with the first kind of query that the token may start. A query with too large a result is
 * split.
 * @returns a failure when the token may start no kind of query
 */
export async function readUsage(
  api: Api,
  polling: Polling,
  question: UsageQuestion,
): Promise<Reading<UsageRows>> {
  const calls: Call[] = [];
  const refused: FailedReading[] = [];
  for (const kind of USAGE_QUERIES) {
    if (kind.isOfClient && (question.clientId === null || question.groupBy.includes("user"))) continue;
    const reading = await askInParts(api, polling, { question, kind });
    appendAll(calls, reading.calls);
    if (reading.isRead || reading.status !== 403) return { ...reading, calls };
    refused.push(reading);
  }
  // Reports the failure of the query that accepts the most alternative permissions, because access to it is the easiest
  // to get.
  const [failure] = refused.toSorted((a, b) => b.read.permissions.length - a.read.permissions.length);
  if (failure === undefined) throw new Error("a usage query is missing");
  return { ...failure, calls };
}

/** Runs a query, or its parts when the result is too large for one. */
async function askInParts(api: Api, polling: Polling, asking: Asking): Promise<Reading<UsageRows>> {
  const whole = await ask(api, polling, asking);
  const isTooLarge = whole.isRead ? whole.value.isCut : whole.code === TOO_LARGE;
  if (!isTooLarge) return whole;
  const parts = splitQuestion(asking.question, asking.kind);
  const calls = [...whole.calls];
  if (parts === null) {
    return { isRead: true, value: whole.isRead ? whole.value : { rows: [], isCut: true }, calls };
  }
  const rows: UsageRow[] = [];
  let isCut = false;
  for (const question of parts) {
    const part = await askInParts(api, polling, { ...asking, question });
    appendAll(calls, part.calls);
    if (!part.isRead) return { ...part, calls };
    for (const row of part.value.rows) rows.push(row);
    isCut ||= part.value.isCut;
  }
  return { isRead: true, value: { rows, isCut }, calls };
}

async function ask(api: Api, polling: Polling, { question, kind }: Asking): Promise<Reading<UsageRows>> {
  const calls: Call[] = [];
  const parameters = { clientId: question.clientId ?? "" };
  const started = await attemptRead(api, kind.start, {
    parameters,
    body: usageBody(question, kind),
    parse: (body) => asString(asRecord(body)[kind.idField]),
  });
  appendAll(calls, started.calls);
  if (!started.isRead) return { ...started, calls };
  const rows: UsageRow[] = [];
  let query: UsagePage["next"] = kind.hasPages ? { pageSize: String(LARGEST_PAGE) } : {};
  let isCut = false;
  /** Parameters of the pages so far, to detect a page that links back to an earlier one. */
  const addresses = new Set<string>();
  for (let pages = 0; query !== null; pages += 1) {
    if (pages >= MOST_PAGES) return failIncomplete(kind.result, calls, "pages that never end");
    const asked: UsagePage["next"] = query;
    const page: Reading<UsagePage> = await readWhenDone(
      polling,
      kind.result,
      () =>
        attemptRead(api, kind.result, {
          parameters: { ...parameters, [kind.idParameter]: started.value },
          query: asked,
          parse: (body) => parsePage(body, kind, api.region.apiUrl),
        }),
      ({ state }) => state === "running",
    );
    appendAll(calls, page.calls);
    if (!page.isRead) return { ...page, calls };
    if (page.value.state === "failed") {
      return failIncomplete(kind.result, calls, "no result, because the query failed");
    }
    for (const row of page.value.rows) rows.push(row);
    isCut ||= page.value.isCut;
    query = page.value.next;
    const address = JSON.stringify(query);
    if (addresses.has(address)) return failIncomplete(kind.result, calls, "pages that never end");
    addresses.add(address);
  }
  return { isRead: true, value: { rows, isCut }, calls };
}

function parsePage(body: unknown, kind: UsageQueryKind, apiUrl: string): UsagePage | null {
  const fields = asRecord(body);
  const state = usageStateOf(body);
  if (state === null) return null;
  if (state !== "complete") return { state, rows: [], isCut: false, next: null };
  const { [kind.rowsField]: listed = [] } = fields;
  const rows = parseWhole(listed, parseUsageRow);
  const next = kind.hasPages ? parametersOf(fields["nextUri"], apiUrl) : null;
  if (rows === null || next === undefined) return null;
  // The result operation of the older queries accepts no cursor.
  return { state, rows, isCut: !kind.hasPages && isPresent(asRecord(fields["cursors"])["after"]), next };
}

/**
 * Returns the parameters in the address of the next page; null if absent, undefined if it cannot be
 * read.
 */
function parametersOf(nextUri: unknown, apiUrl: string): UsagePage["next"] | undefined {
  if (!isPresent(nextUri)) return null;
  if (typeof nextUri !== "string" || !URL.canParse(nextUri, apiUrl)) return undefined;
  return Object.fromEntries(new URL(nextUri, apiUrl).searchParams);
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
