import { describe, expect, test } from "vitest";
import { judge, POLICIES, type Routes } from "../reading/canned-service.ts";

const ALLOW = { id: "p1", effect: "ALLOW", active: true, targetResource: "routing:queue:*" };
const DENY = { id: "p2", effect: "DENY", active: true, targetResource: "*:*:*", applyToClients: true };

test("reads every field of the access policies, across pages", async () => {
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

describe("only a non-empty condition limits an access policy", () => {
  test.each<[string, unknown, "denied" | "conditional"]>([
    ["no condition", undefined, "denied"],
    ["null", null, "denied"],
    ["an empty string", "", "denied"],
    ["an empty object", {}, "denied"],
    ["a tree", { all: [] }, "conditional"],
    ["a string", "(GroupId==[1])", "conditional"],
    ["a list", [{ any: 1 }], "conditional"],
    ["the number 0", 0, "conditional"],
    ["false", false, "conditional"],
  ])("%s", async (_name, condition, verdict) => {
    const decision = await judge({ [POLICIES]: [200, { entities: [{ ...DENY, condition }] }] });

    expect([decision.verdict, decision.layer]).toEqual([verdict, "policy"]);
  });
});

describe("an incomplete list of access policies never yields the verdict allowed", () => {
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
    [
      "an entry whose state is not a boolean",
      first({ entities: [{ ...ALLOW, active: "true" }] }),
      "JSON that is not",
    ],
    ["an object instead of a list", first({ entities: {} }), "JSON that is not"],
    ["an invalid link", first({ entities: [], nextUri: "http://[" }), "JSON that is not"],
    ["a next page that is not a string", first({ entities: [], nextUri: 2 }), "JSON that is not"],
    [
      "a page that links to itself",
      first({ entities: [], nextUri: `${POLICIES}?after=abc` }),
      "returned pages that link back to each other",
    ],
    [
      "a page that links to the first one",
      first({ entities: [], nextUri: POLICIES }),
      "link back to each other",
    ],
    ["an endless listing", endless, "returned more than 100 pages"],
  ])("%s", async (_name, routes, reason) => {
    const { principal, verdict, layer } = await judge(routes);

    expect(principal.accessPolicies).toBeNull();
    expect(principal.unreadable).toEqual([
      expect.objectContaining({ what: "access policies", reason: expect.stringContaining(reason) }),
    ]);
    expect([verdict, layer]).toEqual(["conditional", "policy"]);
  });
});
