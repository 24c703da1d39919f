import { expect, test } from "vitest";
import { act, call, clientHolding, sandboxFor } from "./client.ts";

const PERMISSIONS = [
  "routing:queue:add",
  "routing:queue:delete",
  "routing:queue:edit",
  "routing:queue:search",
  "routing:queue:view",
  "architect:flow:search",
  "architect:flow:view",
  "telephony:plugin:all",
];

/**
 * Sends the requests as a client with these permissions. Returns the status and code of each, or the status when
 * there is no code.
 */
async function answersTo(...requests: readonly string[]): Promise<readonly string[]> {
  const sandbox = await sandboxFor();
  const { token } = await clientHolding(sandbox, PERMISSIONS);
  const [queue = ""] = (await call(sandbox, "GET /api/v2/routing/queues", { token })).each("entities", "id");
  const answers: string[] = [];
  for (const request of requests) {
    const isWrite = !request.startsWith("GET") && !request.startsWith("DELETE");
    const reply = await call(sandbox, request.replace("QUEUE", String(queue)), {
      token,
      ...(isWrite ? { body: {} } : {}),
    });
    answers.push([reply.status, reply.at("code")].filter((each) => each !== undefined).join(" "));
  }
  return answers;
}

test.each([
  ["POST /api/v2/routing/queues", "name"],
  ["PUT /api/v2/routing/queues/QUEUE", "force"],
  ["DELETE /api/v2/routing/queues/QUEUE", "cascade"],
  ["PATCH /api/v2/routing/queues/QUEUE/members", "delete"],
  ["GET /api/v2/routing/queues/QUEUE/wrapupcodes", "expand"],
  ["GET /api/v2/flows/divisionviews", "divisionIds"],
  ["GET /api/v2/documentation/search?q64=e30", "query"],
])(
  "the sandbox refuses for %s the parameter %s, which the definition does not declare",
  async (operation, parameter) => {
    const separator = operation.includes("?") ? "&" : "?";
    const [plain, refused] = await answersTo(operation, `${operation}${separator}${parameter}=x`);
    expect(plain).not.toBe("400 bad.request");
    expect(refused).toBe("400 bad.request");
  },
);

test.each([
  "DELETE /api/v2/routing/queues/QUEUE?forceDelete=true",
  "GET /api/v2/routing/queues/QUEUE?expand=x",
  "GET /api/v2/flows/divisionviews?name=Main&includeSchemas=true",
  "GET /api/v2/documentation/search?q64=e30",
])("the sandbox accepts %s, because the definition declares the parameter", async (request) => {
  const [answer] = await answersTo(request);
  expect(answer).toMatch(/^20\d$/);
});

test.each([
  ["GET /api/v2/documentation/search", "q64", "e30"],
  ["GET /api/v2/authorization/divisionspermitted/me", "permission", "routing:queue:view"],
  ["GET /api/v2/languages/translations/builtin", "language", "en-us"],
])(
  "the sandbox refuses %s without the required parameter %s, or with an empty value",
  async (request, name, value) => {
    const at = `${request}${request.includes("?") ? "&" : "?"}${name}=`;
    expect(await answersTo(request, at)).toEqual(["400 bad.request", "400 bad.request"]);
    const [answer] = await answersTo(`${at}${value}`);
    expect(answer).not.toBe("400 bad.request");
  },
);

test("the sandbox reports a missing permission before a missing parameter", async () => {
  const [answer] = await answersTo("GET /api/v2/telephony/siptraces", "GET /api/v2/gdpr/subjects");
  expect(answer).toMatch(/^403 /);
});

test("the sandbox names the unrecognized parameter", async () => {
  const sandbox = await sandboxFor();
  const { token } = await clientHolding(sandbox, PERMISSIONS);
  const reply = await call(sandbox, "POST /api/v2/routing/queues?dryRun=true", { token, body: {} });
  expect([reply.at("message"), reply.at("messageWithParams"), reply.at("status")]).toEqual([
    'Unrecognized parameter "dryRun"',
    "{message}",
    400,
  ]);
});

test("the sandbox reports a missing permission before an unrecognized parameter", async () => {
  const sandbox = await sandboxFor();
  const { token } = await clientHolding(sandbox, ["routing:queue:view"]);
  const reply = await call(sandbox, "POST /api/v2/routing/queues?dryRun=true", { token, body: {} });
  expect(reply.status).toBe(403);
});

test("an operation that was added to the sandbox accepts any parameter", async () => {
  const sandbox = await sandboxFor();
  const { token } = await clientHolding(sandbox, PERMISSIONS);
  await act(sandbox, "operation.upsert", { operation: "GET /api/v2/routing/novelties" });
  expect((await call(sandbox, "GET /api/v2/routing/novelties?shape=round", { token })).status).toBe(200);
});
