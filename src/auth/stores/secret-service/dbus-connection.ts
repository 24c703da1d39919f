import { connect } from "node:net";
import type { Environment } from "../../../core/child-environment.ts";
import { encodeCall, type MethodCall } from "./dbus-message.ts";
import { type ArrivedMessage, Decoder, decodeMessage } from "./dbus-reply.ts";

/** A connection to the session bus. It keeps the process alive only while a call is pending. */
export interface BusConnection {
  /** Calls a method and resolves with its reply. */
  call(call: MethodCall): Promise<Decoder>;
}

const BUS = {
  destination: "org.freedesktop.DBus",
  path: "/org/freedesktop/DBus",
  interface: "org.freedesktop.DBus",
} as const;

/** Key of the handshake in the map of pending calls, whose serial numbers begin at 1. */
const HANDSHAKE = 0;

/** Returns the path of the session bus's socket; null when the environment has none that Node can open. */
export function busSocket(env: Environment): string | null {
  const named = env["DBUS_SESSION_BUS_ADDRESS"];
  const runtime = env["XDG_RUNTIME_DIR"];
  const address = named ?? (runtime === undefined ? "" : `unix:path=${runtime}/bus`);
  for (const [, kind, path = ""] of address.matchAll(/(?:^|;)unix:(?:[^;]*,)?(path|abstract)=([^,;]+)/g)) {
    return `${kind === "abstract" ? "\0" : ""}${decodeURIComponent(path)}`;
  }
  return null;
}

/**
 * Connects to the bus as this user. The caller limits the wait: a bus that never answers leaves every call pending.
 * @throws Error when the bus refuses this user or closes the connection
 */
export async function connectBus(socketPath: string, userId: number): Promise<BusConnection> {
  const socket = connect(socketPath);
  const pending = new Map<number, (reply: ArrivedMessage | Error) => void>();
  let arrived: Buffer = Buffer.alloc(0);
  let serial = 0;

  const send = async (bytes: Buffer, key: number): Promise<ArrivedMessage> =>
    await new Promise((resolve, reject) => {
      socket.ref();
      pending.set(key, (reply) => (reply instanceof Error ? reject(reply) : resolve(reply)));
      socket.write(bytes);
    });
  const fail = (error: Error) => {
    for (const settle of pending.values()) settle(error);
    pending.clear();
  };
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the bus closed the connection")));
  socket.on("data", (chunk) => {
    arrived = Buffer.concat([arrived, chunk]);
    for (;;) {
      const message = pending.has(HANDSHAKE) ? readAcceptance(arrived) : decodeMessage(arrived);
      if (message === null) return;
      arrived = arrived.subarray(message.size);
      const { replyTo } = message;
      if (replyTo === null) continue;
      pending.get(replyTo)?.(message);
      pending.delete(replyTo);
      if (pending.size === 0) socket.unref();
    }
  });

  // After a NUL byte, the message contains the user id in decimal, with each digit as the hexadecimal code of its ASCII
  // character.
  const digits = Buffer.from(String(userId)).toString("hex");
  const { isError: isRefused } = await send(Buffer.from(`\0AUTH EXTERNAL ${digits}\r\n`), HANDSHAKE);
  if (isRefused) throw new Error("the bus refused this user");
  socket.write("BEGIN\r\n");

  const call = async (method: MethodCall): Promise<Decoder> => {
    serial += 1;
    const { isError, body } = await send(encodeCall(method, serial), serial);
    if (isError) throw new Error(body.text());
    return body;
  };
  await call({ ...BUS, member: "Hello" });
  return { call };
}

/** Returns the response to the handshake, a line of text; null while it is incomplete. */
function readAcceptance(bytes: Buffer): ArrivedMessage | null {
  const end = bytes.indexOf("\r\n");
  if (end === -1) return null;
  const isError = !bytes.toString("latin1", 0, end).startsWith("OK ");
  return { size: end + 2, replyTo: HANDSHAKE, isError, body: new Decoder(bytes, true) };
}
