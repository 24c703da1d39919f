import { json, type LoopbackServer, type SeenRequest, serve } from "./loopback-server.ts";

/** A gateway in front of a service that records every secret that passes through it. */
export interface RecordingFront extends LoopbackServer {
  /** Secrets by kind, in each form in which they were sent. */
  readonly secrets: ReadonlyMap<string, ReadonlySet<string>>;
  /** Switches to responses of the gateway itself, which quote each request wherever possible. */
  startQuoting(): void;
  stopQuoting(): void;
}

/**
 * Fields of a token request that are secrets (RFC 6749 sections 2.3.1, 4.1.3 and 6, RFC 7636 section 4.5).
 */
const FORM_SECRETS = ["client_secret", "code", "code_verifier", "refresh_token"];
const ANSWER_SECRETS = ["access_token", "refresh_token"];
/** Headers that are not forwarded: they belong to one connection, or change with the forwarded text. */
const NOT_PASSED_ON = new Set([
  "host",
  "connection",
  "keep-alive",
  "content-encoding",
  "content-length",
  "transfer-encoding",
]);

/** Starts a gateway in front of `target` for one test. */
export async function startRecordingFront(target: string): Promise<RecordingFront> {
  const secrets = new Map<string, Set<string>>();
  let isQuoting = false;

  function remember(kind: string, value: string | null | undefined): void {
    if (value === null || value === undefined || value === "") return;
    secrets.set(kind, (secrets.get(kind) ?? new Set()).add(value));
  }

  function rememberRequest({ headers, body }: SeenRequest): void {
    const [, scheme, credentials = ""] = /^(\S+) (.*)$/.exec(headers.authorization ?? "") ?? [];
    if (scheme?.toLowerCase() === "bearer") remember("access_token", credentials);
    if (scheme?.toLowerCase() === "basic") {
      remember("basic", credentials);
      remember("client_secret", Buffer.from(credentials, "base64").toString("utf8").split(":")[1]);
    }
    if (headers["content-type"]?.includes("form-urlencoded") === true) {
      const form = new URLSearchParams(body);
      for (const name of FORM_SECRETS) remember(name, form.get(name));
    }
  }

  function rememberAnswer(location: string | null, text: string): void {
    if (location !== null && URL.canParse(location)) {
      remember("code", new URL(location).searchParams.get("code"));
    }
    for (const name of ANSWER_SECRETS) remember(name, new RegExp(`"${name}":"([^"]+)"`).exec(text)?.[1]);
  }

  const server = await serve((request, response) => {
    rememberRequest(request);
    if (isQuoting) {
      const quote = `you sent ${request.headers.authorization} and ${request.body}`;
      json(
        response,
        400,
        {
          error: "invalid_request",
          error_description: quote,
          status: 400,
          code: "bad.request",
          message: quote,
        },
        { "inin-correlation-id": request.headers.authorization ?? "none", "x-quoted": quote },
      );
      return;
    }
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      NOT_PASSED_ON.has(name) || value === undefined ? [] : [[name, String(value)]],
    );
    void fetch(`${target}${request.path}`, {
      method: request.method,
      headers,
      redirect: "manual",
      ...(request.body === "" ? {} : { body: request.body }),
    }).then(async (answer) => {
      const text = await answer.text();
      rememberAnswer(answer.headers.get("location"), text);
      for (const [name, value] of answer.headers) {
        if (!NOT_PASSED_ON.has(name) && name !== "set-cookie") response.setHeader(name, value);
      }
      response.setHeader("set-cookie", answer.headers.getSetCookie());
      response.writeHead(answer.status).end(text);
    });
  });
  return {
    ...server,
    secrets,
    startQuoting: () => {
      isQuoting = true;
    },
    stopQuoting: () => {
      isQuoting = false;
    },
  };
}
