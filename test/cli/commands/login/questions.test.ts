import { describe, expect, test } from "vitest";
import { answering, atMachine } from "../../../support/login-machine.ts";

const ID = "12345678-90ab-cdef-1234-567890abcdef";

describe("a login without a region", () => {
  test("asks for the region, and accepts the URL of a page of the product", async () => {
    const { run } = await atMachine();
    const { prompter, asked } = answering("https://apps.mypurecloud.de/directory/#/people", ID);
    const login = await run(["login", "--timeout", "1s"], {
      prompter,
      ports: { openBrowser: async () => undefined },
    });

    expect(asked).toEqual(["Region, or the URL of any page of your organization", "Id of the OAuth client"]);
    expect(login.stderr).toContain("https://login.mypurecloud.de/oauth/authorize?");
    expect(login.stderr).toContain("the login host from prompt");
  });

  test("asks again after an answer that is not a region, and gives up after three", async () => {
    const { run } = await atMachine();
    const { prompter, asked } = answering("frankfurt", "eu-central", "x".repeat(50));
    const login = await run(["login"], { prompter });

    expect([login.exitCode, asked.length]).toEqual([2, 3]);
    expect(login.stderr).toContain("`frankfurt` is not a region. Enter a region such as eu-central-1");
    expect(login.stderr).not.toContain("xxxx");
  });

  test("reports which region it uses when there is no terminal", async () => {
    const { run } = await atMachine();
    const login = await run(["login"]);

    expect(login.exitCode).toBe(2);
    expect(login.stderr).toMatch(
      /^no region given: using `us-east-1` \(mypurecloud\.com\); choose another with `--region REGION`\n/,
    );
  });

  test("does not ask when the profile has a region", async () => {
    const { asClient, run, sandbox } = await atMachine();
    await asClient();
    const { prompter, asked } = answering(sandbox.client.secret);

    expect((await run(["login", "--grant", "client-credentials"], { prompter })).exitCode).toBe(0);
    expect(asked).toEqual([`Secret of OAuth client ${sandbox.client.id}`]);
  });
});

describe("the client id of a login", () => {
  test.each([
    ["a flag", ["--client-id", "s3cret-of-the-client"], {}, "--client-id"],
    [
      "a variable",
      [],
      { GENESYSCLOUD_OAUTHCLIENT_ID: "s3cret-of-the-client" },
      "GENESYSCLOUD_OAUTHCLIENT_ID",
    ],
  ])(
    "from %s is refused before the browser opens when it is not a UUID, and the error does not repeat it",
    async (_name, flags, env, source) => {
      const { run } = await atMachine();
      const opened: string[] = [];
      const login = await run(["login", "--region", "eu-central-1", ...flags], {
        env,
        ports: { openBrowser: async (url) => void opened.push(url) },
      });

      expect([login.exitCode, opened]).toEqual([2, []]);
      expect(login.stderr).toBe(
        `error: the value of ${source} is not the id of an OAuth client\n\nhint: an id looks like \`${ID}\`; ids are listed at Admin > Integrations > OAuth\n`,
      );
    },
  );

  test("can be entered again after a mistake", async () => {
    const { run } = await atMachine();
    const { prompter, asked } = answering("My client", ID);
    const login = await run(["login", "--region", "eu-central-1", "--timeout", "1s"], {
      prompter,
      ports: { openBrowser: async () => undefined },
    });

    expect(asked).toHaveLength(2);
    expect(login.stderr).toContain("That is not the id of an OAuth client.");
    expect(login.stderr).toContain(`client_id=${ID}&`);
  });

  test("may have another format at a gateway", async () => {
    const { run, sandbox } = await atMachine();
    const login = await run(
      ["login", "--region", sandbox.url, "--client-id", "any", "--client-secret-stdin"],
      {
        input: "s3cret",
      },
    );

    expect(login.exitCode).toBe(4);
  });

  test("is required without a terminal, and the error names the flags for a user and for a client", async () => {
    const { run } = await atMachine();
    const login = await run(["login", "--region", "eu-central-1"]);

    expect(login.exitCode).toBe(2);
    expect(login.stderr).toBe(
      [
        "error: no OAuth client id given",
        "",
        "hint: to log in as a user: `genscope login --region REGION --client-id ID`",
        "  to log in as an OAuth client: `genscope login --region REGION --client-id ID --client-secret-stdin < FILE`",
        "  ids are listed at Admin > Integrations > OAuth; `GENESYSCLOUD_OAUTHCLIENT_ID` can be set instead of the flag",
        "",
      ].join("\n"),
    );
  });
});
