import { describe, expect, test } from "vitest";
import { explainText } from "../packaged-knowledge.ts";

function refusal(operation: string, code: string, message: string): string {
  return `${operation} -> ${JSON.stringify({ message, code, status: 403 })}`;
}

const ANY =
  "Unable to perform the requested action. You must have at least one of the following permissions assigned:";
const ALL = "Unable to perform the requested action. You are missing the following permission(s):";

describe("compares a message with the catalog", () => {
  test.each([
    [
      "when both name the permission and the catalog an alternative",
      refusal(
        "POST /api/v2/analytics/conversations/details/query",
        "missing.any.permissions",
        `${ANY} [analytics:conversationDetail:view]`,
      ),
      [
        [
          "true",
          "`POST /api/v2/analytics/conversations/details/query` needs `analytics:conversationDetail:view`",
          "any one of `analytics:conversationDetail:view` or `analytics:agentConversationDetail:view` suffices",
        ],
      ],
    ],
    [
      "when the message names a permission that the catalog does not",
      refusal("POST /api/v2/routing/queues", "missing.permissions", `${ALL} [routing:queue:view]`),
      [
        [
          "misleading",
          "`POST /api/v2/routing/queues` needs `routing:queue:view`",
          "the message and the catalog disagree: the catalog lists `routing:queue:add`; check both, because names in messages can be wrong",
        ],
      ],
    ],
    [
      "when the message names only the first missing permission",
      refusal(
        "POST /api/v2/authorization/divisions",
        "missing.permissions",
        `${ALL} [authorization:grant:add]`,
      ),
      [
        ["true", "`POST /api/v2/authorization/divisions` needs `authorization:grant:add`", null],
        [
          "false",
          "`authorization:grant:add` is sufficient",
          "the operation needs all of `authorization:division:add` and `authorization:grant:add`; the message may name only the first that is missing",
        ],
      ],
    ],
    [
      "when the message names an unknown permission",
      refusal(
        "POST /api/v2/routing/queues",
        "missing.permissions",
        `${ALL} [routing:queue:add, brandnew:thing:view]`,
      ),
      [
        ["true", "`POST /api/v2/routing/queues` needs `routing:queue:add`", null],
        [
          "misleading",
          "`POST /api/v2/routing/queues` needs `brandnew:thing:view`",
          "the message and the catalog disagree: the catalog lists `routing:queue:add`; check both, because names in messages can be wrong",
        ],
        [
          "unknown",
          "`brandnew:thing:view` can be assigned",
          "no operation in the catalog needs it; if the role editor does not show it either, it belongs to a product or beta that the organization does not have",
        ],
      ],
    ],
    [
      "when the message names a scope that the catalog lists",
      refusal(
        "GET /api/v2/telephony/providers/edges/extensionpools",
        "app.not.authorized.for.scope",
        "App not authorized to use scope [telephony:readonly, telephony]",
      ),
      [
        [
          "true",
          "`GET /api/v2/telephony/providers/edges/extensionpools` needs permission `telephony:extensionPool:view`; a user's token needs scope `telephony` or `telephony:readonly`",
          null,
        ],
        [
          "true",
          "`GET /api/v2/telephony/providers/edges/extensionpools` needs scope `telephony:readonly` or `telephony`",
          "one of them suffices, and only user tokens need it",
        ],
      ],
    ],
    [
      "when the message names a scope that the catalog does not list",
      refusal(
        "GET /api/v2/telephony/providers/edges/extensionpools",
        "app.not.authorized.for.scope",
        "App not authorized to use scope routing",
      ),
      [
        [
          "true",
          "`GET /api/v2/telephony/providers/edges/extensionpools` needs permission `telephony:extensionPool:view`; a user's token needs scope `telephony` or `telephony:readonly`",
          null,
        ],
        [
          "misleading",
          "`GET /api/v2/telephony/providers/edges/extensionpools` needs scope `routing`",
          "the message and the catalog disagree: the catalog lists `telephony` or `telephony:readonly`",
        ],
      ],
    ],
  ])("%s", (_name, text, expected) => {
    const [finding] = explainText(text);
    expect(finding?.claims.map(({ verdict, text: stated, truth }) => [verdict, stated, truth])).toEqual(
      expected,
    );
  });

  test("with the source and date of the catalog's entry", () => {
    const [finding] = explainText(
      refusal("POST /api/v2/routing/queues", "missing.permissions", `${ALL} [routing:queue:add]`),
    );
    expect(finding?.claims[0]?.source).toMatch(/^catalog entry from .+; as of \d{4}-\d{2}-\d{2}$/);
  });
});
