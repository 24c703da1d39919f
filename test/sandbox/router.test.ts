import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { readData } from "../../src/catalogue/facts/packaged-file.ts";
import { readQueryParameters } from "../../src/catalogue/facts/text/query-parameters.ts";
import { createRouter, type Routing } from "../../src/sandbox/router.ts";
import { call, clientHolding, reason, sandboxFor } from "./client.ts";

const parameters = readQueryParameters(readData("query-parameters.txt"));
const operations = [...loadCatalogue().operations()];
const router = createRouter(operations);

function describeRouting(routing: Routing): string {
  if (routing === "not-found") return "404";
  if ("allowed" in routing) return `405 ${routing.allowed.join(" ")}`;
  return `${routing.operation.path} ${routing.parameters.join(" ")}`.trim();
}

describe("the sandbox's routing of requests", () => {
  test.each([
    ["GET", "/api/v2/users/me", "/api/v2/users/me"],
    ["GET", "/api/v2/users/some-id", "/api/v2/users/{userId} some-id"],
    ["PATCH", "/api/v2/users/me", "/api/v2/users/{userId} me"],
    ["GET", "/api/v2/users/me/queues", "/api/v2/users/{userId}/queues me"],
    ["GET", "/api/v2/routing/queues/a%20b/members", "/api/v2/routing/queues/{queueId}/members a b"],
    ["GET", "/api/v2/routing/queues/summary", "/api/v2/routing/queues/{queueId} summary"],
    ["GET", "/api/v2/routing/queues/", "404"],
    ["GET", "/api/v2/analytics/queues/summary", "404"],
    ["DELETE", "/api/v2/organizations/me", "405 GET PUT"],
    ["GET", "/api/v3/users/me", "404"],
  ])("finds the operation for %s %s", (method, path, expected) => {
    expect(describeRouting(router.route(method, path))).toBe(expected);
  });

  test("finds every operation in the catalog by its path with ids", () => {
    const lost = operations.filter((operation) => {
      const path = operation.path.replace(/\{\w+\}/g, "0b1c2d3e-0000-4000-8000-000000000000");
      const routing = router.route(operation.method, path);
      return typeof routing !== "object" || !("operation" in routing) || routing.operation !== operation;
    });
    expect(operations).toHaveLength(3315);
    expect(lost).toEqual([]);
  });

  test("treats a wrong path as an operation with an id, and refuses it for a missing permission", async () => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, []);
    expect(reason(await call(sandbox, "GET /api/v2/routing/queues/summary", { token }))).toBe(
      "403 missing.permissions Unable to perform the requested action. You are missing the following permission(s): [routing:queue:view]",
    );
    expect(reason(await call(sandbox, "GET /api/v2/analytics/queues/summary", { token }))).toBe(
      "404 not.found The requested resource was not found.",
    );
    const wrongMethod = await call(sandbox, "DELETE /api/v2/organizations/me", { token });
    expect([wrongMethod.status, wrongMethod.at("code"), wrongMethod.headers.get("allow")]).toEqual([
      405,
      "method.not.allowed",
      "GET, PUT",
    ]);
  });
});

describe("every operation in the sandbox", () => {
  test("returns 2xx to a caller with every permission", async () => {
    const sandbox = await sandboxFor();
    sandbox.act({
      actions: [
        { action: "settings.patch", settings: { requestsPerMinute: 1_000_000, enforceScopes: false } },
        ...["aiStudio", "caseManagement", "socialListening"].map((product) => ({
          action: "product.own",
          product,
        })),
        ...operations
          .filter((operation) => operation.isPreview)
          .map(({ method, path }) => ({ action: "preview.enroll", operation: `${method} ${path}` })),
        { action: "role.grant", subject: "Agent 1", role: "Administrator", division: "*" },
      ],
    });
    const client = (
      sandbox.act({ action: "token.mint", client: "Administration" }) as { access_token: string }
    ).access_token;
    const user = (
      sandbox.act({ action: "token.mint", client: "Agent workbench", user: "Agent 1" }) as {
        access_token: string;
      }
    ).access_token;
    const unexpected: string[] = [];
    for (const { method, path, grantRule, otherAuthentication, operationId } of operations) {
      if (otherAuthentication !== null || operationId === "deleteTokensMe") continue;
      const token = grantRule === "not-client-credentials" ? user : client;
      const body = ["POST", "PUT", "PATCH"].includes(method)
        ? {
            ...(/\/(?:observations|activity)\//.test(path)
              ? {}
              : { interval: "2026-09-30T00:00Z/2026-10-01T00:00Z" }),
            ...(path.includes("/aggregates/") ? { metrics: ["tTalk"] } : {}),
          }
        : undefined;
      const required = parameters.get(`${method} ${path}`)?.required ?? [];
      const query = required.map((name) => `${name}=1`).join("&");
      const target = `${path.replace(/\{\w+\}/g, "some-id")}${query === "" ? "" : "?"}${query}`;
      const reply = await call(sandbox, `${method} ${target}`, { token, body });
      if (reply.status >= 300 && reply.status !== 404) unexpected.push(`${method} ${path} ${reason(reply)}`);
    }
    expect(unexpected).toEqual(
      [
        "POST /api/v2/analytics/conversations/activity/query 400 bad.request metrics is required",
        "GET /api/v2/analytics/conversations/details 400 bad.request id is required",
        "POST /api/v2/analytics/flows/activity/query 400 bad.request metrics is required",
        "POST /api/v2/analytics/routing/activity/query 400 bad.request metrics is required",
        "POST /api/v2/analytics/transcripts/aggregates/query 400 invalid.property Invalid property [tTalk]",
        "POST /api/v2/analytics/users/activity/query 400 bad.request metrics is required",
        "POST /api/v2/analytics/users/aggregates/query 400 invalid.property Invalid property [tTalk]",
        "POST /api/v2/audits/query/realtime 400 bad.request The interval begins more than 14 days ago",
      ].concat([
        "POST /api/v2/notifications/channels/{channelId}/subscriptions 400 bad.request a list of topics is required",
        "PUT /api/v2/notifications/channels/{channelId}/subscriptions 400 bad.request a list of topics is required",
        "POST /api/v2/recording/batchrequests 400 bad.request batchDownloadRequestList is required",
        "POST /api/v2/workforcemanagement/adherence/historical/bulk 400 bad.request timeZone is required",
      ]),
    );
  }, 300_000);
});
