import { asRecord, asString } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import { type Polling, readWhenDone } from "../reading/polling.ts";
import type { Call } from "../reading/principal.ts";
import { attemptRead, failIncomplete, type Reading } from "../reading/reading.ts";
import { type Audit, auditsIn } from "./audit.ts";
import { AUDIT_READS, type AuditQuestion, auditBody, LARGEST_PAGE } from "./audit-query.ts";

/** Maximum interval of one query; users report that longer ones are refused. */
const LONGEST_MS = 7 * 86_400_000;
const MOST_PAGES = 1_000;

interface AuditPage {
  readonly audits: readonly Audit[];
  readonly cursor: string | null;
}

/** Reads audits with asynchronous queries, one per kind and period of at most seven days. */
export async function queryAudits(
  api: Api,
  polling: Polling,
  { fromMs, toMs, kinds }: AuditQuestion,
): Promise<Reading<readonly Audit[]>> {
  const calls: Call[] = [];
  const audits: Audit[] = [];
  for (let startMs = fromMs; startMs < toMs; startMs += LONGEST_MS) {
    const part = { fromMs: startMs, toMs: Math.min(toMs, startMs + LONGEST_MS) };
    for (const kind of kinds) {
      const found = await queryPart(api, polling, auditBody(part, kind));
      appendAll(calls, found.calls);
      if (!found.isRead) return { ...found, calls };
      appendAll(audits, found.value);
    }
  }
  return { isRead: true, value: audits, calls };
}

async function queryPart(api: Api, polling: Polling, body: unknown): Promise<Reading<readonly Audit[]>> {
  const { query, state: stateRead } = AUDIT_READS;
  const started = await attemptRead(api, query, {
    body,
    parse: (answer) => asString(asRecord(answer)["id"]),
  });
  if (!started.isRead) return started;
  const parameters = { transactionId: started.value };
  const done = await readWhenDone(
    polling,
    stateRead,
    () =>
      attemptRead(api, stateRead, {
        parameters,
        parse: (answer) => asString(asRecord(answer)["state"])?.toLowerCase() ?? null,
      }),
    (state) => !["succeeded", "failed", "cancelled"].includes(state),
  );
  const calls = [...started.calls, ...done.calls];
  if (!done.isRead) return { ...done, calls };
  if (done.value !== "succeeded") {
    return failIncomplete(query, calls, `no result, because the query ended in state ${done.value}`);
  }
  const results = await readResults(api, parameters);
  return { ...results, calls: [...calls, ...results.calls] };
}

async function readResults(
  api: Api,
  parameters: Readonly<Record<string, string>>,
): Promise<Reading<readonly Audit[]>> {
  const calls: Call[] = [];
  const audits: Audit[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: Reading<AuditPage> = await attemptRead(api, AUDIT_READS.results, {
      parameters,
      query: { pageSize: String(LARGEST_PAGE), expand: "user", ...(cursor === null ? {} : { cursor }) },
      parse: (answer) => {
        const fields = asRecord(answer);
        const found = auditsIn(fields);
        const after = fields["cursor"] ?? "";
        // A cursor that cannot be read is a failure, because treating it as the end would lose the remaining audits.
        return found === null || typeof after !== "string"
          ? null
          : { audits: found, cursor: asString(after) };
      },
    });
    appendAll(calls, page.calls);
    if (!page.isRead) return { ...page, calls };
    appendAll(audits, page.value.audits);
    if (page.value.cursor === cursor && cursor !== null) break;
    cursor = page.value.cursor;
    if (cursor === null) return { isRead: true, value: audits, calls };
  }
  return failIncomplete(AUDIT_READS.results, calls, "pages that never end");
}
