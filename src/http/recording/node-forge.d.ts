/** The part of node-forge that creates certificates. The package comes without types. */
declare module "node-forge" {
  namespace forge {
    interface Name {
      readonly name: string;
      readonly value: string;
    }

    interface Certificate {
      publicKey: unknown;
      serialNumber: string;
      readonly validity: { notBefore: Date; notAfter: Date };
      setSubject(names: readonly Name[]): void;
      setIssuer(names: readonly Name[]): void;
      setExtensions(extensions: readonly Readonly<Record<string, unknown>>[]): void;
      generateSubjectKeyIdentifier(): { getBytes(): string };
      sign(key: unknown, digest: unknown): void;
    }

    const pki: {
      createCertificate(): Certificate;
      certificateToPem(certificate: Certificate): string;
      privateKeyFromPem(pem: string): unknown;
      publicKeyFromPem(pem: string): unknown;
    };
    const md: { readonly sha256: { create(): unknown } };
  }
  export = forge;
}
