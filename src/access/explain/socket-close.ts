import type { Layer, Remedy } from "../verdict/verdict.ts";
import { type Finding, NOTHING_REFUSED } from "./finding.ts";
import type { Failure } from "./paste/failure.ts";

interface SocketEnd {
  readonly layer: Layer;
  readonly meaning: string;
  readonly remedies: readonly Remedy[];
}

const RECONNECT: Remedy = {
  kind: "wait",
  summary:
    "reconnect after a growing wait, and send a ping at regular intervals so that no proxy takes the socket for idle",
};
const NEW_CHANNEL: Remedy = {
  kind: "none",
  summary: "if it happens again, create a new channel and connect to the `connectUri` of its answer",
};
const GOING: SocketEnd = {
  layer: "service",
  meaning: "the server ends the connection because it goes away or restarts; this is not a denial",
  remedies: [RECONNECT],
};

/** What the codes of a closed socket mean (RFC 6455 section 7.4.1, and the registry of IANA). */
const ENDS: Readonly<Record<string, SocketEnd | undefined>> = {
  "1006": {
    layer: "network",
    meaning:
      "the connection broke without a closing message: the network, a proxy or a limit for idle sockets can be the cause, and nothing was refused",
    remedies: [
      RECONNECT,
      NEW_CHANNEL,
      { kind: "none", summary: "check the network", command: "genscope doctor" },
    ],
  },
  "1008": {
    layer: "unknown",
    meaning: "the server closed the socket because of a rule of its own, and only its reason says which",
    remedies: [{ kind: "none", summary: "print the `reason` of the closing message" }, NEW_CHANNEL],
  },
  "1011": {
    layer: "service",
    meaning: "the server failed and closed the socket; this is not a denial",
    remedies: [RECONNECT, NEW_CHANNEL],
  },
};

/** Explains a socket that was closed, which no status and no body accompany. */
export function explainSocketClose({ code, message }: Failure, host: string | null): Finding {
  const { layer, meaning, remedies } = ENDS[code ?? ""] ?? GOING;
  return {
    ...NOTHING_REFUSED,
    layer,
    code: null,
    summary: `${host === null ? "the socket" : `the socket to \`${host}\``} was closed with ${code}: ${meaning}`,
    message,
    request: host === null ? null : { method: null, host, path: null },
    claims: [],
    // Visitors of a messenger have no channels.
    remedies: host?.startsWith("webmessaging.") ? remedies.filter((each) => each !== NEW_CHANNEL) : remedies,
  };
}
