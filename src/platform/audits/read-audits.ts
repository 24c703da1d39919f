import { asArray, asRecord, asStrings } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import type { Polling } from "../reading/polling.ts";
import type { Call } from "../reading/principal.ts";
import { attemptRead, failIncomplete, type Reading } from "../reading/reading.ts";
import { type Audit, auditsIn } from "./audit.ts";
import { AUDIT_READS, type AuditQuestion, auditBody, LARGEST_PAGE, SERVICE } from "./audit-query.ts";
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
 * Reads the audits of the entity types of a question. Uses the realtime query, which answers immediately,
 * when it covers the period and its service mapping lists every requested action. Otherwise uses the
 * asynchronous query. Returns all audits or fails, because a missing one would change the date of a change.
 */
export async function readAudits(
  api: Api,
  polling: Polling,
  question: AuditQuestion,
): Promise<Reading<AuditsOfPeriod>> {
  const calls: Call[] = [];
  if (question.toMs - question.fromMs <= REALTIME_MS) {
    const covers = await coversRealtime(api, question);
    calls.push(...covers.calls);
    // Both queries need the same permission.
    if (!covers.isRead && covers.status === 403) return { ...covers, calls };
    if (covers.isRead && covers.value) {
      const audits = await readRealtime(api, question);
      calls.push(...audits.calls);
      if (audits.isRead) return { isRead: true, value: { source: "realtime", audits: audits.value }, calls };
      // Some services do not answer it, whatever the mapping lists.
      if (audits.status !== 400) return { ...audits, calls };
    }
  }
  const audits = await queryAudits(api, polling, question);
  calls.push(...audits.calls);
  if (!audits.isRead) return { ...audits, calls };
  return { isRead: true, value: { source: "query", audits: audits.value }, calls };
}

/** Whether the realtime query lists every requested action of every requested entity type. */
async function coversRealtime(api: Api, { wanted }: AuditQuestion): Promise<Reading<boolean>> {
  return await attemptRead(api, AUDIT_READS.realtimeMapping, {
    parse: (body) => {
      const services = asArray(asRecord(body)["services"]).map(asRecord);
      const service = services.find(({ name }) => name === SERVICE);
      const entities = asArray(service?.["entities"]).map(asRecord);
      return Object.entries(wanted).every(([entityType, actions]) => {
        const listed = asStrings(entities.find(({ name }) => name === entityType)?.["actions"]);
        return actions.every((action) => listed.includes(action));
      });
    },
  });
}

async function readRealtime(api: Api, question: AuditQuestion): Promise<Reading<readonly Audit[]>> {
  const calls: Call[] = [];
  const audits: Audit[] = [];
  for (const entityType of Object.keys(question.wanted)) {
    for (let pageNumber = 1; ; pageNumber += 1) {
      const page: Reading<readonly Audit[]> = await attemptRead(api, AUDIT_READS.realtime, {
        query: { expand: "user" },
        body: { ...auditBody(question, entityType), pageNumber, pageSize: LARGEST_PAGE },
        parse: (body) => auditsIn(asRecord(body)),
      });
      calls.push(...page.calls);
      if (!page.isRead) return { ...page, calls };
      audits.push(...page.value);
      // The total may be an estimate, so only a page that is not full is the last one.
      if (page.value.length < LARGEST_PAGE) break;
      if (pageNumber >= MOST_PAGES) {
        return failIncomplete(AUDIT_READS.realtime, calls, "with pages that never end");
      }
    }
  }
  return { isRead: true, value: audits, calls };
}
