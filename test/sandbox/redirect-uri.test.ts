import { describe, expect, test } from "vitest";
import { isRegistered, withAnswer } from "../../src/sandbox/login/redirect-uri.ts";

describe("a requested redirect URI", () => {
  test.each([
    // Registered without a port: any port is accepted.
    ["http://localhost", "http://localhost", true],
    ["http://localhost", "http://localhost:1", true],
    ["http://localhost", "http://localhost:65535", true],
    ["http://localhost", "http://localhost:0", false],
    ["http://localhost", "http://localhost:65536", false],
    ["http://localhost", "http://localhost:", false],
    ["http://localhost", "http://localhost:9191/", false],
    ["http://localhost", "http://localhost:9191?a=b", false],
    ["http://localhost", "http://localhost/", false],
    ["http://localhost", "https://localhost:9191", false],
    ["http://localhost", "http://127.0.0.1:9191", false],
    ["http://localhost", "http://localhost.example.com:9191", false],
    ["http://localhost", "http://localhost:9191@example.com", false],
    ["http://localhost", "http://LOCALHOST:9191", false],
    ["http://localhost/", "http://localhost:9191/", true],
    ["http://localhost/", "http://localhost:9191", false],
    ["http://localhost/callback?a=b", "http://localhost:9191/callback?a=b", true],
    ["http://localhost/callback", "http://localhost:9191/callback/more", false],
    ["http://127.0.0.1", "http://127.0.0.1:9191", true],
    ["http://127.0.0.1", "http://localhost:9191", false],
    ["http://[::1]", "http://[::1]:9191", true],
    // Registered with a port: only this port is accepted.
    ["http://localhost:9191", "http://localhost:9191", true],
    ["http://localhost:9191", "http://localhost:9192", false],
    ["http://localhost:9191", "http://localhost", false],
    ["http://localhost:9191", "http://localhost:9191/", false],
    // Not a loopback address: only the same text is accepted.
    ["https://app.example.com/callback?a=b", "https://app.example.com/callback?a=b", true],
    ["https://app.example.com/callback?a=b", "https://app.example.com/callback", false],
    ["https://app.example.com", "https://app.example.com:8443", false],
    ["http://app.example.com", "http://app.example.com:8080", false],
    ["https://localhost", "https://localhost:9191", false],
  ])("when %s is registered: %s is accepted (%j)", (registered, requested, expected) => {
    expect(isRegistered(["https://other.example.com", registered], requested)).toBe(expected);
  });

  test("is never accepted when none is registered", () => {
    expect(isRegistered([], "http://localhost")).toBe(false);
    expect(isRegistered([], "")).toBe(false);
  });
});

test.each([
  ["http://localhost:9191", "http://localhost:9191?code=c&state=a+b%26c"],
  ["http://localhost:9191/", "http://localhost:9191/?code=c&state=a+b%26c"],
  ["https://app.example.com/?a=b", "https://app.example.com/?a=b&code=c&state=a+b%26c"],
])("the login page's response adds its parameters to %s without other changes", (redirectUri, expected) => {
  expect(withAnswer(redirectUri, { code: "c", error: null, state: "a b&c" })).toBe(expected);
});
