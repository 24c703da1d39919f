import type { Operation } from "../../catalogue/facts/operation.ts";
import { nameOf } from "../../catalogue/lookup/operation-lookup.ts";
import { oneLine } from "../../core/text.ts";
import { LAYERS } from "../layers.ts";
import type { RefusalFacts } from "../verdict/refusal-facts.ts";
import type { Layer } from "../verdict/verdict.ts";
import type { RequestSeen } from "./paste/failure.ts";

/** A refusal with the parts of the paste that its summary mentions. */
export interface SummaryFacts extends RefusalFacts {
  readonly layer: Layer;
  readonly request: RequestSeen | null;
  readonly message: string | null;
  /** Whether one entry of the response failed, but not the request. */
  readonly isEntry: boolean;
  /** Whether no response arrived at all. */
  readonly isUnanswered: boolean;
  /** Whether the program was stopped, which leaves the outcome of the call unknown. */
  readonly isStopped: boolean;
  /** The cause found in the surrounding text; null if none exists. */
  readonly cause: string | null;
}

/** Describes what happened and what it means, in one or two sentences that can be forwarded. */
export function summarize(facts: SummaryFacts): string {
  return `${whatHappened(facts)}: ${facts.cause ?? LAYERS[facts.layer].meaning(facts)}`;
}

function whatHappened({
  status,
  code,
  operation,
  request,
  message,
  layer,
  isPage,
  isUnanswered,
  isEntry,
  isStopped,
}: SummaryFacts): string {
  if (isStopped) return "the program was stopped";
  const call = describeCall(operation, request);
  const subject = isEntry ? `one entry in the response to ${call}` : call;
  if ((layer === "network" || isUnanswered) && status === null && !isPage) {
    // Without a host or an operation, the call may have gone elsewhere.
    return operation === null && request === null
      ? `${subject} got no response`
      : `${subject} got no response from the platform`;
  }
  const verb = isEntry ? "failed with" : "returned";
  const isNamed = code !== null || isPage;
  const answer = status === null ? (isNamed ? "returned" : "was refused") : `${verb} ${status}`;
  const detail =
    code !== null
      ? ` \`${code}\``
      : isPage
        ? `${status === null ? " a" : " with a"} page${message === null ? "" : ` "${oneLine(message, 80)}"`}`
        : "";
  return `${subject} ${answer}${detail}`;
}

/** Describes a call to a host outside the platform by its full address. */
export function describeAddress(request: RequestSeen | null): string {
  if (request?.host == null) return describeCall(null, request);
  const method = request.method === null ? "" : `${request.method} `;
  return `\`${method}${oneLine(request.host, 100)}${oneLine(request.path ?? "", 200)}\``;
}

/** Returns the phrase that names the call in a summary. */
export function describeCall(operation: Operation | null, request: RequestSeen | null): string {
  if (operation !== null) return `\`${nameOf(operation)}\``;
  if (request?.path != null) {
    return `\`${request.method === null ? "" : `${request.method} `}${oneLine(request.path, 200)}\``;
  }
  return request?.host == null ? "the call" : `\`${oneLine(request.host, 100)}\``;
}
