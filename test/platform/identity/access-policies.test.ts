import { describe, expect, test } from "vitest";
import { judge, POLICIES, type Routes } from "../reading/canned-service.ts";

const ALLOW = { id: "p1", effect: "ALLOW", active: true, targetResource: "routing:queue:*" };
const DENY = { id: "p2", effect: "DENY", active: true, targetResource: "*:*:*", applyToClients: true };

test("what a policy says, page after page", async () => {
  const { principal } = await judge({
    [POLICIES]: [200, { entities: [ALLOW], nextUri: `${POLICIES}?after=abc` }],
    [`${POLICIES}?after=abc`]: [
      200,
      {
        entities: [{ ...DENY, name: "Nights", active: undefined, enabled: false, condition: { any: 1 } }],
        nextUri: "",
      },
    ],
  });
  expect(principal.accessPolicies).toEqual([
    {
      id: "p1",
      name: null,
      effect: "ALLOW",
      isEnabled: true,
      target: "routing:queue:*",
      appliesToClients: null,
      hasCondition: false,
    },
    {
      id: "p2",
      name: "Nights",
      effect: "DENY",
      isEnabled: false,
      target: "*:*:*",
      appliesToClients: true,
      hasCondition: true,
    },
  ]);
});

describe("a condition in whatever form limits the policy", () => {
  test.each<[string, unknown, "denied" | "conditional"]>([
    ["none", undefined, "denied"],
    ["null", null, "denied"],
    ["an empty text", "", "denied"],
    ["an empty object", {}, "denied"],
    ["a tree", { all: [] }, "conditional"],
    ["a text", "(GroupId==[1])", "conditional"],
    ["a list", [{ any: 1 }], "conditional"],
    ["a number", 0, "conditional"],
    ["a word", false, "conditional"],
  ])("%s", async (_name, condition, verdict) => {
    const decision = await judge({ [POLICIES]: [200, { entities: [{ ...DENY, condition }] }] });

    expect([decision.verdict, decision.layer]).toEqual([verdict, "policy"]);
  });
});

describe("policies that may be missing keep the verdict from being allowed", () => {
  const endless = Object.fromEntries(
    Array.from({ length: 101 }, (_, n) => [
      n === 0 ? POLICIES : `${POLICIES}?after=${n}`,
      [200, { entities: [], nextUri: `${POLICIES}?after=${n + 1}` }] as const,
    ]),
  );
  const first = (page: object): Routes => ({ [POLICIES]: [200, page] });

  test.each<[string, Routes, string]>([
    ["an entry without an id", first({ entities: [ALLOW, { ...DENY, id: undefined }] }), "JSON that is not"],
    [
      "an entry without an effect",
      first({ entities: [{ ...ALLOW, effect: undefined }] }),
      "JSON that is not",
    ],
    ["an entry without a target", first({ entities: [{ ...ALLOW, targetResource: 1 }] }), "JSON that is not"],
    ["an entry that may be off", first({ entities: [{ ...ALLOW, active: "true" }] }), "JSON that is not"],
    ["no list", first({ entities: {} }), "JSON that is not"],
    ["a link that is none", first({ entities: [], nextUri: "http://[" }), "JSON that is not"],
    ["a next page that is no text", first({ entities: [], nextUri: 2 }), "JSON that is not"],
    [
      "a page that leads to itself",
      first({ entities: [], nextUri: `${POLICIES}?after=abc` }),
      "answered with pages that link back to each other",
    ],
    ["a page that leads to the first", first({ entities: [], nextUri: POLICIES }), "link back to each other"],
    ["a listing without an end", endless, "answered with more than 100 pages"],
  ])("%s", async (_name, routes, reason) => {
    const { principal, verdict, layer } = await judge(routes);

    expect(principal.accessPolicies).toBeNull();
    expect(principal.unreadable).toEqual([
      expect.objectContaining({ what: "access policies", reason: expect.stringContaining(reason) }),
    ]);
    expect([verdict, layer]).toEqual(["conditional", "policy"]);
  });
});
