import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

const BLOCK = '  on users.tf line 7, in resource "genesyscloud_user" "kim":';

describe("explains an error of Terraform itself, not of the platform", () => {
  test.each([
    ['Error: Duplicate resource "genesyscloud_group" configuration', /same name/],
    [
      'Error: Duplicate provider configuration\n\n  A default provider configuration for "genesyscloud" was already given',
      /same name/,
    ],
    ["Error: Cycle: genesyscloud_flow.a, genesyscloud_flow.b", /in a circle/],
    ["Error: Cyclic Dependencies Identified:  genesyscloud_flow.a", /in a circle/],
    [`Error: Reference to undeclared resource\n${BLOCK}`, /does not declare/],
    [`Error: Unsupported block type\n${BLOCK}`, /does not match the provider's schema/],
    [
      `Error: Missing required argument\n${BLOCK}\nThe argument "email" is required`,
      /does not match the provider's schema/,
    ],
    [
      `Error: expected state to be one of ["active" "inactive"], got on\n${BLOCK}`,
      /does not match the provider's schema/,
    ],
    [
      "Error: Failed to query available provider packages\nprovider hashicorp/genesyscloud",
      /could not install/,
    ],
    ["Error: Inconsistent dependency lock file", /could not install/],
    ["Error: Resource already managed by Terraform", /nothing to import/],
    [
      "Error: Instance cannot be destroyed\nResource genesyscloud_flow.ivr has lifecycle.prevent_destroy set",
      /prevent_destroy/,
    ],
    ['Error: Backend initialization required, please run "terraform init"', /own state, plan or backend/],
    ["Error: No valid resource types to export.", /names resource types/],
  ])("%s", (text, meaning) => {
    const [finding, ...others] = explainText(text);
    expect(others).toEqual([]);
    expect(finding?.layer).toBe("none");
    expect(finding?.summary).toMatch(meaning);
    expect(finding?.remedies).toHaveLength(1);
  });

  test.each([
    [
      "9 resources were not exported due to timeouts. Consider increasing the token_pool_size",
      /token_pool_size/,
    ],
    [
      "Error: timeout after 5m0s waiting for available client (after 10 retries): context deadline exceeded",
      /token_pool_size/,
    ],
    ["Error: 3 resources encountered non-timeout errors during export.", /export's log/],
    ["Error: No user found with name Kim\n  with data.genesyscloud_user.kim,", /object's organization/],
    [
      'Error: Unable to find wrapup code with name Sold\n  on a.tf line 1, in data "genesyscloud_routing_wrapupcode" "sold":',
      /object's organization/,
    ],
  ])("with an unknown cause when the text does not show one: %s", (text, fix) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("unknown");
    expect(finding?.remedies[0]?.summary).toMatch(fix);
  });

  test("except a region that the provider rejects, which concerns the host", () => {
    const [finding] = explainText('Error: expected aws_region to be one of ["us-east-1"], got eu-central');
    expect(finding?.layer).toBe("host");
  });
});

describe("a failed job of the flow editor", () => {
  const job = "2f6b7e0a-18a3-4c44-8b57-9e0f9c5ab6f2";

  test.each([
    `Error: flow publish failed. JobID: ${job}, flowName: Main,  no tracing messages available`,
    `Flow publish failed. JobID: ${job}, no tracing messages availble`,
    `job ${job} failed. Messages: setting the Archy exit code to 100`,
  ])("leads to a query for the job with the id in the text: %s", (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("unknown");
    expect(finding?.remedies.at(-1)).toMatchObject({
      command: `genscope query GET /api/v2/flows/jobs/${job}`,
    });
  });

  test("is not attributed to the call that reads the job's state", () => {
    const [finding] = explainText(
      `Error: flow publish failed. JobID: ${job}\n{"resourceType":"genesyscloud_flow","method":"GET","path":"/api/v2/flows/jobs/${job}","statusCode":200}`,
    );
    expect(finding?.summary).toMatch(/reports that the job failed/);
    expect(finding?.remedies[0]?.summary).toMatch(/^read the job's messages/);
  });

  test.each([
    "2 errors were found in flow 'Support'.\narchy exit code 1",
    "The flow 'Main' contains 3 validation errors.",
    "Flow cannot be published because it has errors",
  ])("is attributed to errors in the flow: %s", (text) => {
    const [finding] = explainText(text);
    expect(finding?.layer).toBe("request");
    expect(finding?.summary).toMatch(/errors in the flow itself/);
  });
});

test.each([
  [
    "Sale",
    "Could not delete the resource because it is referenced by another entity.",
    /^remove the references/,
  ],
  ["Sale", "The wrap-up code is in use by 3 queues", /^remove the references/],
  ["Sale", "Cannot delete a wrap-up code while it is active", /^bring the object into a state/],
])("explains what to change before an object can be deleted: %s, %s", (name, message, fix) => {
  const [finding] = explainText(
    `genesyscloud_routing_wrapupcode.sale: Destroying...\nError: Failed to delete wrapup code ${name} error: API Error: 400 - ${message} (9c7d6b1e-45ce-4a44-9f0c-61a7f3d0b4e2)`,
  );
  expect(finding?.layer).toBe("request");
  expect(finding?.operation?.path).toBe("/api/v2/routing/wrapupcodes/{codeId}");
  expect(finding?.remedies[0]?.summary).toMatch(fix);
});

test("reads JSON that a debug log of the provider contains as a string", () => {
  const detail = JSON.stringify({
    resourceType: "genesyscloud_auth_role",
    method: "PUT",
    path: "/api/v2/authorization/roles/5b1d6d3b-5b42-4b92-8a2f-9a1f6f2d0c11",
    statusCode: 403,
    errorMessage:
      "Unable to perform the requested action. You are missing the following permission(s): authorization:role:edit",
    correlationId: "8d3f77e2-61cb-4b2b-9d7a-1a4e8a2c5f90",
  });
  const [finding, ...others] = explainText(
    `2026-10-05T09:12:44.331Z [ERROR] provider.terraform-provider-genesyscloud_v1.80.0: diagnostic_detail=${JSON.stringify(detail)} diagnostic_severity=ERROR`,
  );
  expect(others).toEqual([]);
  expect(finding?.operation?.operationId).toBe("putAuthorizationRole");
  expect(finding?.correlationId).toBe("8d3f77e2-61cb-4b2b-9d7a-1a4e8a2c5f90");
});

test.each([
  [
    "Error: Error acquiring the state lock\nError message: operation error DynamoDB: PutItem, https response error StatusCode: 400, ConditionalCheckFailedException: The conditional request failed",
    /force-unlock/,
  ],
  ["Error: Provider produced inconsistent final plan", /^read the object/],
  [
    "Note: Objects have changed outside of Terraform\n  # genesyscloud_routing_skill.nl has been deleted",
    /created again/,
  ],
])("does not mistake a locked or changed state for a refusal: %s", (text, fix) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe("none");
  expect(finding?.remedies[0]?.summary).toMatch(fix);
});

test("keeps the platform's message when the provider's JSON lacks it", () => {
  const [finding] = explainText(
    `Error: Failed to update queue Billing error: API Error: 403 - Unable to perform the requested action. You are missing the following permission(s): routing:queue:edit (0b7c1d9e-3f8a-4f5b-a6d2-4c0a9f6b2e10)
{"resourceType":"genesyscloud_routing_queue","method":"PUT","path":"/api/v2/routing/queues/9e4d0a7b-4a3b-4b8f-9c13-7e2c6f1a0b55","statusCode":403}`,
  );
  expect(finding?.layer).toBe("permission");
  expect(finding?.missing.permissions).toEqual(["routing:queue:edit"]);
});

test.each([
  ["Error: Invalid import ID: expected format siteId:routeId", "none", /^pass the id in the form/],
  [
    "Error: Failed to create IVR config error: API Error: 400 - The number +31201234567 is already assigned to another call route. (3d5f1e0c-4c7c-4b3f-b1b7-8c2a40b5d7f2)",
    "request",
    /^release the value that the message names/,
  ],
])("suggests a next step for %s", (text, layer, fix) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe(layer);
  expect(finding?.remedies[0]?.summary).toMatch(fix);
});

test.each([
  ["Error: No value for required variable", "none", /^pass the variable/],
  [
    "Error: Failed to publish action draft: API Error: 400 - Supplied version 2 does not match latest draft version 1 (d8c21f7a-0b3e-4c91-a6c5-1f2e3d4c5b6a)",
    "request",
    /^read the object again/,
  ],
  [
    "Error: Failed to create setting: API Error: 403 - Feature toggle is not enabled for this organization. (61f0f9ce-41b8-4a07-b08d-83a0c9a3d6aa)",
    "product",
    /license, feature or beta/,
  ],
])("names the layer and the next step for %s", (text, layer, fix) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe(layer);
  expect(finding?.remedies[0]?.summary).toMatch(fix);
});

test.each([
  [
    "Error: Failed to create flow milestone Paid error: API Error: 400 - The maximum number of flow milestones (1000) has been reached. (1b2c3d4e-5f6a-4b7c-8d8e-0f1a2b3c4d5e)",
    "request",
    /^stay within the limit that the message names/,
  ],
  [
    "Error: Failed to create file path with directory ./genesyscloud",
    "none",
    /^check that `directory` exists/,
  ],
  [
    "archy publish --location eu-frankfurt\nError: 'eu-frankfurt' is not a valid location.",
    "host",
    /^use the form/,
  ],
])("suggests a fix for %s", (text, layer, fix) => {
  const [finding] = explainText(text);
  expect(finding?.layer).toBe(layer);
  expect(finding?.remedies[0]?.summary).toMatch(fix);
});
