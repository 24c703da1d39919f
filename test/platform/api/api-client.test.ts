import { describe, expect, test } from "vitest";
import { createApi, stoppableApi } from "../../../src/platform/api/api-client.ts";
import { ApiError } from "../../../src/platform/api/api-error.ts";
import { parseRegion } from "../../../src/platform/region/region-parser.ts";
import { apiOfSteps } from "../../support/api-of.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";

const JSON_TYPE = { "content-type": "application/json" };

async function failureOf(step: Step): Promise<ApiError> {
  const { api } = apiOfSteps(step);
  const error = await api.get("/api/v2/users/me").catch((reason: unknown) => reason);
  if (!(error instanceof ApiError)) throw new Error(`not an ApiError: ${String(error)}`);
  return error;
}

describe("a request to the API", () => {
  test("goes to the region's API host with its query", async () => {
    const { api, sent } = apiOfSteps({ status: 200, body: "{}" });
    await api.get("/api/v2/users", { pageSize: 25, id: ["a", "b c"], state: undefined, deep: true });

    expect(sent[0]?.url.href).toBe(
      "https://api.mypurecloud.de/api/v2/users?pageSize=25&id=a&id=b+c&deep=true",
    );
  });

  test.each([
    "/api/v2/queues/../members",
    "/api/v2/jobs/..",
    "/api/v2/jobs/.",
    "/api/v2/jobs/%2E%2e/results",
  ])("to %s is not sent, because it would reach another operation", async (path) => {
    const { api, sent } = apiOfSteps({ status: 200, body: "{}" });
    await expect(api.send({ method: "DELETE", path })).rejects.toMatchObject({ code: "api.incomplete" });
    await expect(api.stream({ method: "GET", path })).rejects.toMatchObject({ code: "api.incomplete" });
    expect(sent).toEqual([]);
  });

  test("may have dots within an id", async () => {
    const { api, sent } = apiOfSteps({ status: 200, body: "{}" });
    await api.get("/api/v2/users/a..b/...");
    expect(sent[0]?.url.pathname).toBe("/api/v2/users/a..b/...");
  });

  test("sends JSON, and passes on its timeout and whether it may be repeated", async () => {
    const { api, sent } = apiOfSteps({ status: 200, body: "{}" });
    await api.send({ method: "POST", path: "/api/v2/x", body: { a: 1 }, repeatable: true, timeoutMs: 9 });

    expect(sent[0]).toMatchObject({
      method: "POST",
      body: { kind: "json", value: { a: 1 } },
      repeatable: true,
      timeoutMs: 9,
    });
  });
});

describe("the abort signal of a request", () => {
  const sent = async (own: AbortSignal | undefined, whole: AbortSignal, work: AbortSignal) => {
    const { transport, sent: requests } = playSteps([{ status: 200, body: "{}" }]);
    const api = createApi({ region: parseRegion("eu-central-1").region, transport, signal: whole });
    await stoppableApi(api, work).send({ method: "GET", path: "/x", ...(own && { signal: own }) });
    return requests[0]?.signal?.aborted;
  };
  const never = new AbortController().signal;

  test.each<[string, AbortSignal | undefined, AbortSignal, AbortSignal, boolean]>([
    ["is not aborted while no signal is aborted", undefined, never, never, false],
    ["is not aborted while the request's own signal is not aborted", never, never, never, false],
    ["is aborted by the request's own signal", AbortSignal.abort(), never, never, true],
    ["is aborted by the signal of the program", undefined, AbortSignal.abort(), never, true],
    ["is aborted by the signal of its unit of work", undefined, never, AbortSignal.abort(), true],
    [
      "is aborted by its unit of work although the request has its own signal",
      never,
      never,
      AbortSignal.abort(),
      true,
    ],
  ])("%s", async (_name, own, whole, work, isAborted) => {
    expect(await sent(own, whole, work)).toBe(isAborted);
  });

  test.each([
    [undefined, undefined],
    [never, false],
    [AbortSignal.abort(), true],
  ])("follows only the request's own signal for a cleanup request", async (own, isAborted) => {
    const { transport, sent: requests } = playSteps([{ status: 204 }]);
    const stopped = AbortSignal.abort();
    const api = createApi({ region: parseRegion("eu-central-1").region, transport, signal: stopped });
    const request = { method: "DELETE", path: "/x", isCleanUp: true, ...(own && { signal: own }) };
    await stoppableApi(api, stopped).send(request);
    expect(requests[0]?.signal?.aborted).toBe(isAborted);
  });
});

