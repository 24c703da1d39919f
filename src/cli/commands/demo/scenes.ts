import { asArray, asRecord, asString } from "../../../core/json.ts";
import type { Context, RunningSandbox } from "../../context.ts";

const DAY_MS = 86_400_000;

/** What the service answered to the call that matters. */
export interface Answer {
  readonly status: number;
  readonly correlationId: string | null;
  readonly body: unknown;
}

/** Asks for yesterday's and today's conversations with the credentials of `env`, as a reporting service would. */
export async function callOperation(
  context: Context,
  sandbox: RunningSandbox,
  env: Context["env"],
): Promise<Answer> {
  const { api } = await context.withEnvironment(env).connect({ region: sandbox.url });
  const now = context.clock.now();
  const interval = `${new Date(now - DAY_MS).toISOString()}/${new Date(now).toISOString()}`;
  const { status, correlationId, body } = await api.send({
    method: "POST",
    path: "/api/v2/analytics/conversations/details/query",
    body: { interval, paging: { pageSize: 25, pageNumber: 1 } },
    repeatable: true,
  });
  return { status, correlationId, body };
}

/** A refusal as it reaches the engineer: the status and the service's sentence. */
export function describeAnswer({ status, body, correlationId }: Answer): string {
  const { code, message } = asRecord(body);
  return `POST /api/v2/analytics/conversations/details/query -> ${status}\n${asString(code) ?? ""}: ${asString(message) ?? ""}\nININ-Correlation-Id: ${correlationId ?? "none"}`;
}

/**
 * Applies the first remedy of a diagnosis the way an administrator would, by assigning the role it names.
 * @returns what was changed, in words
 */
export function applyRemedy(sandbox: RunningSandbox, diagnosis: unknown): string {
  const [first] = asArray(asRecord(asArray(asRecord(diagnosis)["results"])[0])["remedies"]).map(asRecord);
  const roles = asArray(first?.["roles"]).map((role) => asRecord(role));
  for (const role of roles) {
    sandbox.act({ action: "role.grant", subject: sandbox.client.id, role: role["id"], division: "*" });
  }
  return `${asString(first?.["menuPath"]) ?? ""}\nrole ${roles.map((role) => `"${asString(role["name"])}"`).join(", ")}, all divisions`;
}

/** A token of the analyst: the role is there, the app's scopes are not enough. */
export function mintUserToken(sandbox: RunningSandbox): string {
  const minted = asRecord(
    sandbox.act({ action: "token.mint", user: "Reporting analyst", client: "Agent workbench" }),
  );
  return asString(minted["access_token"]) ?? "";
}

/** How to ask the same of a real organization. */
export function ownOrganizationHint(operation: string): string {
  return [
    "export GENESYSCLOUD_REGION=eu-central-1            # or the domain of your login page",
    "export GENESYSCLOUD_OAUTHCLIENT_ID=…",
    "export GENESYSCLOUD_OAUTHCLIENT_SECRET=…           # or GENESYSCLOUD_ACCESS_TOKEN=… alone",
    `genscope check-scopes ${operation}`,
  ].join("\n");
}
