import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { StoreError } from "../../core/errors.ts";
import { asRecord, parseJson } from "../../core/json.ts";
import type { Random } from "../../core/random.ts";
import type { KeyDerivation } from "./derived-key.ts";

/**
 * The encrypted file as text of three lines: the header in JSON, what is encrypted, and a checksum of both. The
 * header is authenticated along with the contents. The checksum needs no key: it tells a file that was cut off
 * or damaged by accident from a wrong passphrase; whoever changes the file on purpose fails at the encryption.
 */
export interface CredentialFile {
  readonly derivation: KeyDerivation;
  readonly iv: Uint8Array;
  /** The header's line as it was read: every byte of it is authenticated. */
  readonly headerLine: string;
  /** With the authentication tag at the end. */
  readonly sealed: Uint8Array;
}

/** Secrets by entry name. */
export type Entries = Map<string, string>;

const VERSION = 1;
const CIPHER = "aes-256-gcm";
/** The size for which GCM was made (NIST SP 800-38D section 5.2.1.1); a fresh one each time the file is written. */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = { least: 16, most: 64 } as const;
/** What a file may ask of us: a damaged number must not cost gigabytes or hours. */
const COST = { least: 2 ** 10, most: 2 ** 20 } as const;
const BASE64URL = /^[\w-]+$/;

/** The text of the file with these entries, encrypted with the key that `derivation` describes. */
export function sealEntries(
  entries: Entries,
  { key, derivation, random }: { key: Uint8Array; derivation: KeyDerivation; random: Random },
): string {
  const iv = random.bytes(IV_BYTES);
  const { cost, blockSize, parallelism, salt } = derivation;
  const headerLine = JSON.stringify({
    v: VERSION,
    kdf: "scrypt",
    N: cost,
    r: blockSize,
    p: parallelism,
    salt: toText(salt),
    cipher: CIPHER,
    iv: toText(iv),
  });
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(headerLine, "utf8"));
  const plain = JSON.stringify(Object.fromEntries(entries));
  const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  const lines = `${headerLine}\n${toText(sealed)}\n`;
  return `${lines}${checksumOf(lines)}\n`;
}

/**
 * Takes the file's text apart; no passphrase is needed yet.
 * @throws StoreError `store.damaged` when it is not whole, or of a version that we do not know
 */
export function readCredentialFile(text: string, path: string): CredentialFile {
  const [headerLine = "", sealed = "", checksum = "", ...rest] = text.split("\n");
  const isWhole =
    rest.length === 1 && rest[0] === "" && checksum === checksumOf(`${headerLine}\n${sealed}\n`);
  if (!isWhole) throw damaged(path, "its checksum does not match");
  const header = asRecord(parseJson(headerLine));
  const { v, kdf, N: cost, r: blockSize, p: parallelism, cipher } = header;
  const salt = fromText(header["salt"]);
  const iv = fromText(header["iv"]);
  const bytes = fromText(sealed);
  if (v !== VERSION || kdf !== "scrypt" || cipher !== CIPHER) {
    throw new StoreError("store.damaged", `\`${path}\` was written by another version of genscope`, {
      hint: "update genscope: `npm install --global genscope`",
    });
  }
  if (
    !isCost(cost) ||
    blockSize !== 8 ||
    parallelism !== 1 ||
    salt === null ||
    salt.length < SALT_BYTES.least ||
    salt.length > SALT_BYTES.most ||
    iv?.length !== IV_BYTES ||
    bytes === null ||
    bytes.length < TAG_BYTES
  ) {
    throw damaged(path, "its header makes no sense");
  }
  return { derivation: { cost, blockSize, parallelism, salt }, iv, headerLine, sealed: bytes };
}

/**
 * The entries of the file.
 * @throws StoreError `store.locked` when the key is not the one it was written with, or the file was changed
 */
export function openEntries(file: CredentialFile, key: Uint8Array, path: string): Entries {
  const decipher = createDecipheriv(CIPHER, key, file.iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(file.headerLine, "utf8"));
  decipher.setAuthTag(file.sealed.subarray(-TAG_BYTES));
  let plain: string;
  try {
    const contents = decipher.update(file.sealed.subarray(0, -TAG_BYTES));
    plain = Buffer.concat([contents, decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new StoreError("store.locked", `wrong passphrase for \`${path}\`, or the file was altered`, {
      hint: "the file is untouched: try again with its passphrase",
      cause,
    });
  }
  return new Map(
    Object.entries(asRecord(parseJson(plain))).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );
}

function damaged(path: string, how: string): StoreError {
  return new StoreError("store.damaged", `\`${path}\` is damaged: ${how}`, {
    hint: `the file is untouched: restore it from a backup, or put it aside and log in again: \`mv ${path} ${path}.damaged\``,
  });
}

function isCost(value: unknown): value is number {
  return (
    typeof value === "number" &&
    value >= COST.least &&
    value <= COST.most &&
    Number.isInteger(Math.log2(value))
  );
}

function checksumOf(lines: string): string {
  return createHash("sha256").update(lines, "utf8").digest("hex");
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}

function fromText(text: unknown): Uint8Array | null {
  return typeof text === "string" && BASE64URL.test(text) ? Buffer.from(text, "base64url") : null;
}
