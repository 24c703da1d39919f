import { type IncomingHttpHeaders, request } from "node:http";
import { createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type LoopbackOptions, listenOnLoopback } from "../../../src/auth/pkce/loopback.ts";
import { readCallback } from "../../../src/auth/pkce/oauth-protocol.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";

const { region } = parseRegion("eu-central-1");
const judge = (parameters: URLSearchParams) => readCallback(region, "client-1", parameters, "state-1");
const ANSWER = "/?code=the-code&state=state-1";

async function open(options: Partial<LoopbackOptions> = {}) {
  const loopback = await listenOnLoopback({ port: null, path: "", judge, ...options });
  onTestFinished(async () => await loopback.close());
  return loopback;
}

interface Page {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends one request, as a browser or any other program would. */
function get(
  port: number,
  path: string,
  { host = `localhost:${port}`, address = "127.0.0.1", method = "GET" } = {},
): Promise<Page> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: address, port, path, method, headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    sent.once("error", reject);
    sent.end();
  });
}

describe("the login page's response", () => {
  test.each(["127.0.0.1", "::1"])("arrives on %s", async (address) => {
    const loopback = await open();
    const page = await get(loopback.port, ANSWER, { address });
    const answer = await loopback.answer;

    expect(page.status).toBe(200);
    expect(answer.kind === "code" ? answer.parameters.get("code") : answer.kind).toBe("the-code");
  });

  test("is reported as a refusal when it contains an error", async () => {
    const loopback = await open();
    const page = await get(loopback.port, "/?error=access_denied&error_description=No+way&state=state-1");

    expect(page.body).toContain("<h1>Not logged in</h1>");
    expect(await loopback.answer).toEqual({
      kind: "refused",
      error: "access_denied",
      description: "No way",
    });
  });

  test("arrives at the registered path", async () => {
    const loopback = await open({ path: "/callback" });
    expect((await get(loopback.port, ANSWER)).status).toBe(404);
    expect((await get(loopback.port, `/callback${ANSWER.slice(1)}`)).status).toBe(200);
  });

  test("is accepted once", async () => {
    const loopback = await open();
    expect((await get(loopback.port, ANSWER)).status).toBe(200);
    await loopback.answer;
    expect((await get(loopback.port, "/?code=another&state=state-1")).status).toBe(404);
  });
});

describe("the page that the browser shows after the login", () => {
  test("contains nothing from the address, loads nothing and is not cached", async () => {
    const loopback = await open();
    const { headers, body } = await get(loopback.port, `${ANSWER}&x=%3Cscript%3E`);

    expect(body).not.toMatch(/the-code|state-1|script|https?:|src=|href=/);
    expect(headers["content-security-policy"]).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      connection: "close",
    });
  });
});

describe("a request that is not the login page's response", () => {
  test.each<[string, string, object]>([
    ["another path", "/favicon.ico", {}],
    ["another state", "/?code=the-code&state=state-2", {}],
    ["no state", "/?code=the-code", {}],
    ["a refusal without the state", "/?error=access_denied", {}],
    ["a refusal with another state", "/?error=access_denied&state=state-2", {}],
    ["a repeated state", "/?code=the-code&state=state-1&state=state-1", {}],
    ["a repeated code", "/?code=the-code&code=other&state=state-1", {}],
    ["no code", "/?state=state-1", {}],
    ["an empty code", "/?code=&state=state-1", {}],
    ["another issuer", `${ANSWER}&iss=https%3A%2F%2Fevil.example`, {}],
    ["a token instead of a code", "/?access_token=t&token_type=bearer&state=state-1", {}],
    ["another host name that resolves to this machine", ANSWER, { host: "evil.example:80" }],
    ["another port in the Host header", ANSWER, { host: "localhost:1" }],
    ["no port in the Host header", ANSWER, { host: "localhost" }],
    ["another method", ANSWER, { method: "POST" }],
  ])("gets a 404, and the listener keeps waiting: %s", async (_name, path, differences) => {
    const loopback = await open();
    const page = await get(loopback.port, path, differences);
    expect([page.status, page.body]).toEqual([404, "Not found\n"]);
    await get(loopback.port, ANSWER);

    expect((await loopback.answer).kind).toBe("code");
  });

  test("is counted when it looks like the response to another login", async () => {
    const loopback = await open();
    await get(loopback.port, "/?code=x&state=state-2");
    await get(loopback.port, "/favicon.ico");

    expect(loopback.countForeign()).toBe(1);
  });
});

describe("the port of the redirect URI", () => {
  test.each(["127.0.0.1", "::1"])("is named with the remedy when it is in use on %s", async (address) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen({ host: address, port: 0 }, resolve));
    onTestFinished(() => void taken.close());
    const bound = taken.address();
    const port = typeof bound === "object" && bound !== null ? bound.port : 0;

    await expect(open({ port })).rejects.toMatchObject({
      code: "usage.port",
      exit: "usage",
      message: `cannot listen on port ${port} on 127.0.0.1 and ::1: another program is using it`,
    });
  });

  test("is free again afterwards, although a browser keeps its connection open", async () => {
    const first = await listenOnLoopback({ port: null, path: "", judge });
    const { createConnection } = await import("node:net");
    const idle = createConnection(first.port, "127.0.0.1").on("error", () => {});
    await new Promise((resolve) => idle.once("connect", resolve));
    await first.close();

    expect((await open({ port: first.port })).port).toBe(first.port);
  });
});
