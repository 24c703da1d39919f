import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { ANALYST, createVisitor, logInAndAllow, type Visitor } from "../support/visitor.ts";
import { act, call, sandboxFor } from "./client.ts";
import { authorizeUrl, CHALLENGE, exchangeCode, type Parameters, REDIRECT_URI } from "./login.ts";

/** A scenario whose client is the app that users log in to. */
const APP = { scenario: "scope-missing" };

const PASSWORD = { email: ANALYST, password: "any" };

/** Returns a visitor who is logged in and sees the consent page of an app. */
async function atConsent(sandbox: Sandbox, changes: Parameters = {}): Promise<Visitor> {
  const visitor = createVisitor();
  await visitor.open(authorizeUrl(sandbox, changes));
  await visitor.press("login", PASSWORD);
  return visitor;
}

describe("a login in the browser", () => {
  test("goes from the login page through the consent page to the app, with code and state", async () => {
    const sandbox = await sandboxFor(APP);
    const visitor = createVisitor();
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Log in");
    const consent = await visitor.press("login", PASSWORD);
    expect(consent.heading).toBe("Agent workbench asks for access");
    expect(consent.html).toContain("<strong>Reporting analyst</strong>");
    expect(consent.html).toContain("<li>Read routing <code>routing:readonly</code></li>");
    expect(consent.html).toContain(`<code>${REDIRECT_URI}</code>`);
    const answer = await visitor.press("allow");
    expect(answer.status).toBe(303);
    expect(answer.leftFor).toMatch(/^http:\/\/localhost:9191\?code=[\w-]{43}&state=state-1$/);
  });

  test.each(["", "state with spaces & signs = + %20 äöü", "a".repeat(2000)])(
    "returns the state %j unchanged",
    async (state) => {
      const sandbox = await sandboxFor(APP);
      const callback = new URL(await logInAndAllow(authorizeUrl(sandbox, { state })));
      expect(callback.searchParams.get("state")).toBe(state);
    },
  );

  test("without a state returns none to the app", async () => {
    const sandbox = await sandboxFor(APP);
    const callback = new URL(await logInAndAllow(authorizeUrl(sandbox, { state: null })));
    expect([...callback.searchParams.keys()]).toEqual(["code"]);
  });

  test("that the user denies redirects with the error", async () => {
    const sandbox = await sandboxFor(APP);
    const visitor = await atConsent(sandbox);
    expect((await visitor.press("deny")).leftFor).toBe(
      "http://localhost:9191?error=access_denied&error_description=The+resource+owner+denied+the+request&state=state-1",
    );
  });

  test("accepts the email address in upper or lower case, with surrounding spaces", async () => {
    const sandbox = await sandboxFor(APP);
    const callback = await logInAndAllow(authorizeUrl(sandbox), " Reporting.Analyst@EXAMPLE.com ");
    expect(callback).toMatch(/\?code=/);
  });

  test.each([
    ["an unknown address", { email: "nobody@example.com", password: "any" }],
    ["no password", { email: ANALYST, password: "" }],
    ["nothing", {}],
  ])("with %s stays on the login page with a message", async (_name, fields: Record<string, string>) => {
    const sandbox = await sandboxFor(APP);
    const visitor = createVisitor();
    await visitor.open(authorizeUrl(sandbox));
    const again = await visitor.press("login", fields);
    expect([again.heading, again.leftFor, again.headers.get("set-cookie")]).toEqual(["Log in", null, null]);
    expect(again.html).toContain('<p class="problem" role="alert">Email or password is wrong.</p>');
    expect((await visitor.press("allow")).leftFor).toBe(null);
  });

  test("to an unapproved app ends at a page that names the administrator", async () => {
    const sandbox = await sandboxFor({ scenario: "app-not-approved" });
    const visitor = createVisitor();
    await visitor.open(authorizeUrl(sandbox));
    const page = await visitor.press("login", PASSWORD);
    expect(page.heading).toBe("An administrator must approve Agent workbench");
    expect((await visitor.press("allow")).leftFor).toMatch(/\?error=access_denied&/);
    await act(sandbox, "settings.patch", { settings: { enforceScopes: false } });
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Agent workbench asks for access");
  });

  test("with org and provider goes to the provider's page", async () => {
    const sandbox = await sandboxFor(APP);
    const url = authorizeUrl(sandbox, { org: "example-cc", provider: "okta" });
    expect((await createVisitor().open(url)).heading).toBe("Log in with okta");
  });

  test.each([
    [ANALYST, ANALYST],
    [`${ANALYST}:example-cc`, ANALYST],
    ["example-cc", ""],
  ])("with the hint %s has %j prefilled", async (hint, expected) => {
    const sandbox = await sandboxFor(APP);
    const { html } = await createVisitor().open(authorizeUrl(sandbox, { login_hint: hint }));
    expect(/<input id="email"[^>]* value="(.*?)">/.exec(html)?.[1]).toBe(expected);
  });

  test("with a target acts in the organization that trusts the user's organization", async () => {
    const sandbox = await sandboxFor({ scenario: "trusting-org" });
    const state = await call(sandbox, "GET /sandbox/state");
    const target = state.text("organizationId");
    const guest = "partner.consultant@example.net";
    const code = new URL(await logInAndAllow(authorizeUrl(sandbox, { target }), guest)).searchParams;
    const token = (await exchangeCode(sandbox, code.get("code") ?? "")).text("access_token");
    const me = await call(sandbox, "GET /api/v2/tokens/me", { token });
    expect([me.at("organization.id"), me.at("homeOrganization.name")]).toEqual([
      target,
      "Partner Consulting",
    ]);
    // With a target, only guests can log in; without one, only members of the organization.
    await expect(logInAndAllow(authorizeUrl(sandbox, { target }))).rejects.toThrow("Log in");
    await expect(logInAndAllow(authorizeUrl(sandbox), guest)).rejects.toThrow("Log in");
  });
});

