import type { Clock } from "../core/clock.ts";
import { NetworkError } from "../core/errors.ts";
import type { Random } from "../core/random.ts";
import { decideRetry } from "../http/retry-policy.ts";
import type { Wait } from "../http/wait.ts";
import type { Api, ApiAnswer, ApiRequest } from "../platform/api.ts";
import { requireJson } from "../platform/api-client.ts";
import { describeForeignAnswer } from "../platform/foreign-answer.ts";

export interface Patience {
  readonly clock: Clock;
  readonly random: Random;
  /** How long one request may take in all. */
  readonly maxWaitMs: number;
  readonly onWait: (wait: Wait) => void;
}

const JITTER = 0.25;
/** Broken answers in a row that are still called bad luck. */
const MOST_BROKEN = 5;

/**
 * The same service, where an answer that breaks off on its way is asked for again, by the rules that hold for every
 * request. Below this only what has no answer yet is repeated, as some bodies are too large to be kept; those are
 * streamed, and their reader sees to it. Only for what may be asked twice: an export asks nothing else.
 */
export function wholeAnswers(api: Api, { clock, random, maxWaitMs, onWait }: Patience): Api {
  async function send(request: ApiRequest): Promise<ApiAnswer> {
    const startMs = clock.now();
    for (let number = 1; ; number += 1) {
      const { answer, error } = await attempt(request);
      if (answer !== null && !isBroken(answer)) return answer;
      const decision = decideRetry(
        { number, elapsedMs: clock.now() - startMs, isRepeatable: true },
        { kind: "network", code: error?.code ?? "network.reset", hasAnsweredBefore: false },
        maxWaitMs,
      );
      if (decision.kind === "stop" || (answer !== null && number > MOST_BROKEN)) {
        if (answer === null) throw error;
        return answer;
      }
      const delayMs = Math.round(decision.delayMs * (1 + JITTER * random.fraction()));
      onWait({ delayMs, reason: "no-answer" });
      await clock.sleep(delayMs, request.signal);
    }
  }

  async function attempt(
    request: ApiRequest,
  ): Promise<{ readonly answer: ApiAnswer | null; readonly error: NetworkError | null }> {
    try {
      return { answer: await api.send(request), error: null };
    } catch (error) {
      if (error instanceof NetworkError) return { answer: null, error };
      throw error;
    }
  }

  return {
    region: api.region,
    send,
    get: async (path, query) => {
      const request = { method: "GET", path, ...(query === undefined ? {} : { query }) };
      return requireJson(request, await send(request), api.region);
    },
    stream: async (request) => await api.stream(request),
  };
}

/** Whether it says that all is well, in JSON that has no end. */
function isBroken(answer: ApiAnswer): boolean {
  const { status, body } = answer;
  if (status < 200 || status >= 300 || body !== undefined) return false;
  return describeForeignAnswer(answer, "").code === "api.truncated";
}
