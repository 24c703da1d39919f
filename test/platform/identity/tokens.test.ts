import { describe, expect, test } from "vitest";
import { ApiError } from "../../../src/platform/api/api-error.ts";
import { CLIENT_TOKEN, ORGANIZATION, read, TOKEN, USER_TOKEN } from "../reading/canned-service.ts";

const HOME = { id: "org-2", name: "Partner" };

describe("a response without any field of a token is rejected as coming from another service", () => {
  test.each<[string, unknown]>([
    ["an empty object", {}],
    ["a list", [1, 2]],
    ["another service's object", { status: "ok", version: 3 }],
    ["the expected fields with empty values", { organization: {}, authorizedScope: null, OAuthClient: [] }],
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

describe("the home organization of a token", () => {
  test.each<[string, object, string | undefined]>([
    ["is the organization it works in", {}, "org-1"],
    ["another", { homeOrganization: HOME }, "org-2"],
    [
      "is read from the cloned user",
      { homeOrganization: undefined, clonedUser: { id: "user-9", organization: { id: "org-2" } } },
      "org-2",
    ],
    ["is absent when the token does not name it", { homeOrganization: undefined }, undefined],
  ])("%s", async (_name, fields, home) => {
    const { principal } = await read({ [TOKEN]: [200, { ...USER_TOKEN, ...fields }] });

    expect([principal.organization?.id, principal.homeOrganization?.id]).toEqual([ORGANIZATION.id, home]);
  });
});

test.each<[string, unknown, readonly string[] | null]>([
  ["a list is read unchanged", ["users", "routing:readonly"], ["users", "routing:readonly"]],
  ["an empty list means no scopes", [], []],
  ["a scope that is not a string makes all scopes unknown", ["users", { name: "routing" }], null],
  ["a string instead of a list makes all scopes unknown", "users routing", null],
])("the scopes of a token: %s", async (_name, authorizedScope, scopes) => {
  const { principal } = await read({ [TOKEN]: [200, { ...CLIENT_TOKEN, authorizedScope }] });

  expect(principal.scopes).toEqual(scopes);
});
