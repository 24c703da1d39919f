import { createHash } from "node:crypto";
import type { Random } from "../../core/random.ts";
import { Secret } from "../../core/secret.ts";

/** What ties an authorization request, its answer and the exchange of the code together. */
export interface Proof {
  /** Known to nobody but this process until the code is exchanged. */
  readonly verifier: Secret;
  /** The verifier's SHA-256, which may be seen by everybody. */
  readonly challenge: string;
  /** Comes back with the answer and tells it from a forged one. */
  readonly state: string;
}

/** 32 octets: what RFC 7636 section 4.1 recommends for the verifier; 43 characters of base64url. */
const SIZE_BYTES = 32;

/** A new proof for one login: S256 of RFC 7636 section 4.2, and a state as RFC 6749 section 10.12 wants it. */
export function createProof(random: Random): Proof {
  const verifier = Buffer.from(random.bytes(SIZE_BYTES)).toString("base64url");
  return {
    verifier: new Secret(verifier),
    challenge: createHash("sha256").update(verifier, "ascii").digest("base64url"),
    state: Buffer.from(random.bytes(SIZE_BYTES)).toString("base64url"),
  };
}
