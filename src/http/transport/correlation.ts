/**
 * The correlation ids that a service assigns to a request. They usually agree; if they do not, support needs
 * both.
 */
export interface CorrelationIds {
  readonly inin: string | null;
  readonly genesys: string | null;
}

/** Reads both correlation headers. The names of the headers must be in lower case. */
export function readCorrelationIds(headers: Readonly<Record<string, string>>): CorrelationIds {
  return {
    inin: headers["inin-correlation-id"] || null,
    genesys: headers["genesys-correlation-id"] || null,
  };
}

/** Returns the correlation id to quote, preferably from the newer header; null when the response has neither header. */
export function readCorrelationId(headers: Readonly<Record<string, string>>): string | null {
  const { inin, genesys } = readCorrelationIds(headers);
  return genesys ?? inin;
}
