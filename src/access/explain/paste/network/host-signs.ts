import type { NetworkSign } from "./network-sign.ts";

/** Errors about the host's name: it has no address, or the certificate is for another name. */
export const HOST_SIGNS: readonly NetworkSign[] = [
  {
    kind: "dns",
    pattern:
      /\bENOTFOUND|EAI_AGAIN|Could not resolve (?:host|proxy)|no such host|Unknown host:|No such host is known|getaddrinfo failed|failed to lookup address information|\bgetaddrinfo: |Name or service not known|Temporary failure in name resolution|NameResolutionError|UnknownHostException|remote name could not be resolved|nodename nor servname|No address associated with hostname|ERR_NAME_NOT_RESOLVED|NXDOMAIN|unable to resolve host|server name or address could not be resolved|hostname could not be found|NSURLErrorDomain Code=-100[36]\b|\bdns error\b|Failed host lookup|DNS_PROBE_FINISHED|NS_ERROR_UNKNOWN_HOST/i,
    meaning: "the host name could not be resolved",
    remedyKind: "use-host",
    advice:
      "compare the host with `api.<domain>` and `login.<domain>` of the region, then check DNS and proxy",
  },
  {
    kind: "name",
    pattern:
      /ERR_TLS_CERT_ALTNAME|does not match certificate's altnames|ERR_CERT_COMMON_NAME_INVALID|hostname mismatch|Hostname \S{1,200} not verified|certificate is (?:not )?valid for [^\n]{1,200}, not |no alternative certificate subject name matches|RemoteCertificateNameMismatch|doesn't match (?:either of )?'|doesn't match any of the subject alternative names|SSLPeerUnverifiedException|tls: unrecognized name/i,
    meaning:
      "the TLS certificate belongs to another host name: the host is not the platform's, or a proxy responded instead",
    remedyKind: "use-host",
    advice: "compare the host with `api.<domain>` and `login.<domain>` of the region",
  },
];
