import { describe, expect, test } from "vitest";
import { chooseProxy } from "../../../src/http/connection/proxy-choice.ts";

const PROXY = "http://proxy.example:8080";

describe("the proxy of a URL", () => {
  test.each([
    ["is HTTPS_PROXY for https", "https://api.mypurecloud.com/", { httpsProxy: PROXY }, "proxy.example:8080"],
    [
      "is HTTP_PROXY for https without HTTPS_PROXY",
      "https://api.mypurecloud.com/",
      { httpProxy: PROXY },
      "proxy.example:8080",
    ],
    ["is not HTTPS_PROXY for http", "http://gateway.example/", { httpsProxy: PROXY }, null],
    ["is absent without settings", "https://api.mypurecloud.com/", {}, null],
    ["is absent for an empty value", "https://api.mypurecloud.com/", { httpsProxy: "" }, null],
    [
      "may be given without a scheme",
      "https://api.mypurecloud.com/",
      { httpsProxy: "proxy.example:3128" },
      "proxy.example:3128",
    ],
    ["is absent for loopback addresses", "http://127.0.0.1:8787/", { httpProxy: PROXY }, null],
    ["is absent for localhost", "http://localhost:8787/", { httpProxy: PROXY }, null],
    ["is absent for ::1", "http://[::1]:8787/", { httpProxy: PROXY }, null],
  ])("%s", (_name, url, settings, host) => {
    expect(chooseProxy(new URL(url), settings)?.host ?? null).toBe(host);
  });

  test.each([
    ["mypurecloud.com", true],
    [".mypurecloud.com", true],
    ["*.mypurecloud.com", true],
    ["api.mypurecloud.com", true],
    ["API.MYPURECLOUD.COM", true],
    ["other.example, api.mypurecloud.com", true],
    ["other.example api.mypurecloud.com:443", true],
    ["*", true],
    ["api.mypurecloud.com:8443", false],
    ["purecloud.com", false],
    ["login.mypurecloud.com", false],
    ["", false],
  ])("NO_PROXY=`%s` exempts api.mypurecloud.com from the proxy: %s", (noProxy, isExcepted) => {
    const proxy = chooseProxy(new URL("https://api.mypurecloud.com/"), { httpsProxy: PROXY, noProxy });
    expect(proxy === null).toBe(isExcepted);
  });

  test.each(["socks5://proxy.example:1080", "http://", "http://user:hidden@[proxy"])(
    "the proxy setting `%s` is a usage error that hides the value",
    (httpsProxy) => {
      expect(() => chooseProxy(new URL("https://api.mypurecloud.com/"), { httpsProxy })).toThrow(
        expect.objectContaining({
          code: "usage.proxy",
          message: "the value of `HTTPS_PROXY` is not the URL of an HTTP proxy",
        }),
      );
    },
  );
});
