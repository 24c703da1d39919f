import { X509Certificate } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";
import { AppError } from "../core/errors.ts";
import { type DeadlineOptions, withDeadline } from "./deadline.ts";
import { describeNetworkFailure } from "./network-failure.ts";
import { openTunnel } from "./proxy-tunnel.ts";
import { trustOptions } from "./trusted-authorities.ts";

/** What a server shows of itself before anything is sent to it. */
export interface TlsHandshake {
  /** `TLSv1.3`; null when not known. */
  readonly protocol: string | null;
  /** OpenSSL's or Node's code of why the certificate is not trusted; null when it is. */
  readonly distrust: string | null;
  /** The server's own; null when it showed none. */
  readonly certificate: X509Certificate | null;
}

export interface TlsTarget {
  readonly url: URL;
  /** Null to connect directly. */
  readonly proxy: URL | null;
  /** PEM, trusted besides the authorities that Node ships. */
  readonly caCertificates: readonly string[];
}

/**
 * Opens a TLS connection, reads what the server shows, and closes it. An untrusted certificate ends the connection
 * and is a result here, not a failure.
 * @throws NetworkError when there is no handshake at all, InterruptedError
 */
export async function shakeHands(target: TlsTarget, options: DeadlineOptions): Promise<TlsHandshake> {
  const { url, proxy, caCertificates } = target;
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const port = url.port === "" ? 443 : Number(url.port);
  return await withDeadline(url.host, options, async (signal) => {
    try {
      const tunnel =
        proxy === null
          ? null
          : await openTunnel(proxy, `${url.hostname}:${port}`, { caCertificates, signal });
      return await lookAt(host, port, tunnel, { caCertificates, signal });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw describeNetworkFailure(error, { host: url.host, proxy: proxy?.host ?? null });
    }
  });
}

async function lookAt(
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
        // A name only, never an address (RFC 6066 section 3).
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...trustOptions(caCertificates),
      });
      socket = opened;
      // Before Node judges the certificate and, when it is not trusted, drops the connection and all it knows of it.
      let shown: Pick<TlsHandshake, "protocol" | "certificate"> | null = null;
      opened.prependOnceListener("secure", () => {
        shown = { protocol: opened.getProtocol(), certificate: certificateOf(opened) };
      });
      opened.once("error", (error) => {
        if (shown === null) reject(error);
        else resolve({ ...shown, distrust: codeOf(error) });
      });
      opened.once("close", () => reject(Object.assign(new Error("closed"), { code: "ECONNRESET" })));
      opened.once("secureConnect", () =>
        resolve({ protocol: null, certificate: null, ...shown, distrust: null }),
      );
    });
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

/** From its bytes: after `getPeerX509Certificate`, Node 20 finds no names in the certificate that it then verifies. */
function certificateOf(socket: TLSSocket): X509Certificate | null {
  const { raw } = socket.getPeerCertificate() as { readonly raw?: Buffer };
  return raw === undefined ? null : new X509Certificate(raw);
}

/** OpenSSL's code, or Node's own. */
function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.message;
}
