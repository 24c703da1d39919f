import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Profile } from "../../../src/auth/profiles/profile.ts";
import { replaceLogin } from "../../../src/auth/profiles/replace-login.ts";
import { profileSession } from "../../../src/auth/session/profile-session.ts";
import type { RenewalOptions } from "../../../src/auth/session/renew-login.ts";
import { renewLogin } from "../../../src/auth/session/renew-login.ts";
import type { Session } from "../../../src/auth/session/session.ts";
import type { IssuedTokens } from "../../../src/auth/token/issued-tokens.ts";
import { systemClock } from "../../../src/core/clock.ts";
import { Secret } from "../../../src/core/secret.ts";
import type { HttpRequest } from "../../../src/http/transport/transport.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { loginStorageIn } from "../../support/login-storage.ts";
import { type MemoryStore, memoryStore } from "../../support/memory-store.ts";
import { loggedIn, NOTHING } from "../../support/profiles.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";
import { tempDir } from "../../support/temp-dir.ts";

const HOUR_MS = 3_600_000;
const NO_JITTER = { bytes: (size: number) => new Uint8Array(size), fraction: () => 0 };
const AT = "work@login.mypurecloud.de#access-token";
const RT = "work@login.mypurecloud.de#refresh-token";

const issue = (token: string, more: object = {}): Step => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ access_token: token, token_type: "bearer", expires_in: 3_600, ...more }),
});
const refused = (error: string): Step => ({
  status: 400,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ error, description: "no", error_description: "no" }),
});

interface Setup {
  readonly profile?: Partial<Profile>;
  /** Refresh token of the login; none by default. The access token lasts one hour. */
  readonly refreshToken?: string | null;
  readonly store?: MemoryStore;
}

/** Stores a new login. Returns a way to start processes that use it. */
async function logIn(
  { profile = {}, refreshToken = null, store = memoryStore() }: Setup,
  ...steps: readonly Step[]
) {
  const clock = new FakeClock();
  const directory = await tempDir();
  // Waiting for a lock takes real time, whatever the date of the test.
  const storage = loginStorageIn(directory, { ...systemClock, now: () => clock.now() }, store);
  const tokens: IssuedTokens = {
    accessToken: { secret: new Secret("first"), expiresAtMs: clock.now() + HOUR_MS },
    issuedAtMs: clock.now(),
    refreshToken: refreshToken === null ? null : new Secret(refreshToken),
  };
  const isClient = (profile.grant ?? "client-credentials") === "client-credentials";
  const { profile: saved } = await replaceLogin(
    storage,
    store,
    loggedIn({ remembered: NOTHING, ...profile }),
    {
      tokens,
      clientSecret: isClient ? new Secret("s3cret") : null,
    },
  );
  store.calls.length = 0;
  const { transport, sent } = playSteps(steps);
  const options: RenewalOptions = { transport, clock, random: NO_JITTER };
  const start = (): Session =>
    profileSession({
      profile: saved,
      storage,
      clock,
      renew: async (current, opened) => await renewLogin(current, opened, options),
    });
  return { clock, storage, store, sent, start, directory };
}

const tokenOf = async (session: Session) => (await session.accessToken()).secret.reveal();
const fields = (request: HttpRequest | undefined) =>
  request?.body?.kind === "form"
    ? Object.fromEntries(
        Object.entries(request.body.fields).map(([name, value]) => [
          name,
          value instanceof Secret ? `secret ${value.reveal()}` : value,
        ]),
      )
    : null;

describe("the stored token of a profile", () => {
  test("serves every process until a minute before its expiry, and each reads it once", async () => {
    const { clock, store, sent, start } = await logIn({});
    const session = start();
    expect(await Promise.all([tokenOf(session), tokenOf(session), tokenOf(start())])).toEqual([
      "first",
      "first",
      "first",
    ]);
    clock.advance(HOUR_MS - 60_000 - 1);
    expect(await tokenOf(session)).toBe("first");
    expect([store.calls, sent]).toEqual([[`get ${AT}`, `get ${AT}`], []]);
  });

  test("is renewed exactly a minute before its expiry, and the next process finds the new one", async () => {
    const { clock, sent, start } = await logIn({}, issue("second"));
    const [one, other] = [start(), start()];
    await tokenOf(one);
    clock.advance(HOUR_MS - 60_000);

    expect(await tokenOf(one)).toBe("second");
    expect(await tokenOf(other)).toBe("second");
    expect(await tokenOf(start())).toBe("second");
    expect(sent).toHaveLength(1);
  });

  test("with a short lifetime is used for nine tenths of it, even by a process that did not request it", async () => {
    const { clock, start } = await logIn({}, issue("second", { expires_in: 300 }), issue("third"));
    clock.advance(HOUR_MS);
    await tokenOf(start());
    clock.advance(270_000 - 1);
    expect(await tokenOf(start())).toBe("second");
    clock.advance(1);
    expect(await tokenOf(start())).toBe("third");
  });

  test("is not used after its login was removed", async () => {
    const { storage, start } = await logIn({});
    const session = start();
    await storage.profiles.remove("work");

    await expect(tokenOf(session)).rejects.toMatchObject({ code: "auth.login_replaced" });
  });

  test("is described with its credential store only once it has been read", async () => {
    const { start } = await logIn({});
    const session = start();
    expect(session.describe().storedIn).toBeNull();
    await tokenOf(session);
    expect(session.describe()).toEqual({
      grant: "client-credentials",
      clientId: "client-1",
      source: "profile `work`",
      storedIn: "memory of the test",
    });
  });
});

