import type { Operation } from "../../catalogue/facts/operation.ts";
import { oneLine } from "../../core/text.ts";
import { layerOfRefusal } from "../refusal-layer.ts";
import type { Layer, Remedy } from "../verdict/verdict.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";
import type { Failure } from "./paste/failure.ts";
import { describeCall } from "./summary.ts";

/**
 * Matches a message about an interval that is too long or a result that is too large. A smaller query avoids
 * both.
 */
const LIMIT = /\bexceed(?:s|ed)?\b|\btoo (?:long|large|many)\b/i;

const MEANING: Readonly<Record<"request" | "service" | "unknown" | "none", string>> = {
  none: "nothing was refused",
  request: "the query itself must change; permissions and scopes do not matter here",
  service: "the service failed; this is not a denial",
  unknown: "its state does not show the reason",
};

/** States of a job that did not fail but whose results are gone. */
const PAST: Readonly<Record<string, { layer: "none"; isLimit: false; meaning: string } | undefined>> = {
  EXPIRED: {
    layer: "none",
    isLimit: false,
    meaning: "its results were kept for a limited time and have expired; nothing was refused",
  },
  CANCELLED: {
    layer: "none",
    isLimit: false,
    meaning: "it was canceled before it finished; nothing was refused",
  },
  CANCELED: {
    layer: "none",
    isLimit: false,
    meaning: "it was canceled before it finished; nothing was refused",
  },
};

/**
 * Explains a job that ended without a result. No request was refused: the requests that submit and poll the job
 * succeed.
 */
export function explainFailedJob(
  failure: Failure,
  operation: Operation | null,
  about: Pick<Finding, "code" | "request"> & {
    readonly status: number | null;
    readonly ids: readonly string[];
  },
): Finding {
  const { status, code, request, ids } = about;
  const ended = failure.messageParams["state"] ?? null;
  const past = ended === null ? null : PAST[ended];
  const { layer, isLimit } = past ?? layerOf(failure, status, code);
  const of = operation === null && request === null ? "" : ` of ${describeCall(operation, failure.request)}`;
  return {
    ...NOTHING_REFUSED,
    layer,
    code,
    operation:
      operation === null
        ? null
        : { method: operation.method, path: operation.path, operationId: operation.operationId },
    summary:
      ended === null
        ? `${describeCall(operation, failure.request)} succeeded, but ${isRead(operation, failure.request) ? "it reports that the job failed" : "the job that it started failed"}${code === null ? "" : ` with \`${code}\``}: ${layer === "request" ? "its input must change; permissions and scopes do not matter here" : MEANING[layer]}`
        : `the job${of} ended in state ${ended}${code === null ? "" : ` with \`${code}\``}: ${past?.meaning ?? (layer === "unknown" && failure.message !== null ? "its message may show the reason" : MEANING[layer])}`,
    claims: [],
    // Without a job state, the message is the wording of the tool that reported the job, not the platform's.
    message: ended === null || failure.message === null ? null : oneLine(failure.message),
    request,
    remedies:
      past !== null && past !== undefined
        ? [afresh(operation)]
        : isLimit
          ? [smaller(operation)]
          : ended === null && layer === "request"
            ? [changeInput(code)]
            : (ofFlow(request?.path ?? null) ?? remediesOf(layer)),
    correlationId: ids[0] ?? null,
    correlationIds: ids,
  };
}

/** Whether a request reads the state of a job, rather than starting it. */
function isRead(operation: Operation | null, request: Failure["request"]): boolean {
  return (operation?.method ?? request?.method) === "GET";
}

/**
 * Returns the remedy for a flow editor job: read the job's messages, which appear nowhere else. Null for any other job.
 */
function ofFlow(path: string | null): readonly Remedy[] | null {
  const [job = null] = /^\/api\/v2\/flows\/(?:export\/)?jobs\/[\w-]{8,60}$/.exec(path ?? "") ?? [];
  return job === null
    ? null
    : [
        {
          kind: "check-live",
          summary: "read the job's messages with the credentials that started it: they name the reason",
          command: `genscope query GET ${job}`,
        },
      ];
}

/** Returns the remedy for results that are no longer available: submit the job again. */
function afresh(operation: Operation | null): Remedy {
  const summary = "submit the job again, and read its results as soon as it is FULFILLED";
  const command = exportOf(operation);
  return command === null
    ? { kind: "none", summary }
    : { kind: "none", summary: `${summary}, or export them`, command };
}

function exportOf(operation: Operation | null): string | null {
  const [, subject] = /\/analytics\/(conversations|users)\/details\/jobs/.exec(operation?.path ?? "") ?? [];
  return subject === undefined
    ? null
    : `genscope export ${subject} details --interval START/END --out DIRECTORY`;
}

/**
 * Returns the remedy for a query that exceeds a limit, including the export command that splits it if there is
 * one.
 */
function smaller(operation: Operation | null): Remedy {
  const summary = "submit it again with a shorter interval or a filter";
  const command = exportOf(operation);
  return command === null
    ? { kind: "none", summary }
    : { kind: "none", summary: `${summary}, or export the data, with one job per day`, command };
}

const CHANGE: Remedy = {
  kind: "none",
  summary: "change the query as described in the message, and submit it again",
};
const AGAIN: Remedy = {
  kind: "wait",
  summary: "submit it again; if it fails again, quote the correlation id to Genesys support",
};
/**
 * Returns the remedy for an invalid input. Quotes the tool's code rather than its message, because the code
 * identifies the problem.
 */
function changeInput(code: string | null): Remedy {
  const reason = code === null ? "as the tool's message describes" : `that caused \`${code}\``;
  return { kind: "none", summary: `change the input ${reason}, and run the job again` };
}

function remediesOf(layer: keyof typeof MEANING): readonly Remedy[] {
  return layer === "request" ? [CHANGE] : [AGAIN];
}

function layerOf(
  { message }: Failure,
  status: number | null,
  code: string | null,
): { readonly layer: keyof typeof MEANING; readonly isLimit: boolean } {
  if (LIMIT.test(message ?? "")) return { layer: "request", isLimit: true };
  // A code in capitals can name a limit or an invalid input of the job.
  if (/_LIMIT_EXCEEDED$|^TOO_MANY_|(?:^|_)INVALID(?:_|$)/.test(code ?? "")) {
    return { layer: "request", isLimit: false };
  }
  const layer: Layer = layerOfRefusal(status, code);
  const isTold = code !== null && (layer === "request" || layer === "service");
  return { layer: isTold ? layer : "unknown", isLimit: false };
}
