import type { Answer } from "../answer.ts";
import { badRequest, type Exchange } from "../exchange.ts";

/**
 * Refuses a query parameter that the definition does not declare. Returns null for a valid request, and for an
 * operation whose parameters are unknown. It is not published whether the platform refuses or ignores such a parameter.
 * A refusal makes the mistake visible.
 */
export function checkParameters(
  exchange: Pick<Exchange, "world" | "match" | "request" | "contextId">,
): Answer | null {
  const names = [...exchange.request.query.keys()];
  if (names.length === 0) return null;
  const declared = exchange.world.definition.parametersOf(exchange.match.operation);
  const unknown = names.find((name) => declared?.has(name) === false);
  return unknown === undefined ? null : badRequest(exchange, `Unrecognized parameter "${unknown}"`);
}