describe("a single renewal", () => {
  test("serves all processes that find the token expired at the same moment", async () => {
    const { clock, sent, start } = await logIn({}, issue("second"));
    clock.advance(HOUR_MS);
    const tokens = await Promise.all(Array.from({ length: 20 }, () => tokenOf(start())));

    expect(tokens).toEqual(Array(20).fill("second"));
    expect(sent).toHaveLength(1);
  });

  test("serves all requests that were rejected with the same token, in two processes", async () => {
    const { sent, start } = await logIn({}, issue("second"));
    const [one, other] = [start(), start()];
    const rejected = new Secret(await tokenOf(one));
    await tokenOf(other);
    const renewed = await Promise.all([one.renew(rejected), one.renew(rejected), other.renew(rejected)]);

    expect(renewed.map((token) => token?.secret.reveal())).toEqual(["second", "second", "second"]);
    expect(sent).toHaveLength(1);
  });

  test("takes less time than a lock stays valid, no matter how slowly the token endpoint responds", async () => {
    const throttled: Step = {
      status: 400,
      body: '{"error":"invalid_request","description":"rate limit exceeded"}',
    };
    const { clock, sent, start } = await logIn({}, ...Array<Step>(9).fill(throttled));
    clock.advance(HOUR_MS);
    await expect(tokenOf(start())).rejects.toMatchObject({ code: "auth.throttled" });

    expect(clock.sleeps).toEqual([3_000, 6_000]);
    expect(new Set(sent.map(({ timeoutMs }) => timeoutMs))).toEqual(new Set([10_000]));
  });
});

describe("the refresh token of a profile", () => {
  const pkce = { profile: { grant: "pkce" as const }, refreshToken: "refresh-1" };

  test("is used once and without a secret, and its successor is stored before the access token", async () => {
    const { clock, store, sent, start, directory } = await logIn(
      pkce,
      issue("second", { refresh_token: "refresh-2" }),
      issue("third", { refresh_token: "refresh-3" }),
    );
    clock.advance(HOUR_MS);
    expect(await tokenOf(start())).toBe("second");
    expect(store.calls.filter((call) => call.startsWith("set"))).toEqual([`set ${RT}`, `set ${AT}`]);
    clock.advance(HOUR_MS);
    expect(await tokenOf(start())).toBe("third");

    expect(sent.map(fields)).toEqual([
      { grant_type: "refresh_token", client_id: "client-1", refresh_token: "secret refresh-1" },
      { grant_type: "refresh_token", client_id: "client-1", refresh_token: "secret refresh-2" },
    ]);
    expect(sent.map(({ headers, repeatable }) => [headers?.["authorization"], repeatable])).toEqual([
      [undefined, false],
      [undefined, false],
    ]);
    expect(Object.fromEntries(store.entries)).toEqual({ [AT]: "third", [RT]: "refresh-3" });
    expect(await readFile(join(directory, "config.toml"), "utf8")).not.toMatch(/third|refresh-3/);
  });

  test("is kept when the response contains no new refresh token", async () => {
    const { clock, store, start } = await logIn(pkce, issue("second"));
    clock.advance(HOUR_MS);
    await tokenOf(start());

    expect(store.entries.get(RT)).toBe("refresh-1");
  });

  test("that is no longer accepted leads to a hint to log in again", async () => {
    const { clock, start } = await logIn(pkce, refused("invalid_grant"));
    clock.advance(HOUR_MS);

    await expect(tokenOf(start())).rejects.toMatchObject({
      name: "AuthError",
      code: "auth.login_ended",
      exit: "auth",
      message: "the login has ended and cannot be renewed (400 `invalid_grant: no`)",
      hint: "log in again: `genscope login --profile work`",
    });
  });

  test("that was never issued leads to a hint to log in again, and nothing is sent", async () => {
    const { clock, sent, start } = await logIn({ ...pkce, refreshToken: null });
    clock.advance(HOUR_MS);

    await expect(tokenOf(start())).rejects.toMatchObject({
      code: "auth.login_ended",
      hint: "log in again: `genscope login --profile work`",
    });
    expect(sent).toEqual([]);
  });
});

describe("a token that is due but cannot be renewed", () => {
  test("is used until it expires when no credential can renew it", async () => {
    const { clock, start } = await logIn({ profile: { grant: "pkce" } });
    const session = start();
    clock.advance(HOUR_MS - 1);
    expect(await tokenOf(session)).toBe("first");
    clock.advance(1);
    await expect(tokenOf(session)).rejects.toMatchObject({ code: "auth.login_ended" });
  });

  test("is used while the login host is unreachable, and renewal is tried again after five seconds", async () => {
    const down: Step = { status: 500 };
    const { clock, sent, start } = await logIn({}, down, down, down, issue("second"));
    const session = start();
    clock.advance(HOUR_MS - 60_000);
    expect(await tokenOf(session)).toBe("first");
    const attempts = sent.length;
    clock.advance(4_999);
    expect([await tokenOf(session), sent.length]).toEqual(["first", attempts]);
    clock.advance(1);
    expect(await tokenOf(session)).toBe("second");
  });

  test("is not used when the service has rejected it", async () => {
    const { start } = await logIn({ profile: { grant: "pkce" } });
    const session = start();
    const rejected = new Secret(await tokenOf(session));

    await expect(session.renew(rejected)).rejects.toMatchObject({ code: "auth.login_ended" });
  });
});
