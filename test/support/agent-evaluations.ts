/** A question to an agent, the tool calls that answer it, and the fact that the answer must contain. */
export interface AgentEvaluation {
  readonly question: string;
  /** Scenario of the sandbox in which the question arises. */
  readonly scenario: string;
  /** The calls, in order. */
  readonly calls: readonly { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> }[];
  /** Path into the structured result of the last call, and the value to expect there. */
  readonly fact: readonly [path: string, value: unknown];
}

const DETAIL_QUERY = "POST /api/v2/analytics/conversations/details/query";
const REFUSAL = JSON.stringify({
  status: 403,
  code: "missing.permissions",
  message:
    "Unable to perform the requested action. You are missing the following permission(s): [routing:queue:add]",
});

/** Questions that the skill prepares an agent for. */
export const AGENT_EVALUATIONS: readonly AgentEvaluation[] = [
  {
    question: "My service gets a 403 for conversation details. Which permission is missing?",
    scenario: "missing-role",
    calls: [{ tool: "check", arguments: { operations: [DETAIL_QUERY] } }],
    fact: ["results.0.missing.permissions.0", "analytics:conversationDetail:view"],
  },
  {
    question: "Would a broader scope help my service?",
    scenario: "missing-role",
    calls: [
      { tool: "whoami", arguments: {} },
      { tool: "check", arguments: { operations: [DETAIL_QUERY] } },
    ],
    fact: ["results.0.layer", "permission"],
  },
  {
    question: "Here is an error body. Which layer refused the call?",
    scenario: "healthy",
    calls: [{ tool: "explain", arguments: { text: REFUSAL, offline: true } }],
    fact: ["findings.0.layer", "permission"],
  },
  {
    question: "Can my service read conversation details now?",
    scenario: "healthy",
    calls: [{ tool: "check", arguments: { operations: [DETAIL_QUERY] } }],
    fact: ["results.0.verdict", "allowed"],
  },
  {
    question: "What does a user need to list queues? I have no token.",
    scenario: "expired-token",
    calls: [{ tool: "catalog_show", arguments: { operations: ["getRoutingQueues"] } }],
    fact: ["operations.0.permissions.0", "routing:queue:view"],
  },
  {
    question: "Which operation adds members to a queue?",
    scenario: "expired-token",
    calls: [
      { tool: "catalog_search", arguments: { words: ["post", "routing", "queues", "members"], limit: 1 } },
    ],
    fact: ["operations.0.path", "/api/v2/routing/queues/{queueId}/members"],
  },
  {
    question: "Whose token is in use?",
    scenario: "user-missing-permission",
    calls: [{ tool: "whoami", arguments: {} }],
    fact: ["kind", "user"],
  },
  {
    question: "The token of my job stopped working. What now?",
    scenario: "expired-token",
    calls: [{ tool: "whoami", arguments: {} }],
    fact: ["error.code", "auth.rejected"],
  },
  {
    question: "Does /api/v2/analytics/conversations/queries exist?",
    scenario: "healthy",
    calls: [
      {
        tool: "check",
        arguments: { operations: ["POST /api/v2/analytics/conversations/queries"], offline: true },
      },
    ],
    fact: ["error.code", "usage.unknown_operation"],
  },
  {
    question: "May the OAuth client for sales provisioning change queues outside Sales?",
    scenario: "clients",
    calls: [
      { tool: "clients", arguments: { client: "Sales provisioning" } },
      {
        tool: "check",
        arguments: { client: "Sales provisioning", operations: ["PUT /api/v2/routing/queues/{queueId}"] },
      },
    ],
    fact: ["results.0.verdict", "conditional"],
  },
  {
    question: "Which verdict does the client have whose every call is refused?",
    scenario: "clients",
    calls: [{ tool: "clients", arguments: { client: "Impatient poller" } }],
    fact: ["organizations.0.clients.0.verdict", "failing"],
  },
  {
    question: "Who made the call of my service fail, and when?",
    scenario: "stopped",
    calls: [{ tool: "check", arguments: { operations: [DETAIL_QUERY], history: "14d" } }],
    fact: ["history.changes.2.by.name", "Platform administrator"],
  },
  {
    question: "Which OAuth clients may list queues?",
    scenario: "clients",
    calls: [{ tool: "check", arguments: { who: "GET /api/v2/routing/queues" } }],
    fact: ["who.clients.0.verdict", "allowed"],
  },
  {
    question: "How many routing operations may this token call?",
    scenario: "healthy",
    calls: [{ tool: "check", arguments: { list: "routing" } }],
    fact: ["list.area", "routing"],
  },
  {
    question: "What happens to the old dashboard if it moves to PKCE?",
    scenario: "clients",
    calls: [{ tool: "clients", arguments: { client: "Old agent dashboard", rehearse: "pkce" } }],
    fact: ["organizations.0.clients.0.rehearsal.outcome", "breaks"],
  },
  {
    question: "May I list callers and check an operation in one call?",
    scenario: "healthy",
    calls: [{ tool: "check", arguments: { list: "routing", operations: ["GET /api/v2/users"] } }],
    fact: ["error.code", "usage.arguments"],
  },
];
