import { createHash } from "node:crypto";
import type { Random } from "../../core/random.ts";
import { Secret } from "../../core/secret.ts";

/** Values that bind an authorization request, its response and the code exchange together. */
export interface Proof {
  /** PKCE verifier; it stays in this process until the code exchange. */
  readonly verifier: Secret;
  /** SHA-256 of the verifier. Unlike the verifier, it is public. */
  readonly challenge: string;
  /** Random value that returns with the response and distinguishes it from a forged one. */
  readonly state: string;
}

/** Size of verifier and state: 32 octets, as RFC 7636 section 4.1 recommends; 43 characters of base64url. */
const SIZE_BYTES = 32;

/**
 * Returns new values for one login: the S256 challenge of RFC 7636 section 4.2 and the state of RFC 6749
 * section 10.12.
 */
export function createProof(random: Random): Proof {
  const verifier = Buffer.from(random.bytes(SIZE_BYTES)).toString("base64url");
  return {
    verifier: new Secret(verifier),
    challenge: createHash("sha256").update(verifier, "ascii").digest("base64url"),
    state: Buffer.from(random.bytes(SIZE_BYTES)).toString("base64url"),
  };
}
