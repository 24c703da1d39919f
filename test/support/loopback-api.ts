import { onTestFinished } from "vitest";
import { type Clock, systemClock } from "../../src/core/clock.ts";
import { retryRequests } from "../../src/http/retry/retry.ts";
import { undiciTransport } from "../../src/http/transport/undici-transport.ts";
import type { Api } from "../../src/platform/api/api.ts";
import { createApi } from "../../src/platform/api/api-client.ts";
import { parseRegion } from "../../src/platform/region/region-parser.ts";

/** Returns the API of a loopback server over the real network, with the retries that all commands use. */
export function loopbackApi(url: string, clock: Clock, maxWaitMs = 600_000): Api {
  const { transport, close } = undiciTransport({
    userAgent: "genscope-test",
    defaultTimeoutMs: 240_000,
    // Deadlines of requests in flight use real time. Only pauses use the given clock.
    clock: systemClock,
  });
  onTestFinished(close);
  const random = { bytes: (size: number) => new Uint8Array(size), fraction: () => 0 };
  return createApi({
    region: parseRegion(url).region,
    transport: retryRequests(transport, { clock, random, maxWaitMs }),
  });
}
