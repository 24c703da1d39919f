import { expect, test } from "vitest";
import { requestAccess } from "../../../../src/access/request/access-request.ts";
import { composeRequest } from "../../../../src/cli/commands/check-scopes/request-message.ts";
import { verificationCommand } from "../../../../src/cli/shell/verification-command.ts";
import { renderMessageAsMarkdown, renderMessageAsText } from "../../../../src/output/message.ts";
import { clientPrincipal, role, userPrincipal } from "../../../support/principals.ts";
import { judged } from "../../../support/request-items.ts";

const QUEUES = {
  method: "GET",
  path: "/api/v2/routing/queues",
  permissionMode: "ALL",
  permissions: ["routing:queue:view"],
} as const;

function message(principal: ReturnType<typeof clientPrincipal>) {
  const item = judged(principal);
  const call = { kind: "call" as const, summary: "live: POST returned 403", correlationId: "11112222-aaaa" };
  const request = requestAccess(
    [{ ...item, evidence: [...item.evidence, call] }, judged(principal, QUEUES)],
    new Map([["routing:queue:view", "Routing > Queue > View"]]),
  );
  if (request === null) throw new Error("no access is missing");
  const command = verificationCommand({
    operations: ["POST /api/v2/analytics/conversations/details/query", "GET /api/v2/routing/queues"],
    permissions: [],
    division: null,
    policy: null,
    profile: "prod",
    identity: null,
  });
  return composeRequest(request, { ...principal, region: "mypurecloud.de" }, command);
}

const lackingClient = clientPrincipal({
  roles: [role("Analyst", "analytics:*:*"), role("Queues", "routing:queue:view,edit")],
});

test("--request writes a message for email", () => {
  expect(renderMessageAsText(message(lackingClient))).toMatchInlineSnapshot(`
    "Subject: Access to 2 API calls for OAuth client "Reporting service"

    Hello, could you please make the change below, so that OAuth client "Reporting service" can do its work?

    Requester:
      - OAuth client "Reporting service" (id client-1, client-credentials)
      - organization "Example" (id org-1)
      - region mypurecloud.de

    Required API calls:
      - POST /api/v2/analytics/conversations/details/query: refused (permission)
        needs permission analytics:conversationDetail:view or analytics:agentConversationDetail:view (definition; as of 2026-08-15)
        no role of this token holds analytics:conversationDetail:view or analytics:agentConversationDetail:view
      - GET /api/v2/routing/queues: refused (permission)
        needs permission routing:queue:view (definition; as of 2026-08-15)
        no role of this token holds routing:queue:view

    Smallest change:
      - create one role that holds only analytics:conversationDetail:view or analytics:agentConversationDetail:view; routing:queue:view, and assign it
        where: Admin > People & Permissions > Roles / Permissions
        the role editor calls routing:queue:view "Routing > Queue > View"
        it would allow nothing else

    How to verify:
      - a changed role takes effect within about a minute; then we run
        genscope check-scopes --profile prod --wait 2m 'POST /api/v2/analytics/conversations/details/query' 'GET /api/v2/routing/queues'

    For the platform's support:
      - correlation id 11112222-aaaa

    Thank you.
    "
  `);
});

test("--request writes a message for a ticket in Markdown", () => {
  expect(renderMessageAsMarkdown(message(lackingClient))).toMatchInlineSnapshot(`
    "**Access to 2 API calls for OAuth client "Reporting service"**

    Hello, could you please make the change below, so that OAuth client "Reporting service" can do its work?

    **Requester**

    - OAuth client "Reporting service" (id <code>client-1</code>, client-credentials)
    - organization "Example" (id <code>org-1</code>)
    - region mypurecloud.de

    **Required API calls**

    - <code>POST /api/v2/analytics/conversations/details/query</code>: refused (permission)
      - needs permission <code>analytics:conversationDetail:view</code> or <code>analytics:agentConversationDetail:view</code> (definition; as of 2026-08-15)
      - no role of this token holds <code>analytics:conversationDetail:view</code> or <code>analytics:agentConversationDetail:view</code>
    - <code>GET /api/v2/routing/queues</code>: refused (permission)
      - needs permission <code>routing:queue:view</code> (definition; as of 2026-08-15)
      - no role of this token holds <code>routing:queue:view</code>

    **Smallest change**

    - create one role that holds only <code>analytics:conversationDetail:view</code> or <code>analytics:agentConversationDetail:view</code>; <code>routing:queue:view</code>, and assign it
      - where: Admin &#62; People &#38; Permissions &#62; Roles / Permissions
      - the role editor calls <code>routing:queue:view</code> "Routing &#62; Queue &#62; View"
      - it would allow nothing else

    **How to verify**

    - a changed role takes effect within about a minute; then we run

      \`\`\`sh
      genscope check-scopes --profile prod --wait 2m 'POST /api/v2/analytics/conversations/details/query' 'GET /api/v2/routing/queues'
      \`\`\`

    **For the platform's support**

    - correlation id <code>11112222-aaaa</code>

    Thank you.
    "
  `);
});

test("--request names user and client, and says that a new login is needed", () => {
  const text = renderMessageAsText(message(userPrincipal({ scopes: [] })));
  expect(text).toContain(
    '  - user "Agent 1" <agent1@example.com> (id user-1)\n  - OAuth client "Reporting service" (id client-1, authorization code)',
  );
  expect(text).toContain("  - a new scope applies only to new tokens: we log in again first");
  expect(text).toContain('the role editor calls routing:queue:view "Routing > Queue > View"');
});

test("--request escapes Markdown and replaces control characters in names", () => {
  const client = lackingClient.client;
  const hostile = { ...lackingClient, client: client && { ...client, name: "x\u001b[2J\n# <b>*y*" } };
  const markdown = renderMessageAsMarkdown(message(hostile));
  expect(markdown).toContain('OAuth client "x\u{FFFD}&#91;2J &#35; &#60;b&#62;&#42;y&#42;"');
  expect(renderMessageAsText(message(hostile))).toContain('OAuth client "x\u{FFFD}[2J # <b>*y*"');
});

test.each([
  [{ operations: ["GET /api/v2/users"] }, "genscope check-scopes --wait 2m 'GET /api/v2/users'"],
  [{ permissions: ["a:b:c"] }, "genscope check-scopes --wait 2m --permission a:b:c"],
  [{ division: "John's team" }, "genscope check-scopes --division 'John'\\''s team' --wait 2m"],
  [
    { policy: { file: "genscope.policy.yaml", service: "reporting", environment: "prod" } },
    "genscope check-scopes --policy genscope.policy.yaml --service reporting --env prod --wait 2m",
  ],
  [
    { permissions: ["a:b:c"], identity: { client: "Reporting service", user: null } },
    "genscope check-scopes --client 'Reporting service' --wait 2m --permission a:b:c",
  ],
])("--request writes the command that verifies %j", (given, expected) => {
  const nothing = {
    operations: [],
    permissions: [],
    division: null,
    policy: null,
    profile: null,
    identity: null,
  };
  expect(verificationCommand({ ...nothing, ...given })).toBe(expected);
});