describe("a browser with an earlier login", () => {
  test("skips the login page but not the consent page", async () => {
    const sandbox = await sandboxFor(APP);
    const visitor = await atConsent(sandbox);
    await visitor.press("allow");
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Agent workbench asks for access");
  });

  test("logs in again when the app requests it, once", async () => {
    const sandbox = await sandboxFor(APP);
    const visitor = await atConsent(sandbox);
    const url = authorizeUrl(sandbox, { prompt: "login" });
    expect((await visitor.open(url)).heading).toBe("Log in");
    expect((await visitor.press("login", PASSWORD)).heading).toBe("Agent workbench asks for access");
    expect((await visitor.press("allow")).leftFor).toMatch(/\?code=/);
  });

  test("is forgotten exactly after the inactivity timeout", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor(APP, clock);
    await act(sandbox, "settings.patch", { settings: { idleTimeout: { enabled: true, seconds: 600 } } });
    const visitor = await atConsent(sandbox);
    clock.advance(599_999);
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Agent workbench asks for access");
    clock.advance(599_999);
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Agent workbench asks for access");
    clock.advance(600_000);
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Log in");
  });

  test("is recognized by a cookie that scripts cannot read and that is worthless after logout", async () => {
    const sandbox = await sandboxFor(APP);
    const heading = async (cookie: string) =>
      /<h1>(.*)<\/h1>/.exec((await call(sandbox, `GET ${path}`, { headers: { Cookie: cookie } })).raw)?.[1];
    const path = authorizeUrl(sandbox).slice(sandbox.url.length);
    const login = await fetch(authorizeUrl(sandbox), {
      method: "POST",
      body: new URLSearchParams({ step: "login", ...PASSWORD }),
      redirect: "manual",
    });
    const [cookie = "", ...attributes] = (login.headers.get("set-cookie") ?? "").split("; ");
    expect([login.status, attributes]).toEqual([303, ["Path=/", "HttpOnly", "SameSite=Lax"]]);
    expect(await heading(`other=1; ${cookie}`)).toBe("Agent workbench asks for access");
    const logout = await call(sandbox, "GET /logout", { headers: { Cookie: cookie } });
    expect(logout.headers.get("set-cookie")).toBe(
      "sandbox-session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
    );
    expect(await heading(cookie)).toBe("Log in");
  });

  test("of an organization is unknown to another", async () => {
    const sandbox = await sandboxFor({ scenario: "trusting-org" });
    const target = (await call(sandbox, "GET /sandbox/state")).text("organizationId");
    const visitor = createVisitor();
    await visitor.open(authorizeUrl(sandbox, { target }));
    await visitor.press("login", { email: "partner.consultant@example.net", password: "any" });
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Log in");
    expect((await visitor.open(authorizeUrl(sandbox, { target }))).heading).toBe(
      "Consulting toolbox asks for access",
    );
  });

  test("ends at logout, which redirects only to a registered address", async () => {
    const sandbox = await sandboxFor(APP);
    const visitor = await atConsent(sandbox);
    const logout = (redirectUri: string) =>
      `${sandbox.url}/logout?${new URLSearchParams({ client_id: sandbox.client.id, redirect_uri: redirectUri })}`;
    expect((await visitor.open(logout(REDIRECT_URI))).leftFor).toBe(REDIRECT_URI);
    expect((await visitor.open(authorizeUrl(sandbox))).heading).toBe("Log in");
    const stranger = await visitor.open(logout("https://attacker.example/"));
    expect([stranger.leftFor, stranger.heading]).toEqual([null, "You are logged out"]);
  });

  test("cannot be made to consent by another website", async () => {
    const sandbox = await sandboxFor(APP);
    const visitor = await atConsent(sandbox);
    const forged = await visitor.press("allow", { ticket: "guessed" });
    expect([forged.leftFor, forged.heading]).toEqual([null, "Log in"]);
  });
});

