import { describe, expect, test } from "vitest";
import { decideOperation } from "../../../src/access/decide/decide.ts";
import { openDiagnosis } from "../../../src/access/diagnose.ts";
import type { VerdictName } from "../../../src/access/verdict/verdict.ts";
import type { CaveatKind } from "../../../src/catalogue/facts/caveat.ts";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import type { Operation } from "../../../src/catalogue/facts/operation.ts";
import type { Principal } from "../../../src/platform/reading/principal.ts";
import {
  clientPrincipal,
  grant,
  HOME,
  role,
  SALES,
  underCondition,
  userPrincipal,
} from "../../support/principals.ts";

const catalogue = loadCatalogue();
const operations = [...catalogue.operations()];
/** Operations that are allowed for a user who holds everything, unless a caveat changes the verdict. */
const plain = operations.filter(
  ({ isPreview, note, otherAuthentication, permissionMode, permissions, grantRule }) =>
    !isPreview &&
    note === null &&
    otherAuthentication === null &&
    permissionMode !== "UNKNOWN" &&
    grantRule !== "client-credentials-only" &&
    permissions.every((permission) => permission.split(":").length === 3),
);
const owned = [
  ...new Set(
    operations.flatMap((each) => [
      ...each.permissions,
      ...each.caveats.flatMap((caveat) => caveat.permissions),
    ]),
  ),
].map((permission) => ({ permission, label: null, isDivisionAware: true }));
const everything = role("Everything", "*:*:*");
const user = (...grants: Principal["grants"] & object) =>
  userPrincipal({ scopesBind: "no", ownedPermissions: owned, grants });
const client = (...grants: Principal["grants"] & object) =>
  clientPrincipal({ ownedPermissions: owned, grants });
const holding = (...permissions: readonly string[]) => role("Held", ...permissions);

function find(name: string): Operation {
  const [method = "", path = ""] = name.split(" ");
  const operation = catalogue.find(method, path.replace(/\?.*/, ""));
  if (operation === null) throw new Error(`no such operation: ${name}`);
  return operation;
}

function decide(principal: Principal, name: string, divisionId: string | null = null) {
  const { verdict, layer, evidence } = decideOperation(principal, find(name), { divisionId, name });
  return { decided: `${verdict} ${layer}`, evidence };
}

function kindsOf({ caveats }: Operation, effect: string): readonly CaveatKind[] {
  return caveats.filter((caveat) => caveat.effect === effect).map(({ kind }) => kind);
}

/**
 * Returns the verdict for a user's token that holds every permission everywhere, derived only from the effects of the
 * caveats.
 */
function expectedForEverything({ caveats }: Operation): VerdictName {
  const isOpen = caveats.some(
    ({ effect, condition, cases, isClearedByPermissions }) =>
      effect === "allowed-becomes-conditional" &&
      condition?.grant !== "team-limited" &&
      !isClearedByPermissions &&
      !cases.some(({ when }) => "in" in when && when.in === "query"),
  );
  return isOpen ? "conditional" : "allowed";
}

describe("every caveat of the catalog", () => {
  test("gives a user with every permission the verdict that the caveat's effect requires", () => {
    const wrong = plain.flatMap((operation) => {
      const { verdict } = decideOperation(user(grant(everything)), operation, {});
      const expected = expectedForEverything(operation);
      return verdict === expected
        ? []
        : [`${operation.method} ${operation.path}: ${verdict}, not ${expected}`];
    });
    expect(wrong).toEqual([]);
  });

  test("gives a client with every permission the verdict that the caveat's effect requires", () => {
    const wrong = plain.flatMap((operation) => {
      const { verdict } = decideOperation(client(grant(everything)), operation, {});
      const isDoubtful =
        operation.caveats.some(
          ({ effect, condition }) => effect === "client-doubtful" && condition === null,
        ) ||
        (/\/me(\/|$)/.test(operation.path) && !/(tokens|organizations)\/me$/.test(operation.path));
      const expected =
        kindsOf(operation, "client-refused").length > 0
          ? "denied"
          : isDoubtful
            ? "unknown"
            : expectedForEverything(operation);
      return verdict === expected
        ? []
        : [`${operation.method} ${operation.path}: ${verdict}, not ${expected}`];
    });
    expect(wrong).toEqual([]);
  });

  test("that waives a permission makes the verdict conditional for a token that lacks it", () => {
    const waiving = plain.filter((operation) => kindsOf(operation, "denied-becomes-conditional").length > 0);
    expect(waiving).toHaveLength(27);
    const verdicts = waiving.flatMap((operation) => {
      const waived = operation.caveats.flatMap(({ effect, permissions }) =>
        effect === "denied-becomes-conditional" ? permissions : [],
      );
      const rest = operation.permissions.filter((permission) => !waived.includes(permission));
      return [
        decideOperation(user(grant(holding(...rest))), operation, {}).verdict,
        ...(rest.length === 0
          ? []
          : [decideOperation(user(), operation, {}).verdict === "denied" ? "conditional" : "wrong"]),
      ];
    });
    expect(verdicts.filter((verdict) => verdict !== "conditional")).toEqual([]);
  });

  test("is shown with its statement, source and date, even when it does not affect the verdict", () => {
    const shown = plain
      .filter(({ caveats }) =>
        caveats.some(({ effect }) => effect === "note" || effect === "allowed-becomes-conditional"),
      )
      .map((operation) => ({
        operation,
        evidence: decideOperation(user(), operation, {}).evidence.filter(({ kind }) => kind === "caveat"),
      }));
    const missing = shown.flatMap(({ operation, evidence }) =>
      operation.caveats
        .filter(
          ({ effect, condition }) =>
            effect === "note" || (effect === "allowed-becomes-conditional" && condition?.grant === undefined),
        )
        .filter(({ statement }) => !evidence.some((each) => each["statement"] === statement))
        .map(({ statement }) => `${operation.operationId}: ${statement}`),
    );
    expect(missing).toEqual([]);
    expect(
      shown.flatMap(({ evidence }) => evidence).every(({ source, date }) => Boolean(source) && Boolean(date)),
    ).toBe(true);
  });
});

