import { describe, expect, test } from "vitest";
import { chooseProxy } from "../../../src/http/connection/proxy-choice.ts";

const PROXY = "http://proxy.example:8080";

describe("which proxy serves a URL", () => {
  test.each([
    ["https by HTTPS_PROXY", "https://api.mypurecloud.com/", { httpsProxy: PROXY }, "proxy.example:8080"],
    ["https by HTTP_PROXY alone", "https://api.mypurecloud.com/", { httpProxy: PROXY }, "proxy.example:8080"],
    ["http not by HTTPS_PROXY", "http://gateway.example/", { httpsProxy: PROXY }, null],
    ["no proxy at all", "https://api.mypurecloud.com/", {}, null],
    ["an empty value", "https://api.mypurecloud.com/", { httpsProxy: "" }, null],
    [
      "a value without a scheme",
      "https://api.mypurecloud.com/",
      { httpsProxy: "proxy.example:3128" },
      "proxy.example:3128",
    ],
    ["never loopback", "http://127.0.0.1:8787/", { httpProxy: PROXY }, null],
    ["never localhost", "http://localhost:8787/", { httpProxy: PROXY }, null],
    ["never ::1", "http://[::1]:8787/", { httpProxy: PROXY }, null],
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
  ])("NO_PROXY `%s` excepts api.mypurecloud.com: %s", (noProxy, isExcepted) => {
    const proxy = chooseProxy(new URL("https://api.mypurecloud.com/"), { httpsProxy: PROXY, noProxy });
    expect(proxy === null).toBe(isExcepted);
  });

  test.each(["socks5://proxy.example:1080", "http://", "http://user:hidden@[proxy"])(
    "`%s` is a usage error that does not show the value",
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
