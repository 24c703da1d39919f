import { createHash } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type BrowserLogin,
  type BrowserLoginOptions,
  logInWithBrowser,
} from "../../../src/auth/pkce/browser-login.ts";
import { DEFAULT_REDIRECT_URI } from "../../../src/auth/pkce/redirect-uri.ts";
import { type Clock, systemClock } from "../../../src/core/clock.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { undiciTransport } from "../../../src/http/transport/undici-transport.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { json, type LoopbackServer, type SeenRequest, serve } from "../../support/loopback-server.ts";

const PAGE = { organization: null, provider: null, loginHint: null, prompt: null };
const TOKENS = {
  access_token: "the-token",
  token_type: "Bearer",
  expires_in: 3_600,
  refresh_token: "the-refresh",
};

/** A clock whose sleeps never end, so that no deadline expires. */
const endless: Clock = {
  now: () => Date.UTC(2026, 9, 1),
  monotonicMs: () => 0,
  sleep: async (_delayMs, signal) => {
    signal?.throwIfAborted();
    await new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  },
};

interface Setup extends Partial<BrowserLoginOptions> {
  readonly token?: (request: SeenRequest) => readonly [status: number, body: unknown];
  readonly login?: Partial<BrowserLogin>;
}

/** Starts a login host. Returns the host, a function that logs in there, and what the login printed and opened. */
async function start({ token = () => [200, TOKENS], login = {}, ...options }: Setup = {}) {
  const host: LoopbackServer = await serve((request, response) => {
    const [status, body] = request.path === "/oauth/token" ? token(request) : ([404, {}] as const);
    json(response, status, body);
  });
  const wire = undiciTransport({
    caCertificates: [],
    httpsProxy: undefined,
    httpProxy: undefined,
    noProxy: undefined,
    userAgent: "genscope/test",
    defaultTimeoutMs: 240_000,
    clock: systemClock,
  });
  onTestFinished(async () => await wire.close());
  const printed: string[] = [];
  const opened: URL[] = [];
  const shown: string[] = [];
  const run = () =>
    logInWithBrowser(
      {
        region: parseRegion(host.url).region,
        regionSource: "--region",
        clientId: "client-1",
        redirect: DEFAULT_REDIRECT_URI,
        page: PAGE,
        timeoutMs: 300_000,
        ...login,
      },
      {
        transport: wire.transport,
        clock: endless,
        random: systemRandom,
        signal: new AbortController().signal,
        maxWaitMs: 0,
        openBrowser: async (url) => {
          opened.push(new URL(url));
          await comeBack(url, "code=the-code");
        },
        pasted: null,
        say: async (line) => void printed.push(line),
        showWork: async (text, work) => {
          shown.push(typeof text === "string" ? text : text());
          return await work();
        },
        ...options,
      },
    );
  return { host, printed, opened, shown, run };
}

/** Does what a browser does after the login page: follows the redirect. */
async function comeBack(authorizeAddress: string, answer: string, state?: string): Promise<number> {
  const { searchParams } = new URL(authorizeAddress);
  const back = `${searchParams.get("redirect_uri")}/?${answer}&state=${state ?? searchParams.get("state")}`;
  const response = await fetch(back);
  await response.text();
  return response.status;
}

/** A clock whose short sleeps, such as the wait for input that has ended, take no time. Longer ones never end. */
const patient: Clock = {
  now: () => endless.now(),
  monotonicMs: () => endless.monotonicMs(),
  sleep: async (ms, signal) => (ms < 1_000 ? undefined : await endless.sleep(ms, signal)),
};

/** Yields no line, and ends when the login ends. */
async function* linesOfOpenInput(signal: AbortSignal): AsyncGenerator<string> {
  await new Promise((resolve) => signal.addEventListener("abort", resolve));
}