/** The division that objects move to. Its id is a UUID, because a word in place of an id makes a verdict conditional. */
const TARGET = { ...SALES, id: "5a0c1a84-93f1-4c55-a1c9-2f6e0d7b4e11" };
const MOVE = `POST /api/v2/authorization/divisions/${TARGET.id}/objects`;
const RECORDINGS = "GET /api/v2/conversations/{conversationId}/recordings";
const HISTORICAL = "POST /api/v2/workforcemanagement/agents/me/adherence/historical/jobs";
const UNIT_AGENTS = "GET /api/v2/workforcemanagement/managementunits/{managementUnitId}/users";

describe("whether a caveat still leaves doubt", () => {
  const userView = holding("directory:user:view");
  const kinds = holding("recording:recording:view");
  test.each<[string, Principal, string, string | null, string]>([
    [
      "none when the permission is held in every division",
      client(grant(userView)),
      "GET /api/v2/users/query",
      null,
      "allowed none",
    ],
    [
      "none when the permission is held in every division by name",
      client(grant(userView, HOME), grant(userView, SALES)),
      "GET /api/v2/users/query",
      HOME.id,
      "allowed none",
    ],
    [
      "doubt when the permission is held in one division",
      client(grant(userView, HOME)),
      "GET /api/v2/users/query",
      HOME.id,
      "conditional division",
    ],
    [
      "doubt when the division in question lacks the permission",
      client(grant(userView, HOME)),
      "GET /api/v2/users/query",
      SALES.id,
      "denied division",
    ],
    [
      "none when the permission for the type in the path is held",
      client(grant(holding("directory:user:edit"))),
      `${MOVE}/USER`,
      null,
      "allowed none",
    ],
    [
      "none when the permission is held in both divisions of a move",
      client(grant(holding("directory:user:edit"), HOME), grant(holding("directory:user:edit"), TARGET)),
      `${MOVE}/USER`,
      HOME.id,
      "allowed none",
    ],
    [
      "doubt when the permission is held only in the division of the moved object",
      client(grant(holding("directory:user:edit"), HOME)),
      `${MOVE}/USER`,
      HOME.id,
      "conditional permission",
    ],
    [
      "doubt when only the permission for another type is held",
      client(grant(holding("directory:user:edit"))),
      `${MOVE}/FLOW`,
      null,
      "conditional permission",
    ],
    [
      "doubt when the permission for the type is only inferred",
      client(grant(holding("routing:queue:edit"))),
      `${MOVE}/QUEUE`,
      null,
      "conditional permission",
    ],
    [
      "doubt when no permission is published for the type",
      client(grant(everything)),
      `${MOVE}/TEAM`,
      null,
      "conditional permission",
    ],
    [
      "doubt when the path is a template without a type",
      client(grant(everything)),
      "POST /api/v2/authorization/divisions/{divisionId}/objects/{objectType}",
      null,
      "conditional permission",
    ],
    [
      "none when every listed permission is held",
      client(grant(everything)),
      RECORDINGS,
      null,
      "allowed none",
    ],
    [
      "doubt when only one of the listed permissions is held",
      client(grant(kinds)),
      RECORDINGS,
      null,
      "conditional permission",
    ],
    [
      "none when the query omits the expansion that needs more",
      user(grant(holding("wfm:agentHistoricalAdherence:view"))),
      `${HISTORICAL}?expand=other`,
      null,
      "allowed none",
    ],
    [
      "none when the permission for the expansion is held",
      user(grant(everything)),
      `${HISTORICAL}?expand=conformance`,
      null,
      "allowed none",
    ],
    [
      "none when the query has no filter",
      client(grant(everything)),
      "GET /api/v2/scim/schemas?startIndex=1",
      null,
      "allowed none",
    ],
    [
      "doubt when the query has a filter",
      client(grant(everything)),
      "GET /api/v2/scim/schemas?filter=x",
      null,
      "conditional condition",
    ],
    [
      "none when a client names a management unit by id",
      client(grant(everything)),
      UNIT_AGENTS.replace("{managementUnitId}", "4711"),
      null,
      "allowed none",
    ],
    [
      "doubt when a client asks for `mine`",
      client(grant(everything)),
      UNIT_AGENTS.replace("{managementUnitId}", "mine"),
      null,
      "unknown context",
    ],
    [
      "doubt when a client asks for `MINE` in capitals",
      client(grant(everything)),
      UNIT_AGENTS.replace("{managementUnitId}", "MINE"),
      null,
      "unknown context",
    ],
    [
      "none when a user asks for `mine`",
      user(grant(everything)),
      UNIT_AGENTS.replace("{managementUnitId}", "mine"),
      null,
      "allowed none",
    ],
  ])("%s", (_name, principal, name, divisionId, expected) => {
    expect(decide(principal, name, divisionId).decided).toBe(expected);
  });
});

