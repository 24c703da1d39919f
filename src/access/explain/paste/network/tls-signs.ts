import type { NetworkSign } from "./network-sign.ts";

/** Errors of TLS: a certificate that is not trusted, or no common protocol. */
export const TLS_SIGNS: readonly NetworkSign[] = [
  {
    kind: "certificate",
    pattern:
      /CRYPT_E_(?:NO_REVOCATION_CHECK|REVOCATION_OFFLINE)|unable to check revocation|revocation server was offline|RevocationStatusUnknown|OfflineRevocation/i,
    meaning:
      "the program could not check whether the TLS certificate was revoked: usually a company proxy issued the certificate, or a firewall blocks the revocation server",
    remedyKind: "none",
    advice:
      "let the program reach the revocation servers that the certificate names (for curl on Windows, `--ssl-revoke-best-effort` tolerates a missing response); never turn verification off",
  },
  {
    kind: "certificate",
    pattern:
      /certificate has expired|CERT_HAS_EXPIRED|certificate is not yet valid|CERT_NOT_YET_VALID|ERR_CERT_DATE_INVALID|SEC_ERROR_EXPIRED_CERTIFICATE|CertificateExpiredException|CertificateNotYetValidException/i,
    meaning:
      "the TLS certificate is out of date: its owner did not renew it, a proxy presents an old one, or the program's clock is wrong",
    remedyKind: "none",
    advice:
      "compare the program's clock with the correct time; then read the dates and the issuer of the certificate, and have its owner renew it; never turn verification off",
  },
  {
    kind: "certificate",
    pattern:
      /SELF_SIGNED_CERT|self[- ]signed certificate|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER|CERT_HAS_EXPIRED|CERTIFICATE_VERIFY_FAILED|certificate verify failed|x509: |SSL certificate problem|PKIX path building failed|PKIX path validation failed|unable to find valid certification path|certificate signed by unknown authority|unable to get local issuer|Could not establish trust relationship|remote certificate is invalid|invalid peer certificate|ERR_CERT_AUTHORITY_INVALID|certificate has expired|ERR_CERT_\w{3,40}|SEC_E_UNTRUSTED_ROOT|SEC_ERROR_UNKNOWN_ISSUER|MOZILLA_PKIX_ERROR_\w{3,40}|SSL peer certificate or SSH remote key was not OK|cannot verify \S{1,200}'s certificate|NSURLErrorDomain Code=-120[1-4]\b|certificate authority is invalid or incorrect|\bORA-29024\b|PEER_CERT_UNTRUSTED|certificate chain is not trusted|unable to verify the first certificate|\bunknown_ca\b|\b80072f(?:0d|8f)\b|SSLCertVerificationError|ConnectorCertificateError|error setting certificate (?:verify|file)/i,
    meaning:
      "the TLS certificate was not trusted, which usually means that a company proxy intercepts the connection",
    remedyKind: "none",
    advice: ({ trust }) => `trust the company's certificate authority: ${trust}; never turn verification off`,
  },
  {
    kind: "protocol",
    pattern:
      /handshake[_ ]failure|protocol[_ ]version|no protocols in common|Could not create SSL\/TLS secure channel|unsupported protocol|WRONG_VERSION_NUMBER|wrong version number|no cipher suites in common|unrecognized SSL message|first record does not look like a TLS handshake|ERR_SSL_\w{3,40}|EPROTO\b|SSLHandshakeException|SSL connection could not be established|TLS connect error|UNSAFE_LEGACY_RENEGOTIATION|sent a TLS alert|failed to receive handshake|NSURLErrorDomain Code=-1200\b/i,
    meaning:
      "the two sides could not agree on a TLS connection: an old TLS version or cipher, or a port that does not speak TLS",
    remedyKind: "none",
    advice:
      "let the program use TLS 1.2 or newer (in Windows PowerShell 5: `[Net.ServicePointManager]::SecurityProtocol = 'Tls12'`), and check that a proxy is addressed with `http://`",
  },
];
