import { reports } from "../assertion/asserted.ts";
import { SOURCES } from "../claims/source.ts";
import type { Circumstance, CircumstanceFacts } from "./circumstance.ts";

const DATA_ACTION = /\bdata ?actions?\b/i;
/** Matches a request that a flow sends without a data action: `the flow hangs at the HTTP request node`. */
const FLOW_REQUEST =
  /\bflows?\b[^.\n]{0,120}\b(?:REST(?: API)?|HTTP)(?: API)? (?:request|integration|node|call|action)\b/i;
/** Matches a mention of a service that the data action calls. */
const CALLED =
  /\b(?:external|upstream|downstream|called|remote|third[- ]party|custom|own|our|web|backend) (?:[\w-]{2,20} ){0,2}(?:service|server|API|endpoint|microservice|system)\b|\b(?:microservice|FastAPI|Lambda|middleware)\b|\bhttps?:\/\/(?!\S{0,60}(?:pure\.cloud|mypurecloud\.))/i;

const LIMITED: Circumstance = {
  layer: "rate-limit",
  meaning:
    "too many requests: the limit can be the platform's for data actions, or one of the service that the action calls",
  claims: [],
  remedies: [
    {
      kind: "wait",
      summary:
        "run the action less often or keep its result in the flow; the called service's log shows whether the calls reached it",
    },
  ],
  isWholeRemedy: true,
};

/**
 * Attributes a gateway error (502 or 504) to the service that a data action or flow calls, and a 429 of a data action
 * to the platform or that service; null without evidence.
 */
export function findDataAction({ failure, status, words }: CircumstanceFacts): Circumstance | null {
  const isGateway = status === 502 || status === 504;
  if (failure.contextId !== null || failure.request?.path != null) return null;
  const isDataAction = reports(DATA_ACTION, words);
  if (status === 429 && isDataAction && reports(CALLED, words)) return LIMITED;
  if (!isGateway) return null;
  if (isDataAction ? !reports(CALLED, words) : !reports(FLOW_REQUEST, words)) return null;
  const caller = isDataAction ? "data action" : "flow";
  return {
    layer: "service",
    meaning: `the service that the ${caller} calls, or a gateway in front of it, did not answer in time; this is not a denial, because the platform made this call`,
    claims: [
      {
        text: "the platform sent this response",
        verdict: "unknown",
        truth: "the platform's errors have `code`, `status` and `contextId`",
        source: SOURCES.paste,
      },
    ],
    remedies: [
      {
        kind: "none",
        summary: `compare the called service's response time with the ${caller}'s time limit, and check the called service's log for the call`,
        ...(isDataAction ? { menuPath: "Admin > Integrations > Actions > the action > Test" } : {}),
      },
    ],
    isWholeRemedy: true,
  };
}
