import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { serve } from "../../support/loopback-server.ts";
import { runCli } from "../../support/run-cli.ts";

const RETRY_AFTER_S = 20;

/** Returns a clock whose sleeps never end. It lists the delays of the sleeps that were not canceled. */
function endlessClock() {
  const pending: number[] = [];
  const longWait = new AbortController();
  return {
    pending,
    /** Resolves when a caller sleeps for as long as the service requested. */
    longWait: once(longWait.signal, "abort"),
    now: () => Date.UTC(2026, 9, 1),
    monotonicMs: () => 0,
    sleep: (delayMs: number, signal?: AbortSignal) => {
      pending.push(delayMs);
      if (delayMs === RETRY_AFTER_S * 1_000) longWait.abort();
      return new Promise<void>((_resolve, reject) => {
        const wake = () => {
          pending.splice(pending.indexOf(delayMs), 1);
          reject(signal?.reason);
        };
        if (signal?.aborted === true) wake();
        else signal?.addEventListener("abort", wake, { once: true });
      });
    },
  };
}

test.each([["a page", "text/html", "<!DOCTYPE html><title>Sign in</title>", "api.html"]])(
  "receiving %s instead of an identity fails the command without waiting for parallel reads",
  async (_name, type, body, code) => {
    const clock = endlessClock();
    const server = await serve(({ path }, response) => {
      if (path.startsWith("/api/v2/authorization/subjects/me")) {
        response.writeHead(503, { "retry-after": `${RETRY_AFTER_S}` }).end();
      } else if (path.startsWith("/api/v2/tokens/me")) {
        void clock.longWait.then(() => response.writeHead(200, { "content-type": type }).end(body));
      }
      // All other requests get no response.
    });
    const run = await runCli(["whoami", "--json"], {
      env: { GENESYSCLOUD_REGION: server.url, GENESYSCLOUD_ACCESS_TOKEN: "s3cret-access-token" },
      ports: { clock },
    });
    await setImmediate();

    expect([run.exitCode, run.json]).toEqual([
      1,
      expect.objectContaining({ error: expect.objectContaining({ code }) }),
    ]);
    expect(clock.pending).toEqual([]);
    expect(server.seen.filter(({ path }) => path.includes("/me")).length).toBe(2);
  },
);
