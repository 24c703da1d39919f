import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

function layerOf(request: string, status: number, code: string, message: string): string | undefined {
  const body = { message, code, status, contextId: "0c1d2e3f-1111-4222-8333-444455556666" };
  return explainText(`${request}\n${JSON.stringify(body)}`)[0]?.layer;
}

describe("a path missing from the catalog", () => {
  test.each([
    ["missing.division.permission", "You are not authorized to perform the requested action.", "division"],
    ["app.not.authorized.for.scope", "App not authorized to use scope users:readonly", "scope"],
    ["missing.permissions", "You are missing the following permission(s): [routing:queue:edit]", "path"],
  ])("is the cause of a refusal unless its code proves that the path exists: %s", (code, message, layer) => {
    expect(layerOf("PATCH /api/v2/routing/queues/q-17", 403, code, message)).toBe(layer);
  });
});

describe("a generic code whose message requires a user or a client", () => {
  test.each([
    "This request requires a user context. Client credentials cannot be used for requests to this resource.",
    "Requires a user context",
    "This operation requires a user context.",
    "This resource requires a non-user context",
  ])("is attributed to the kind of token that was sent: %s", (message) => {
    expect(layerOf("GET /api/v2/users/me", 400, "bad.request", message)).toBe("context");
  });
});
