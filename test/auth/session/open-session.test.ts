import { describe, expect, test } from "vitest";
import { openSession } from "../../../src/auth/session/open-session.ts";
import { renewRejectedToken } from "../../../src/auth/session/renew-rejected-token.ts";
import { resolveSettings } from "../../../src/auth/settings/settings.ts";
import { Secret } from "../../../src/core/secret.ts";
import { readBody } from "../../../src/http/transport/body.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { untouchedStorage } from "../../support/profiles.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";

const CLIENT = { GENESYSCLOUD_OAUTHCLIENT_ID: "client-1", GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret" };
const READY = { GENESYSCLOUD_ACCESS_TOKEN: "ready-token" };
const NO_JITTER = { bytes: (size: number) => new Uint8Array(size), fraction: () => 0 };

const issue = (token: string, expiresIn?: number): Step => ({
  status: 200,
  body: JSON.stringify({ access_token: token, expires_in: expiresIn }),
});

function open(env: Readonly<Record<string, string>>, ...steps: readonly Step[]) {
  const clock = new FakeClock();
  const { transport, sent } = playSteps(steps);
  const session = openSession(resolveSettings({ flags: {}, env }), {
    transport,
    clock,
    random: NO_JITTER,
    maxWaitMs: 30_000,
    env,
    storage: untouchedStorage,
  });
  const token = async () => (await session.accessToken()).secret.reveal();
  return { clock, sent, session, token };
}

describe("a session with client credentials", () => {
  test("sends nothing before a token is needed", () => {
    const { sent, session } = open(CLIENT);

    expect(session.describe()).toEqual({
      grant: "client-credentials",
      clientId: "client-1",
      source: "GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET",
      storedIn: null,
    });
    expect(sent).toEqual([]);
  });

  test("shares one request among concurrent callers", async () => {
    const { sent, token } = open(CLIENT, issue("first", 3_600));

    expect(await Promise.all([token(), token(), token()])).toEqual(["first", "first", "first"]);
    expect(sent).toHaveLength(1);
  });

  test("reuses the token until a minute before its expiry", async () => {
    const { clock, token } = open(CLIENT, issue("first", 3_600), issue("second", 3_600));
    await token();
    clock.advance(3_540_000 - 1);
    expect(await token()).toBe("first");
    clock.advance(1);
    expect(await token()).toBe("second");
  });

  test("uses a short-lived token for nine tenths of its lifetime", async () => {
    const { clock, token } = open(CLIENT, issue("first", 300), issue("second", 300));
    await token();
    clock.advance(270_000 - 1);
    expect(await token()).toBe("first");
    clock.advance(1);
    expect(await token()).toBe("second");
  });

  test("keeps a token of unknown lifetime", async () => {
    const { clock, token } = open(CLIENT, issue("first"));
    await token();
    clock.advance(365 * 86_400_000);
    expect(await token()).toBe("first");
  });

  test("tries again after a failure", async () => {
    const { token } = open(CLIENT, { status: 401, body: '{"error":"invalid_client"}' }, issue("second"));

    await expect(token()).rejects.toMatchObject({ code: "auth.client_rejected" });
    expect(await token()).toBe("second");
  });

  test("waits while the token endpoint throttles, even with status 400", async () => {
    const throttled: Step = {
      status: 400,
      body: '{"error":"invalid_request","description":"rate limit exceeded; slow down"}',
    };
    const { clock, token } = open(CLIENT, throttled, throttled, issue("third"));

    expect(await token()).toBe("third");
    expect(clock.sleeps).toEqual([3_000, 6_000]);
  });

  test("reports throttling that continues", async () => {
    const throttled: Step = { status: 429, headers: { "retry-after": "60" } };
    const { token } = open(CLIENT, throttled);

    await expect(token()).rejects.toMatchObject({ code: "auth.throttled", exit: "limited" });
  });
});

describe("the renewal of a rejected token", () => {
  test("happens once for all requests that used the token", async () => {
    const { sent, session, token } = open(CLIENT, issue("first", 3_600), issue("second", 3_600));
    const rejected = new Secret(await token());
    const renewed = await Promise.all([session.renew(rejected), session.renew(rejected)]);
    const late = await session.renew(rejected);

    expect([...renewed, late].map((next) => next?.secret.reveal())).toEqual(["second", "second", "second"]);
    expect(sent).toHaveLength(2);
  });

  test("is impossible for a token that was given directly", async () => {
    const { sent, session } = open(READY);

    expect(await session.renew(new Secret("ready-token"))).toBeNull();
    expect((await session.accessToken()).secret.reveal()).toBe("ready-token");
    expect(sent).toEqual([]);
  });

  const rejected = (code: string): Step => ({ status: 401, body: JSON.stringify({ code, message: "No" }) });

  test.each<[string, Readonly<Record<string, string>>, readonly Step[], number, number]>([
    [
      "repeats the request with the new token",
      CLIENT,
      [rejected("bad.credentials"), { status: 200 }],
      200,
      2,
    ],
    [
      "repeats the request only once",
      CLIENT,
      [rejected("bad.credentials"), rejected("bad.credentials")],
      401,
      2,
    ],
    [
      "does not happen when the caller's IP address is refused",
      CLIENT,
      [rejected("ip.not.authorized")],
      401,
      1,
    ],
    ["returns the 401 when no other token can be obtained", READY, [rejected("bad.credentials")], 401, 1],
    ["does not happen for a 403", CLIENT, [{ status: 403 }], 403, 1],
  ])("%s", async (_name, env, steps, status, requests) => {
    const { session } = open(env, issue("first"), issue("second"));
    const { transport, sent } = playSteps(steps);
    const response = await renewRejectedToken(
      transport,
      session,
    )({
      method: "POST",
      url: new URL("https://api.mypurecloud.com/api/v2/x"),
    });

    expect([response.status, sent.length]).toEqual([status, requests]);
    if (status === 401) expect(Buffer.from(await readBody(response)).toString()).toContain('"message":"No"');
  });
});

describe("the credential of a session", () => {
  test("is the given token even when a client is given too", () => {
    expect(open({ ...CLIENT, ...READY }).session.describe()).toEqual({
      grant: "access-token",
      clientId: null,
      source: "GENESYSCLOUD_ACCESS_TOKEN",
      storedIn: null,
    });
  });

  test.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      "none",
      {},
      "no credential found",
      "log in with `genscope login`; or set `GENESYSCLOUD_OAUTHCLIENT_ID` and `GENESYSCLOUD_OAUTHCLIENT_SECRET`, or `GENESYSCLOUD_ACCESS_TOKEN`, and `GENESYSCLOUD_REGION`",
    ],
    [
      "an id without a secret",
      { GENESYS_CLOUD_CLIENT_ID: "client-1" },
      "`GENESYS_CLOUD_CLIENT_ID` is set, but `GENESYSCLOUD_OAUTHCLIENT_SECRET` is not",
      "set `GENESYSCLOUD_OAUTHCLIENT_SECRET` as well, or `GENESYSCLOUD_ACCESS_TOKEN` instead of both",
    ],
    [
      "a secret without an id",
      { GENESYSCLOUD_OAUTHCLIENT_SECRET: "s3cret" },
      "`GENESYSCLOUD_OAUTHCLIENT_SECRET` is set, but `GENESYSCLOUD_OAUTHCLIENT_ID` is not",
      "set `GENESYSCLOUD_OAUTHCLIENT_ID` as well, or `GENESYSCLOUD_ACCESS_TOKEN` instead of both",
    ],
  ])("is missing, with a hint about what to set: %s", (_name, env, message, hint) => {
    expect(() => open(env)).toThrow(
      expect.objectContaining({ name: "AuthError", code: "auth.not_logged_in", exit: "auth", message, hint }),
    );
  });
});
