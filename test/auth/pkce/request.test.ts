import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { authorizeUrl, checkLoginPage, type LoginPage } from "../../../src/auth/pkce/authorize-url.ts";
import { createProof } from "../../../src/auth/pkce/proof.ts";
import {
  formatRedirectUri,
  parsePort,
  parseRedirectUri,
  splitQuery,
} from "../../../src/auth/pkce/redirect-uri.ts";
import { systemRandom } from "../../../src/core/random.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";

const PLAIN: LoginPage = { organization: null, provider: null, loginHint: null, prompt: null };

describe("the PKCE proof", () => {
  test("matches the example of RFC 7636, appendix B", () => {
    const octets = [
      116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214,
      191, 240, 91, 88, 5, 88, 83, 132, 141, 121,
    ];
    const { verifier, challenge } = createProof({ bytes: () => Uint8Array.from(octets), fraction: () => 0 });

    expect(verifier.reveal()).toBe("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    expect(challenge).toBe("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  test("has a verifier and a state with the entropy that the RFCs require, different for each login", () => {
    const [one, other] = [createProof(systemRandom), createProof(systemRandom)];

    expect(one.verifier.reveal()).toMatch(/^[A-Za-z0-9._~-]{43}$/);
    expect(one.state).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new Set([one, other].flatMap(({ verifier, state }) => [verifier.reveal(), state])).size).toBe(4);
    expect(createHash("sha256").update(one.verifier.reveal()).digest("base64url")).toBe(one.challenge);
  });
});

describe("the URL of the login page", () => {
  const url = (page: Partial<LoginPage> = {}, region = "eu-central-1") =>
    authorizeUrl({
      region: parseRegion(region).region,
      clientId: "client 1&x",
      redirectUri: "http://localhost:9191",
      proof: { challenge: "challenge-1", state: "state-1" },
      page: { ...PLAIN, ...page },
    });

  test("contains the redirect URI unchanged, S256, and no scope", () => {
    expect(url()).toBe(
      "https://login.mypurecloud.de/oauth/authorize?response_type=code&client_id=client+1%26x&redirect_uri=http%3A%2F%2Flocalhost%3A9191&state=state-1&code_challenge=challenge-1&code_challenge_method=S256",
    );
  });

  test("contains organization and provider, login hint and prompt", () => {
    const { searchParams } = new URL(
      url({ organization: "acme", provider: "okta", loginHint: "a@example.com:acme", prompt: "login" }),
    );
    expect(Object.fromEntries([...searchParams].slice(6))).toEqual({
      org: "acme",
      provider: "okta",
      login_hint: "a@example.com:acme",
      prompt: "login",
    });
  });

  test("keeps the path of a gateway", () => {
    expect(url({}, "http://127.0.0.1:8787/genesys")).toMatch(
      /^http:\/\/127\.0\.0\.1:8787\/genesys\/oauth\/authorize\?/,
    );
  });

  test.each<[Partial<LoginPage>]>([[{ organization: "acme" }], [{ provider: "okta" }]])(
    "is refused when only %j is given",
    (page) => {
      expect(() => checkLoginPage({ ...PLAIN, ...page })).toThrow(
        expect.objectContaining({
          code: "usage.login_page",
          hint: "pass both or neither: `--org acme --provider okta`",
        }),
      );
    },
  );
});

describe("a redirect URI", () => {
  test.each([
    ["http://localhost", { base: "http://localhost", port: null, path: "" }],
    ["http://localhost/", { base: "http://localhost", port: null, path: "/" }],
    ["http://localhost:9191", { base: "http://localhost", port: 9191, path: "" }],
    ["http://127.0.0.1:8080/callback", { base: "http://127.0.0.1", port: 8080, path: "/callback" }],
    ["http://[::1]:8080/", { base: "http://[::1]", port: 8080, path: "/" }],
  ])("is accepted and formatted unchanged: %s", (text, parts) => {
    expect(parseRedirectUri(text)).toEqual(parts);
    expect(formatRedirectUri(parts)).toBe(text);
  });

  test.each([
    "https://localhost",
    "http://example.com:80",
    "http://localhost:8080?x=1",
    "http://localhost.example.com",
  ])("is refused: %s", (text) => {
    expect(parseRedirectUri(text)).toBeNull();
  });

  test.each(["0", "65536", "80 80", "-1", "http", "1e3", ""])("refuses `%s` as a port", (text) => {
    expect(() => parsePort(text)).toThrow(expect.objectContaining({ code: "usage.port", exit: "usage" }));
  });

  test.each([
    ["/cb", { target: "/cb", query: "" }],
    ["/cb?a=1?2#f", { target: "/cb", query: "a=1?2" }],
  ])("splits off the query of %s", (text, parts) => {
    expect(splitQuery(text)).toEqual(parts);
  });
});
