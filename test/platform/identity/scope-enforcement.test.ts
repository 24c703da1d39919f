import { describe, expect, test } from "vitest";
import { SCOPE_PROBES } from "../../../src/platform/reading/reads.ts";
import type { Route } from "../../support/routed-transport.ts";
import {
  CLIENT_TOKEN,
  DIVISIONS,
  forbidden,
  OWN_SUBJECT,
  read,
  SCOPE_REFUSED,
  TOKEN,
  USER_TOKEN,
} from "../reading/canned-service.ts";

describe("whether scopes bind", () => {
  const PROBE = "/api/v2/routing/settings";

  test.each<[string, Readonly<Record<string, Route>>, "yes" | "no" | "unknown", boolean]>([
    ["a client's never do", { [TOKEN]: [200, CLIENT_TOKEN] }, "no", false],
    [
      "an answer to a call without any of its scopes",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["user-basic-info"] }],
        [DIVISIONS]: [200, { entities: [{ id: "div-1" }] }],
      },
      "no",
      false,
    ],
    [
      "an answer that only says who the token is, whatever its scopes",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["users"] }],
        [OWN_SUBJECT]: [200, { grants: [] }],
        "/api/v2/users/me": [200, { id: "user-1" }],
        "/api/v2/tokens/timeout": [200, { enableIdleTokenTimeout: false }],
      },
      "unknown",
      true,
    ],
    [
      "the same, and the probe is refused",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: [], organization: undefined }],
        [OWN_SUBJECT]: [200, { grants: [] }],
        "/api/v2/organizations/me": [200, { id: "org-1" }],
        [PROBE]: SCOPE_REFUSED,
      },
      "yes",
      true,
    ],
    [
      "a refusal outweighs every answer",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: [] }],
        [OWN_SUBJECT]: SCOPE_REFUSED,
        [DIVISIONS]: [200, { entities: [{ id: "div-1" }] }],
      },
      "yes",
      false,
    ],
    [
      "the token holds the scopes of every probe",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: SCOPE_PROBES.map(({ scopes }) => scopes[0]) }],
        [OWN_SUBJECT]: [200, { grants: [] }],
      },
      "unknown",
      false,
    ],
    [
      "a refusal for want of a scope",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: SCOPE_REFUSED },
      "yes",
      false,
    ],
    [
      "all scopes held so far, the probe is answered",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: [200, {}] },
      "no",
      true,
    ],
    [
      "all scopes held so far, the probe is refused",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: SCOPE_REFUSED },
      "yes",
      true,
    ],
    [
      "the probe says something else",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: forbidden() },
      "unknown",
      true,
    ],
    [
      "the token holds every scope",
      { [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["all"] }], [OWN_SUBJECT]: [200, { grants: [] }] },
      "unknown",
      false,
    ],
    [
      "the token does not say its scopes",
      { [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: undefined }], [OWN_SUBJECT]: [200, { grants: [] }] },
      "unknown",
      false,
    ],
  ])("%s", async (_name, routes, scopesBind, isProbed) => {
    const { principal, seen } = await read(
      routes,
      "user",
      "grants",
      "divisions",
      "idle timeout",
      "scope enforcement",
    );

    expect(principal.scopesBind).toBe(scopesBind);
    expect(seen.includes(`GET ${PROBE}`)).toBe(isProbed);
    expect(principal.unreadable.some(({ what }) => what === "scope enforcement")).toBe(
      scopesBind === "unknown",
    );
  });

  test("the probe is a call whose scopes are not held", async () => {
    const { seen } = await read(
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["user-basic-info", "routing", "oauth:readonly"] }],
        "/api/v2/locations": SCOPE_REFUSED,
      },
      "scope enforcement",
    );
    expect(seen.at(-1)).toBe("GET /api/v2/locations");
  });
});
