import type { Secret } from "../core/secret.ts";
import type { Region } from "../platform/region.ts";

/** A value and the place it came from, in words that a person can look up: `--region`, `GENESYSCLOUD_REGION`, `default`. */
export interface Setting<Value> {
  readonly value: Value;
  readonly source: string;
}

/** Everything that decides which service is asked, and as whom. */
export interface Settings {
  readonly region: Setting<Region>;
  readonly clientId: Setting<string> | null;
  readonly clientSecret: Setting<Secret> | null;
  readonly accessToken: Setting<Secret> | null;
  /** What was corrected or overridden, one sentence each, for stderr. */
  readonly notes: readonly string[];
}
