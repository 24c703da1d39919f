import { describe, expect, test } from "vitest";
import { decideOperation } from "../../../src/access/decide/decide.ts";
import { openLayerCache } from "../../../src/access/decide/layer-cache.ts";
import { clientPrincipal, grant, HOME, operation, role, SALES } from "../../support/principals.ts";

const VIEW = "analytics:conversationDetail:view";
const QUEUE = "routing:queue:view";
const viewer = role("Viewer", VIEW);
const inHome = clientPrincipal({ grants: [grant(viewer, HOME)] });

describe("one cache for all operations", () => {
  test("checks repeated permissions only once", () => {
    const cache = openLayerCache(inHome);
    expect(cache.ofPermissions("ALL", [VIEW], null)).toBe(cache.ofPermissions("ALL", [VIEW], null));
  });

  test.each([
    ["ANY of both", "ANY", [VIEW, QUEUE], HOME.id],
    ["ALL of both", "ALL", [VIEW, QUEUE], HOME.id],
    ["ALL of one, here", "ALL", [VIEW], HOME.id],
    ["ALL of one, elsewhere", "ALL", [VIEW], SALES.id],
    ["ALL of one, anywhere", "ALL", [VIEW], null],
    ["ALL of the other", "ALL", [QUEUE], HOME.id],
    ["none", "NONE", [], null],
  ] as const)(
    "%s: the decision does not depend on earlier ones",
    (_what, permissionMode, permissions, divisionId) => {
      const asked = operation({ permissionMode, permissions });
      const cache = openLayerCache(inHome);
      for (const mode of ["ANY", "ALL"] as const) {
        for (const list of [[VIEW], [QUEUE], [VIEW, QUEUE]]) {
          for (const id of [HOME.id, SALES.id, null]) {
            decideOperation(
              inHome,
              operation({ permissionMode: mode, permissions: list }),
              { divisionId: id },
              cache,
            );
          }
        }
      }
      expect(decideOperation(inHome, asked, { divisionId }, cache)).toEqual(
        decideOperation(inHome, asked, { divisionId }),
      );
    },
  );
});
