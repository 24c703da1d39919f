import { asNumber, type JsonRecord } from "../../core/json.ts";
import type { Answer } from "../answer.ts";
import { checkFields, type DeclaredFields } from "../conversations/search/declared-fields.ts";
import { intervalIn, type SearchInterval } from "../conversations/search/interval.ts";
import { bodyOf, type Exchange, instant, refuse } from "../exchange.ts";
import { drawTrouble } from "../faults/random-faults.ts";
import { once } from "../once.ts";
import { isRefusal, MALFORMED_BODY, type Refusal } from "../refusal.ts";
import type { Job, Rows } from "./job.ts";
import { watermarkOf } from "./watermark.ts";

/** Properties of a family of jobs. */
export interface JobKind {
  readonly rowsKey: string;
  /** Whether results contain the watermark as `dataAvailabilityDate`. */
  readonly includesAvailability: boolean;
  /** Fields that the request body may contain. */
  readonly fields: DeclaredFields;
  /** Called when a job is submitted. Prepares the rows, or refuses the job. */
  plan(exchange: Exchange, wanted: Wanted): (() => Rows) | Refusal;
}

export interface Wanted {
  readonly body: JsonRecord;
  readonly interval: SearchInterval;
  readonly watermarkMs: number;
}

/** Accepts a job and returns 202 with its id. */
export function submitJob(exchange: Exchange, kind: JobKind): Answer {
  const { world } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  const refused = checkFields(body, kind.fields);
  if (refused !== null) return refuse(exchange, refused);
  const interval = intervalIn(body, null);
  if (isRefusal(interval)) return refuse(exchange, interval);
  const watermarkMs = watermarkOf(world);
  const rows = kind.plan(exchange, { body, interval, watermarkMs });
  if (typeof rows !== "function") return refuse(exchange, rows);
  const job = createJob(exchange, {
    interval,
    body,
    rows,
    watermarkMs,
    rowsKey: kind.rowsKey,
    besides: kind.includesAvailability ? { dataAvailabilityDate: instant(watermarkMs) } : {},
  });
  return { status: 202, json: { jobId: job.id } };
}

/** Stores a new job with its prepared faults. */
export function createJob(
  { world, nowMs, request, caller }: Exchange,
  given: Pick<Job, "interval" | "body" | "rows" | "watermarkMs" | "rowsKey" | "besides">,
): Job {
  const [trouble = drawTrouble(world.chance), ...left] = world.jobTroubles;
  world.jobTroubles = left;
  const job: Job = {
    ...given,
    id: world.sequence.uuid(),
    path: request.path,
    ownerId: caller.subjectId,
    submittedAtMs: nowMs,
    expiresAtMs: nowMs + world.settings.jobLifetimeSeconds * 1000,
    pageSize: asNumber(given.body["pageSize"]),
    trouble: { pendingPolls: world.settings.jobPolls, ...trouble },
    rows: once(given.rows),
    polls: 0,
    pages: 0,
    cursorUses: new Map(),
    isDeleted: false,
  };
  world.jobs.set(job.id, job);
  return job;
}
