import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

const GUESS = /^a guess from the wording/;

function guessesOf(text: string): readonly string[] {
  return explainText(text).flatMap(({ claims }) =>
    claims.flatMap((claim) => (GUESS.test(claim.truth ?? "") ? [`${claim.verdict}: ${claim.text}`] : [])),
  );
}

describe("a refusal described in plain words", () => {
  test.each([
    ["my app gets forbidden when listing queues", 403, "GET /api/v2/routing/queues"],
    ["deleting a user is forbidden", 403, "DELETE /api/v2/users/{userId}"],
    ["I am not allowed to update wrapup codes", 403, "PUT /api/v2/routing/wrapupcodes/{codeId}"],
    ["no permission for outbound campaigns", 403, "GET /api/v2/outbound/campaigns"],
    [
      "forbidden on the analytics conversation details query",
      403,
      "POST /api/v2/analytics/conversations/details/query",
    ],
    ["we are not authorized to read audit logs", 403, "POST /api/v2/audits/query"],
    ["hello 403", 403, null],
    ["my export answers access denied", 403, null],
    ["unauthorized", 401, null],
    ["token expired this morning", 401, null],
    ["throttled, 429", 429, null],
  ])("is explained as a guess at the status and the call: %s", (text, status, call) => {
    const [finding, ...others] = explainText(text);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ status, code: null, operation: null, request: null });
    expect(finding?.summary).toMatch(/^probably the call returned/);
    expect(guessesOf(text)).toEqual([
      `unknown: the service returned ${status}`,
      ...(call === null ? [] : [`unknown: the call was \`${call}\``]),
    ]);
    const commands = finding?.remedies.map(({ command }) => command);
    if (call !== null) expect(commands).toContain(`genscope check-scopes "${call}"`);
  });

  test.each([
    ["I get a 403 forbidden error when I try to list users", "GET /api/v2/users"],
    ["our integration cannot create a queue, we get a 403", "POST /api/v2/routing/queues"],
  ])("is matched to a probable operation when the text gives the status: %s", (text, call) => {
    const [finding] = explainText(text);
    expect(finding?.summary).toMatch(/^the call returned 403/);
    expect(guessesOf(text)).toEqual([`unknown: the call was \`${call}\``]);
  });

  test.each([
    "good morning",
    "room 403 is booked",
    "we exported 500 conversations",
    "listening on port 403",
    "403, 429 and 500",
    "we have 403 users",
    "access to the office is closed",
    "Permission denied (publickey)",
    "bash: ./deploy.sh: Permission denied",
    "the nightly job is fine and lists queues",
  ])("is not recognized in unrelated text: %s", (text) => {
    expect(explainText(text)).toEqual([]);
  });

  test("adds no guess when the paste contains a response or a request", () => {
    expect(guessesOf("GET /api/v2/users fails with 403 while listing queues")).toEqual([]);
    expect(
      guessesOf(
        '{"status":403,"code":"not.authorized","message":"You may not list queues.","contextId":"id-0001"}',
      ),
    ).toEqual([]);
  });
});
