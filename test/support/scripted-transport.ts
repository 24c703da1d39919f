import type { HttpRequest, HttpResponse, Transport } from "../../src/http/transport/transport.ts";

/** A step of a scripted transport: a response or a failure. */
export type Step =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | Error;

export interface ScriptedTransport {
  readonly transport: Transport;
  readonly sent: HttpRequest[];
}

/** Creates a transport that plays its steps in order. An unexpected request fails the test. */
export function playSteps(steps: readonly Step[]): ScriptedTransport {
  const sent: HttpRequest[] = [];
  return {
    sent,
    transport: async (request) => {
      const step = steps[sent.length];
      sent.push(request);
      if (step === undefined) {
        throw new Error(`unexpected request ${sent.length}: ${request.method} ${request.url.href}`);
      }
      if (step instanceof Error) throw step;
      return respond(step);
    },
  };
}

/** Returns a response with a fresh body. */
export function respond({ status, headers = {}, body = "" }: Exclude<Step, Error>): HttpResponse {
  return { status, headers, body: stream(body) };
}

async function* stream(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body, "utf8");
}