describe("a response from the API", () => {
  test("keeps the correlation ids of both headers and the context id of the body", async () => {
    const { api } = apiOfSteps({
      status: 403,
      headers: { "inin-correlation-id": "old", "genesys-correlation-id": "new" },
      body: '{"contextId":"ctx","message":"no"}',
    });

    expect(await api.send({ method: "GET", path: "/api/v2/x" })).toMatchObject({
      status: 403,
      correlationId: "new",
      ininCorrelationId: "old",
      genesysCorrelationId: "new",
      contextId: "ctx",
      body: { contextId: "ctx", message: "no" },
    });
  });

  test.each([
    ["the context id of the body", {}, "ctx"],
    ["the id of the older header", { "inin-correlation-id": "old" }, "old"],
  ])("without the newer correlation header reports %s", async (_name, headers, id) => {
    const { api } = apiOfSteps({ status: 200, headers, body: '{"contextId":"ctx"}' });
    expect((await api.send({ method: "GET", path: "/x" })).correlationId).toBe(id);
  });
});

describe("the platform's error envelope", () => {
  test.each([
    [401, "bad.credentials", "api.unauthorized", "auth"],
    [403, "missing.any.permissions", "api.forbidden", "denied"],
    [404, "not.found", "api.not_found", "error"],
    [400, "bad.request", "api.refused", "error"],
    [429, "too.many.requests", "limited.rate", "limited"],
    [500, "internal.server.error", "api.unavailable", "limited"],
    [503, "service.unavailable", "api.unavailable", "limited"],
  ])("becomes an error for %s %s", async (status, apiCode, code, exit) => {
    const error = await failureOf({
      status,
      body: JSON.stringify({ code: apiCode, message: "Because", contextId: "ctx" }),
    });

    expect(error).toMatchObject({
      code,
      exit,
      status,
      apiCode,
      correlationId: "ctx",
      message: `\`GET /api/v2/users/me\` returned ${status} \`${apiCode}\`: Because`,
    });
  });

  test("suggests for a 403 the command that shows the missing access", async () => {
    const error = await failureOf({ status: 403, body: '{"code":"x"}' });
    expect(error.hint).toBe('see which access is missing: `genscope check-scopes "GET /api/v2/users/me"`');
  });

  test("has its control characters replaced", async () => {
    const error = await failureOf({
      status: 400,
      body: JSON.stringify({ code: "x", message: "a\u001b[2Jb\nc" }),
    });
    expect(error.message).toBe("`GET /api/v2/users/me` returned 400 `x`: a\ufffd[2Jb c");
  });
});

describe("a response that did not come from the platform", () => {
  const page = "<!DOCTYPE html><html><title>Access denied</title>";

  test.each<[string, Step, string, string]>([
    [
      "is recognized as an HTML page with status 200",
      { status: 200, headers: { "content-type": "text/html" }, body: page },
      "api.html",
      `returned 200 with a page (text/html) that starts with \`${page}\``,
    ],
    [
      "is recognized as an HTML page with status 403, not as a refusal",
      { status: 403, headers: { "content-type": "text/html; charset=utf-8" }, body: page },
      "api.html",
      "returned 403 with a page",
    ],
    [
      "is recognized as an empty body",
      { status: 200, headers: JSON_TYPE, body: " " },
      "api.empty",
      "returned 200 with an empty body",
    ],
    [
      "is recognized as a truncated body",
      { status: 200, headers: JSON_TYPE, body: '{"id":"abc","na' },
      "api.truncated",
      'returned 200 with broken JSON that starts with `{"id":"abc","na`',
    ],
    [
      "is recognized as plain text",
      { status: 200, headers: { "content-type": "text/plain" }, body: "upstream \u0007connect error" },
      "api.not_json",
      "returned 200 with content that is not JSON (text/plain) and starts with `upstream \ufffdconnect error`",
    ],
    [
      "is recognized as a redirect and quoted without its query, which may contain a secret",
      { status: 302, headers: { location: "https://sso.example/login?code=the-secret" } },
      "api.redirect",
      "returned 302 with a redirect to `https://sso.example/login`",
    ],
    [
      "is recognized as a redirect without a location",
      { status: 307 },
      "api.redirect",
      "a redirect to `nowhere`",
    ],
    [
      "is recognized as JSON with another shape",
      { status: 502, headers: JSON_TYPE, body: '{"fault":"gateway"}' },
      "api.foreign_json",
      'returned 502 with JSON that is not in the platform\'s format and starts with `{"fault":"gateway"}`',
    ],
    [
      "is quoted without the token that it repeats from the request",
      {
        status: 400,
        headers: { "content-type": "text/html" },
        body: "<html>Authorization: Bearer the-token-1",
      },
      "api.html",
      "starts with `<html>Authorization: Bearer [secret]`",
    ],
  ])("%s", async (_name, step, code, words) => {
    const error = await failureOf(step);

    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(error.hint).toContain("https://api.mypurecloud.de");
  });

  test("is quoted only at its start when it is long", async () => {
    const error = await failureOf({
      status: 200,
      headers: { "content-type": "text/plain" },
      body: "x".repeat(1e6),
    });
    expect(error.message.length).toBeLessThan(300);
  });
});
