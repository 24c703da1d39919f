import type { FailureReason } from "./keychain-protocol.ts";
import {
  cut,
  digestOf,
  MAX_PARTS,
  quoteSecret,
  readEnvelope,
  type Slot,
  unquoteSecret,
  writeHeader,
} from "./secret-envelope.ts";

/** Minimal interface of a keychain, which stores short strings by name. */
export interface Vault {
  get(account: string): Promise<string | null>;
  set(account: string, text: string): Promise<void>;
  /** Deletes an entry and returns whether it existed. */
  delete(account: string): Promise<boolean>;
}

/** A failure that the keychain itself does not report. */
export class VaultFailure extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason, message: string) {
    super(message);
    this.name = "VaultFailure";
    this.reason = reason;
  }
}

const SLOTS: readonly Slot[] = ["a", "b"];
const READINGS = 3;

/**
 * Returns the secret with that name, assembled from its parts, or null when it does not exist.
 * @throws VaultFailure `damaged` when parts are missing or do not match the header
 */
export async function readSecret(vault: Vault, account: string): Promise<string | null> {
  // Another process may replace the secret after the header is read and before the parts are, so it is read
  // again.
  for (let reading = 1; reading <= READINGS; reading += 1) {
    const text = await vault.get(account);
    if (text === null) return null;
    const envelope = readEnvelope(text);
    if (envelope?.kind === "whole") return envelope.secret;
    if (envelope === null) break;
    const { slot, count, digest } = envelope;
    const parts = await Promise.all(namesOf(account, slot, count).map(async (name) => vault.get(name)));
    const present = parts.filter((part) => part !== null);
    if (present.length === count && digestOf(present) === digest) {
      const secret = unquoteSecret(present.join(""));
      if (secret !== null) return secret;
    }
  }
  throw new VaultFailure("damaged", "its parts do not match");
}

/**
 * Writes the secret, the header last, so that a process killed in between leaves the previous secret intact.
 * @throws VaultFailure `too_large` before anything is written
 */
export async function writeSecret(vault: Vault, account: string, secret: string): Promise<void> {
  const parts = cut(quoteSecret(secret));
  if (parts.length > MAX_PARTS) {
    throw new VaultFailure("too_large", `${Buffer.byteLength(secret, "utf8")} bytes`);
  }
  const former = readEnvelope((await vault.get(account)) ?? "");
  const formerSlot = former?.kind === "parts" ? former.slot : null;
  const [whole = ""] = parts;
  if (parts.length === 1) {
    await vault.set(account, whole);
  } else {
    const slot: Slot = formerSlot === "a" ? "b" : "a";
    for (const [index, name] of namesOf(account, slot, parts.length).entries()) {
      await vault.set(name, parts[index] ?? "");
    }
    await vault.set(account, writeHeader(slot, parts));
  }
  if (formerSlot !== null) await sweep(vault, account, formerSlot);
}

/**
 * Erases the secret with all parts, including those that an interrupted write left behind. Returns whether it existed.
 */
export async function eraseSecret(vault: Vault, account: string): Promise<boolean> {
  const existed = await vault.delete(account);
  for (const slot of SLOTS) await sweep(vault, account, slot);
  return existed;
}

async function sweep(vault: Vault, account: string, slot: Slot): Promise<void> {
  await Promise.all(namesOf(account, slot, MAX_PARTS).map(async (name) => vault.delete(name)));
}

function namesOf(account: string, slot: Slot, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${account}.${slot}${index}`);
}
