/** `YYYY-MM-DDTHH:mm:ss.SSSZ`, as records have it. */
export function at(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

export const DAY_MS = 86_400_000;

/** The first instant of the UTC day that `epochMs` lies in. */
export function dayOf(epochMs: number): number {
  return Math.floor(epochMs / DAY_MS) * DAY_MS;
}
