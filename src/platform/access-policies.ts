import { asArray, asBoolean, asRecord, asString } from "../core/json.ts";
import type { Api } from "./api.ts";
import { parseNamed } from "./named.ts";
import type { AccessPolicy, Call } from "./principal.ts";
import { attemptRead, type Reading } from "./reading.ts";
import { READS } from "./reads.ts";

const MOST_PAGES = 100;

/** The attribute-based access policies that name a subject, following `nextUri` to the end. */
export async function readAccessPolicies(
  api: Api,
  subjectId: string,
): Promise<Reading<readonly AccessPolicy[]>> {
  const policies: AccessPolicy[] = [];
  const calls: Call[] = [];
  let query: Readonly<Record<string, string>> = {};
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const reading = await attemptRead(api, READS.accessPolicies, {
      parameters: { subjectId },
      query,
      parse: (body) => (Array.isArray(asRecord(body)["entities"]) ? asRecord(body) : null),
    });
    calls.push(...reading.calls);
    if (!reading.isRead) {
      return { ...reading, calls };
    }
    policies.push(...asArray(reading.value["entities"]).flatMap((value) => parseAccessPolicy(value) ?? []));
    const nextUri = asString(reading.value["nextUri"]);
    if (nextUri === null || !URL.canParse(nextUri, api.region.apiUrl)) {
      break;
    }
    // Only the query is taken over: wherever the link points, the next page is of the same listing.
    query = Object.fromEntries(new URL(nextUri, api.region.apiUrl).searchParams);
  }
  return { isRead: true, value: policies, calls };
}

/** Where the policy does not say, it counts as enabled and as aimed at everything: a doubt never widens access. */
function parseAccessPolicy(value: unknown): AccessPolicy | null {
  const policy = asRecord(value);
  const named = parseNamed(policy);
  return named === null
    ? null
    : {
        ...named,
        effect: asString(policy["effect"]) ?? "DENY",
        isEnabled: asBoolean(policy["active"]) ?? asBoolean(policy["enabled"]) ?? true,
        target: asString(policy["targetResource"]) ?? "*:*:*",
        appliesToClients: asBoolean(policy["applyToClients"]),
        hasCondition: Object.keys(asRecord(policy["condition"])).length > 0,
      };
}
