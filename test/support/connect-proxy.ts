import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { listen } from "./loopback-server.ts";

export interface ConnectProxy {
  readonly port: number;
  /** Requested tunnels, each with its `Proxy-Authorization`. */
  readonly tunnels: { readonly target: string | undefined; readonly authorization: string | undefined }[];
}

/** Starts a proxy for one test. It connects every host to one local port, or refuses with `status`. */
export async function serveConnectProxy(targetPort: number, status = 200): Promise<ConnectProxy> {
  const tunnels: ConnectProxy["tunnels"] = [];
  const sockets: Socket[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, client: Socket) => {
    tunnels.push({ target: request.url, authorization: request.headers["proxy-authorization"] });
    client.on("error", () => undefined);
    sockets.push(client);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} Refused\r\n\r\n`);
      return;
    }
    const upstream = connect(targetPort, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    sockets.push(upstream);
  });
  const { port } = await listen(proxy, "http");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return { port, tunnels };
}
