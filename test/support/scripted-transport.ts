import type { HttpRequest, HttpResponse, Transport } from "../../src/http/transport/transport.ts";

/** What a scripted transport does next: answer, or fail. */
export type Step =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | Error;

export interface ScriptedTransport {
  readonly transport: Transport;
  readonly sent: HttpRequest[];
}

/** A transport that plays its steps in order; a request too many fails the test. */
export function playSteps(steps: readonly Step[]): ScriptedTransport {
  const sent: HttpRequest[] = [];
  return {
    sent,
    transport: async (request) => {
      const step = steps[sent.length];
      sent.push(request);
      if (step === undefined) {
        throw new Error(`request ${sent.length} was not expected: ${request.method} ${request.url.href}`);
      }
      if (step instanceof Error) throw step;
      return respond(step);
    },
  };
}

/** A response with a body of its own. */
export function respond({ status, headers = {}, body = "" }: Exclude<Step, Error>): HttpResponse {
  return { status, headers, body: stream(body) };
}

async function* stream(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body, "utf8");
}
