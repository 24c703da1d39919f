import { describe, expect, test } from "vitest";
import { claimsOf, explainText } from "../packaged-knowledge.ts";

describe("names of permissions and scopes in prose", () => {
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
    ["The role has routing:manage.", ["false: `routing:manage` is a permission"]],
    ["The user holds analytics:write.", ["false: `analytics:write` is a permission"]],
    ["The user's token has analytics:write.", ["false: `analytics:write` is a scope"]],
  ])("are reported as not existing: %s", (text, claims) => {
    expect(claimsOf(explainText(text))).toEqual(claims);
  });

  test.each([
    "The role has routing:queue:view and the client has routing:readonly.",
    "The client with host:port 1 and type:webhook works.",
    "See routing:read in the docs.",
  ])("lead to no claim when they exist or are other names: %s", (text) => {
    expect(claimsOf(explainText(text))).toEqual([]);
  });
});

describe("checks whether a name is the scope, permission or role that the text calls it", () => {
  test.each([
    ["We assigned the privilege routing:queue to the service.", "false: `routing:queue` is a permission"],
    ["The role needs the privilege analytics:query.", "false: `analytics:query` is a permission"],
    ["The entitlement recording:download is missing.", "false: `recording:download` is a permission"],
    ["Missing authority: conversation:read.", "false: `conversation:read` is a permission"],
    ["The access right users:view was removed.", "false: `users:view` is a permission"],
    ["Do I need the `users:search` privilege?", "false: `users:search` is a permission"],
    ["Die Berechtigung routing:view fehlt.", "false: `routing:view` is a permission"],
    ["El permiso routing:view no aparece.", "false: `routing:view` is a permission"],
    ["The privilege users:readonly is missing.", "false: `users:readonly` is a permission"],
    ["The privilege routing:queue:view is missing.", "true: `routing:queue:view` is a permission"],
    ["The privilege of the scope routing:view is missing.", "false: `routing:view` is a scope"],
    ['The client has the role "analytics:readonly".', "misleading: `analytics:readonly` is a role"],
    ["It has the routing:queue:view role.", "misleading: `routing:queue:view` is a role"],
    ["The app requests the scope routing:queue:view.", "false: `routing:queue:view` is a scope"],
  ])("%s", (text, claim) => {
    expect(claimsOf(explainText(text))).toEqual([claim]);
  });

  test.each([
    'We gave it the role "routing:admin".',
    "The role named users:everything is assigned.",
    "The Elastic role needs the privilege cluster:monitor.",
    "Permissions: repo:read and package:write on GitHub.",
    "The permissions policy of the page blocks camera:self.",
  ])("except for the names of other systems and of roles: %s", (text) => {
    expect(claimsOf(explainText(text))).toEqual([]);
  });
});

test("corrects a token request that asks for a lifetime", () => {
  const text =
    'POST https://login.mypurecloud.com/oauth/token\nContent-Type: application/x-www-form-urlencoded\n\ngrant_type=client_credentials&duration=long\n\nHTTP/1.1 400 Bad Request\n\n{"error":"invalid_request"}';
  const findings = explainText(text);
  expect(claimsOf(findings)).toContain("false: `duration` sets how long the token lasts");
  expect(findings[0]?.remedies).toContainEqual(
    expect.objectContaining({ summary: expect.stringContaining("OAuth client's token duration") }),
  );
});
