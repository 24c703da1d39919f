import { createCipheriv, createDecipheriv, createHash } from "node:crypto";
import { StoreError } from "../../core/errors.ts";
import { asRecord, parseJson } from "../../core/json.ts";
import type { Random } from "../../core/random.ts";
import type { KeyDerivation } from "./derived-key.ts";

/**
 * Encrypted file as three lines of text: the header in JSON, the ciphertext, and a checksum of both. The
 * header is authenticated along with the contents. The checksum needs no key: it distinguishes an
 * accidentally truncated or damaged file from a wrong passphrase. Deliberate changes fail at the
 * authentication tag.
 */
export interface CredentialFile {
  readonly derivation: KeyDerivation;
  readonly iv: Uint8Array;
  /** Header line as it was read; all of its bytes are authenticated. */
  readonly headerLine: string;
  /** Ciphertext, followed by the authentication tag. */
  readonly sealed: Uint8Array;
}

/** Map from entry name to secret. */
export type Entries = Map<string, string>;

/**
 * Failure to decrypt a file. The passphrase is wrong or the file was changed; the two cannot be
 * distinguished.
 */
export class WrongPassphrase extends StoreError {}

const VERSION = 1;
const CIPHER = "aes-256-gcm";
/**
 * IV size that GCM was designed for (NIST SP 800-38D section 5.2.1.1); every write of the file uses a new IV.
 */
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SALT_BYTES = { least: 16, most: 64 } as const;
/** Limits on the cost that a file may request, so that a damaged number cannot cost gigabytes or hours. */
const COST = { least: 2 ** 10, most: 2 ** 20 } as const;
const BASE64URL = /^[\w-]+$/;

/** Returns the text of a file with these entries, encrypted with the key that `derivation` describes. */
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
 * Parses the text of the file; it does not need the passphrase.
 * @throws StoreError `store.damaged` for an incomplete file or an unknown version
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
      hint: "update genscope, or remove the file and log in again: `genscope login`",
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
    throw damaged(path, "its header is not valid");
  }
  return { derivation: { cost, blockSize, parallelism, salt }, iv, headerLine, sealed: bytes };
}

/**
 * Returns the decrypted entries of the file.
 * @throws StoreError `store.locked` when the key is wrong or the file was changed
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
    throw new WrongPassphrase("store.locked", `wrong passphrase for \`${path}\`, or the file was altered`, {
      hint: "try again with this file's passphrase; nothing was changed",
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
    hint: `restore it from a backup, or move it aside and log in again: \`mv ${path} ${path}.damaged\`; nothing was changed`,
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
