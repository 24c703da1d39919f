import type { Clock } from "../../core/clock.ts";
import { asArray, asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import type { Call } from "../reading/principal.ts";
import { attemptRead, type FailedReading, failIncomplete, type Reading } from "../reading/reading.ts";
import { parseWhole } from "../reading/whole-list.ts";
import {
  USAGE_QUERIES,
  type UsageQueryKind,
  type UsageQuestion,
  type UsageState,
  usageBody,
  usageStateOf,
} from "./usage-query.ts";
import { parseUsageRow, type UsageRow } from "./usage-row.ts";

/** Rows of a usage query. */
export interface UsageRows {
  readonly rows: readonly UsageRow[];
  /** Whether the service cut the result without a way to read on. */
  readonly isCut: boolean;
}

/** The clock that paces the polls of a running query, and the signal that ends them. */
export interface Polling {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

interface UsagePage extends UsageRows {
  readonly state: UsageState;
  readonly next: Readonly<Record<string, string>> | null;
}

const LARGEST_PAGE = 1_000;
const MOST_PAGES = 2_000;
const FIRST_POLL_MS = 1_000;
const LONGEST_POLL_MS = 10_000;
const LONGEST_QUERY_MS = 10 * 60_000;

/**
 * Reads API usage with the first kind of query that the token may start.
 * @returns the failure of a kind when the token may start none
 */
export async function readUsage(
  api: Api,
  polling: Polling,
  question: UsageQuestion,
): Promise<Reading<UsageRows>> {
  const calls: Call[] = [];
  const refused: FailedReading[] = [];
  for (const kind of USAGE_QUERIES) {
    if (kind.isOfClient && question.clientId === null) continue;
    const reading = await ask(api, polling, { question, kind, calls });
    if (reading.isRead || reading.status !== 403) return reading;
    refused.push(reading);
  }
  // The kind that more permissions open names the smallest remedy.
  const [failure] = refused.toSorted((a, b) => b.read.permissions.length - a.read.permissions.length);
  if (failure === undefined) throw new Error("a usage query is missing");
  return { ...failure, calls };
}

interface Asking {
  readonly question: UsageQuestion;
  readonly kind: UsageQueryKind;
  readonly calls: Call[];
}

async function ask(api: Api, { clock, signal }: Polling, asking: Asking): Promise<Reading<UsageRows>> {
  const { question, kind, calls } = asking;
  const parameters = { clientId: question.clientId ?? "" };
  const started = await attemptRead(api, kind.start, {
    parameters,
    body: usageBody(question, kind),
    parse: (body) => asString(asRecord(body)[kind.idField]),
  });
  calls.push(...started.calls);
  if (!started.isRead) return { ...started, calls };
  const rows: UsageRow[] = [];
  const startMs = clock.now();
  let delayMs = FIRST_POLL_MS;
  let query: UsagePage["next"] = kind.hasPages ? { pageSize: String(LARGEST_PAGE) } : {};
  let isCut = false;
  for (let pages = 0; query !== null; ) {
    const page: Reading<UsagePage> = await attemptRead(api, kind.result, {
      parameters: { ...parameters, [kind.idParameter]: started.value },
      query,
      parse: (body) => parsePage(body, kind, api.region.apiUrl),
    });
    calls.push(...page.calls);
    if (!page.isRead) return { ...page, calls };
    const { state } = page.value;
    if (state === "failed") return failIncomplete(kind.result, calls, "that the query failed");
    if (state === "running") {
      if (clock.now() - startMs > LONGEST_QUERY_MS) {
        return failIncomplete(kind.result, calls, "with a query that does not end");
      }
      await clock.sleep(delayMs, signal);
      delayMs = Math.min(LONGEST_POLL_MS, delayMs * 1.5);
      continue;
    }
    for (const row of page.value.rows) rows.push(row);
    isCut ||= page.value.isCut;
    query = page.value.next;
    pages += 1;
    if (pages > MOST_PAGES) return failIncomplete(kind.result, calls, "with pages that never end");
  }
  return { isRead: true, value: { rows, isCut }, calls };
}

function parsePage(body: unknown, kind: UsageQueryKind, apiUrl: string): UsagePage | null {
  const fields = asRecord(body);
  const state = usageStateOf(body);
  if (state !== "complete") return { state, rows: [], isCut: false, next: null };
  const rows = parseWhole(asArray(fields[kind.rowsField]), parseUsageRow);
  if (rows === null) return null;
  const after = asString(asRecord(fields["cursors"])["after"]);
  const link = asString(fields["nextUri"]);
  const next = link !== null && URL.canParse(link, apiUrl) ? new URL(link, apiUrl).searchParams : null;
  return {
    state,
    rows,
    // The result operation of the older queries takes no cursor.
    isCut: !kind.hasPages && after !== null,
    next: kind.hasPages && next !== null ? Object.fromEntries(next) : null,
  };
}
