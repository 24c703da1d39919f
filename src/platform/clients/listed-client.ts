import { asNumber, asRecord, asString } from "../../core/json.ts";
import { appendAll } from "../../core/lists/append-all.ts";
import type { Api } from "../api/api.ts";
import { parseOAuthClient } from "../identity/tokens.ts";
import type { Call, OAuthClient } from "../reading/principal.ts";
import { attemptRead, failIncomplete, type Reading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** An OAuth client as the organization lists it. Its secret is never read, even if the service sends one. */
export interface ListedClient extends OAuthClient {
  /** Time of creation, RFC 3339; null when the platform sent none. */
  readonly dateCreated: string | null;
  readonly dateModified: string | null;
  readonly accessTokenValiditySeconds: number | null;
}

interface ClientPage {
  readonly clients: readonly ListedClient[];
  readonly total: number | null;
  /** Query of the next page; null on the last page. */
  readonly next: Readonly<Record<string, string>> | null;
}

const MOST_PAGES = 200;

/**
 * Reads every OAuth client of the organization. The listing declares no parameters, so only the link in the
 * response leads to the next page. Returns all clients or fails, because an omitted client would look
 * deleted.
 */
export async function readClients(api: Api): Promise<Reading<readonly ListedClient[]>> {
  const clients = new Map<string, ListedClient>();
  const calls: Call[] = [];
  let query: ClientPage["next"] = {};
  let total = 0;
  for (let page = 0; query !== null; page += 1) {
    const reading: Reading<ClientPage> = await attemptRead(api, READS.oauthClients, {
      query,
      parse: (body) => parsePage(body, api.region.apiUrl),
    });
    appendAll(calls, reading.calls);
    if (!reading.isRead) return { ...reading, calls };
    for (const client of reading.value.clients) clients.set(client.id, client);
    total = Math.max(total, reading.value.total ?? 0);
    query = reading.value.next;
    if (page >= MOST_PAGES) return failIncomplete(READS.oauthClients, calls, "pages that never end");
  }
  if (clients.size < total) {
    const what = `a listing that is cut short after ${clients.size} of ${total} entries`;
    return failIncomplete(READS.oauthClients, calls, what);
  }
  return { isRead: true, value: [...clients.values()], calls };
}

function parsePage(body: unknown, apiUrl: string): ClientPage | null {
  const { entities, total, nextUri } = asRecord(body);
  const clients = parseWhole(entities, parseListedClient);
  if (clients === null) return null;
  const link = asString(nextUri);
  // Only the query of the link is used. The next page belongs to the same listing, whatever host the link
  // names.
  const next = link === null ? null : Object.fromEntries(new URL(link, apiUrl).searchParams);
  return { clients, total: asNumber(total), next };
}

function parseListedClient(value: unknown): ListedClient | null {
  const client = parseOAuthClient(value);
  const fields = asRecord(value);
  return client === null
    ? null
    : {
        ...client,
        dateCreated: asString(fields["dateCreated"]),
        dateModified: asString(fields["dateModified"]),
        accessTokenValiditySeconds: asNumber(fields["accessTokenValiditySeconds"]),
      };
}
