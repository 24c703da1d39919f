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

describe("two permissions that are held in different divisions", () => {
  test.each<[string, "ANY" | "ALL", Differences, string]>([
    ["ANY unites the divisions", "ANY", { grants: [grant(a, HOME), grant(b, SALES)] }, "allowed"],
    ["ANY, both in one division", "ANY", { grants: [grant(a, HOME), grant(b, HOME)] }, "conditional"],
    [
      "ANY, one under a condition",
      "ANY",
      { grants: [grant(a, HOME), grant(underCondition(b), SALES)] },
      "conditional",
    ],
    [
      "ANY, divisions unread",
      "ANY",
      { grants: [grant(a, HOME), grant(b, SALES)], divisions: null },
      "conditional",
    ],
    ["ANY, one everywhere", "ANY", { grants: [grant(a), grant(b, SALES)] }, "allowed"],
    ["ALL intersects them", "ALL", { grants: [grant(a, HOME), grant(b, SALES)] }, "conditional"],
    ["ALL, both everywhere", "ALL", { grants: [grant(a), grant(b)] }, "allowed"],
    [
      "ALL, each in both divisions",
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
  ])("ALL names the divisions in which every permission is held (%#)", (grants, words) => {
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

describe("a division by name", () => {
  test.each<[string, Differences, string, string | null]>([
    ["of the organization", {}, "SALES", SALES.id],
    [
      "of a grant, when the organization's cannot be read",
      { divisions: null, grants: [grant(a, SALES)] },
      "sales",
      SALES.id,
    ],
    [
      "of a response about a permission",
      { divisions: null, grants: null, answers: { permitted: new Map([["a:b:c", [SALES]]]), ofUser: null } },
      "Sales",
      SALES.id,
    ],
    ["of no grant", { divisions: null, grants: [grant(a, HOME)] }, "Sales", null],
    ["of nothing readable", { divisions: null, grants: null }, "Sales", null],
    [
      "an id that no list contains",
      { divisions: null, grants: null },
      "0F0E0D0C-0000-4000-8000-000000000001",
      "0f0e0d0c-0000-4000-8000-000000000001",
    ],
  ])("%s", (_name, differences, text, id) => {
    const choice = chooseDivision(clientPrincipal(differences), text);
    expect(choice.id).toBe(id);
    expect(choice.doubt === null).toBe(id !== null);
  });

  test("that the organization does not have is a usage error", () => {
    expect(() => chooseDivision(clientPrincipal(), "Salse")).toThrow(
      expect.objectContaining({ code: "usage.unknown_division" }),
    );
  });
});