describe("a login request that cannot be trusted", () => {
  test.each([
    ["an unknown client", { client_id: "nobody" }],
    ["no client", { client_id: null }],
    ["a redirect URI that is not registered", { redirect_uri: "https://attacker.example/" }],
    ["a redirect URI with an extra slash", { redirect_uri: `${REDIRECT_URI}/` }],
    ["no redirect URI", { redirect_uri: null }],
  ])("with %s ends at an error page without a redirect", async (_name, changes: Parameters) => {
    const sandbox = await sandboxFor(APP);
    const view = await createVisitor().open(authorizeUrl(sandbox, changes));
    expect([view.status, view.leftFor, view.heading]).toEqual([
      400,
      null,
      "OAuth client ID or redirect URI is invalid",
    ]);
  });

  test.each(["client_id", "redirect_uri"])("with a repeated %s also ends at the error page", async (name) => {
    const sandbox = await sandboxFor(APP);
    const url = authorizeUrl(sandbox);
    const value = new URL(url).searchParams.get(name) ?? "";
    const view = await createVisitor().open(`${url}&${new URLSearchParams({ [name]: value })}`);
    expect([view.status, view.leftFor]).toEqual([400, null]);
  });
});

describe("a faulty login request redirects to the app with the error", () => {
  test.each([
    [{ response_type: null }, "invalid_request", "response_type is missing"],
    [{ response_type: "token" }, "unsupported_response_type", "response_type must be code"],
    [
      { code_challenge_method: "plain" },
      "invalid_request",
      "transform algorithm not supported: code_challenge_method must be S256",
    ],
    [
      { code_challenge_method: null },
      "invalid_request",
      "transform algorithm not supported: code_challenge_method must be S256",
    ],
    [{ code_challenge: null }, "invalid_request", "code_challenge is missing"],
    [{ code_challenge: `${CHALLENGE}=` }, "invalid_request", "code_challenge is not a SHA-256 in base64url"],
    [{ org: "example-cc" }, "invalid_request", "org and provider must be given together"],
    [{ provider: "okta" }, "invalid_request", "org and provider must be given together"],
    [{ org: "elsewhere", provider: "okta" }, "invalid_request", "there is no such organization"],
    [{ target: "elsewhere" }, "invalid_request", "there is no such target organization"],
  ])("%j: %s", async (changes: Parameters, error, description) => {
    const sandbox = await sandboxFor(APP);
    const view = await createVisitor().open(authorizeUrl(sandbox, changes));
    expect(view.leftFor).toBe(
      `http://localhost:9191?${new URLSearchParams({ error, error_description: description, state: "state-1" })}`,
    );
  });

  test("a parameter twice", async () => {
    const sandbox = await sandboxFor(APP);
    const view = await createVisitor().open(`${authorizeUrl(sandbox)}&login_hint=a&login_hint=b`);
    expect(view.leftFor).toContain("error=invalid_request&error_description=the+parameter+login_hint");
  });

  test.each([
    [{ state: "disabled" }, "the client is disabled"],
    [{ state: "inactive" }, "the client is inactive"],
  ])("an app that is %j", async (change, description) => {
    const sandbox = await sandboxFor(APP);
    await act(sandbox, "client.update", { client: sandbox.client.id, ...change });
    const view = await createVisitor().open(authorizeUrl(sandbox));
    const answer = new URL(view.leftFor ?? "").searchParams;
    expect([answer.get("error"), answer.get("error_description")]).toEqual([
      "unauthorized_client",
      description,
    ]);
  });

  test("a client with another grant type", async () => {
    const sandbox = await sandboxFor();
    await act(sandbox, "client.update", {
      client: sandbox.client.id,
      registeredRedirectUri: ["http://localhost"],
    });
    const view = await createVisitor().open(authorizeUrl(sandbox));
    expect(view.leftFor).toMatch(/\?error=unauthorized_client&/);
  });
});

describe("the pages of the login", () => {
  test("load nothing, run nothing, and cannot be framed", async () => {
    const sandbox = await sandboxFor(APP);
    const { headers, html } = await createVisitor().open(authorizeUrl(sandbox));
    expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; img-src data:; form-action 'self' http:\/\/localhost:9191; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(html).not.toMatch(/<script|src=|url\(|@import/);
    expect([...html.matchAll(/href="(.*?)"/g)].map(([, address]) => address)).toEqual(["data:,"]);
  });

  test("escape text from requests and names", async () => {
    const sandbox = await sandboxFor(APP);
    const attack = `"><script>alert('1')</script>&@example.com`;
    await act(sandbox, "client.upsert", {
      id: sandbox.client.id,
      name: attack,
      grantType: "CODE",
      scope: [attack],
      registeredRedirectUri: ["http://localhost"],
    });
    await act(sandbox, "user.upsert", { name: attack, email: ANALYST });
    const escaped = "&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;@example.com";
    const visitor = createVisitor();
    const login = await visitor.open(
      authorizeUrl(sandbox, { login_hint: attack, org: "example-cc", provider: attack }),
    );
    const retry = await visitor.press("login", { email: attack });
    const consent = await visitor.press("login", PASSWORD);
    for (const { html } of [login, retry, consent]) {
      expect(html).not.toContain("<script");
      expect(html).toContain(escaped);
    }
  });

  test("accept only GET and POST", async () => {
    const sandbox = await sandboxFor(APP);
    const reply = await call(sandbox, `PUT ${authorizeUrl(sandbox).slice(sandbox.url.length)}`);
    expect([reply.status, reply.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });
});
