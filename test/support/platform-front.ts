import { writeFile } from "node:fs/promises";
import { request } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { serveConnectProxy } from "./connect-proxy.ts";
import { listen } from "./loopback-server.ts";
import { makeSelfSigned } from "./self-signed.ts";
import { tempDir } from "./temp-dir.ts";

/**
 * A sandbox that is reached under a name of the platform: over TLS with its own certificate, through the user's
 * proxy.
 */
export interface PlatformFront {
  /** The proxy that connects every host to the sandbox. */
  readonly proxy: string;
  /** Requested tunnels. */
  readonly tunnels: readonly { readonly target: string | undefined }[];
  /** Path of the certificate that a client must trust. */
  readonly certificate: string;
}

/** Makes a sandbox reachable as `https://HOST` for one test. */
export async function startPlatformFront(target: string, host: string): Promise<PlatformFront> {
  const identity = makeSelfSigned(host);
  const server = createServer({ key: identity.key, cert: identity.certificate }, (incoming, response) => {
    const { method, headers, url = "/" } = incoming;
    const outgoing = request(new URL(url, target), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    incoming.pipe(outgoing);
  });
  const { port } = await listen(server, "https");
  const proxy = await serveConnectProxy(port);
  const certificate = join(await tempDir(), "front.pem");
  await writeFile(certificate, identity.certificate);
  return { proxy: `http://127.0.0.1:${proxy.port}`, tunnels: proxy.tunnels, certificate };
}
