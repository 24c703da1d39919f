/** Port for random numbers, so that tests can replace them. */
export interface Random {
  /** Returns `size` cryptographically secure random bytes. */
  bytes(size: number): Uint8Array;
  /** Returns a number from 0 up to, but not including, 1, for jitter. */
  fraction(): number;
}

export const systemRandom: Random = {
  // The global crypto object is used, because importing node:crypto would add a few milliseconds to every start.
  bytes: (size) => globalThis.crypto.getRandomValues(new Uint8Array(size)),
  fraction: () => Math.random(),
};