test("a caveat about teams affects only grants with a condition", () => {
  const name = "GET /api/v2/workforcemanagement/managementunits/{managementUnitId}/adherence";
  const held = holding(...find(name).permissions);
  expect(decide(user(grant(held)), name).evidence.filter(({ kind }) => kind === "caveat")).toEqual([]);
  const limited = decide(user(grant(underCondition(held))), name);
  expect(limited.decided).toBe("conditional condition");
  expect(limited.evidence.filter(({ kind }) => kind === "caveat")).toHaveLength(1);
});

test("a caveat about omitted objects is mentioned, and the call stays allowed", () => {
  const name = "GET /api/v2/workforcemanagement/managementunits/{managementUnitId}";
  const others = find(name).permissions.filter((permission) => permission !== "wfm:managementUnit:view");
  const partial = decide(user(grant(holding(others[0] ?? ""))), name);
  expect(partial.decided).toBe("allowed none");
  expect(partial.evidence.map(({ summary }) => summary)).toContain(
    "scheduling settings are returned only with management-unit view (a model's text in the published definition of July 2026; as of 2026-08-07)",
  );
  const whole = decide(user(grant(everything)), name);
  expect(whole.evidence.filter(({ kind }) => kind === "caveat")).toEqual([]);
});

test("unpublished permissions make the verdict unknown, and nothing counts as missing", () => {
  const unpublished = operations.filter(({ permissionMode }) => permissionMode === "UNKNOWN");
  expect(unpublished).toHaveLength(35);
  for (const operation of unpublished) {
    const { verdict, missing } = decideOperation(client(grant(everything)), operation, {});
    expect({ verdict, permissions: missing.permissions }).toEqual({ verdict: "unknown", permissions: [] });
  }
});

test.each([
  ["GET /api/v2/groups/members", "conditional path"],
  ["GET /api/v2/groups/4711", "allowed none"],
  ["GET /api/v2/groups/{groupId}", "allowed none"],
  ["GET /api/v2/groups/GROUP_ID", "allowed none"],
  ["GET /api/v2/groups/groupId", "allowed none"],
])("%s is %s for a token with every permission", (name, expected) => {
  expect(decide(client(grant(everything)), name).decided).toBe(expected);
});

test("the remedy for a caveat is a missing value, a live call or the permission that removes the doubt", () => {
  const diagnose = (principal: Principal, name: string, isLivePossible = false) =>
    openDiagnosis(principal)({ kind: "operation", operation: find(name) }, { name, isLivePossible }).remedies;
  expect(
    diagnose(client(), "POST /api/v2/authorization/divisions/{divisionId}/objects/{objectType}").map(
      ({ command }) => command,
    ),
  ).toContain('genscope check-scopes "POST /api/v2/authorization/divisions/{divisionId}/objects/QUEUE"');
  expect(
    diagnose(user(), "GET /api/v2/recording/batchrequests/4711", true).map(({ kind }) => kind),
  ).toContain("check-live");
  const held = diagnose(client(grant(holding("recording:recording:view"))), RECORDINGS);
  expect(held.map(({ kind, permissions }) => [kind, permissions])).toContainEqual([
    "create-role",
    ["recording:recordingSegment:view", "recording:snippetRecording:view", "recording:screenRecording:view"],
  ]);
});
