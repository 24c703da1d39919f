import { describe, expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

const ID = "6d7fd9a0-9a4c-4c43-8f5f-0bde2e8e6f7a";
const PROMPT = `v2.architect.prompts.${ID}`;
const PATH = `/api/v2/notifications/channels/${ID}/subscriptions`;
const REFUSAL =
  '{"message":"Not authorized for this topic.","code":"notification.unauthorized.topic","status":403}';
const NEEDED =
  "true: `v2.architect.prompts.{id}` needs permission `architect:userPrompt:view`; a user's token needs scope `notifications`";

function transcript(body: string, answer = `HTTP/1.1 403 Forbidden\n\n${REFUSAL}`): string {
  return `POST ${PATH} HTTP/1.1\nHost: api.mypurecloud.de\nContent-Type: application/json\n\n${body}\n\n${answer}\n`;
}

/** Returns the topics of each finding, with its claims about topics. */
function topicsIn(paste: string) {
  return explainText(paste).map(({ topics, claims }) => ({
    topics,
    claims: claims
      .filter(({ text }) => /^`v2\.|topics? in the subscription/.test(text))
      .map(({ verdict, text }) => `${verdict}: ${text}`),
  }));
}

describe("a refused subscription states what its topic requires", () => {
  const har = JSON.stringify({
    log: {
      entries: [
        {
          request: {
            method: "PUT",
            url: `https://api.mypurecloud.de${PATH}`,
            headers: [],
            postData: { mimeType: "application/json", text: `[{"id":"${PROMPT}"}]` },
          },
          response: { status: 403, headers: [], content: { text: REFUSAL } },
        },
      ],
    },
  });

  test.each<[string, string]>([
    ["an HTTP transcript", transcript(`[{"id":"${PROMPT}"}]`)],
    ["a body of several lines", transcript(`[\n  {\n    "id": "${PROMPT}"\n  }\n]`)],
    [
      "a curl command",
      `$ curl -i -X POST 'https://api.mypurecloud.de${PATH}' -d '[{"id":"${PROMPT}"}]'\nHTTP/1.1 403 Forbidden\n\n${REFUSAL}`,
    ],
    ["a HAR", har],
    ["a log line", `ERROR subscribing to ${PROMPT}: POST https://api.mypurecloud.de${PATH} -> ${REFUSAL}`],
    ["a response without a request", `topic=${PROMPT}\n${REFUSAL}`],
    ["a status without a code", transcript(`[{"id":"${PROMPT}"}]`, "HTTP/1.1 403 Forbidden\n")],
    [
      "a response with 400",
      transcript(
        `[{"id":"${PROMPT}"}]`,
        'HTTP/1.1 400 Bad Request\n\n{"message":"Invalid topic.","code":"bad.request","status":400}',
      ),
    ],
  ])("%s", (_form, paste) => {
    expect(topicsIn(paste)).toEqual([{ topics: ["v2.architect.prompts.{id}"], claims: [NEEDED] }]);
  });

  test("suggests a check of the topic, not of the call that subscribes", () => {
    const [finding] = explainText(transcript(`[{"id":"${PROMPT}"}]`));
    expect(finding?.operation?.operationId).toBe("postNotificationsChannelSubscriptions");
    expect(finding?.remedies.flatMap(({ command }) => command ?? [])).toEqual([
      'genscope check-scopes "v2.architect.prompts.{id}"',
    ]);
  });
});

describe("a topic of a refused subscription", () => {
  test("is mentioned once, however often the subscription repeats it", () => {
    const body = JSON.stringify([PROMPT, PROMPT, `v2.users.${ID}.presence`].map((id) => ({ id })));
    expect(topicsIn(transcript(body))).toEqual([
      {
        topics: ["v2.architect.prompts.{id}", "v2.users.{id}.presence"],
        claims: [NEEDED, "unknown: `v2.users.{id}.presence` needs a permission"],
      },
    ]);
  });

  test("that lists several permissions is judged unknown, because one may suffice", () => {
    const [finding] = topicsIn(transcript(`[{"id":"v2.analytics.queues.${ID}.observations"}]`));
    expect(finding?.claims).toEqual([
      "unknown: `v2.analytics.queues.{id}.observations` needs `analytics:queueObservation:view` and `analytics:conversationAggregate:view`",
    ]);
  });

  test("that is not published is mentioned without its name", () => {
    const findings = explainText(transcript('[{"id":"v2.secret.hunter2horse.battery"}]'));
    expect(JSON.stringify(findings)).not.toContain("hunter2horse");
    expect(topicsIn(transcript('[{"id":"v2.secret.hunter2horse.battery"}]'))).toEqual([
      { topics: [], claims: ["true: a topic in the subscription is not among the published topics"] },
    ]);
  });

  test("is attributed to the request that subscribed to it", () => {
    const paste = [transcript(`[{"id":"${PROMPT}"}]`), transcript(`[{"id":"v2.users.${ID}.presence"}]`)].join(
      "\n",
    );
    expect(topicsIn(paste).map(({ topics }) => topics)).toEqual([
      ["v2.architect.prompts.{id}"],
      ["v2.users.{id}.presence"],
    ]);
  });

  test("is ignored when the paste only mentions it beside another call", () => {
    const paste = `we listen to ${PROMPT}\nGET https://api.mypurecloud.de/api/v2/routing/queues -> ${JSON.stringify({ status: 403, code: "not.authorized", message: "no" })}`;
    expect(topicsIn(paste)).toEqual([{ topics: [], claims: [] }]);
  });
});
