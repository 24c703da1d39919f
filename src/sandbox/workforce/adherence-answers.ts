import { asArray, asRecord, asString } from "../../core/json.ts";
import { type Answer, ok } from "../answer.ts";
import { badRequest, bodyOf, type Exchange, type Handler, refuse, visibleDivisions } from "../exchange.ts";
import { signAddress } from "../recordings/signed-address.ts";
import { MALFORMED_BODY, NOT_FOUND, refusal } from "../refusal.ts";
import { ALL_DIVISIONS } from "../state/organization.ts";
import { adherenceFileName, FILES_PER_ITEM } from "./adherence-file.ts";
import type { AdherenceItem, AdherenceJob } from "./adherence-job.ts";

/** Operations for historical adherence. Their jobs return files at signed URLs. */
export const ADHERENCE_ANSWERS: Readonly<Record<string, Handler>> = {
  "POST /api/v2/workforcemanagement/adherence/historical/bulk": submit,
  "GET /api/v2/workforcemanagement/adherence/historical/bulk/jobs/{jobId}": poll,
};

function submit(exchange: Exchange): Answer {
  const { world, caller } = exchange;
  const body = bodyOf(exchange);
  if (body === null) return refuse(exchange, MALFORMED_BODY);
  if (asString(body["timeZone"]) === null) return badRequest(exchange, "timeZone is required");
  const wanted = asArray(body["items"]).map(asRecord);
  const units = world.roster.configured["management unit"];
  const items = wanted.map(
    ({ managementUnitId, startDate, endDate }): AdherenceItem => ({
      unit: units.findIndex(({ id }) => id === managementUnitId),
      startMs: Date.parse(asString(startDate) ?? ""),
      endMs: Date.parse(asString(endDate) ?? ""),
    }),
  );
  if (items.length === 0) return badRequest(exchange, "items is required");
  // A comparison with an invalid date is false, so this refuses invalid dates too.
  if (!items.every(({ startMs, endMs }) => startMs < endMs)) {
    return badRequest(exchange, "startDate must be before endDate");
  }
  if (items.some(({ unit }) => unit < 0)) return refuse(exchange, NOT_FOUND);
  const divisions = visibleDivisions(exchange, exchange.match.operation.permissions);
  const isVisible = ({ unit }: AdherenceItem) =>
    divisions === ALL_DIVISIONS || divisions.has(units[unit]?.divisionId ?? "");
  if (!items.every(isVisible)) {
    return refuse(
      exchange,
      refusal(403, "missing.division.permission", "You are not authorized to perform the requested action."),
    );
  }
  const job: AdherenceJob = { id: world.sequence.uuid(), ownerId: caller.subjectId, items, polls: 0 };
  world.adherenceJobs.set(job.id, job);
  return { status: 202, json: { job: referenceTo(job, "Processing") } };
}

function poll(exchange: Exchange): Answer {
  const { world, match, caller, nowMs } = exchange;
  const job = world.adherenceJobs.get(match.parameters[0] ?? "");
  if (job === undefined) return refuse(exchange, NOT_FOUND);
  if (job.ownerId !== caller.subjectId) {
    return refuse(
      exchange,
      refusal(403, "not.authorized", "You are not authorized to perform the requested action."),
    );
  }
  job.polls += 1;
  if (job.polls <= world.settings.jobPolls) return ok({ job: referenceTo(job, "Processing") });
  const expiresAtMs = nowMs + world.settings.recordingUrlSeconds * 1_000;
  const names = job.items.flatMap((item) =>
    Array.from({ length: FILES_PER_ITEM }, (_, part) => adherenceFileName(item, part)),
  );
  return ok({
    job: referenceTo(job, "Complete"),
    downloadUrls: names.map((name) => signAddress(world, `${name}.json`, expiresAtMs)),
  });
}

function referenceTo({ id }: AdherenceJob, status: string): Readonly<Record<string, string>> {
  return { id, status, selfUri: `/api/v2/workforcemanagement/adherence/historical/bulk/jobs/${id}` };
}
