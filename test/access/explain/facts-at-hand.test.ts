import { describe, expect, test } from "vitest";
import { claimsOf, explainText } from "./packaged-knowledge.ts";

const ID = "3b0f6c52-91f7-4d0b-8a7e-2c4d5e6f7a8b";

function body(status: number, code: string, message: string): string {
  return JSON.stringify({ message, code, status, contextId: ID, details: [], errors: [] });
}

function fixesOf(paste: string): string {
  return explainText(paste)
    .flatMap(({ remedies }) => remedies.map(({ summary, command }) => `${summary} | ${command ?? "-"}`))
    .join("\n");
}

describe("offers a permission that the platform states only in a description", () => {
  test.each([
    ["PATCH /api/v2/users/4711/presences/purecloud", "presence.not.authorized.update.other.user.presence"],
    [
      "PATCH https://api.mypurecloud.de/api/v2/users/4711/presences/6a3af858",
      "presence.not.authorized.update.other.user.presence",
    ],
    ["PATCH /api/v2/users/4711/presences/purecloud", "presence.not.authorized.update.on.queue"],
  ])("%s with %s", (request, code) => {
    const paste = `${request}\n${body(403, code, "Not authorized to update the presence")}`;
    expect(fixesOf(paste)).toContain("a role that holds `presence:userPresence:edit`");
    expect(claimsOf(explainText(paste))).toContain(
      "true: some calls to this operation need `presence:userPresence:edit`",
    );
  });
});

describe("offers the permission in the message before wider ones that also suffice", () => {
  test.each([
    ["PATCH /api/v2/users/4711", "directory:user:edit", "directory:organization:admin"],
    [
      "GET /api/v2/conversations/messaging/facebook/permissions",
      "messaging:integration:edit",
      "messaging:integration:add",
    ],
    ["GET /api/v2/routing/users/4711/utilization", "routing:utilization:view", "routing:utilization:manage"],
    ["GET /api/v2/outbound/campaigns", "outbound:campaign:view", "outbound:campaign:edit"],
    [
      "GET /api/v2/outbound/messagingcampaigns",
      "outbound:messagingCampaign:view",
      "outbound:whatsAppCampaign:view",
    ],
    ["GET /api/v2/authorization/settings", "authorization:settings:view", "directory:organization:admin"],
  ])("%s needs %s", (request, permission, wider) => {
    const paste = `${request}\n${body(403, "missing.any.permissions", `Unable to perform the requested action. You must have at least one of the following permissions assigned: [${permission}]`)}`;
    const [finding] = explainText(paste);
    expect(finding?.remedies[0]?.summary).toContain(`a role that holds \`${permission}\``);
    expect(finding?.remedies[0]?.summary).not.toContain(wider);
  });
});

test.each([
  ["Maximum bytes: 2097152", "2,097,152 bytes"],
  ["Request exceeds the maximum size of 5 MB", "5 MB"],
  ["The body must be at most 1048576 bytes", "1,048,576 bytes"],
  ["Payload is larger than 256 KB", "256 KB"],
])("uses the size limit in the message: %s", (message, limit) => {
  const [finding] = explainText(
    `POST /api/v2/outbound/contactlists/4711/contacts\n${body(413, "request.entity.too.large", message)}`,
  );
  expect(finding?.summary).toMatch(new RegExp(`larger than the service allows: ${limit}$`));
});

test("states no size limit when the message does not name one", () => {
  const [finding] = explainText(body(413, "request.entity.too.large", "The request is too large"));
  expect(finding?.summary).toMatch(/larger than the service allows$/);
});

