import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { CHILD_VARIABLES, childEnvironment } from "../../src/core/child-environment.ts";
import { sandboxFor } from "../sandbox/client.ts";
import { ACTION_SCRIPTS } from "../support/action-script.ts";
import { startGenscope } from "../support/genscope-process.ts";
import { LOGIN_ADDRESS } from "../support/stored-login.ts";
import { tempDir } from "../support/temp-dir.ts";

/** Variables that no child process may receive, under present and possible future names. */
const HIDDEN = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "hidden-1",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: "hidden-2",
  GENESYSCLOUD_ACCESS_TOKEN: "hidden-3",
  GENESYS_CLOUD_CLIENT_SECRET: "hidden-4",
  GENSCOPE_STORE_PASSPHRASE: "hidden-5",
  GITHUB_TOKEN: "hidden-6",
  AWS_SECRET_ACCESS_KEY: "hidden-7",
  SSH_AUTH_SOCK: "hidden-8",
  NODE_OPTIONS: "--title=hidden-9",
  WHATEVER_COMES: "hidden-10",
};

/** Creates a program that writes its environment and arguments to a file. */
function recorder(directory: string, name: string): { readonly path: string; readonly file: string } {
  const [path, file] = [join(directory, name), join(directory, `${name}.seen`)];
  writeFileSync(path, `#!/bin/sh\n{ echo "arguments: $*"; /usr/bin/env; } >>'${file}'\n`);
  chmodSync(path, 0o755);
  return { path, file };
}

/** Returns the names in a dump, without those that the shell itself adds. */
function namesOf(dump: string): readonly string[] {
  return [...dump.matchAll(/^(\w+)=/gm)]
    .map(([, name = ""]) => name)
    .filter((name) => !/^(PWD|OLDPWD|SHLVL|_)$/.test(name));
}

test("a login gives the browser the environment variables it needs and no secret", async () => {
  const directory = await tempDir();
  const browser = recorder(directory, "browser");
  const sandbox = await sandboxFor({ scenario: "scope-missing" });
  const { GENESYSCLOUD_OAUTHCLIENT_ID: _id, GENESYSCLOUD_OAUTHCLIENT_SECRET: _secret, ...hidden } = HIDDEN;
  const login = startGenscope(
    ["login", "--grant", "pkce", "--region", sandbox.url, "--client-id", sandbox.client.id],
    {
      ...hidden,
      HOME: directory,
      GENSCOPE_CONFIG_DIR: join(directory, "config"),
      GENSCOPE_STORE: "none",
      BROWSER: browser.path,
      DISPLAY: ":7",
      LANG: "de_DE.UTF-8",
      HTTPS_PROXY: "http://user:hidden-11/@proxy.example:3128",
    },
  );
  await login.says(LOGIN_ADDRESS);
  while (!existsSync(browser.file) || !readFileSync(browser.file, "utf8").includes("PATH=")) await delay(20);
  const seen = readFileSync(browser.file, "utf8");
  expect(seen).toContain(`arguments: file://${directory}/genscope-login-`);
  expect(seen).not.toContain("hidden");
  expect(seen).toContain("DISPLAY=:7");
  expect(seen).toContain("HTTPS_PROXY=http://proxy.example:3128");
  expect(namesOf(seen).toSorted()).toEqual(["DISPLAY", "HOME", "HTTPS_PROXY", "LANG", "PATH"]);
  login.interrupt("SIGINT");
  await login.ended;
});

test("a login continues with its printed address when the browser does not start", async () => {
  const sandbox = await sandboxFor({ scenario: "scope-missing" });
  const login = startGenscope(
    ["login", "--grant", "pkce", "--region", sandbox.url, "--client-id", sandbox.client.id],
    { GENSCOPE_CONFIG_DIR: await tempDir(), GENSCOPE_STORE: "none", BROWSER: "/nonexistent/browser" },
  );
  await login.says(LOGIN_ADDRESS);
  login.interrupt("SIGINT");
  const { stderr } = await login.ended;
  expect(stderr).not.toMatch(/^\s+at |internal fault/m);
});

test("the GitHub action gives its npm steps no secret, and the proxy only to the download", async () => {
  const directory = await tempDir();
  const npm = recorder(directory, "npm");
  const { status, stderr } = spawnSync("bash", [join(ACTION_SCRIPTS, "install.sh")], {
    encoding: "utf8",
    env: {
      ...HIDDEN,
      NODE_OPTIONS: "",
      PATH: [directory, dirname(process.execPath), process.env["PATH"]].join(delimiter),
      HOME: directory,
      GITHUB_ACTION_PATH: directory,
      HTTPS_PROXY: "http://proxy.example:3128",
      npm_config_registry: "https://registry.example",
    },
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const [, download = "", build = ""] = readFileSync(npm.file, "utf8").split("arguments: ");
  expect(download).toMatch(/^ci --ignore-scripts /);
  expect(build).toMatch(/^run --silent build\n/);
  expect(`${download}${build}`).not.toContain("hidden");
  expect(namesOf(download).toSorted()).toEqual(["HOME", "HTTPS_PROXY", "PATH", "npm_config_registry"]);
  expect(namesOf(build).toSorted()).toEqual(["HOME", "PATH"]);
});

test("the installation script allows the same environment variables as other child processes, plus those of npm's registry", () => {
  const script = readFileSync(join(ACTION_SCRIPTS, "install.sh"), "utf8");
  const names = [...script.matchAll(/^allowed\+?=\((.*)\)$/gm)].flatMap(([, list = ""]) => list.split(" "));
  expect(names.filter((name) => !CHILD_VARIABLES.includes(name))).toEqual([]);
  expect(names).toContain("PATH");
});

test("a child process gets allowed variables in upper or lower case, as on Windows, and no variable of genscope", () => {
  expect(
    childEnvironment({ SystemRoot: "C:\\Windows", Path: "C:\\bin", Secret: "x", HOME: undefined }),
  ).toEqual({
    SystemRoot: "C:\\Windows",
    Path: "C:\\bin",
  });
  expect(CHILD_VARIABLES.filter((name) => /GENESYS|GENSCOPE|NODE_|TOKEN|SECRET|PASS/.test(name))).toEqual([]);
});
