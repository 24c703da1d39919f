/** Requests of one caller to one operation on one UTC day, by the first digit of their status. */
export interface UsageCount {
  /** UTC day, such as `2026-10-01`. */
  readonly day: string;
  readonly organizationId: string;
  readonly clientId: string;
  /** The user; null when the client acts for itself. */
  readonly userId: string | null;
  readonly method: string;
  /** Path of the operation, with parameter names instead of ids. */
  readonly templateUri: string;
  status200: number;
  status300: number;
  /** Number of all 4xx responses, including 429. */
  status400: number;
  status429: number;
  status500: number;
}

/** The counts by day, caller and operation. */
export type UsageLedger = Map<string, UsageCount>;

/** Requests to add to the ledger. */
export interface CountedUse
  extends Pick<UsageCount, "organizationId" | "clientId" | "userId" | "method" | "templateUri"> {
  /** Time of the requests in milliseconds since the Unix epoch. */
  readonly atMs: number;
  readonly status: number;
  readonly count: number;
}

/** Adds requests to the ledger. */
export function countUse(ledger: UsageLedger, use: CountedUse): void {
  const { organizationId, clientId, userId, method, templateUri, status, count } = use;
  const day = new Date(use.atMs).toISOString().slice(0, 10);
  const key = `${day} ${organizationId} ${clientId} ${userId} ${method} ${templateUri}`;
  const counted = ledger.get(key) ?? {
    ...{ day, organizationId, clientId, userId, method, templateUri },
    ...{ status200: 0, status300: 0, status400: 0, status429: 0, status500: 0 },
  };
  ledger.set(key, counted);
  if (status < 300) counted.status200 += count;
  else if (status < 400) counted.status300 += count;
  else if (status >= 500) counted.status500 += count;
  else counted.status400 += count;
  if (status === 429) counted.status429 += count;
}

/** Returns the number of requests of one entry. */
export function requestsOf(
  count: Omit<UsageCount, "day" | "organizationId" | "clientId" | "userId" | "method" | "templateUri">,
): number {
  return count.status200 + count.status300 + count.status400 + count.status500;
}
