import { describe, expect, test } from "vitest";
import { Secret } from "../../../src/core/secret.ts";
import { readBody } from "../../../src/http/transport/body.ts";
import { hideEchoes } from "../../../src/http/transport/echoed-secrets.ts";
import type { HttpRequest } from "../../../src/http/transport/transport.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";

const TOKEN = "token/0123456789+abcdef==";
const CLIENT_SECRET = "p%ss:wörd-of-the-client";
const BASIC = Buffer.from(`client-1:${CLIENT_SECRET}`, "utf8").toString("base64");
const url = new URL("https://api.mypurecloud.de/api/v2/tokens/me");
const byToken: HttpRequest = {
  method: "GET",
  url,
  headers: { authorization: new Secret(`Bearer ${TOKEN}`), accept: "application/json" },
};
const byClient: HttpRequest = {
  method: "POST",
  url,
  headers: { authorization: new Secret(`Basic ${BASIC}`) },
  body: {
    kind: "form",
    fields: { grant_type: "refresh_token", refresh_token: new Secret("refresh-0123456789") },
  },
};

async function answerTo(request: HttpRequest, step: Step) {
  const response = await hideEchoes(playSteps([step]).transport)(request);
  return { headers: response.headers, text: Buffer.from(await readBody(response)).toString("utf8") };
}

describe("a refusal or an HTML page is stripped of", () => {
  test.each<[string, HttpRequest, string, string]>([
    ["the token", byToken, `no: ${TOKEN}!`, "no: [secret]!"],
    ["the whole header", byToken, `no: Bearer ${TOKEN}`, "no: Bearer [secret]"],
    ["the token after an escape sequence", byToken, `[2JBearer ${TOKEN}`, "[2JBearer [secret]"],
    ["the token in a URL", byToken, `?t=${encodeURIComponent(TOKEN)}&x`, "?t=[secret]&x"],
    ["the token twice in a row", byToken, `${TOKEN}${TOKEN}`, "[secret][secret]"],
    ["the Basic credential", byClient, `no: Basic ${BASIC}`, "no: Basic [secret]"],
    ["the client secret", byClient, `client-1:${CLIENT_SECRET} é`, "client-1:[secret] é"],
    ["a secret field of the form", byClient, "refresh_token=refresh-0123456789", "refresh_token=[secret]"],
    ["no text that is not secret", byClient, "grant_type=refresh_token", "grant_type=refresh_token"],
    ["no text when it is empty", byToken, "", ""],
  ])("%s", async (_case, request, body, shown) => {
    expect((await answerTo(request, { status: 401, body })).text).toBe(shown);
    const page = { status: 200, headers: { "content-type": "text/html" }, body };
    expect((await answerTo(request, page)).text).toBe(shown);
  });

  test("a token that is split between chunks", async () => {
    const whole = Buffer.from(`wörds before ${TOKEN} and after ${TOKEN}`, "utf8");
    for (const size of [1, 2, 7, whole.length]) {
      const response = await hideEchoes(async () => ({ status: 403, headers: {}, body: cut(whole, size) }))(
        byToken,
      );
      expect(Buffer.from(await readBody(response)).toString("utf8")).toBe(
        "wörds before [secret] and after [secret]",
      );
    }
  });

  test("a token in headers", async () => {
    const { headers } = await answerTo(byToken, { status: 200, headers: { "x-seen": `Bearer ${TOKEN}` } });
    expect(headers).toEqual({ "x-seen": "Bearer [secret]" });
  });
});

describe("hideEchoes does not change", () => {
  test("the JSON of a success, which may contain a refresh token", async () => {
    const body = '{"access_token":"a","refresh_token":"refresh-0123456789"}';
    const headers = { "content-type": "application/json; charset=utf-8" };
    expect((await answerTo(byClient, { status: 200, headers, body })).text).toBe(body);
  });

  test("the response to a request without secrets", async () => {
    expect((await answerTo({ method: "GET", url }, { status: 404, body: TOKEN })).text).toBe(TOKEN);
  });

  test("words that contain a very short secret", async () => {
    const request = { method: "GET", url, headers: { authorization: new Secret("Bearer the") } };
    expect((await answerTo(request, { status: 401, body: "the end" })).text).toBe("the end");
  });
});

async function* cut(whole: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}