describe("a login that succeeds", () => {
  test("prints the redirect URI to register, then the address, and counts down the wait", async () => {
    const { printed, shown, run } = await start({
      login: { redirect: { ...DEFAULT_REDIRECT_URI, base: "http://127.0.0.1" } },
    });
    await run();
    expect(printed.slice(0, 2)).toEqual([
      "If OAuth client client-1 does not list this redirect URI yet, add it under Admin > Integrations > OAuth, exactly as written: http://127.0.0.1",
      "Log in with your browser:",
    ]);
    expect(shown).toEqual(["waiting for the login in the browser: 300 s left (Ctrl-C to give up)"]);
  });

  test("shows no animated line while an address is pasted", async () => {
    const { printed, shown, run } = await start({ pasted: linesOfOpenInput, clock: patient });
    await run();
    expect(shown).toEqual([]);
    expect(printed).toContain("You have 300 s to log in. Press Ctrl-C to give up.");
  });

  test("asks for no paste when the input is closed, and counts down the wait", async () => {
    const { printed, shown, run } = await start({ pasted: async function* () {} });
    await run();
    expect(printed).toContain(
      "Open it on this machine. Nothing can be pasted here, because standard input is closed.",
    );
    expect(printed.join("\n")).not.toMatch(/Paste that address|s to log in/);
    expect(shown).toEqual(["waiting for the login in the browser: 300 s left (Ctrl-C to give up)"]);
  });

  test("exchanges the code as a public client, with the verifier of the challenge", async () => {
    const { host, opened, run } = await start();
    const tokens = await run();
    const asked = opened[0]?.searchParams;
    const form = new URLSearchParams(host.seen[0]?.body);

    expect([tokens.accessToken.secret.reveal(), tokens.refreshToken?.reveal()]).toEqual([
      "the-token",
      "the-refresh",
    ]);
    expect(tokens.accessToken.expiresAtMs).toBe(tokens.issuedAtMs + 3_600_000);
    expect(host.seen).toHaveLength(1);
    expect(host.seen[0]?.headers.authorization).toBeUndefined();
    expect(Object.keys(Object.fromEntries(form)).toSorted()).toEqual([
      "client_id",
      "code",
      "code_verifier",
      "grant_type",
      "redirect_uri",
    ]);
    expect(form.get("grant_type")).toBe("authorization_code");
    expect(form.get("code")).toBe("the-code");
    expect(form.get("redirect_uri")).toBe(asked?.get("redirect_uri"));
    expect(form.get("redirect_uri")).toMatch(/^http:\/\/localhost:\d+$/);
    expect(
      createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url"),
    ).toBe(asked?.get("code_challenge"));
  });

  test("prints the URL before it starts the browser, and continues when the browser cannot be started", async () => {
    const order: string[] = [];
    const { run } = await start({
      say: async (line) => void order.push(line.replace(/ http\S+$/, " URL")),
      openBrowser: async (url) => {
        order.push("browser");
        void comeBack(url, "code=the-code");
        throw new Error("no browser");
      },
    });
    await run();

    expect(order).toEqual([
      "If OAuth client client-1 does not list this redirect URI yet, add it under Admin > Integrations > OAuth, exactly as written: URL",
      "Log in with your browser:",
      "",
      "  URL",
      "",
      "browser",
      "The browser could not be started. Open the URL above yourself.",
    ]);
  });

  test("accepts the final address of a browser on another machine when the user pastes it", async () => {
    const printed: string[] = [];
    let address = "";
    const { host, run } = await start({
      openBrowser: null,
      say: async (line) => {
        printed.push(line);
        address = /http\S+authorize\S+/.exec(line)?.[0] ?? address;
      },
      pasted: async function* () {
        const { searchParams } = new URL(address);
        const [uri, state] = [searchParams.get("redirect_uri"), searchParams.get("state")];
        yield "";
        yield "the-code";
        yield `${uri}/?code=forged&state=another`;
        yield `  ${uri}/?code=pasted-code&state=${state}#  `;
      },
    });
    await run();

    expect(new URLSearchParams(host.seen[0]?.body).get("code")).toBe("pasted-code");
    expect(printed.slice(5)).toEqual([
      "If the browser runs on another machine, it is redirected to an address that it cannot open. Paste that address here.",
      "You have 300 s to log in. Press Ctrl-C to give up.",
      "That is not the address that the browser was redirected to. Paste the whole address; it contains `?` and `code=`.",
      "That address belongs to another login. Paste the one that the URL above led to.",
    ]);
  });

  test("keeps listening when nothing is pasted", async () => {
    const { run } = await start({
      openBrowser: null,
      pasted: async function* () {},
      say: async (line) => {
        const address = /http\S+authorize\S+/.exec(line)?.[0];
        if (address !== undefined) void comeBack(address, "code=the-code");
      },
    });

    expect((await run()).accessToken.secret.reveal()).toBe("the-token");
  });
});

