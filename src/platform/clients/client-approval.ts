import { asNumber, asRecord, asString } from "../../core/json.ts";
import type { Api } from "../api/api.ts";
import { attemptRead, type FailedReading } from "../reading/reading.ts";
import { READS } from "../reading/reads.ts";
import { parseWhole } from "../reading/whole-list.ts";

/** An administrator's approval of a client and its scopes. It has an effect only where scopes are enforced. */
export type Approval =
  | { readonly kind: "approved"; readonly scopes: readonly string[] }
  | { readonly kind: "none" }
  | { readonly kind: "unread"; readonly reason: string };

export async function readApproval(api: Api, clientId: string): Promise<Approval> {
  const reading = await attemptRead(api, READS.approvedClient, {
    parameters: { clientId },
    parse: (body) => parseWhole(asRecord(body)["scope"], asString),
  });
  if (reading.isRead) return { kind: "approved", scopes: reading.value };
  return reading.status === 404 ? { kind: "none" } : { kind: "unread", reason: reading.reason };
}

/** The approvals of an organization. */
export interface Approvals {
  /** Looks up the approval for a client. */
  of(clientId: string): Approval;
  /** Why the approvals could not be read; null when they were read. */
  readonly failure: FailedReading | null;
}

/** Reads the approvals of all clients in one request. */
export async function readApprovals(api: Api): Promise<Approvals> {
  const reading = await attemptRead(api, READS.approvedClients, { parse: parseListing });
  if (!reading.isRead) return unread(reading);
  const { scopesById, isWhole } = reading.value;
  return {
    of: (clientId) => {
      const scopes = scopesById.get(clientId);
      if (scopes !== undefined) return { kind: "approved", scopes };
      return isWhole ? { kind: "none" } : { kind: "unread", reason: "the listing of approvals is cut short" };
    },
    failure: null,
  };
}

function unread(failure: FailedReading): Approvals {
  return { of: () => ({ kind: "unread", reason: failure.reason }), failure };
}

function parseListing(
  body: unknown,
): { readonly scopesById: ReadonlyMap<string, readonly string[]>; readonly isWhole: boolean } | null {
  const { entities, total } = asRecord(body);
  const entries = parseWhole(entities, (entity) => {
    const { client, scope } = asRecord(entity);
    const id = asString(asRecord(client)["id"]);
    const scopes = parseWhole(scope, asString);
    return id === null || scopes === null ? null : ([id, scopes] as const);
  });
  return entries === null
    ? null
    : { scopesById: new Map(entries), isWhole: entries.length >= (asNumber(total) ?? entries.length) };
}
