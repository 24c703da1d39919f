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
    "reconnect after increasing waits, and send a ping at regular intervals so that no proxy considers the socket idle",
};
const NEW_CHANNEL: Remedy = {
  kind: "none",
  summary: "if it happens again, create a new channel and connect to the `connectUri` in the response",
};
const GOING: SocketEnd = {
  layer: "service",
  meaning: "the server ends the connection because it is shutting down or restarting; this is not a denial",
  remedies: [RECONNECT],
};

/** Codes from 4000 on and reserved codes. Each service or library defines their meaning. */
const OF_SERVICE: SocketEnd = {
  layer: "unknown",
  meaning:
    "the service or the library defines this code itself, and only the reason in the closing message explains it",
  remedies: [{ kind: "none", summary: "print the `reason` of the closing message" }, NEW_CHANNEL],
};
/** Matches a reason about the token with which the socket was opened. */
const ABOUT_TOKEN =
  /\btokens?\b[^.\n]{0,20}\b(?:expired?|invalid|revoked|rejected)\b|\b(?:expired|invalid|revoked) (?:\w{1,20} )?token\b|\bunauthori[sz]ed\b|\bauthentication\b/i;
const ENDED_TOKEN: SocketEnd = {
  layer: "token",
  meaning: "its reason concerns the token that created the channel",
  remedies: [
    {
      kind: "log-in-again",
      summary: "get a new token, create a channel with it and connect to the `connectUri` in the response",
    },
  ],
};
const PLAIN: SocketEnd = {
  layer: "none",
  meaning: "one side closed it normally, so nothing was refused",
  remedies: [
    {
      kind: "none",
      summary:
        "if the program did not close it, look for a second connection to the same channel, and for a channel that is older than a day",
    },
    NEW_CHANNEL,
  ],
};
const MALFORMED: SocketEnd = {
  layer: "request",
  meaning:
    "one side rejected the other's message as a protocol violation; roles and scopes do not matter here",
  remedies: [
    {
      kind: "none",
      summary: "print the last message that was sent before the socket closed: its form or size is wrong",
    },
  ],
};

/** Meanings of socket close codes (RFC 6455 section 7.4.1 and the IANA registry). */
const ENDS: Readonly<Record<string, SocketEnd | undefined>> = {
  "1000": PLAIN,
  "1005": PLAIN,
  "1002": MALFORMED,
  "1003": MALFORMED,
  "1007": MALFORMED,
  "1009": MALFORMED,
  "1010": MALFORMED,
  "1001": GOING,
  "1012": GOING,
  "1013": GOING,
  "1015": {
    layer: "network",
    meaning: "the TLS connection failed, so nothing was refused",
    remedies: [{ kind: "none", summary: "check the network", command: "genscope doctor" }],
  },
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
    meaning: "the server closed the socket because of its own rule, which only its `reason` names",
    remedies: [{ kind: "none", summary: "print the `reason` of the closing message" }, NEW_CHANNEL],
  },
  "1011": {
    layer: "service",
    meaning: "the server failed and closed the socket; this is not a denial",
    remedies: [RECONNECT, NEW_CHANNEL],
  },
};

/**
 * Explains a closed socket. It has a close code but neither an HTTP status nor a body.
 * @param atApi the fix for a WebSocket to an address of the API, which accepts none; null for any other address
 */
export function explainSocketClose(
  { code, message }: Failure,
  host: string | null,
  atApi: Remedy | null,
): Finding {
  const { layer, meaning, remedies } =
    atApi === null
      ? endOf(code ?? "", message)
      : ({ layer: "path", meaning: "the API has no socket at this address", remedies: [atApi] } as const);
  return {
    ...NOTHING_REFUSED,
    layer,
    code: null,
    summary: `${host === null ? "the socket" : `the socket to \`${host}\``} was closed with ${code}: ${meaning}`,
    message,
    request: host === null ? null : { method: null, host, path: null },
    claims: [],
    // Web messaging has no notification channels, so a new one does not help.
    remedies: host?.startsWith("webmessaging.") ? remedies.filter((each) => each !== NEW_CHANNEL) : remedies,
  };
}

/** Returns the meaning of a close code, together with the reason that the server sent. */
function endOf(code: string, reason: string | null): SocketEnd {
  const end = ENDS[code] ?? OF_SERVICE;
  // A server can also end a socket normally because of its token, and only the reason shows that.
  const isOpen = end.layer === "unknown" || end === PLAIN;
  if (reason !== null && isOpen && ABOUT_TOKEN.test(reason)) return ENDED_TOKEN;
  if (reason === null || end.layer !== "unknown") return end;
  return {
    ...end,
    meaning: "the server closed it for the reason that the text quotes",
    remedies: [NEW_CHANNEL],
  };
}
