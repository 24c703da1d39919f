import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../core/clock.ts";
import type { Answer, Request } from "./answer.ts";
import { sendFault } from "./faults/fault-delivery.ts";
import { takeFault } from "./faults/faults.ts";
import { drawFault } from "./faults/random-faults.ts";
import { contentOf, FILES } from "./recordings/recording.ts";
import { checkAddressOf, signAddress } from "./recordings/signed-address.ts";
import { transcriptTextOf } from "./recordings/transcript.ts";
import { rememberRequest } from "./state/seen-requests.ts";
import { readRequest, sendAnswer } from "./wire.ts";
import { adherenceTextOf } from "./workforce/adherence-file.ts";
import type { World } from "./world.ts";

export interface MediaHostDeps {
  /** Returns the current world. A reset replaces the world, so a reference to it must not be kept. */
  currentWorld(): World;
  readonly clock: Clock;
  /** Aborted when the sandbox closes. */
  readonly signal: AbortSignal;
}

/**
 * Returns the request listener of the object store. It serves signed URLs on a separate host and accepts no token.
 * Its responses imitate Amazon S3, which the platform is known to use.
 */
export function createMediaHost(
  deps: MediaHostDeps,
): (incoming: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (incoming, response) => {
    try {
      const request = await readRequest(incoming);
      if (request === null) return;
      const world = deps.currentWorld();
      const seen = rememberRequest(world.requests, request, "");
      const delivery = { response, request, correlationId: null, gzip: false };
      const { fault: planned, left } = takeFault(world.faults, request.method, request.path);
      world.faults = left;
      // The API's random faults affect this host as well.
      const fault = planned ?? drawFault(world.chance, world.chance?.path ?? "/");
      const answer = () => answerMediaRequest(world, request, deps.clock.now());
      if (fault !== null && fault.kind !== "slow") {
        const pause = () => deps.clock.sleep(fault.delayMs, deps.signal);
        seen.status = await sendFault(delivery, fault, pause, answer);
        return;
      }
      if (fault !== null) await deps.clock.sleep(fault.delayMs, deps.signal);
      const real = answer();
      seen.status = real.status;
      await sendAnswer(delivery, real);
    } catch {
      // An error here, such as a shutdown during a slow response, must not end the process.
      response.destroy();
    }
  };
}

function answerMediaRequest(world: World, request: Request, nowMs: number): Answer {
  if (request.headers.authorization !== undefined) {
    return xml(400, "InvalidArgument", "Only one auth mechanism allowed");
  }
  const [, id, ending] = /^\/media\/([\w-]+)\.(\w+)$/.exec(request.path) ?? [];
  if (id === undefined || request.method !== "GET") return xml(404, "NoSuchKey", "The key does not exist.");
  switch (checkAddressOf(world.seed, request, nowMs)) {
    case "forged":
      return xml(403, "SignatureDoesNotMatch", "The request signature does not match.");
    case "expired":
      return xml(403, "AccessDenied", "Request has expired");
    case "valid":
      break;
  }
  const hop = Number(request.query.get("hop") ?? 0);
  if (hop < world.settings.mediaRedirects) {
    const next = new URL(signAddress(world, `${id}.${ending}`, Number(request.query.get("X-Expires"))));
    next.searchParams.set("hop", String(hop + 1));
    return { status: 307, headers: { Location: next.href } };
  }
  const type =
    Object.values(FILES).find((each) => each.ending === ending)?.type ?? "application/octet-stream";
  const text = transcriptTextOf(id) ?? adherenceTextOf(world.roster, id);
  const value = text === null ? contentOf(id) : Buffer.from(text);
  return { status: 200, bytes: { value, contentType: type } };
}

function xml(status: number, code: string, message: string): Answer {
  const value = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, text: { value, contentType: "application/xml" } };
}
