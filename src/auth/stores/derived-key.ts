import { scrypt } from "node:crypto";
import { promisify } from "node:util";
import type { Random } from "../../core/random.ts";
import type { Secret } from "../../core/secret.ts";

/** Parameters that derive a key from a passphrase: scrypt (RFC 7914) with N, r, p and a salt. */
export interface KeyDerivation {
  /** Parameter N, a power of two; memory and time grow with it. */
  readonly cost: number;
  /** Block size, scrypt's parameter r. */
  readonly blockSize: 8;
  /** Parallelism, scrypt's parameter p. */
  readonly parallelism: 1;
  readonly salt: Uint8Array;
}

/** Default N: each guess takes 128 MiB and about a third of a second. */
export const DEFAULT_COST = 2 ** 17;

const SALT_BYTES = 16;
const KEY_BYTES = 32;

const scryptAsync = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

/** Returns a derivation with a new salt, for a new file. */
export function newDerivation(random: Random, cost: number): KeyDerivation {
  return { cost, blockSize: 8, parallelism: 1, salt: random.bytes(SALT_BYTES) };
}

/**
 * Runs `action` with the key derived from a passphrase and wipes the key afterwards. The passphrase is
 * normalized (RFC 8265 section 4.2.2, rule 4), because keyboards differ in how they compose letters.
 */
export async function withDerivedKey<Result>(
  passphrase: Secret,
  { cost, blockSize, parallelism, salt }: KeyDerivation,
  action: (key: Uint8Array) => Promise<Result>,
): Promise<Result> {
  const key = await scryptAsync(passphrase.reveal().normalize("NFC"), salt, KEY_BYTES, {
    N: cost,
    r: blockSize,
    p: parallelism,
    // Twice the memory that RFC 7914 section 2 requires; Node's default limit is too low.
    maxmem: 256 * cost * blockSize,
  });
  try {
    return await action(key);
  } finally {
    key.fill(0);
  }
}
