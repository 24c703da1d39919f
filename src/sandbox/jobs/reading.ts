import { type Answer, jsonText, listed, NO_CONTENT } from "../answer.ts";
import { badRequest, type Exchange, instant, refuse } from "../exchange.ts";
import { isRefusal, NOT_FOUND, type Refusal, refusal } from "../refusal.ts";
import { type CursorPosition, readCursor, writeCursor } from "./cursor.ts";
import { type Job, type LostStatus, type Rows, stateOf } from "./job.ts";

/**
 * Returns the job that the path names. Refuses a job that does not exist, was deleted, belongs to another family or
 * another caller, or counts as unknown because of a fault.
 */
export function jobOf(
  { world, match, request, caller }: Exchange,
  about: "state" | "results" | "deletion",
): Job | Refusal {
  const job = world.jobs.get(match.parameters[0] ?? "");
  if (job === undefined || job.isDeleted || !request.path.startsWith(`${job.path}/`)) return NOT_FOUND;
  if (job.ownerId !== caller.subjectId) return NOT_FOUND;
  const { lostAfterPages, lostStatus = 404, lostFor = about } = job.trouble;
  const isLost = lostAfterPages !== undefined && job.pages >= lostAfterPages;
  return isLost && lostFor === about && about !== "deletion" ? LOST[lostStatus] : job;
}

const LOST: Readonly<Record<LostStatus, Refusal>> = {
  400: refusal(400, "bad.request", "The job id or the cursor is not valid."),
  403: refusal(403, "not.authorized", "You are not authorized to perform the requested action."),
  404: NOT_FOUND,
  410: refusal(410, "gone", "The requested resource is gone."),
};

/** Returns the `AsyncQueryStatus`, with 202 while the job runs and 200 afterwards, whatever the outcome. */
export function answerStatus(exchange: Exchange): Answer {
  const job = jobOf(exchange, "state");
  if (isRefusal(job)) return refuse(exchange, job);
  job.polls += 1;
  const state = stateOf(job, exchange.nowMs);
  const isRunning = state === "QUEUED" || state === "PENDING";
  return {
    status: isRunning ? 202 : 200,
    json: {
      ...(isRunning ? {} : { completionDate: instant(job.submittedAtMs) }),
      ...(state === "FAILED" ? { errorMessage: "The query could not be completed" } : {}),
      expirationDate: instant(job.expiresAtMs),
      state,
      submissionDate: instant(job.submittedAtMs),
    },
  };
}

/** Cancels and deletes the job. */
export function answerDeletion(exchange: Exchange): Answer {
  const job = jobOf(exchange, "deletion");
  if (isRefusal(job)) return refuse(exchange, job);
  job.isDeleted = true;
  return NO_CONTENT;
}

/** Page sizes of results, and the form of their rows. */
export interface ResultsForm {
  readonly largestPage: number;
  readonly usualPage: number;
  /** Changes the text of each row. Rows are sent unchanged when absent. */
  readonly rewrite?: (row: string) => string;
}

/** Returns one page of results. */
export function answerResults(
  exchange: Exchange,
  { largestPage, usualPage, rewrite = (row) => row }: ResultsForm,
): Answer {
  const { world, request, nowMs } = exchange;
  const job = jobOf(exchange, "results");
  if (isRefusal(job)) return refuse(exchange, job);
  const state = stateOf(job, nowMs);
  if (state === "EXPIRED") return refuse(exchange, NOT_FOUND);
  if (state !== "FULFILLED") return badRequest(exchange, `The job has no results: it is ${state}`);
  const asked = request.query.get("pageSize");
  const pageSize = asked === null ? (job.pageSize ?? usualPage) : Number(asked);
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > largestPage) {
    return badRequest(exchange, `pageSize must be between 1 and ${largestPage}`);
  }
  const { heavyPages } = world.settings;
  if (heavyPages !== null && pageSize > heavyPages.above) {
    return refuse(exchange, tooLarge(heavyPages.status));
  }
  const reading = positionOf(job, request.query.get("cursor"));
  if (reading === null) return badRequest(exchange, "The cursor is not valid or has expired");
  const { mostJobResults } = world.settings;
  if (Math.min(job.rows().count, reading.from + pageSize) > mostJobResults) {
    return badRequest(exchange, `pagination may not exceed ${mostJobResults} results`);
  }
  job.pages = Math.max(job.pages, reading.page);
  const whole = job.rows();
  const rows: Rows = { count: whole.count, textAt: (place) => rewrite(whole.textAt(place)) };
  return pageAnswer(exchange, job, { rows, reading, pageSize });
}

interface ResultsPage {
  readonly rows: Rows;
  readonly reading: CursorPosition;
  readonly pageSize: number;
}

function pageAnswer(
  { world }: Exchange,
  job: Job,
  { rows, reading: { page, from }, pageSize }: ResultsPage,
): Answer {
  const again = page === 1 ? 0 : Math.max(0, Math.min(world.settings.pageDrift.jobs, pageSize - 1, from));
  const begin = from - again;
  const end = Math.min(rows.count, begin + pageSize);
  // A full page has a cursor even if it is the last one. The next page is then empty.
  const cursor = end - begin === pageSize ? writeCursor({ jobId: job.id, page: page + 1, from: end }) : null;
  const tail = [
    ...(cursor === null ? [] : [`"cursor":${JSON.stringify(cursor)}`]),
    ...Object.entries(job.besides).map(([name, value]) => `"${name}":${JSON.stringify(value)}`),
  ].join(",");
  if (begin >= end) return jsonText(() => [`{${tail}}`]);
  const isCursorFirst = world.settings.cursorFirst;
  return jsonText(function* () {
    const separator = tail === "" ? "" : ",";
    yield isCursorFirst ? `{${tail}${separator}"${job.rowsKey}":[` : `{"${job.rowsKey}":[`;
    yield* listed(end - begin, (place) => rows.textAt(begin + place));
    yield isCursorFirst ? "]}" : `]${separator}${tail}}`;
  });
}

/** Returns the position of a cursor; null when the cursor is expired or belongs to another job. */
function positionOf(job: Job, cursor: string | null): CursorPosition | null {
  if (cursor === null || cursor === "") return { jobId: job.id, page: 1, from: 0 };
  const reading = readCursor(cursor);
  if (reading === null || reading.jobId !== job.id) return null;
  const uses = (job.cursorUses.get(cursor) ?? 0) + 1;
  job.cursorUses.set(cursor, uses);
  const { cursorUses, cursorPages } = job.trouble;
  if (cursorUses !== undefined && uses > cursorUses) return null;
  return cursorPages !== undefined && job.pages - reading.page >= cursorPages ? null : reading;
}

/**
 * Returns one of the three known refusals for a response that is too large.
 * @param status 504, 413 or 400
 */
function tooLarge(status: number): ReturnType<typeof refusal> {
  if (status === 413) return refusal(413, "request.entity.too.large", "The request is over the size limit.");
  if (status === 400) {
    return refusal(
      400,
      "response.entity.too.large",
      "The response is over the size limit. Reduce pageSize or limit response size in query parameters if available.",
    );
  }
  return refusal(504, "request.timeout", "The request timed out.");
}
