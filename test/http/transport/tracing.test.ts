import { expect, test } from "vitest";
import { NetworkError } from "../../../src/core/errors.ts";
import { Secret } from "../../../src/core/secret.ts";
import { type HttpEvent, traceRequests } from "../../../src/http/transport/tracing.ts";
import type { HttpRequest } from "../../../src/http/transport/transport.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { playSteps, type Step } from "../../support/scripted-transport.ts";

const REQUEST: HttpRequest = {
  method: "GET",
  url: new URL("https://api.mypurecloud.com/api/v2/users?pageSize=1"),
  headers: { authorization: new Secret("Bearer the-token") },
};

function trace(steps: readonly Step[], traceparent?: string) {
  const clock = new FakeClock();
  const events: HttpEvent[] = [];
  const { transport, sent } = playSteps(steps);
  const send = traceRequests(
    async (request) => {
      clock.advance(42);
      return transport(request);
    },
    { clock, listener: (event) => events.push(event), traceparent },
  );
  return { send, sent, events };
}

test("tracing reports request and response, with ids and without secrets", async () => {
  const { send, events } = trace([
    {
      status: 403,
      headers: {
        "inin-correlation-id": "old-1",
        "genesys-correlation-id": "new-1",
        "set-cookie": "session=the-cookie",
        "content-type": "application/json",
      },
    },
  ]);
  await send(REQUEST);

  expect(events).toEqual([
    {
      kind: "request",
      number: 1,
      method: "GET",
      url: "https://api.mypurecloud.com/api/v2/users?pageSize=1",
      headers: { authorization: "[secret]" },
    },
    {
      kind: "response",
      number: 1,
      method: "GET",
      url: "https://api.mypurecloud.com/api/v2/users?pageSize=1",
      status: 403,
      elapsedMs: 42,
      headers: {
        "inin-correlation-id": "old-1",
        "genesys-correlation-id": "new-1",
        "content-type": "application/json",
      },
      correlationIds: { inin: "old-1", genesys: "new-1" },
    },
  ]);
});

test("tracing reports a failed request and passes the failure on", async () => {
  const error = new NetworkError("network.reset", "gone");
  const { send, events } = trace([error]);

  await expect(send(REQUEST)).rejects.toBe(error);
  expect(events[1]).toMatchObject({ kind: "failure", number: 1, elapsedMs: 42, code: "network.reset" });
});

test.each([
  ["is sent when it is well-formed", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", true],
  ["is omitted when it is malformed", "not a trace\r\nx-evil: 1", false],
  ["is omitted when it is not set", undefined, false],
])("the header traceparent %s", async (_name, traceparent, isSent) => {
  const { send, sent } = trace([{ status: 200 }], traceparent);
  await send(REQUEST);

  expect(sent[0]?.headers?.["traceparent"]).toBe(isSent ? traceparent : undefined);
});
