import { asRecord, type JsonRecord, parseJson } from "../core/json.ts";
import type { Answer, Request } from "./answer.ts";
import { type Refusal, refusal, refusalAnswer } from "./refusal.ts";
import type { Match } from "./router.ts";
import type { Caller } from "./rules/caller.ts";
import { permittedDivisions } from "./rules/holding.ts";
import { ALL_DIVISIONS } from "./state/organization.ts";
import type { World } from "./world.ts";

/** An authorized request, and everything needed to answer it. */
export interface Exchange {
  readonly world: World;
  readonly caller: Caller;
  readonly match: Match;
  readonly request: Request;
  readonly nowMs: number;
  readonly contextId: string;
}

export type Handler = (exchange: Exchange) => Answer;

/** Returns a refusal by the operation itself, after every authorization check has passed. */
export function refuse(exchange: Pick<Exchange, "contextId">, refused: Refusal): Answer {
  return refusalAnswer(refused, exchange.contextId);
}

/** Returns a 400 for a value that the operation does not accept. */
export function badRequest(exchange: Pick<Exchange, "contextId">, message: string): Answer {
  return refuse(exchange, refusal(400, "bad.request", "{message}", { message }));
}

/** Returns the body as an object, or null when it is not one. */
export function bodyOf({ request }: Exchange): JsonRecord | null {
  const body = parseJson(request.body);
  return typeof body === "object" && body !== null && !Array.isArray(body) ? asRecord(body) : null;
}

/**
 * Returns the divisions in which the caller holds any of `permissions`. Collections contain only objects in these
 * divisions.
 */
export function visibleDivisions(
  { caller, nowMs }: Exchange,
  permissions: readonly string[],
): ReadonlySet<string> | typeof ALL_DIVISIONS {
  const visible = new Set<string>();
  for (const permission of permissions) {
    const divisions = permittedDivisions(caller.organization, caller.subjectId, permission, nowMs);
    if (divisions === ALL_DIVISIONS) return ALL_DIVISIONS;
    for (const division of divisions) visible.add(division);
  }
  return visible;
}

/** Formats an instant as `YYYY-MM-DDTHH:mm:ss.SSSZ`, as the platform does. */
export function instant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
