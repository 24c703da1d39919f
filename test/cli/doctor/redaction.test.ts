import { expect, test } from "vitest";
import { listEnvironment } from "../../../src/cli/doctor/environment.ts";
import { redact } from "../../../src/cli/doctor/redaction.ts";

const machine = { homeDirectory: "/home/agent1", userName: "agent1" };

test.each([
  ["`/home/agent1/.config/genscope`", "`~/.config/genscope`"],
  ["/home/agent1", "~"],
  ["/home/agent12/x", "/home/agent12/x"],
  ["/home/agent1.old/x", "/home/agent1.old/x"],
  ["/data/agent1/ca.pem", "/data/<user>/ca.pem"],
  ["C:\\work\\agent1\\ca.pem", "C:\\work\\<user>\\ca.pem"],
  ["/data/not-agent1/ca.pem", "/data/not-agent1/ca.pem"],
  ["client of agent1 in agent1.example", "client of agent1 in agent1.example"],
  ["/home/agent1/a and /home/agent1/b", "~/a and ~/b"],
])("redacts %s to %s", (text, expected) => {
  expect(redact({ text: [text] }, { machine, env: {} })).toEqual({ text: [expected] });
});

test.each([
  [
    "redacts a home directory below the root, but not a path with the same ending",
    { homeDirectory: "/app", userName: "app" },
    "/app/x /myapp/x",
    "~/x /myapp/x",
  ],
  [
    "redacts the user name in a path that contains the home directory",
    { homeDirectory: "/app", userName: "app" },
    "/mnt/app/x",
    "/mnt/<user>/x",
  ],
  [
    "does not change paths when the root directory is the home",
    { homeDirectory: "/", userName: "" },
    "/etc/x",
    "/etc/x",
  ],
])("%s", (_, of, text, expected) => {
  expect(redact(text, { machine: of, env: {} })).toBe(expected);
});

test.each([
  ["GENESYSCLOUD_ACCESS_TOKEN", "t0ken-value", "t0ken-value"],
  ["GENESYSCLOUD_OAUTHCLIENT_SECRET", "s3cret-value", "s3cret-value"],
  ["GENESYS_CLOUD_CLIENT_SECRET", "s3cret-value", "s3cret-value"],
  ["GENSCOPE_STORE_PASSPHRASE", "correct horse", "correct horse"],
  ["HTTPS_PROXY", "http://person:w%40rd-value@proxy.example:8080", "w@rd-value"],
  ["http_proxy", "person:plain-value@proxy.example", "plain-value"],
])("removes the secret in %s from text", (name, value, secret) => {
  expect(redact({ a: { b: `<${secret}>` } }, { machine, env: { [name]: value } })).toEqual({
    a: { b: "<[secret]>" },
  });
});

test("lists only environment variables that are set, with values only when they are harmless", () => {
  expect(
    listEnvironment({
      GENESYSCLOUD_ACCESS_TOKEN: "t0ken-value",
      GENESYSCLOUD_REGION: "eu-central-1",
      GENSCOPE_STORE: "file",
      GENSCOPE_PROFILE: "",
      HTTPS_PROXY: "http://person:word@proxy.example",
      CI: "true",
      SHELL: "/bin/sh",
    }),
  ).toEqual([
    { name: "CI", value: "true" },
    { name: "GENESYSCLOUD_ACCESS_TOKEN", value: null },
    { name: "GENESYSCLOUD_REGION", value: null },
    { name: "GENSCOPE_STORE", value: "file" },
    { name: "HTTPS_PROXY", value: null },
  ]);
});
