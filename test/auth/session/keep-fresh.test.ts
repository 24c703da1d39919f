import { describe, expect, test } from "vitest";
import { type FreshnessEvent, keepFresh, replacementDueMs } from "../../../src/auth/session/keep-fresh.ts";
import type { Session } from "../../../src/auth/session/session.ts";
import type { AccessToken } from "../../../src/auth/token/access-token.ts";
import { AuthError, NetworkError } from "../../../src/core/errors.ts";
import { Secret } from "../../../src/core/secret.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { VirtualClock } from "../../support/virtual-clock.ts";

const HOUR_MS = 3_600_000;
const NETWORK = new NetworkError("network.refused", "no answer");

/** Outcome of one attempt to renew: a token or an error, or a token after some seconds. */
type Attempt = string | Error | { readonly seconds: number; readonly gives: string };

/** Runs a watch until it has used up all attempts. Times are in seconds since the start. */
async function watch(lifeMs: number | null, ...attempts: readonly Attempt[]) {
  const clock = new VirtualClock();
  const startMs = clock.now();
  const stop = new AbortController();
  const log: string[] = [];
  const note = (text: string) => log.push(`${(clock.now() - startMs) / 1_000} ${text}`);
  const tokenOf = (text: string): AccessToken => ({
    secret: new Secret(text),
    expiresAtMs: lifeMs === null ? null : clock.now() + lifeMs,
  });
  const remaining = [...attempts];
  const session: Session = {
    describe: () => ({ grant: "pkce", clientId: "client-1", source: "profile `work`", storedIn: null }),
    accessToken: async () => tokenOf("first"),
    renew: async () => {
      const next = remaining.shift();
      if (remaining.length === 0) stop.abort();
      if (next instanceof Error) throw next;
      if (typeof next === "string") return tokenOf(next);
      await clock.sleep((next?.seconds ?? 0) * 1_000);
      return tokenOf(next?.gives ?? "");
    },
  };
  const failure = await keepFresh({
    session,
    clock,
    signal: stop.signal,
    publish: async ({ secret }) => void note(`publish ${secret.reveal()}`),
    withdraw: async () => void note("withdraw"),
    listener: async (event: FreshnessEvent) => {
      if (event.kind === "delayed") note(`delayed ${event.nextAttemptInMs / 1_000}`);
      if (lifeMs === null) stop.abort();
    },
  }).catch((error: unknown) => error);
  return { log, failure };
}

describe("a token that is kept fresh in a file", () => {
  test.each([
    ["ten minutes before expiry when it has a day left", 24 * HOUR_MS, 24 * HOUR_MS - 600_000],
    ["with a quarter of its lifetime left when it has five minutes", 300_000, 225_000],
    ["immediately when it has already expired", -1, -1],
  ])("is renewed %s", (_name, lifeMs, dueMs) => {
    expect(replacementDueMs(0, lifeMs)).toBe(dueMs);
  });

  test("is replaced before it expires, repeatedly", async () => {
    expect(await watch(HOUR_MS, "second", "third")).toEqual({
      log: ["0 publish first", "3000 publish second", "6000 publish third"],
      failure: undefined,
    });
  });

  test("is renewed once an unreachable login host responds again, after growing pauses", async () => {
    const { log, failure } = await watch(HOUR_MS, ...Array<Error>(6).fill(NETWORK), "second");

    expect(log).toEqual([
      "0 publish first",
      "3000 delayed 5",
      "3005 delayed 10",
      "3015 delayed 20",
      "3035 delayed 40",
      "3075 delayed 60",
      "3135 delayed 60",
      "3195 publish second",
    ]);
    expect(failure).toBeUndefined();
  });

  test("is withdrawn just before it expires, and published again after a renewal", async () => {
    const { log } = await watch(20_000, NETWORK, NETWORK, NETWORK, "second");

    expect(log).toEqual([
      "0 publish first",
      "15 delayed 5",
      "19 withdraw",
      "20 delayed 10",
      "30 delayed 20",
      "50 publish second",
    ]);
  });

  test("is withdrawn when a single attempt takes longer than the token lives", async () => {
    const { log } = await watch(20_000, { seconds: 12, gives: "second" }, "third");

    expect(log).toEqual(["0 publish first", "19 withdraw", "27 publish second", "42 publish third"]);
  });

  test("with an unknown expiry is kept until the signal to stop", async () => {
    expect(await watch(null)).toEqual({ log: ["0 publish first"], failure: undefined });
  });

  test("is no longer refreshed once the login host refuses", async () => {
    const refusal = new AuthError("auth.login_ended", "the login has ended");
    const { log, failure } = await watch(HOUR_MS, refusal, "never");

    expect([log, failure]).toEqual([["0 publish first"], refusal]);
  });

  test("is not renewed after the signal to stop, even during a pause, and no error is reported", async () => {
    const { log, failure } = await watch(HOUR_MS, NETWORK);

    expect([log, failure]).toEqual([["0 publish first", "3000 delayed 5"], undefined]);
  });

  test("is renewed again after another service responded in place of the login host", async () => {
    const page = new AuthError("auth.wrong_host", "returned 200 with a page");
    const { log } = await watch(HOUR_MS, page, "second");

    expect(log).toEqual(["0 publish first", "3000 delayed 5", "3005 publish second"]);
  });
});

test("refuses to keep a file fresh with a token from the environment, which cannot be renewed", async () => {
  const session: Session = {
    describe: () => ({
      grant: "access-token",
      clientId: null,
      source: "GENESYSCLOUD_ACCESS_TOKEN",
      storedIn: null,
    }),
    accessToken: async () => ({ secret: new Secret("t"), expiresAtMs: null }),
    renew: async () => null,
  };

  await expect(
    keepFresh({
      session,
      clock: new FakeClock(),
      signal: new AbortController().signal,
      publish: async () => {
        throw new Error("published");
      },
      withdraw: async () => {},
      listener: async () => {},
    }),
  ).rejects.toMatchObject({ code: "auth.not_renewable", exit: "auth" });
});
