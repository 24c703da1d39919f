import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { AppError } from "../../core/errors.ts";
import { reasonOf } from "../../core/system-error.ts";
import { type DeadlineOptions, withDeadline } from "./deadline.ts";
import { describeNetworkFailure, isUnknownAuthority } from "./network-failure.ts";
import { openTunnel } from "./proxy-tunnel.ts";
import { trustOptions } from "./trusted-authorities.ts";

/** What a TLS handshake shows about a server before anything is sent to it. */
export interface TlsHandshake {
  /** TLS version, such as `TLSv1.3`; null when unknown. */
  readonly protocol: string | null;
  /** Error code of OpenSSL or Node for a certificate that is not trusted; null when it is trusted. */
  readonly distrust: string | null;
  /** Whether the certificate is trusted only because of the operating system's authorities. */
  readonly isBySystem: boolean;
  /** The server's certificate; null when it sent none. */
  readonly certificate: X509Certificate | null;
}

export interface TlsTarget {
  readonly url: URL;
  /** The proxy; null for a direct connection. */
  readonly proxy: URL | null;
  /** Certificate authorities (PEM) to trust in addition to Node's own. */
  readonly caCertificates: readonly string[];
  /** Returns additional authorities (PEM), which are tried when the server is not trusted without them. */
  readonly systemAuthorities?: () => readonly string[];
}

/**
 * Opens a TLS connection, reads the server's certificate and closes the connection. A certificate that is not
 * trusted is a result, not an error.
 * @throws NetworkError when there was no handshake at all, InterruptedError
 */
export async function shakeHands(target: TlsTarget, options: DeadlineOptions): Promise<TlsHandshake> {
  const { caCertificates, systemAuthorities = () => [] } = target;
  const first = await shakeHandsOnce(target, options);
  if (first.distrust === null || !isUnknownAuthority(first.distrust)) return first;
  const system = systemAuthorities();
  if (system.length === 0) return first;
  const second = await shakeHandsOnce({ ...target, caCertificates: [...caCertificates, ...system] }, options);
  return { ...second, isBySystem: second.distrust === null };
}

async function shakeHandsOnce(
  { url, proxy, caCertificates }: TlsTarget,
  options: DeadlineOptions,
): Promise<TlsHandshake> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = url.port === "" ? 443 : Number(url.port);
  return await withDeadline(url.host, options, async (signal) => {
    try {
      const tunnel =
        proxy === null
          ? null
          : await openTunnel(proxy, `${url.hostname}:${port}`, { caCertificates, signal });
      return await inspectServer(host, port, tunnel, { caCertificates, signal });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw describeNetworkFailure(error, { host: url.host, proxy: proxy?.host ?? null });
    }
  });
}

async function inspectServer(
  host: string,
  port: number,
  tunnel: Socket | null,
  { caCertificates, signal }: { readonly caCertificates: readonly string[]; readonly signal: AbortSignal },
): Promise<TlsHandshake> {
  let socket: TLSSocket | null = null;
  const end = () => {
    socket?.destroy();
    tunnel?.destroy();
  };
  signal.addEventListener("abort", end, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      const opened = connect({
        host,
        port,
        ...(tunnel === null ? {} : { socket: tunnel }),
        // The server name must be a name and never an address (RFC 6066 section 3).
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...trustOptions(caCertificates),
      });
      socket = opened;
      // The certificate is read before Node verifies it. If it is not trusted, Node closes the connection and
      // discards it.
      let shown: Pick<TlsHandshake, "protocol" | "certificate"> | null = null;
      opened.prependOnceListener("secure", () => {
        shown = { protocol: opened.getProtocol(), certificate: certificateOf(opened) };
      });
      opened.once("error", (error) => {
        if (shown === null) reject(error);
        else resolve({ ...shown, distrust: reasonOf(error), isBySystem: false });
      });
      opened.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
      opened.once("secureConnect", () =>
        resolve({ protocol: null, certificate: null, ...shown, distrust: null, isBySystem: false }),
      );
    });
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

/**
 * Parses the server's certificate from its bytes; null when the server sent none. `getPeerX509Certificate` is not used:
 * after it, Node 20 finds no names in the certificate and fails to verify it.
 */
function certificateOf(socket: TLSSocket): X509Certificate | null {
  const { raw } = socket.getPeerCertificate() as { readonly raw?: Buffer };
  return raw === undefined ? null : new X509Certificate(raw);
}
