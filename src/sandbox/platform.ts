import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../core/clock.ts";
import { answerAdminRequest } from "./admin/admin.ts";
import type { Answer, RefusedBy, Request } from "./answer.ts";
import { answerApiRequest } from "./api.ts";
import { createDefinitionAnswerer } from "./definition.ts";
import { sendFault } from "./faults/fault-delivery.ts";
import { takeFault } from "./faults/faults.ts";
import { drawFault } from "./faults/random-faults.ts";
import { answerLoginRequest } from "./login/login-host.ts";
import { INTERNAL_ERROR, NOT_FOUND, refusalAnswer } from "./refusal.ts";
import { type LoggedRequest, safeTarget } from "./request-log.ts";
import { rememberRequest } from "./state/seen-requests.ts";
import { readRequest, sendAnswer } from "./wire.ts";
import type { World } from "./world.ts";

export interface PlatformDeps {
  /** Returns the current world. A reset replaces the world, so a reference to it must not be kept. */
  currentWorld(): World;
  reset(scenario: string | null): unknown;
  readonly clock: Clock;
  /** Called after each response. */
  readonly onRequest?: ((request: LoggedRequest) => void) | undefined;
  /** Aborted when the sandbox closes. */
  readonly signal: AbortSignal;
}

/** The facts about a request that its log entry needs. */
interface Served {
  readonly target: string;
  readonly refusedBy?: RefusedBy | undefined;
  readonly fault?: string;
}

const NO_QUERY = new URLSearchParams();

/** Returns the request listener, which serves the admin endpoint, faults, the login host and the API on one port. */
export function createPlatform(
  deps: PlatformDeps,
): (incoming: IncomingMessage, response: ServerResponse) => Promise<void> {
  const answerDefinition = createDefinitionAnswerer();

  function answer(world: World, request: Request, contextId: string): Answer {
    if (/^\/api\/v2\/docs\/swagger(preview)?$/.test(request.path)) {
      return answerDefinition(world.definition, request);
    }
    if (request.path.startsWith("/api/")) return answerApiRequest(world, request, contextId);
    return answerLoginRequest(world, request) ?? refusalAnswer(NOT_FOUND, contextId);
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<Served> {
    const request = await readRequest(incoming);
    if (request === null) {
      response.writeHead(413).end();
      return { target: safeTarget({ path: incoming.url?.split("?")[0] ?? "/", query: NO_QUERY }) };
    }
    const target = safeTarget(request);
    const world = deps.currentWorld();
    if (request.path.startsWith("/sandbox/")) {
      const told = answerAdminRequest({ world, reset: deps.reset }, request);
      await sendAnswer({ response, request, correlationId: null, gzip: false }, told);
      return { target };
    }
    const contextId = world.sequence.uuid();
    const delivery = { response, request, correlationId: contextId, gzip: world.settings.gzip };
    const seen = rememberRequest(world.requests, request, contextId);
    const { fault: planned, left } = takeFault(world.faults, request.method, request.path);
    world.faults = left;
    const fault = planned ?? drawFault(world.chance, request.path);
    if (fault !== null && fault.kind !== "slow") {
      const pause = () => deps.clock.sleep(fault.delayMs, deps.signal);
      seen.status = await sendFault(delivery, fault, pause, () => answer(world, request, contextId));
      return { target, fault: fault.kind };
    }
    if (fault !== null) await deps.clock.sleep(fault.delayMs, deps.signal);
    const real = answer(world, request, contextId);
    seen.status = real.status;
    await sendAnswer(delivery, real);
    return { target, refusedBy: real.refusedBy };
  }

  return async (incoming, response) => {
    const startMs = deps.clock.monotonicMs();
    try {
      const { target, refusedBy = null, fault = null } = await serve(incoming, response);
      deps.onRequest?.({
        method: incoming.method ?? "GET",
        target,
        status: response.headersSent ? response.statusCode : null,
        refusedBy,
        fault,
        durationMs: deps.clock.monotonicMs() - startMs,
      });
    } catch {
      // An error of the sandbox itself, or a shutdown during a slow response, must not end the process.
      if (response.headersSent || deps.signal.aborted) response.destroy();
      else response.writeHead(500, { "Content-Type": "application/json" }).end(INTERNAL_ERROR_BODY);
    }
  };
}

const INTERNAL_ERROR_BODY = JSON.stringify(refusalAnswer(INTERNAL_ERROR, "").json);
