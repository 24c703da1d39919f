import { describe, expect, test } from "vitest";
import { claimsOf, explainText } from "./packaged-knowledge.ts";

const REFUSED = "API Error: 403 - missing.permissions (7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b70)";

const PLAIN =
  "API Error: 403 - You are not authorized to perform the requested action. (7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b70)";

function operationsOf(text: string): readonly (string | null)[] {
  return explainText(text).map(({ operation }) =>
    operation === null ? null : `${operation.method} ${operation.path}`,
  );
}

describe("a Terraform error that contains no API path", () => {
  test.each([
    [
      "that creates the object, from the words of the error",
      `Error: Failed to create queue Support: ${REFUSED}\n\n  with genesyscloud_routing_queue.support,\n  on queues.tf line 12`,
      "POST /api/v2/routing/queues",
    ],
    [
      "that deletes the object, from the words of the error",
      `Error: failed to delete group: ${REFUSED}\n  with module.teams.genesyscloud_group.all["sales"],`,
      "DELETE /api/v2/groups/{groupId}",
    ],
    [
      "that updates the object, from the words of the error",
      "genesyscloud_outbound_ruleset.main: error updating rule set: 403",
      "PUT /api/v2/outbound/rulesets/{ruleSetId}",
    ],
    [
      "that the first line of the block implies",
      `Error: Failed to create skill: ${REFUSED}\n  on skills.tf line 2:\n  2: resource "genesyscloud_routing_skill" "spanish" {`,
      "POST /api/v2/routing/skills",
    ],
    [
      "that needs the permission named in the message",
      "Error: Failed to update queue: API Error: 403 - You are missing the following permission(s): routing:queueMember:manage (7b1f0a52-44c3-4d0a-8a3e-9f2d6c1e5b70)\n  with genesyscloud_routing_queue.support,",
      "PATCH /api/v2/routing/queues/{queueId}/members/{memberId}",
    ],
    [
      "when the error contains a JSON body",
      'Error: Failed to create wrap-up code\n  with genesyscloud_routing_wrapupcode.sale,\n{"status":403,"code":"missing.permissions","message":"You are missing the following permission(s): [routing:wrapupCode:add]"}',
      "POST /api/v2/routing/wrapupcodes",
    ],
    [
      "when the status is not 403",
      "Error: Failed to create language: API Error: 429 - Rate limit exceeded the maximum\n  with genesyscloud_routing_language.french,",
      "POST /api/v2/routing/languages",
    ],
    [
      "when the error contains only a status",
      "Error: Failed to delete queue: 403\n  with genesyscloud_routing_queue.a,",
      "DELETE /api/v2/routing/queues/{queueId}",
    ],
  ])("leads to the call %s", (_name, text, operation) => {
    expect(operationsOf(text)).toEqual([operation]);
  });

  test("leads to one call per block when several blocks failed", () => {
    const errors = ["skill", "language"].map(
      (kind) =>
        `Error: Failed to create ${kind}: ${PLAIN.replace("5b70", `5b7${kind.length}`)}\n  with genesyscloud_routing_${kind}.a,\n`,
    );
    expect(operationsOf(errors.join("\n"))).toEqual([
      "POST /api/v2/routing/skills",
      "POST /api/v2/routing/languages",
    ]);
  });

  test.each([
    [
      "leads to no call for a type missing from the facts",
      `Error: Failed to create it: ${REFUSED}\n  with genesyscloud_made_up.a,`,
    ],
    [
      "leads to no call for another provider's type",
      `Error: Failed to create bucket: ${REFUSED}\n  with aws_s3_bucket.a,`,
    ],
  ])("%s", (_name, text) => {
    expect(operationsOf(text)).toEqual([null]);
  });

  test("lists all possible calls with their permissions instead of choosing one", () => {
    const [finding] = explainText(
      `Error: error updating queue: ${REFUSED}\n  with genesyscloud_routing_queue.support,`,
    );
    expect(finding?.operation).toBeNull();
    expect(claimsOf(finding === undefined ? [] : [finding])).toEqual([
      "true: to update an object, `genesyscloud_routing_queue` calls `PUT /api/v2/routing/queues/{queueId}` or `PATCH /api/v2/routing/queues/{queueId}/members/{memberId}`",
      expect.stringContaining(
        "true: `PUT /api/v2/routing/queues/{queueId}` needs permission `routing:queue:edit`",
      ),
      expect.stringContaining(
        "true: `PATCH /api/v2/routing/queues/{queueId}/members/{memberId}` needs permission",
      ),
    ]);
  });

  test("leads to the request that the error itself names, if there is one", () => {
    const text = `Error: Failed to create queue: GET /api/v2/users answered 403 missing.permissions\n  with genesyscloud_routing_queue.a,`;
    expect(operationsOf(text)).toEqual(["GET /api/v2/users"]);
  });
});
