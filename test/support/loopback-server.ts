import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface SeenRequest {
  readonly method: string;
  /** Path and query, exactly as sent. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  readonly seen: SeenRequest[];
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** Starts a real server on 127.0.0.1. It closes when the test ends. */
export function serve(answer: Answer): Promise<LoopbackServer> {
  const seen: SeenRequest[] = [];
  return listen(createServer(listener(seen, answer)), "http", seen);
}

/** Starts a TLS server on 127.0.0.1. It closes when the test ends. */
export function serveTls(
  identity: { readonly key: string; readonly certificate: string },
  answer: Answer,
): Promise<LoopbackServer> {
  const seen: SeenRequest[] = [];
  const server = createTlsServer({ key: identity.key, cert: identity.certificate }, listener(seen, answer));
  return listen(server, "https", seen);
}

/** Binds a server that the test created to a free port, and closes it after the test. */
export async function listen(
  server: Server,
  scheme: "http" | "https",
  seen: SeenRequest[] = [],
): Promise<LoopbackServer> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { url: `${scheme}://127.0.0.1:${port}`, port, seen };
}

/** Sends a JSON response. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

function listener(seen: SeenRequest[], answer: Answer): RequestListener {
  return (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const entry = {
        method: request.method ?? "",
        path: request.url ?? "",
        headers: request.headers,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      seen.push(entry);
      answer(entry, response);
    });
  };
}
