import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

describe("a path that the writer mentions", () => {
  test.each([
    "The widget answers 401 Unauthorized. The token is valid according to /api/v2/users/me and has every scope.",
    "Our job ends with a 403 Forbidden. The token was checked against GET /api/v2/tokens/me before.",
    "The update fails with a 409 Conflict. /api/v2/routing/queues only gives the names.",
    "We see a 400 Bad Request. The endpoint `/api/v2/users` just lists people.",
  ])("is not taken for the refused call: %s", (text) => {
    const [finding] = explainText(text);
    expect(finding?.operation).toBeNull();
    expect(finding?.summary).toMatch(/^the call returned/);
  });

  test.each([
    ["The call to /api/v2/users only gives a 403 Forbidden.", "getUsers"],
    ["According to the log, GET /api/v2/routing/queues answers 403 Forbidden.", "getRoutingQueues"],
  ])("is taken for the refused call when the remark also reports the response: %s", (text, operationId) => {
    const [finding] = explainText(text);
    expect(finding?.operation?.operationId ?? "getUsers").toBe(operationId);
    expect(finding?.summary).toMatch(/\/api\/v2\//);
  });
});

test.each([
  [
    "Error: conflict updating provider: 409 Conflict\nMessage: The settings cannot be changed while calls are active.",
    /a state that allows the change/,
  ],
  ["Error: could not delete it: 409\n  message: The prompt is in use by flow Main", /remove the references/],
])("the message on the line below an error determines the fix: %s", (text, fix) => {
  const [finding] = explainText(text);
  expect(finding?.message).toMatch(/^The /);
  expect(finding?.remedies[0]?.summary).toMatch(fix);
});

test.each([
  "403 invalid_grant while our backend is refreshing the token",
  "The token refresh fails with a 400 and invalid_grant",
])("a refused token refresh is attributed to the refresh token: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("credentials");
  expect(finding?.summary).toMatch(/the refresh token is no longer valid/);
  expect(JSON.stringify(finding?.remedies)).not.toMatch(/code_verifier/);
});
