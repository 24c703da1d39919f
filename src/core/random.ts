import { randomBytes } from "node:crypto";

/** Randomness as a port. */
export interface Random {
  /** `size` bytes fit for secrets. */
  bytes(size: number): Uint8Array;
  /** A number in [0, 1), for jitter. */
  fraction(): number;
}

export const systemRandom: Random = {
  bytes: (size) => randomBytes(size),
  fraction: () => Math.random(),
};
