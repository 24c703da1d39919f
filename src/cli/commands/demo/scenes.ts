import { asArray, asRecord, asString } from "../../../core/json.ts";
import type { Context, RunningSandbox } from "../../context.ts";

const DAY_MS = 86_400_000;

/** The service's response to the decisive call. */
export interface ServiceAnswer {
  readonly status: number;
  readonly correlationId: string | null;
  readonly body: unknown;
}

/** Requests the conversations of the last 24 hours with the credentials of `env`, as a reporting service would. */
export async function callOperation(
  context: Context,
  sandbox: RunningSandbox,
  env: Context["env"],
): Promise<ServiceAnswer> {
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

/** Describes a refusal as an engineer sees it: the status and the service's message. */
export function describeAnswer({ status, body, correlationId }: ServiceAnswer): string {
  const { code, message } = asRecord(body);
  return `POST /api/v2/analytics/conversations/details/query -> ${status}\n${asString(code) ?? ""}: ${asString(message) ?? ""}\nININ-Correlation-Id: ${correlationId ?? "none"}`;
}

/**
 * Applies the first remedy of a diagnosis as an administrator would, by assigning the named role.
 * @returns a description of the change
 */
export function applyRemedy(sandbox: RunningSandbox, diagnosis: unknown): string {
  const [first] = asArray(asRecord(asArray(asRecord(diagnosis)["results"])[0])["remedies"]).map(asRecord);
  const roles = asArray(first?.["roles"]).map((role) => asRecord(role));
  for (const role of roles) {
    sandbox.act({ action: "role.grant", subject: sandbox.client.id, role: role["id"], division: "*" });
  }
  return `${asString(first?.["menuPath"]) ?? ""}\nrole ${roles.map((role) => `"${asString(role["name"])}"`).join(", ")}, all divisions`;
}

/** Creates a token for the analyst, who has the role but whose app lacks the scope. */
export function mintUserToken(sandbox: RunningSandbox): string {
  const minted = asRecord(
    sandbox.act({ action: "token.mint", user: "Reporting analyst", client: "Agent workbench" }),
  );
  return asString(minted["access_token"]) ?? "";
}

/** Returns the commands that make the same check in a real organization. */
export function ownOrganizationHint(operation: string): string {
  return [
    "export GENESYSCLOUD_REGION=eu-central-1  # or the domain of your login page",
    "export GENESYSCLOUD_OAUTHCLIENT_ID=…",
    "export GENESYSCLOUD_OAUTHCLIENT_SECRET=…",
    "# or, instead of both: export GENESYSCLOUD_ACCESS_TOKEN=…",
    `genscope check-scopes ${operation}`,
  ].join("\n");
}
