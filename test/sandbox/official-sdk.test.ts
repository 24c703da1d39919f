import platform from "purecloud-platform-client-v2";
import { describe, expect, test } from "vitest";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { act, sandboxFor } from "./client.ts";

const DETAIL_QUERY = {
  interval: `${new Date(Date.now() - 6 * 86_400_000).toISOString()}/${new Date().toISOString()}`,
  paging: { pageSize: 5, pageNumber: 1 },
};

/** Logs in with the official client, unmodified, with the sandbox as its gateway. */
async function login(sandbox: Sandbox): Promise<void> {
  platform.ApiClient.instance.setGateway({
    protocol: "http",
    host: "127.0.0.1",
    port: Number(new URL(sandbox.url).port),
  });
  await platform.ApiClient.instance.loginClientCredentialsGrant(sandbox.client.id, sandbox.client.secret);
}

describe("the official JavaScript SDK against the sandbox", () => {
  test("logs in and reads its identity", async () => {
    const sandbox = await sandboxFor();
    await login(sandbox);
    const token = await new platform.TokensApi().getTokensMe();
    expect(token.OAuthClient).toMatchObject({
      id: sandbox.client.id,
      name: "Reporting service",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      state: "active",
    });
    const organization = await new platform.OrganizationApi().getOrganizationsMe();
    expect(organization.name).toBe("Example Contact Center");
    expect(organization.id).toBe(token.organization?.id);
  });

  test("gets a 403 with its envelope, and rows once the role is granted", async () => {
    const sandbox = await sandboxFor();
    await login(sandbox);
    const analytics = new platform.AnalyticsApi();
    await expect(analytics.postAnalyticsConversationsDetailsQuery(DETAIL_QUERY)).rejects.toMatchObject({
      status: 403,
      code: "missing.any.permissions",
      message:
        "Unable to perform the requested action. You must have at least one of the following permissions assigned: [analytics:conversationDetail:view, analytics:agentConversationDetail:view]",
      messageParams: {
        permissions: "[analytics:conversationDetail:view, analytics:agentConversationDetail:view]",
      },
      contextId: expect.stringMatching(/^[\da-f-]{36}$/),
      details: [],
      errors: [],
    });
    await act(sandbox, "role.grant", {
      subject: "Reporting service",
      role: "Conversation Detail Reader",
      division: "*",
    });
    const found = await analytics.postAnalyticsConversationsDetailsQuery(DETAIL_QUERY);
    expect(found.conversations).toHaveLength(5);
    expect(found.totalHits).toBeGreaterThan(100);
  });

  test("reads the same conversations by query and by job", async () => {
    const sandbox = await sandboxFor({ conversations: 310 });
    await login(sandbox);
    await act(sandbox, "role.grant", {
      subject: "Reporting service",
      role: "Conversation Detail Reader",
      division: "*",
    });
    const analytics = new platform.AnalyticsApi();
    const dayMs = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 5 * 86_400_000;
    const interval = [dayMs, dayMs + 86_400_000].map((each) => new Date(each).toISOString()).join("/");
    const queried: platform.Models.AnalyticsConversationWithoutAttributes[] = [];
    for (let pageNumber = 1; ; pageNumber += 1) {
      const body = { interval, paging: { pageSize: 4, pageNumber } };
      const { conversations } = await analytics.postAnalyticsConversationsDetailsQuery(body);
      if (conversations === undefined) break;
      queried.push(...conversations);
    }
    const { jobId = "" } = await analytics.postAnalyticsConversationsDetailsJobs({
      interval,
      startOfDayIntervalMatching: true,
    });
    const states: (string | undefined)[] = [];
    while (states.at(-1) !== "FULFILLED" && states.length < 5) {
      states.push((await analytics.getAnalyticsConversationsDetailsJob(jobId)).state);
    }
    expect(states).toEqual(["QUEUED", "FULFILLED"]);
    const pulled: platform.Models.AnalyticsConversation[] = [];
    for (let cursor: string | undefined = ""; cursor !== undefined; ) {
      const page: platform.Models.AnalyticsConversationAsyncQueryResponse =
        await analytics.getAnalyticsConversationsDetailsJobResults(
          jobId,
          cursor === "" ? { pageSize: 3 } : { pageSize: 3, cursor },
        );
      pulled.push(...(page.conversations ?? []));
      cursor = page.cursor;
    }
    expect(queried).toHaveLength(10);
    expect(
      pulled.map((each) => ({
        ...each,
        participants: each.participants?.map(({ attributes: _, ...participant }) => participant),
      })),
    ).toEqual(queried);
    await analytics.deleteAnalyticsConversationsDetailsJob(jobId);
    await expect(analytics.getAnalyticsConversationsDetailsJob(jobId)).rejects.toMatchObject({ status: 404 });
  });

  test("reports a wrong secret as a failed login", async () => {
    const sandbox = await sandboxFor({ scenario: "wrong-secret" });
    await expect(login(sandbox)).rejects.toMatchObject({
      response: {
        status: 401,
        data: { error: "invalid_client", error_description: "authentication failed" },
      },
    });
  });
});