describe("a login that is never completed", () => {
  test("ends at the deadline and names the redirect URI to register", async () => {
    const clock = new FakeClock();
    const { host, run } = await start({ clock, openBrowser: async () => {} });
    const error = await run().catch((reason: unknown) => reason);

    expect(clock.sleeps).toEqual([300_000]);
    expect(error).toMatchObject({
      code: "auth.login_timeout",
      exit: "auth",
      message: "no response from the browser within 300 s",
      hint: [
        "if the browser showed an error page, register `http://localhost` exactly as written as an authorized redirect URI of OAuth client `client-1`: Admin > Integrations > OAuth > the client",
        `check that the client belongs to \`${host.url}\`, the login host from --region; a wrong host shows an error page and never redirects the browser back`,
        "if the browser runs on another machine, use `genscope login --no-browser`; for more time, add `--timeout 10m`",
      ].join("\n"),
    });
    expect(host.seen).toEqual([]);
  });

  test("counts forged responses", async () => {
    const clock = new FakeClock();
    const { run } = await start({
      clock,
      openBrowser: async (url) => {
        expect(await comeBack(url, "code=forged", "another")).toBe(404);
      },
    });

    await expect(run()).rejects.toMatchObject({
      message: "no response from the browser within 300 s; ignored 1 response with another `state`",
    });
  });

  test("ends with Ctrl-C", async () => {
    const interruption = new AbortController();
    const { run } = await start({
      signal: interruption.signal,
      openBrowser: async () => interruption.abort(),
    });

    await expect(run()).rejects.toMatchObject({ name: "InterruptedError", exit: "interrupted" });
  });
});

describe("a login that the login host refuses", () => {
  test.each([
    ["access_denied", "auth.login_denied"],
    ["unauthorized_client", "auth.grant_not_allowed"],
    ["unsupported_response_type", "auth.grant_not_allowed"],
    ["invalid_scope", "auth.scope_rejected"],
    ["server_error", "auth.login_unavailable"],
    ["temporarily_unavailable", "auth.login_unavailable"],
    ["something_else", "auth.login_refused"],
  ])("with %s is reported as %s", async (error, code) => {
    const { host, run } = await start({
      openBrowser: async (url) =>
        void (await comeBack(url, `error=${error}&error_description=Because+\u001b[31m`)),
    });

    await expect(run()).rejects.toMatchObject({
      code,
      exit: "auth",
      message: expect.stringMatching(new RegExp(`\\(\`${error}: Because \\ufffd\\[31m\`\\)$`)),
      hint: expect.stringMatching(/genscope login|log in again|Admin > Integrations > OAuth/),
    });
    expect(host.seen).toEqual([]);
  });
});

describe("a code that the token endpoint refuses", () => {
  const refusal = (status: number, error: string) => () =>
    [status, { error, description: "the words", error_description: "the words" }] as const;

  test.each([
    [400, "invalid_grant", "auth.code_rejected"],
    [400, "unauthorized_client", "auth.grant_not_allowed"],
    [401, "invalid_client", "auth.grant_not_allowed"],
    [400, "invalid_request", "auth.client_rejected"],
  ])("with %i %s is reported as %s, and the request is not repeated", async (status, error, code) => {
    const { host, run } = await start({ token: refusal(status, error) });

    await expect(run()).rejects.toMatchObject({ code, exit: "auth" });
    expect(host.seen).toHaveLength(1);
  });

  test.each<[string, unknown]>([
    ["no token type", { access_token: "leaked-token", expires_in: 60 }],
    ["a token that is not text", { access_token: 5, token_type: "bearer", note: "leaked-token" }],
    ["a token type that needs more than a header", { access_token: "leaked-token", token_type: "mac" }],
    ["a token that would break a header", { access_token: "leaked-token\r\nx: y", token_type: "bearer" }],
  ])("is never quoted in the error about a response with %s", async (_name, body) => {
    const { run } = await start({ token: () => [200, body] });
    const error = await run().catch((reason: unknown) => reason);

    expect(error).toMatchObject({ name: expect.stringMatching(/^(AuthError|NetworkError)$/) });
    expect(
      `${error instanceof Error ? `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}` : ""}`,
    ).not.toContain("leaked-token");
  });

  test("appears in no error, nor does its verifier, even when the endpoint quotes both", async () => {
    const { host, run } = await start({
      token: ({ body }) => [
        400,
        {
          error: "invalid_grant",
          error_description: `got ${body} ${new URLSearchParams(body).get("code_verifier")}`,
        },
      ],
    });
    const error = await run().catch((reason: unknown) => reason);
    const form = new URLSearchParams(host.seen[0]?.body);
    const shown = error instanceof Error ? error.message : "";

    expect(shown).toContain("invalid_grant");
    expect(shown).not.toContain(form.get("code_verifier"));
    expect(shown).not.toContain("the-code");
  });
});
