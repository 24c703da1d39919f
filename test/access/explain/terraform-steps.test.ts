import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

function operationsOf(text: string): readonly (string | null)[] {
  return explainText(text).map(({ operation }) =>
    operation === null ? null : `${operation.method} ${operation.path}`,
  );
}

const REFUSED = "API Error: 400 - The name is too long (0b5d7f91-0000-4000-8000-00000000b001)";

describe("a Terraform error between progress lines", () => {
  test.each([
    [
      "the only step that did not complete",
      `genesyscloud_routing_skill.sales: Creating...\ngenesyscloud_group.night: Creating...\ngenesyscloud_group.night: Creation complete after 1s [id=1]\n\nError: Failed to create skill sales: ${REFUSED}`,
      "POST /api/v2/routing/skills",
    ],
    [
      "the step whose object the error names",
      `genesyscloud_routing_queue.main: Creating...\ngenesyscloud_integration_action.main_queue: Creating...\nError: Failed to create queue main: ${REFUSED}`,
      "POST /api/v2/routing/queues",
    ],
    [
      "a step that deletes an object",
      `genesyscloud_routing_wrapupcode.a: Destroying... [id=1]\nError: Failed to delete wrapupcode a: ${REFUSED}`,
      "DELETE /api/v2/routing/wrapupcodes/{codeId}",
    ],
    [
      "a step for one element of a list of resources",
      `module.q.genesyscloud_routing_language.all["fr"]: Creating...\nmodule.q.genesyscloud_routing_language.all["de"]: Creating...\nmodule.q.genesyscloud_routing_language.all["de"]: Creation complete after 2s [id=1]\nError: Failed to create language fr: ${REFUSED}`,
      "POST /api/v2/routing/languages",
    ],
    [
      "the step in a log in JSON format",
      `{"@level":"info","@message":"genesyscloud_group.day: Creating...","type":"apply_start"}\n{"@level":"error","@message":"Error: Failed to create group day: ${REFUSED}","type":"diagnostic"}`,
      "POST /api/v2/groups",
    ],
  ])("is attributed to the call of %s", (_name, text, operation) => {
    expect(operationsOf(text)).toEqual([operation]);
  });

  test.each([
    [
      "two kinds of objects fit the error",
      `genesyscloud_routing_queue.a: Creating...\ngenesyscloud_task_queue.b: Creating...\nError: Failed to create queue: ${REFUSED}`,
    ],
    [
      "the open step does something other than what failed",
      `genesyscloud_routing_queue.a: Modifying...\nError: Failed to delete queue a: ${REFUSED}`,
    ],
    [
      "the step of the object completed",
      `genesyscloud_group.a: Creating...\ngenesyscloud_group.a: Creation complete after 1s\nError: Failed to create group a: ${REFUSED}`,
    ],
  ])("is attributed to no call when %s", (_name, text) => {
    expect(operationsOf(text)).toEqual([null]);
  });
});

test.each([
  "Error: 409 Conflict\nwith genesyscloud_auth_division.north,\non main.tf line 1\nConflict creating resource: Conflict\n\nGET /api/v2/auth/divisions shows an empty list.",
  "Error: 400 Bad Request creating it\n  with genesyscloud_routing_queue.a,\n\nI read /api/v2/routing/skills before that.",
])("a path that the writer mentions after a Terraform error is not taken for the failed call: %s", (text) => {
  const [finding] = explainText(text);
  expect(finding?.operation?.method).toBe("POST");
  expect(finding?.summary).not.toMatch(/auth\/divisions|skills/);
});

describe("an error of Terraform itself", () => {
  test.each([
    [
      "an import of an object that does not exist",
      'Error: Cannot import non-existent remote object\n\nWhile attempting to import an existing object to "genesyscloud_user.a"',
      "unknown",
      /found no object with this id/,
    ],
    [
      "a state lock that another run holds",
      "Error: Error acquiring the state lock\n\nError message: ConditionalCheckFailedException: The conditional request failed\nLock Info:\n  ID: 1",
      "none",
      /could not lock its state/,
    ],
    [
      "a time limit of Terraform",
      "genesyscloud_user.a: Still creating... [50s elapsed]\nError: Failed to create user a: context deadline exceeded",
      "unknown",
      /does not show what the platform returned/,
    ],
    [
      "an object that never reaches the expected state",
      "Error: timeout while waiting for state to become 'success' (timeout: 5m0s)",
      "unknown",
      /does not show what the platform returned/,
    ],
    [
      "an invalid property in a flow",
      "Error: Flow publish failed. JobID: 1, tracing messages: setting the Archy exit code to 100\nException info: the property 'x' cannot be assigned a value.",
      "request",
      /sets a property/,
    ],
    [
      "a flow that failed with messages",
      "Error: Flow publish failed. JobID: 1, tracing messages: the queue in task Start is missing",
      "unknown",
      /tracing messages can contain the reason/,
    ],
    [
      "a flow that failed without messages",
      "Error: Flow publish failed. JobID: 1, no tracing messages available.",
      "unknown",
      /does not contain the reason/,
    ],
  ])("is not explained as a refusal: %s", (_name, text, layer, summary) => {
    const [finding, ...others] = explainText(text);
    expect(others).toEqual([]);
    expect(finding?.layer).toBe(layer);
    expect(finding?.summary).toMatch(summary);
  });
});
