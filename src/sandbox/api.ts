import type { Answer, Request } from "./answer.ts";
import { answerOf } from "./answers/answer-table.ts";
import { checkParameters } from "./answers/declared-parameters.ts";
import type { Exchange } from "./exchange.ts";
import { checkDays } from "./faults/denied-days.ts";
import {
  BAD_CREDENTIALS,
  inLayer,
  isRefusal,
  METHOD_NOT_ALLOWED,
  NOT_FOUND,
  type Refusal,
  refusalAnswer,
} from "./refusal.ts";
import type { Match } from "./router.ts";
import { checkAddress } from "./rules/address.ts";
import { identifyCaller } from "./rules/caller.ts";
import { enforce } from "./rules/enforcement.ts";
import { countRequest, rateLimitHeaders } from "./rules/rate-limit.ts";
import { countUse } from "./state/usage-ledger.ts";
import type { World } from "./world.ts";

/** Answers a request under `/api/v2`. Routes it, checks every layer that can refuse, and then runs the operation. */
export function answerApiRequest(world: World, request: Request, contextId: string): Answer {
  const routing = world.definition.router.route(request.method, request.path);
  if (routing === "not-found") return refusalAnswer(inLayer("path", NOT_FOUND), contextId);
  if ("allowed" in routing) {
    const answer = refusalAnswer(inLayer("path", METHOD_NOT_ALLOWED), contextId);
    return { ...answer, headers: { Allow: routing.allowed.join(", ") } };
  }
  return routing.operation.otherAuthentication === null
    ? answerWithToken(world, request, routing, contextId)
    : answerWithoutToken({ world, match: routing, request, contextId });
}

/**
 * Answers an operation that needs no OAuth token. Public operations need no token at all. Guest operations need a JWT,
 * which an OAuth token cannot replace.
 */
function answerWithoutToken(exchange: Pick<Exchange, "world" | "match" | "request" | "contextId">): Answer {
  return exchange.match.operation.otherAuthentication === "none"
    ? (checkParameters(exchange) ?? { status: 200, json: {} })
    : refusalAnswer(inLayer("token", BAD_CREDENTIALS), exchange.contextId);
}

/** Counts a request for API usage, unless it comes from one of the platform's own or embedded apps. */
function recordUse({ world, caller, match: { operation }, nowMs }: Exchange, status: number): void {
  const { client, user, organization } = caller;
  if (client.isInterface === true) return;
  countUse(world.usage, {
    organizationId: organization.id,
    clientId: client.id,
    userId: user?.id ?? null,
    method: operation.method,
    templateUri: operation.path,
    atMs: nowMs,
    status,
    count: 1,
  });
}

/** Counts down to the next scheduled revocation, and revokes the token of this request when it is due. */
function revokeDue(world: World, request: Request): void {
  if (world.revocations.length === 0) return;
  const [first = 0, ...others] = world.revocations;
  world.revocations = first === 0 ? others : [first - 1, ...others];
  const [, value = ""] = /^bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const token = world.tokens.get(value);
  if (first === 0 && token !== undefined) token.isRevoked = true;
}

function answerWithToken(world: World, request: Request, match: Match, contextId: string): Answer {
  const nowMs = world.clock.now();
  revokeDue(world, request);
  const caller = identifyCaller(world, request, nowMs);
  if (isRefusal(caller)) return refusalAnswer(inLayer("token", caller), contextId);
  const refused: Refusal | null =
    inLayer("ip", checkAddress(world, caller, request.address)) ??
    inLayer("rate-limit", countRequest(world, caller.token, nowMs)) ??
    enforce(world, caller, match, request, nowMs) ??
    inLayer("permission", checkDays(world, request));
  const exchange = { world, caller, match, request, nowMs, contextId };
  const answer = refused === null ? answerOf(match.operation)(exchange) : refusalAnswer(refused, contextId);
  recordUse(exchange, answer.status);
  return { ...answer, headers: { ...rateLimitHeaders(world, caller.token, nowMs), ...answer.headers } };
}
