import { describe, expect, test } from "vitest";
import { ApiError } from "../../../src/platform/api/api-error.ts";
import { CLIENT_TOKEN, ORGANIZATION, read, TOKEN, USER_TOKEN } from "../reading/canned-service.ts";

const HOME = { id: "org-2", name: "Partner" };

describe("an answer in which nothing of a token is recognised is not the platform's", () => {
  test.each<[string, unknown]>([
    ["an empty object", {}],
    ["a list", [1, 2]],
    ["somebody else's object", { status: "ok", version: 3 }],
    ["the right names with nothing in them", { organization: {}, authorizedScope: null, OAuthClient: [] }],
  ])("%s", async (_name, body) => {
    const error = await read({ [TOKEN]: [200, body] }).catch((reason: unknown) => reason);

    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      code: "api.foreign_json",
      exit: "error",
      hint: "check that `https://api.mypurecloud.com` is the Platform API and not a proxy",
    });
  });
});

describe("the organization it works in and the one it comes from", () => {
  test.each<[string, object, string | undefined]>([
    ["the same", {}, "org-1"],
    ["another", { homeOrganization: HOME }, "org-2"],
    [
      "another, told by the clone only",
      { homeOrganization: undefined, clonedUser: { id: "user-9", organization: { id: "org-2" } } },
      "org-2",
    ],
    ["not said", { homeOrganization: undefined }, undefined],
  ])("%s", async (_name, fields, home) => {
    const { principal } = await read({ [TOKEN]: [200, { ...USER_TOKEN, ...fields }] });

    expect([principal.organization?.id, principal.homeOrganization?.id]).toEqual([ORGANIZATION.id, home]);
  });
});

test.each<[string, unknown, readonly string[] | null]>([
  ["scopes", ["users", "routing:readonly"], ["users", "routing:readonly"]],
  ["none", [], []],
  ["a scope that is no text: it may be the one that is missed", ["users", { name: "routing" }], null],
  ["a text", "users routing", null],
])("%s", async (_name, authorizedScope, scopes) => {
  const { principal } = await read({ [TOKEN]: [200, { ...CLIENT_TOKEN, authorizedScope }] });

  expect(principal.scopes).toEqual(scopes);
});
