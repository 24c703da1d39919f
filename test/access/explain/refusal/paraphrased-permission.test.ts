import { describe, expect, test } from "vitest";
import { explainText } from "../packaged-knowledge.ts";

function layerAndNames(text: string): readonly unknown[] {
  return explainText(text).map(({ layer, status, missing }) => [layer, status, missing.permissions]);
}

describe("a permission that a person quotes from the response", () => {
  test.each([
    [
      "The export stopped with a 403 saying missing permission for outbound campaign view.",
      "outbound:campaign:view",
    ],
    [
      "Since Monday we see error 403 with the message no permission for Routing > Queue Member > Manage in the log.",
      "routing:queueMember:manage",
    ],
    [
      "It answers 403 and says: lacks the permission 'analytics:userDetail:view' when the report starts",
      "analytics:userDetail:view",
    ],
  ])("is taken as the missing permission: %s", (text, permission) => {
    expect(layerAndNames(text)).toEqual([["permission", 403, [permission]]]);
  });

  test.each([
    "It answers a 403, and my guess about it: maybe a missing permission for outbound campaign view?",
    "It answers a 403 saying missing permission for the thing that we wanted.",
    "It answers a 403. The old client has no permission for outbound campaign view either.",
  ])("is not taken from a guess, from unknown words or from another sentence: %s", (text) => {
    expect(layerAndNames(text)).toEqual([["unknown", 403, []]]);
  });
});
