import type { AccessToken } from "../../../auth/token/access-token.ts";
import type { Region } from "../../../platform/region/region.ts";

/** The JSON contract of `token`, the only command whose output is a secret. */
export interface TokenResult {
  readonly schema: "genscope/token/v1";
  readonly accessToken: string;
  readonly tokenType: "Bearer";
  /** Expiry, RFC 3339; null when unknown. */
  readonly expiresAt: string | null;
  readonly expiresAtEpochSeconds: number | null;
  readonly expiresInSeconds: number | null;
  readonly region: string | null;
  /** The only host that the token may be sent to, apart from the login host. */
  readonly apiUrl: string;
}

export type TokenFormat = "raw" | "header" | "json";

export function describeToken(
  { secret, expiresAtMs }: AccessToken,
  region: Region,
  nowMs: number,
): TokenResult {
  return {
    schema: "genscope/token/v1",
    accessToken: secret.reveal(),
    tokenType: "Bearer",
    expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
    expiresAtEpochSeconds: expiresAtMs === null ? null : Math.floor(expiresAtMs / 1_000),
    expiresInSeconds: expiresAtMs === null ? null : Math.floor((expiresAtMs - nowMs) / 1_000),
    region: region.id,
    apiUrl: region.apiUrl,
  };
}

/** Formats the token for a file or another program: one line, or one JSON document. */
export function formatToken(result: TokenResult, format: TokenFormat): string {
  switch (format) {
    case "raw":
      return `${result.accessToken}\n`;
    case "header":
      return `Authorization: Bearer ${result.accessToken}\n`;
    case "json":
      return `${JSON.stringify(result, null, 2)}\n`;
  }
}
