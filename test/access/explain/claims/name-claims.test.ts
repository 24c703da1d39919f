import { describe, expect, test } from "vitest";
import { claimsOf, explainText } from "../packaged-knowledge.ts";

describe("names that the text gives to a token, client or role", () => {
  test.each([
    ["The service token has routing:read.", ["false: `routing:read` is a scope"]],
    [
      "Our client comes with `analytics:write`, `users:manage` and `read:users`.",
      [
        "false: `analytics:write` is a scope",
        "false: `users:manage` is a scope",
        "false: `read:users` is a scope",
      ],
    ],
    [
      "Somebody said we should look for routing:queue:write.",
      ["unknown: `routing:queue:write` is a permission"],
    ],
    ["A colleague says routing:everything would do it.", ["false: `routing:everything` is a scope"]],
    ["The role includes routing:queue:frobnicate.", ["unknown: `routing:queue:frobnicate` is a permission"]],
  ])("judges the invented ones: %s", (text, claims) => {
    expect(claimsOf(explainText(text))).toEqual(claims);
  });

  test.each([
    "The role has routing:queue:view and the client has routing:readonly.",
    "The client with host:port 1 and type:webhook works.",
    "See routing:read in the docs.",
  ])("says nothing about real names and other words: %s", (text) => {
    expect(claimsOf(explainText(text))).toEqual([]);
  });
});

test("corrects a token request that asks for a lifetime", () => {
  const text =
    'POST https://login.mypurecloud.com/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&duration=long\n\nHTTP/1.1 400 Bad Request\n\n{"error":"invalid_request"}';
  const findings = explainText(text);
  expect(claimsOf(findings)).toContain("false: `duration` sets how long the token lasts");
  expect(findings[0]?.remedies).toContainEqual(
    expect.objectContaining({ summary: expect.stringContaining("token duration of the OAuth client") }),
  );
});
