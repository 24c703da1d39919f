import { describe, expect, test } from "vitest";
import { decideOperation } from "../../../src/access/decide/decide.ts";
import { chooseDivision } from "../../../src/access/decide/division-choice.ts";
import {
  clientPrincipal,
  type Differences,
  grant,
  HOME,
  operation,
  role,
  SALES,
  underCondition,
} from "../../support/principals.ts";

const [A, B] = ["analytics:conversationDetail:view", "analytics:agentConversationDetail:view"];
const a = role("A", A ?? "");
const b = role("B", B ?? "");

describe("an operation with two permissions, in an organization with two divisions", () => {
  test.each<[string, "ANY" | "ALL", Differences, string]>([
    [
      "allowed when either suffices and each is held in another division",
      "ANY",
      { grants: [grant(a, HOME), grant(b, SALES)] },
      "allowed",
    ],
    [
      "conditional when either suffices and both are held in the same division",
      "ANY",
      { grants: [grant(a, HOME), grant(b, HOME)] },
      "conditional",
    ],
    [
      "conditional when either suffices and one is held only under a condition",
      "ANY",
      { grants: [grant(a, HOME), grant(underCondition(b), SALES)] },
      "conditional",
    ],
    [
      "conditional when either suffices and the divisions could not be read",
      "ANY",
      { grants: [grant(a, HOME), grant(b, SALES)], divisions: null },
      "conditional",
    ],
    [
      "allowed when either suffices and one is held in every division",
      "ANY",
      { grants: [grant(a), grant(b, SALES)] },
      "allowed",
    ],
    [
      "conditional when both are needed and each is held in another division",
      "ALL",
      { grants: [grant(a, HOME), grant(b, SALES)] },
      "conditional",
    ],
    [
      "allowed when both are needed and both are held in every division",
      "ALL",
      { grants: [grant(a), grant(b)] },
      "allowed",
    ],
    [
      "allowed when both are needed and each is held in both divisions by name",
      "ALL",
      { grants: [grant(a, HOME), grant(a, SALES), grant(b, HOME), grant(b, SALES)] },
      "allowed",
    ],
  ])("%s", (_name, permissionMode, differences, verdict) => {
    expect(decideOperation(clientPrincipal(differences), operation({ permissionMode }), {}).verdict).toBe(
      verdict,
    );
  });

  test.each([
    [[grant(a, HOME), grant(b, SALES)], "not held together in any division"],
    [[grant(a, HOME), grant(b, HOME), grant(b, SALES)], null],
    [[grant(a, HOME), grant(b, HOME)], 'together only in "Home"'],
  ])("names the divisions in which both needed permissions are held (%#)", (grants, words) => {
    const divisions = [HOME, SALES, { id: "division-support", name: "Support", isHome: false }];
    const { evidence } = decideOperation(
      clientPrincipal({ grants, divisions }),
      operation({ permissionMode: "ALL" }),
      {},
    );
    const told = evidence.map(({ summary }) => summary).join("\n");
    expect(told).toContain(words ?? 'together only in "Home"');
  });
});

describe("resolves the division that --division names", () => {
  test.each<[string, Differences, string, string | null]>([
    ["from the list of the organization's divisions", {}, "SALES", SALES.id],
    [
      "from the token's grants, when the organization's divisions cannot be read",
      { divisions: null, grants: [grant(a, SALES)] },
      "sales",
      SALES.id,
    ],
    [
      "from an earlier response about a permission",
      { divisions: null, grants: null, answers: { permitted: new Map([["a:b:c", [SALES]]]), ofUser: null } },
      "Sales",
      SALES.id,
    ],
    [
      "with doubt, when no grant names the division",
      { divisions: null, grants: [grant(a, HOME)] },
      "Sales",
      null,
    ],
    [
      "with doubt, when neither divisions nor grants can be read",
      { divisions: null, grants: null },
      "Sales",
      null,
    ],
    [
      "without doubt, when it is an id",
      { divisions: null, grants: null },
      "0F0E0D0C-0000-4000-8000-000000000001",
      "0f0e0d0c-0000-4000-8000-000000000001",
    ],
  ])("%s", (_name, differences, text, id) => {
    const choice = chooseDivision(clientPrincipal(differences), text);
    expect(choice.id).toBe(id);
    expect(choice.doubt === null).toBe(id !== null);
  });

  test("with a usage error when the organization has no such division", () => {
    expect(() => chooseDivision(clientPrincipal(), "Salse")).toThrow(
      expect.objectContaining({ code: "usage.unknown_division" }),
    );
  });
});