describe("a path that the catalog contains is not questioned when its method is missing", () => {
  test.each([
    "https://api.mypurecloud.ie/api/v2/conversations/emails/8c7d6e5f-4a3b-4c2d-9e1f-0a1b2c3d4e5f",
    "https://api.mypurecloud.com/api/v2/routing/queues/8c7d6e5f-4a3b-4c2d-9e1f-0a1b2c3d4e5f",
    "https://api.usw2.pure.cloud/api/v2/users/8c7d6e5f-4a3b-4c2d-9e1f-0a1b2c3d4e5f",
    "https://api.mypurecloud.jp/api/v2/outbound/campaigns/8c7d6e5f-4a3b-4c2d-9e1f-0a1b2c3d4e5f",
  ])("%s", (url) => {
    const [finding] = explainText(`Aufruf von ${url} endet mit ${body(404, "not.found", "not there")}`);
    expect(finding?.summary).toMatch(/the path exists \(.*GET.*\), but the object does not/);
    expect(finding?.remedies[0]?.summary).toMatch(/^check the ids in the path/);
  });
});

describe("SCIM paths are read in the standard's spelling", () => {
  test.each([
    ["GET", "/api/v2/scim/v2/Users", "getScimV2Users"],
    ["POST", "/api/v2/scim/v2/Users", "postScimV2Users"],
    ["GET", "/api/v2/scim/v2/Groups", "getScimV2Groups"],
    ["PATCH", "/api/v2/scim/v2/Users/4d5e6f70-1a2b-4c3d-8e4f-5a6b7c8d9e0f", "patchScimV2User"],
    ["GET", "/api/v2/scim/Users", "getScimUsers"],
    ["GET", "/api/v2/scim/v2/ServiceProviderConfig", "getScimV2Serviceproviderconfig"],
  ])("%s %s", (method, path, operationId) => {
    const [finding] = explainText(
      `Okta: ${method} https://api.mypurecloud.com${path} 401 ${body(401, "bad.credentials", "Invalid login credentials.")}`,
    );
    expect(finding?.operation?.operationId).toBe(operationId);
    expect(finding?.remedies[0]?.summary).toMatch(
      /store it in the provisioning settings of the identity provider/,
    );
  });
});

describe("a refused subscription to several topics", () => {
  const paste = `POST https://api.mypurecloud.com/api/v2/notifications/channels/streaming-4-abc/subscriptions
[{"id":"v2.users.8c7d6e5f-4a3b-4c2d-9e1f-0a1b2c3d4e5f.workforcemanagement.adherence"},{"id":"v2.users.8c7d6e5f-4a3b-4c2d-9e1f-0a1b2c3d4e5f.routingStatus"}]
${body(403, "notification.unauthorized.topic", "Not authorized for this topic.")}`;

  test("is explained as refused as a whole, with a command that checks each topic", () => {
    expect(claimsOf(explainText(paste))).toContain(
      "true: one refused topic causes the whole subscription to be refused",
    );
    expect(fixesOf(paste)).toMatch(
      /genscope check-scopes "v2\.users\.\{id\}\.workforcemanagement\.adherence" "v2\.users\.\{id\}\.routingStatus"/,
    );
  });

  test("is explained with the permission that the adherence topic has needed since 2022", () => {
    expect(JSON.stringify(explainText(paste))).toContain("wfm:realtimeAdherence:view");
  });
});

describe("the name of a Java object is not a permission", () => {
  test.each([
    "You are missing the following permission(s): com.inin.pubapi.iam.util.ResourcePermission@1b2c3d4e",
    "You must have at least one of the following permissions assigned: [com.inin.acd.security.Permission@7f1a2b3c]",
  ])("%s", (words) => {
    const paste = `Error: 403 ${body(403, "missing.permissions", `Unable to perform the requested action. ${words}`)}`;
    const [finding] = explainText(paste);
    expect(finding?.missing.permissions).toEqual([]);
    expect(claimsOf(explainText(paste))).toContain("true: the message does not name the missing permission");
    expect(finding?.remedies[0]?.summary).toMatch(/^find the permission first/);
    expect(fixesOf(paste)).not.toContain("genscope whoami");
  });
});
