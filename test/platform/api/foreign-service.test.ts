import { once } from "node:events";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { serve } from "../../support/loopback-server.ts";
import { runCli } from "../../support/run-cli.ts";

const RETRY_AFTER_S = 20;

/** A clock whose sleeps never come to their end, and which knows those that nobody has called off. */
function sleeplessClock() {
  const pending: number[] = [];
  const patience = new AbortController();
  return {
    pending,
    /** When somebody waits as long as the service asked for. */
    patience: once(patience.signal, "abort"),
    now: () => Date.UTC(2026, 9, 1),
    monotonicMs: () => 0,
    sleep: (delayMs: number, signal?: AbortSignal) => {
      pending.push(delayMs);
      if (delayMs === RETRY_AFTER_S * 1_000) patience.abort();
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
  "%s instead of an identity is an error at once: the reads beside it are not waited for",
  async (_name, type, body, code) => {
    const clock = sleeplessClock();
    const server = await serve(({ path }, response) => {
      if (path.startsWith("/api/v2/authorization/subjects/me")) {
        response.writeHead(503, { "retry-after": `${RETRY_AFTER_S}` }).end();
      } else if (path.startsWith("/api/v2/tokens/me")) {
        void clock.patience.then(() => response.writeHead(200, { "content-type": type }).end(body));
      }
      // The others are never answered.
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
