/** A call that failed: what it asked for, and the response. */
export interface FailedCall {
  readonly method: string;
  readonly host: string;
  /** Path with its query. */
  readonly target: string;
  readonly sent: string | null;
  readonly status: number;
  readonly reason: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
}

/** A failed call with its right explanation: `layer status code METHOD path | missing names | wait`. */
export interface Failure {
  readonly call: FailedCall;
  readonly expected: string;
}

const ANY = "You must have at least one of the following permissions assigned";
const DIVISION = "2c9d4e10-7b3a-4f58-8c61-d0e5f7a90b12";
const QUEUE = "7e1b0c44-93aa-4d0e-b2f6-51c8d9e07a33";
/** The correlation id of every failure. */
export const CORRELATION = "4a6f1d02-5c8e-4b97-a3d0-e81f29b7c650";

function refused(
  [method, target, sent]: readonly [string, string, (string | null)?],
  [status, reason, code, message]: readonly [number, string, string, string],
  expected: string,
  headers: Readonly<Record<string, string>> = {},
): Failure {
  return {
    call: {
      ...{ method, host: "api.mypurecloud.ie", target, sent: sent ?? null, status, reason },
      body: { message, code, status, messageParams: {}, contextId: CORRELATION, details: [], errors: [] },
      headers: { "content-type": "application/json", "inin-correlation-id": CORRELATION, ...headers },
    },
    expected,
  };
}

/** Failures of every layer, with calls of every method. */
export const FAILURES: readonly Failure[] = [
  refused(
    ["GET", "/api/v2/routing/queues?pageSize=50&pageNumber=3"],
    [
      403,
      "Forbidden",
      "missing.any.permissions",
      `Unable to perform the requested action. ${ANY}: [routing:queue:view]`,
    ],
    "permission 403 missing.any.permissions GET /api/v2/routing/queues | routing:queue:view | -",
  ),
  refused(
    ["DELETE", `/api/v2/routing/queues/${QUEUE}`],
    [
      403,
      "Forbidden",
      "missing.any.division.permissions",
      `Unable to perform the requested action. ${ANY}: [routing:queue:delete] in at least one of the following division(s): [${DIVISION}]`,
    ],
    `division 403 missing.any.division.permissions DELETE /api/v2/routing/queues/{queueId} | routing:queue:delete,${DIVISION} | -`,
  ),
  refused(
    ["POST", "/api/v2/outbound/campaigns", '{"name":"Spring"}'],
    [403, "Forbidden", "app.not.authorized.for.scope", "App not authorized to use scope outbound"],
    "scope 403 app.not.authorized.for.scope POST /api/v2/outbound/campaigns | outbound | -",
  ),
  refused(
    ["PATCH", `/api/v2/users/${QUEUE}`, '{"version":4}'],
    [401, "Unauthorized", "bad.credentials", "Invalid login credentials."],
    "token 401 bad.credentials PATCH /api/v2/users/{userId} | - | -",
  ),
  refused(
    ["PUT", `/api/v2/flows/datatables/${QUEUE}/rows/B7`, '{"key":"B7"}'],
    [409, "Conflict", "general.conflict", "The row was changed by another request."],
    "request 409 general.conflict PUT /api/v2/flows/datatables/{datatableId}/rows/{rowId} | - | -",
  ),
  refused(
    ["POST", "/api/v2/analytics/conversations/details/query", '{"interval":"2026-10-01/2026-10-02"}'],
    [
      429,
      "Too Many Requests",
      "too.many.requests",
      "Rate limit exceeded the maximum. Retry the request in [21] seconds",
    ],
    "rate-limit 429 too.many.requests POST /api/v2/analytics/conversations/details/query | - | 21",
    { "retry-after": "21" },
  ),
  refused(
    ["GET", "/api/v2/users/me"],
    [
      400,
      "Bad Request",
      "not.a.user",
      "This request requires a user context. Client credentials cannot be used for requests to this resource.",
    ],
    "context 400 not.a.user GET /api/v2/users/me | - | -",
  ),
  {
    call: {
      ...{ method: "POST", host: "login.mypurecloud.ie", target: "/oauth/token" },
      ...{ sent: "grant_type=client_credentials", status: 401, reason: "Unauthorized" },
      body: {
        error: "invalid_client",
        description: "authentication failed",
        error_description: "authentication failed",
      },
      headers: { "content-type": "application/json", "inin-correlation-id": CORRELATION },
    },
    expected: "credentials 401 invalid_client POST /oauth/token | - | -",
  },
];
