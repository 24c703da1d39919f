import { expect, test } from "vitest";
import { Secret } from "../../../src/core/secret.ts";
import { authorizeRequests } from "../../../src/http/transport/authorize.ts";
import { playSteps } from "../../support/scripted-transport.ts";

function authorized() {
  const fetched: string[] = [];
  const { transport, sent } = playSteps([{ status: 200 }]);
  const send = authorizeRequests(transport, {
    tokens: async () => {
      fetched.push("token");
      return new Secret("the-token");
    },
    origins: ["https://api.mypurecloud.com"],
  });
  return { send, sent, fetched };
}

test("authorization adds the token to the request as a secret", async () => {
  const { send, sent } = authorized();
  await send({
    method: "GET",
    url: new URL("https://api.mypurecloud.com/api/v2/users"),
    headers: { a: "b" },
  });
  const header = sent[0]?.headers?.["authorization"];

  expect(header).toBeInstanceOf(Secret);
  expect(header instanceof Secret ? header.reveal() : null).toBe("Bearer the-token");
  expect(JSON.stringify(sent[0]?.headers)).toBe('{"a":"b","authorization":"[secret]"}');
});

test.each([
  ["another host", "https://api.mypurecloud.ie/api/v2/users"],
  ["the login host", "https://login.mypurecloud.com/oauth/token"],
  ["another scheme", "http://api.mypurecloud.com/api/v2/users"],
  ["another port", "https://api.mypurecloud.com:8443/api/v2/users"],
  ["a host name with the same beginning", "https://api.mypurecloud.com.example.com/api/v2/users"],
  ["another host after a user name", "https://api.mypurecloud.com@example.com/api/v2/users"],
])("authorization refuses %s before it fetches a token", async (_name, url) => {
  const { send, sent, fetched } = authorized();

  await expect(send({ method: "GET", url: new URL(url) })).rejects.toMatchObject({
    code: "usage.foreign_host",
    exit: "usage",
    message: `the token for \`https://api.mypurecloud.com\` is not sent to \`${new URL(url).origin}\``,
  });
  expect([sent, fetched]).toEqual([[], []]);
});
