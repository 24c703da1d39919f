import { expect, test } from "vitest";
import { Secret } from "../../../src/core/secret.ts";
import { authorizeRequests } from "../../../src/http/transport/authorize.ts";
import { playSteps } from "../../support/scripted-transport.ts";

function authorized() {
  const asked: string[] = [];
  const { transport, sent } = playSteps([{ status: 200 }]);
  const send = authorizeRequests(transport, {
    tokens: async () => {
      asked.push("token");
      return new Secret("the-token");
    },
    origins: ["https://api.mypurecloud.com"],
  });
  return { send, sent, asked };
}

test("adds the token as a secret", async () => {
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
  ["a host that only starts alike", "https://api.mypurecloud.com.example.com/api/v2/users"],
  ["a user in front of another host", "https://api.mypurecloud.com@example.com/api/v2/users"],
])("%s gets nothing, and no token is even fetched", async (_name, url) => {
  const { send, sent, asked } = authorized();

  await expect(send({ method: "GET", url: new URL(url) })).rejects.toMatchObject({
    code: "usage.foreign_host",
    exit: "usage",
    message: `the token of \`https://api.mypurecloud.com\` is not sent to \`${new URL(url).origin}\``,
  });
  expect([sent, asked]).toEqual([[], []]);
});
