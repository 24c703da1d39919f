/** The ids that a service gives a request. They usually agree; otherwise support needs both. */
export interface CorrelationIds {
  readonly inin: string | null;
  readonly genesys: string | null;
}

/** Reads both correlation headers; names are in lower case. */
export function readCorrelationIds(headers: Readonly<Record<string, string>>): CorrelationIds {
  return {
    inin: headers["inin-correlation-id"] || null,
    genesys: headers["genesys-correlation-id"] || null,
  };
}

/** Returns the id to quote, preferably from the newer header. */
export function readCorrelationId(headers: Readonly<Record<string, string>>): string | null {
  const { inin, genesys } = readCorrelationIds(headers);
  return genesys ?? inin;
}
