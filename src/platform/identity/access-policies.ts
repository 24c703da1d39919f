import { asBoolean, asRecord, asString } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import { parseNamed } from "../reading/named.ts";
import type { AccessPolicy, Call } from "../reading/principal.ts";
import { attemptRead, failIncomplete, type Reading } from "../reading/reading.ts";
import { READS, type Read } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";
import { isNoCondition } from "./condition.ts";

const MOST_PAGES = 100;

type Query = Readonly<Record<string, string>>;

interface PolicyPage {
  readonly policies: readonly AccessPolicy[];
  /** Query of the next page; null on the last page. */
  readonly next: Query | null;
}

/** Reads the attribute-based access policies that name a subject. */
export async function readAccessPolicies(
  api: Api,
  subjectId: string,
): Promise<Reading<readonly AccessPolicy[]>> {
  return await readPolicyPages(api, READS.accessPolicies, { subjectId });
}

/** Reads every access policy of the organization, without the subjects that they apply to. */
export async function readOrganizationPolicies(api: Api): Promise<Reading<readonly AccessPolicy[]>> {
  return await readPolicyPages(api, READS.organizationPolicies, {});
}

/**
 * Reads policies, following `nextUri` to the end. Returns all of them or fails, because an omitted policy might be the
 * one that denies.
 */
async function readPolicyPages(
  api: Api,
  read: Read,
  parameters: Query,
): Promise<Reading<readonly AccessPolicy[]>> {
  const policies: AccessPolicy[] = [];
  const calls: Call[] = [];
  const asked = new Set<string>();
  let query: Query | null = {};
  while (query !== null) {
    const reading: Reading<PolicyPage> = await attemptRead(api, read, {
      parameters,
      query,
      parse: (body) => parsePage(body, api.region.apiUrl),
    });
    appendAll(calls, reading.calls);
    if (!reading.isRead) return { ...reading, calls };
    appendAll(policies, reading.value.policies);
    asked.add(fingerprint(query));
    query = reading.value.next;
    if (query !== null && asked.has(fingerprint(query))) {
      return failIncomplete(read, calls, "pages that link back to each other");
    }
    if (query !== null && asked.size >= MOST_PAGES) {
      return failIncomplete(read, calls, `more than ${MOST_PAGES} pages`);
    }
  }
  return { isRead: true, value: policies, calls };
}

/** Parses a page; null when there is no list, or when an entry or the link to the next page cannot be parsed. */
function parsePage(body: unknown, apiUrl: string): PolicyPage | null {
  const page = asRecord(body);
  const policies = parseWhole(page["entities"], parseAccessPolicy);
  const nextUri = page["nextUri"] ?? "";
  if (policies === null || typeof nextUri !== "string") return null;
  if (nextUri === "") return { policies, next: null };
  // Only the query of the link is used. The next page belongs to the same listing, whatever host the link
  // names.
  return URL.canParse(nextUri, apiUrl)
    ? { policies, next: Object.fromEntries(new URL(nextUri, apiUrl).searchParams) }
    : null;
}

function fingerprint(query: Query): string {
  return new URLSearchParams(query).toString();
}

/**
 * Parses a policy; null unless it contains its effect, its target and whether it is enabled. Guessing any of
 * them could allow or deny wrongly.
 */
function parseAccessPolicy(value: unknown): AccessPolicy | null {
  const policy = asRecord(value);
  const named = parseNamed(policy);
  const effect = asString(policy["effect"]);
  const isEnabled = asBoolean(policy["active"]) ?? asBoolean(policy["enabled"]);
  const target = asString(policy["targetResource"]);
  return named === null || effect === null || isEnabled === null || target === null
    ? null
    : {
        ...named,
        effect,
        isEnabled,
        target,
        appliesToClients: asBoolean(policy["applyToClients"]),
        hasCondition: !isNoCondition(policy["condition"]),
      };
}
