import { expect, test } from "vitest";
import { unreadableEvidence } from "../../../src/access/verdict/layer-result.ts";
import type { Unreadable } from "../../../src/platform/reading/principal.ts";
import { clientPrincipal } from "../../support/principals.ts";

function refused(
  path: string,
  status: number,
  code: string | null,
  permissions: readonly string[],
): Unreadable {
  const shown = code === null ? `${status}` : `${status} \`${code}\`: a long message of the service`;
  return {
    what: "grants",
    reason: `\`GET ${path}\` returned ${shown}`,
    permissions,
    scopes: [],
    call: { method: "GET", path, status, code, correlationId: null },
  };
}

const SUBJECT = refused("/subjects/7", 403, "missing.any.permissions", ["authorization:grant:view"]);

test("quotes the service's message when a single call could not read a fact", () => {
  const { summary } = unreadableEvidence(clientPrincipal({ unreadable: [SUBJECT] }), "grants", "the grants");
  expect(summary).toBe(
    "the grants could not be read: `GET /subjects/7` returned 403 `missing.any.permissions`: a long message of the service; `authorization:grant:view` allows reading it",
  );
});

test("gives one reason for all calls that failed with the same response", () => {
  const unreadable = [
    refused("/subjects/me", 400, "not.a.user", []),
    SUBJECT,
    refused("/roles/1", 403, "missing.any.permissions", ["authorization:role:view"]),
    refused("/divisions", 400, "not.a.user", []),
    refused("/roles/2", 502, null, []),
  ];
  const { summary } = unreadableEvidence(clientPrincipal({ unreadable }), "grants", "the grants");
  expect(summary).toBe(
    "the grants could not be read: `GET /subjects/me` and `GET /divisions` returned 400 `not.a.user`; `GET /subjects/7` and `GET /roles/1` returned 403 `missing.any.permissions`; `GET /roles/2` returned 502; `authorization:grant:view` or `authorization:role:view` allows reading it",
  );
});
