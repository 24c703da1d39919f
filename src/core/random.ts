/** Source of random numbers, a port so that tests can replace it. */
export interface Random {
  /** Returns `size` cryptographically secure random bytes. */
  bytes(size: number): Uint8Array;
  /** A number in [0, 1), for jitter. */
  fraction(): number;
}

export const systemRandom: Random = {
  // Uses the global crypto object: importing node:crypto would cost every start-up a few milliseconds.
  bytes: (size) => globalThis.crypto.getRandomValues(new Uint8Array(size)),
  fraction: () => Math.random(),
};
