import { describe, expect, test } from "vitest";
import { openDiagnosis } from "../../../src/access/diagnose.ts";
import type { Principal, Unreadable } from "../../../src/platform/reading/principal.ts";
import { clientPrincipal, HOME, operation, SALES } from "../../support/principals.ts";

const GRANTS: Unreadable = {
  what: "grants",
  reason: "`GET /api/v2/authorization/subjects/me` answered 403",
  permissions: ["authorization:grant:view"],
  scopes: [],
  call: null,
};

/**
 * Evaluates `GET /api/v2/routing/queues` for a client that holds its permission, according to the service, in
 * Sales.
 */
function judge(divisionId: string | null, differences: Partial<Principal> = {}) {
  const { ownedPermissions: _, ...rest } = differences;
  const principal = clientPrincipal({
    grants: null,
    answers: { permitted: new Map([["routing:queue:view", [SALES]]]), ofUser: null },
    divisions: [HOME, SALES],
    unreadable: [GRANTS],
    ...rest,
  });
  const { verdict, layer, evidence, remedies } = openDiagnosis(principal)(
    { kind: "operation", operation: operation({ permissions: ["routing:queue:view"] }) },
    { divisionId, isLivePossible: false },
  );
  return {
    verdict: `${verdict} ${layer}`,
    evidence: evidence.map(({ summary }) => summary),
    remedies: remedies.map(({ kind, summary }) => `${kind}: ${summary}`),
  };
}

describe("a client whose grants cannot be read, but whose divisions can", () => {
  test("is advised to add the object's division when it is missing", () => {
    const { verdict, evidence, remedies } = judge(HOME.id);
    expect(verdict).toBe("denied division");
    expect(evidence).toContain('`routing:queue:view` is held, but not in division "Home"');
    expect(remedies).toEqual([
      'add-division: extend the role through which OAuth client "Reporting service" holds `routing:queue:view` to division "Home"',
    ]);
  });

  test("is advised to allow reading its grants, not to change a condition that may not exist", () => {
    const { verdict, evidence, remedies } = judge(SALES.id);
    expect(verdict).toBe("conditional condition");
    expect(evidence).toContain(
      "whether a role condition limits `routing:queue:view` is unknown: the grants could not be read: `GET /api/v2/authorization/subjects/me` answered 403; `authorization:grant:view` allows reading it",
    );
    expect(remedies).toEqual([
      "grant-reading: give genscope's login a role that holds `authorization:grant:view`, so that genscope can decide; this changes nothing else",
    ]);
  });
});

test("a user whose grants and divisions could not be read gets no advice to change a division", () => {
  const ofUser = { names: ["routing:queue:view"], policies: null };
  const { verdict, evidence, remedies } = judge(SALES.id, {
    kind: "user",
    answers: { permitted: new Map(), ofUser },
  });
  expect(verdict).toBe("conditional division");
  expect(evidence.join("\n")).not.toContain("--division");
  expect(remedies.join("\n")).not.toContain("add-division");
});
