import { describe, expect, test } from "vitest";
import { decideOperation } from "../../../src/access/decide/decide.ts";
import { openLayerCache } from "../../../src/access/decide/layer-cache.ts";
import { clientPrincipal, grant, HOME, operation, role, SALES } from "../../support/principals.ts";

const VIEW = "analytics:conversationDetail:view";
const QUEUE = "routing:queue:view";
const viewer = role("Viewer", VIEW);
const inHome = clientPrincipal({ grants: [grant(viewer, HOME)] });

describe("the cache of decided layers", () => {
  test("checks repeated permissions only once", () => {
    const cache = openLayerCache(inHome);
    expect(cache.ofPermissions("ALL", [VIEW], null)).toBe(cache.ofPermissions("ALL", [VIEW], null));
  });

  test.each([
    ["either of two permissions", "ANY", [VIEW, QUEUE], HOME.id],
    ["two required permissions", "ALL", [VIEW, QUEUE], HOME.id],
    ["one permission in a division where it is held", "ALL", [VIEW], HOME.id],
    ["one permission in a division where it is not held", "ALL", [VIEW], SALES.id],
    ["one permission without a division", "ALL", [VIEW], null],
    ["one permission that is not held", "ALL", [QUEUE], HOME.id],
    ["no permission", "NONE", [], null],
  ] as const)(
    "decides an operation as without a cache: %s",
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
