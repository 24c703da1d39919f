import { asArray, asRecord, asStrings } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import type { Polling } from "../reading/polling.ts";
import type { Call } from "../reading/principal.ts";
import { attemptRead, failIncomplete, type Reading } from "../reading/reading.ts";
import { type Audit, auditsIn } from "./audit.ts";
import { AUDIT_READS, type AuditKind, type AuditQuestion, auditBody, LARGEST_PAGE } from "./audit-query.ts";
import { queryAudits } from "./query-audits.ts";

/** How far back the realtime query reaches. */
const REALTIME_MS = 14 * 86_400_000;
const MOST_PAGES = 200;

/** The audits of a period, and the query that returned them. */
export interface AuditsOfPeriod {
  readonly source: "realtime" | "query";
  /** Audits in no particular order. */
  readonly audits: readonly Audit[];
}

/**
 * Reads the audits of every kind in `question`. Uses the realtime query, which answers immediately, when it covers the
 * period and its service mapping lists every requested action. Otherwise uses the asynchronous query. Returns all
 * audits or fails, because a missing audit would give a change the wrong date.
 */
export async function readAudits(
  api: Api,
  polling: Polling,
  question: AuditQuestion,
): Promise<Reading<AuditsOfPeriod>> {
  const calls: Call[] = [];
  if (question.toMs - question.fromMs <= REALTIME_MS) {
    const covers = await coversRealtime(api, question);
    appendAll(calls, covers.calls);
    // Both queries need the same permission.
    if (!covers.isRead && covers.status === 403) return { ...covers, calls };
    if (covers.isRead && covers.value) {
      const audits = await readRealtime(api, question);
      appendAll(calls, audits.calls);
      if (audits.isRead) return { isRead: true, value: { source: "realtime", audits: audits.value }, calls };
      // Some services do not support the realtime query, even when the mapping lists them.
      if (audits.status !== 400) return { ...audits, calls };
    }
  }
  const audits = await queryAudits(api, polling, question);
  appendAll(calls, audits.calls);
  if (!audits.isRead) return { ...audits, calls };
  return { isRead: true, value: { source: "query", audits: audits.value }, calls };
}

/**
 * Returns the kinds that the organization's audits include, according to the mapping of the asynchronous
 * query.
 */
export async function readListedKinds(
  api: Api,
  kinds: readonly AuditKind[],
): Promise<Reading<readonly AuditKind[]>> {
  return await attemptRead(api, AUDIT_READS.mapping, {
    parse: (body) => kinds.filter((kind) => actionsIn(body, kind) !== null),
  });
}

/** Reads whether the realtime query supports every wanted action of every kind. */
async function coversRealtime(api: Api, { kinds }: AuditQuestion): Promise<Reading<boolean>> {
  return await attemptRead(api, AUDIT_READS.realtimeMapping, {
    parse: (body) =>
      kinds.every((kind) => {
        const listed = actionsIn(body, kind) ?? [];
        return kind.actions.every((action) => listed.includes(action));
      }),
  });
}

/** Returns the actions that a service mapping lists for a kind; null when the mapping does not list the kind. */
function actionsIn(body: unknown, { service, entityType }: AuditKind): readonly string[] | null {
  const services = asArray(asRecord(body)["services"]).map(asRecord);
  const entities = asArray(services.find(({ name }) => name === service)?.["entities"]).map(asRecord);
  const entity = entities.find(({ name }) => name === entityType);
  return entity === undefined ? null : asStrings(entity["actions"]);
}

async function readRealtime(api: Api, question: AuditQuestion): Promise<Reading<readonly Audit[]>> {
  const calls: Call[] = [];
  const audits: Audit[] = [];
  for (const kind of question.kinds) {
    for (let pageNumber = 1; ; pageNumber += 1) {
      const page: Reading<readonly Audit[]> = await attemptRead(api, AUDIT_READS.realtime, {
        query: { expand: "user" },
        body: { ...auditBody(question, kind), pageNumber, pageSize: LARGEST_PAGE },
        parse: (body) => auditsIn(asRecord(body)),
      });
      appendAll(calls, page.calls);
      if (!page.isRead) return { ...page, calls };
      appendAll(audits, page.value);
      // The total may be an estimate, so only a page that is not full is the last one.
      if (page.value.length < LARGEST_PAGE) break;
      if (pageNumber >= MOST_PAGES) {
        return failIncomplete(AUDIT_READS.realtime, calls, "pages that never end");
      }
    }
  }
  return { isRead: true, value: audits, calls };
}
