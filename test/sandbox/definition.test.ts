import { describe, expect, test } from "vitest";
import { FakeClock } from "../support/fake-clock.ts";
import { act, call, clientHolding, type Json, json, sandboxFor } from "./client.ts";

/** Returns one operation of a Swagger document. Its path contains dots and braces, so `Json.at` can't find it. */
function operationOf(document: Json, path: string, method: string): Json {
  const paths = document.at("paths") as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  return json(paths[path]?.[method]);
}

describe("the sandbox's API definition", () => {
  test("describes an operation with the fields of the live definition, without a token", async () => {
    const sandbox = await sandboxFor();
    const document = await call(sandbox, "GET /api/v2/docs/swagger");
    expect([document.at("swagger"), document.at("info.version")]).toEqual(["2.0", "v2"]);
    expect(
      operationOf(document, "/api/v2/analytics/conversations/details/query", "post").value,
    ).toMatchObject({
      operationId: "postAnalyticsConversationsDetailsQuery",
      "x-purecloud-method-name": "postAnalyticsConversationsDetailsQuery",
      security: [{ "PureCloud OAuth": ["analytics", "analytics:readonly"] }],
      "x-inin-requires-permissions": {
        type: "ANY",
        permissions: ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"],
      },
    });
    const tokensMe = operationOf(document, "/api/v2/tokens/me", "get");
    expect(tokensMe.at("x-inin-requires-permissions")).toBe(undefined);
    expect(operationOf(document, "/api/v2/documentation/search", "get").at("security")).toBe(undefined);
    expect(operationOf(document, "/api/v2/webmessaging/messages", "get").at("security")).toEqual([
      { "Webmessaging JWT": [] },
    ]);
  });

  test("has the released operations in one file and the previews in the other", async () => {
    const sandbox = await sandboxFor();
    const count = async (path: string) => {
      const document = await call(sandbox, `GET ${path}`);
      const paths = document.at("paths") as Readonly<Record<string, object>>;
      return Object.values(paths).reduce((sum, methods) => sum + Object.keys(methods).length, 0);
    };
    expect([await count("/api/v2/docs/swagger"), await count("/api/v2/docs/swaggerpreview")]).toEqual([
      3221, 94,
    ]);
  });

  test("is answered with 304 until it changes", async () => {
    const clock = new FakeClock();
    const sandbox = await sandboxFor({}, clock);
    const first = await call(sandbox, "GET /api/v2/docs/swagger");
    const etag = first.headers.get("etag") ?? "";
    const modified = first.headers.get("last-modified") ?? "";
    expect(modified).toBe("Thu, 01 Oct 2026 00:00:00 GMT");
    const ask = async (headers: Record<string, string>) =>
      (await call(sandbox, "GET /api/v2/docs/swagger", { headers })).status;
    expect(await ask({ "If-None-Match": etag })).toBe(304);
    expect(await ask({ "If-Modified-Since": modified })).toBe(304);
    clock.advance(60_000);
    await act(sandbox, "operation.upsert", {
      operation: "GET /api/v2/routing/queues",
      permissions: ["routing:queue:view", "routing:queue:list"],
      permissionMode: "ALL",
    });
    expect(await ask({ "If-None-Match": etag })).toBe(200);
    expect(await ask({ "If-Modified-Since": modified })).toBe(200);
  });

  test("describes each operation as the sandbox enforces it, even after an operation was added or deleted", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    expect((await call(sandbox, "GET /api/v2/weather/reports/today", { token })).status).toBe(404);
    await act(sandbox, "operation.upsert", {
      operation: "GET /api/v2/weather/reports/{reportId}",
      permissions: ["routing:queue:view"],
      scopes: ["routing"],
    });
    await act(sandbox, "operation.delete", { operation: "GET /api/v2/routing/queues" });
    const document = await call(sandbox, "GET /api/v2/docs/swagger");
    expect(operationOf(document, "/api/v2/weather/reports/{reportId}", "get").at("operationId")).toBe(
      "getWeatherReportsReportId",
    );
    expect(operationOf(document, "/api/v2/routing/queues", "get").value).toBe(undefined);
    expect((await call(sandbox, "GET /api/v2/weather/reports/today", { token })).at("code")).toBe(
      "missing.any.permissions",
    );
    expect((await call(sandbox, "GET /api/v2/routing/queues", { token })).status).toBe(405);
  });
});
