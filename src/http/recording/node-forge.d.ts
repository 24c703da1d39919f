/** The part of node-forge that creates certificates. The package comes without types. */
declare module "node-forge" {
  namespace forge {
    interface Name {
      readonly name: string;
      readonly value: string;
    }

    interface Digest {
      digest(): { getBytes(): string };
    }

    /** Signs a digest. Returns the signature as a string of bytes. */
    interface Signer {
      sign(md: Digest): string;
    }

    interface Certificate {
      publicKey: unknown;
      serialNumber: string;
      readonly validity: { notBefore: Date; notAfter: Date };
      setSubject(names: readonly Name[]): void;
      setIssuer(names: readonly Name[]): void;
      setExtensions(extensions: readonly Readonly<Record<string, unknown>>[]): void;
      generateSubjectKeyIdentifier(): { getBytes(): string };
      sign(key: Signer, md: Digest): void;
    }

    const pki: {
      createCertificate(): Certificate;
      certificateToPem(certificate: Certificate): string;
      publicKeyFromPem(pem: string): unknown;
    };
    const md: { readonly sha256: { create(): Digest } };
  }
  export = forge;
}
