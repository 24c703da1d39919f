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

describe("the enforcement of scopes", () => {
  const PROBE = "/api/v2/routing/settings";

  test.each<[string, Readonly<Record<string, Route>>, "yes" | "no" | "unknown", boolean]>([
    ["is off for a client", { [TOKEN]: [200, CLIENT_TOKEN] }, "no", false],
    [
      "is off when a call succeeds without any of its scopes",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["user-basic-info"] }],
        [DIVISIONS]: [200, { entities: [{ id: "div-1" }] }],
      },
      "no",
      false,
    ],
    [
      "is unknown when only identity calls succeed",
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
      "is on when only identity calls succeed and the probe is refused",
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
      "is on after one refusal, despite successful calls",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: [] }],
        [OWN_SUBJECT]: SCOPE_REFUSED,
        [DIVISIONS]: [200, { entities: [{ id: "div-1" }] }],
      },
      "yes",
      false,
    ],
    [
      "is unknown when the token holds the scopes of every probe",
      {
        [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: SCOPE_PROBES.map(({ scopes }) => scopes[0]) }],
        [OWN_SUBJECT]: [200, { grants: [] }],
      },
      "unknown",
      false,
    ],
    [
      "is on after a refusal for a missing scope",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: SCOPE_REFUSED },
      "yes",
      false,
    ],
    [
      "is off when the probe succeeds without its scope",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: [200, {}] },
      "no",
      true,
    ],
    [
      "is on when the probe is refused for its scope",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: SCOPE_REFUSED },
      "yes",
      true,
    ],
    [
      "is unknown when the probe is refused for another reason",
      { [TOKEN]: [200, USER_TOKEN], [OWN_SUBJECT]: [200, { grants: [] }], [PROBE]: forbidden() },
      "unknown",
      true,
    ],
    [
      "is unknown when the token holds every scope",
      { [TOKEN]: [200, { ...USER_TOKEN, authorizedScope: ["all"] }], [OWN_SUBJECT]: [200, { grants: [] }] },
      "unknown",
      false,
    ],
    [
      "is unknown when the token does not list its scopes",
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

  test("is probed with a call whose scopes the token does not hold", async () => {
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
