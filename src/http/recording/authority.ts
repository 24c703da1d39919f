import { constants, createPrivateKey, generateKeyPair, privateEncrypt } from "node:crypto";
import { isIP } from "node:net";
import { createSecureContext, type SecureContext } from "node:tls";
import { promisify } from "node:util";
import forge from "node-forge";
import type { Random } from "../../core/random.ts";

/** A certificate authority for one run. Its keys exist only in memory. */
export interface RunAuthority {
  /** Certificate of the authority as PEM, for programs that must trust it. */
  readonly certificate: string;
  /** Returns a TLS context with a certificate for a host. */
  contextOf(host: string): SecureContext;
}

const KEY_BITS = 2_048;
const HOUR_MS = 3_600_000;
/** Lifetime of certificates, in milliseconds. It is longer than any run. */
const LIFETIME_MS = 30 * 24 * HOUR_MS;
const SERIAL_BYTES = 15;
/** The DER prefix of a SHA-256 digest in the signed bytes (RFC 8017, section 9.2, note 1). */
const SHA256_PREFIX = Buffer.from("3031300d060960864801650304020105000420", "hex");

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/**
 * Creates a certificate authority.
 * @param nowMs current time; certificates are valid from an hour earlier, for programs whose clock is behind
 */
export async function createAuthority(nowMs: number, random: Random): Promise<RunAuthority> {
  const [own, ofHosts] = await Promise.all([makeKeys(), makeKeys()]);
  const subject = [{ name: "commonName", value: "genscope record, for one run" }];
  const issuer = draft(own, subject, nowMs, random);
  const keyIdentifier = issuer.generateSubjectKeyIdentifier().getBytes();
  issuer.setIssuer(subject);
  issuer.setExtensions([
    { name: "basicConstraints", critical: true, cA: true, pathLenConstraint: 0 },
    { name: "keyUsage", critical: true, keyCertSign: true },
    { name: "subjectKeyIdentifier" },
  ]);
  const signer = createSigner(own.privateKey);
  issuer.sign(signer, forge.md.sha256.create());
  const contexts = new Map<string, SecureContext>();

  function makeContext(host: string): SecureContext {
    const certificate = draft(ofHosts, [{ name: "commonName", value: host.slice(0, 64) }], nowMs, random);
    certificate.setIssuer(subject);
    certificate.setExtensions([
      { name: "basicConstraints", critical: true, cA: false },
      { name: "keyUsage", critical: true, digitalSignature: true, keyEncipherment: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host }],
      },
      { name: "subjectKeyIdentifier" },
      { name: "authorityKeyIdentifier", keyIdentifier },
    ]);
    certificate.sign(signer, forge.md.sha256.create());
    return createSecureContext({ key: ofHosts.privateKey, cert: forge.pki.certificateToPem(certificate) });
  }

  return {
    certificate: forge.pki.certificateToPem(issuer),
    contextOf: (host) => {
      const context = contexts.get(host) ?? makeContext(host);
      contexts.set(host, context);
      return context;
    },
  };
}

function draft(
  keys: KeyPair,
  subject: readonly forge.Name[],
  nowMs: number,
  random: Random,
): forge.Certificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  // A serial number must be positive (RFC 5280 section 4.1.2.2), hence the leading 01.
  certificate.serialNumber = `01${Buffer.from(random.bytes(SERIAL_BYTES)).toString("hex")}`;
  certificate.validity.notBefore = new Date(nowMs - HOUR_MS);
  certificate.validity.notAfter = new Date(nowMs + LIFETIME_MS);
  certificate.setSubject(subject);
  return certificate;
}

/**
 * Returns a signer for SHA-256 digests that uses OpenSSL. The signature of node-forge itself takes a tenth of a second
 * per certificate.
 */
function createSigner(privateKey: string): forge.Signer {
  const key = createPrivateKey(privateKey);
  return {
    sign: (md) => {
      const digest = Buffer.from(md.digest().getBytes(), "latin1");
      const signature = privateEncrypt(
        { key, padding: constants.RSA_PKCS1_PADDING },
        Buffer.concat([SHA256_PREFIX, digest]),
      );
      return signature.toString("latin1");
    },
  };
}

async function makeKeys(): Promise<KeyPair> {
  return await promisify(generateKeyPair)("rsa", {
    modulusLength: KEY_BITS,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
}
