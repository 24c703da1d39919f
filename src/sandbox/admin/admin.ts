import { parseJson } from "../../core/json.ts";
import { type Answer, ok, type Request } from "../answer.ts";
import { listScenarios } from "../scenarios/scenarios.ts";
import type { World } from "../world.ts";
import { ACTIONS, runActions } from "./actions.ts";
import { ActionError } from "./input.ts";
import { describeJobs } from "./jobs-view.ts";
import { describeState } from "./state-view.ts";
import { answerTruth } from "./truth.ts";

/** The world that the admin endpoint serves, and a function that replaces it. */
export interface AdminDeps {
  readonly world: World;
  reset(scenario: string | null): unknown;
}

/**
 * Answers requests to the admin endpoint, which serves tests and demonstrations. The platform has no such endpoint.
 *
 * | request | answer |
 * |---|---|
 * | `GET /sandbox/state` | organizations, clients, users, roles, grants, policies, settings |
 * | `GET /sandbox/jobs` | every job with its interval, state, polls, pages and whether it was deleted |
 * | `GET /sandbox/truth/conversations` | NDJSON of all records; takes `day=YYYY-MM-DD` and `attributes=false` |
 * | `GET /sandbox/truth/usage` | every counted request by day, caller and operation, reported or not |
 * | `GET /sandbox/requests` | the requests so far, without credentials |
 * | `GET /sandbox/scenarios` | every scenario with its description |
 * | `GET /sandbox/actions` | every action with its fields |
 * | `POST /sandbox/actions` | runs `{"action": name, ...fields}` or `{"actions": [...]}` |
 * | `POST /sandbox/reset` | restarts with `{"scenario": name}`, or with the current scenario |
 */
export function answerAdminRequest({ world, reset }: AdminDeps, request: Request): Answer {
  if (!isLocal(request)) return { status: 403, json: { message: "the admin endpoint is for loopback only" } };
  switch (`${request.method} ${request.path}`) {
    case "GET /sandbox/state":
      return ok(describeState(world));
    case "GET /sandbox/jobs":
      return ok({ jobs: describeJobs(world) });
    case "GET /sandbox/truth/conversations":
      return answerTruth(world, request.query);
    case "GET /sandbox/truth/usage":
      return ok({ counts: [...world.usage.values()] });
    case "GET /sandbox/requests":
      return ok({ requests: world.requests });
    case "GET /sandbox/scenarios":
      return ok({ scenarios: listScenarios() });
    case "GET /sandbox/actions":
      return actionList(request.headers.host ?? "127.0.0.1");
    case "POST /sandbox/actions":
      return attempt(() => runActions(world, jsonOf(request)));
    case "POST /sandbox/reset":
      return attempt(() => reset(scenarioIn(jsonOf(request))));
    default:
      return { status: 404, json: { message: `there is no ${request.method} ${request.path}` } };
  }
}

/** Lists the actions, one per line, with a sample curl command. */
function actionList(host: string): Answer {
  const example = { action: "role.grant", subject: "Reporting service", role: "Supervisor", division: "*" };
  const call = `curl -s http://${host}/sandbox/actions -d '${JSON.stringify(example)}'`;
  const actions = Object.entries(ACTIONS).map(([name, { summary }]) => JSON.stringify({ name, summary }));
  const lines = [
    "{",
    `  "call": ${JSON.stringify(call)},`,
    '  "notation": "field? is optional; its default is in parentheses",',
    '  "actions": [',
    actions.map((action) => `    ${action}`).join(",\n"),
    "  ]",
    "}",
  ];
  return {
    status: 200,
    text: { value: `${lines.join("\n")}\n`, contentType: "application/json" },
  };
}

function attempt(act: () => unknown): Answer {
  try {
    return ok(act());
  } catch (error) {
    if (error instanceof ActionError) return { status: 400, json: { message: error.message } };
    throw error;
  }
}

function jsonOf(request: Request): unknown {
  if (request.body === "") return {};
  const value = parseJson(request.body);
  if (value === undefined) throw new ActionError("the body is not JSON");
  return value;
}

function scenarioIn(body: unknown): string | null {
  const scenario = (body as { readonly scenario?: unknown }).scenario;
  if (scenario === undefined) return null;
  const found = listScenarios().find(({ name }) => name === scenario);
  if (found === undefined) throw new ActionError(`there is no scenario \`${String(scenario)}\``);
  return found.name;
}

/**
 * Returns whether a request comes from this machine and names a loopback address or `localhost` in its Host header. A
 * web page that reaches this port through its own domain name (DNS rebinding) sends that domain name as the Host
 * header.
 */
function isLocal({ address, headers }: Request): boolean {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  return /^(127\.|::1$|::ffff:127\.)/.test(address) && ["127.0.0.1", "localhost", "[::1]"].includes(host);
}
