import { describe, expect, test } from "vitest";
import { explainText } from "../packaged-knowledge.ts";

const PERMISSION = "analytics:conversationDetail:view";
const BODY = `{"message":"Unable to perform the requested action. You must have at least one of the following permissions: [${PERMISSION}]","code":"missing.any.permissions","status":403}`;
const REMEDY = `see whose token was sent: the role that holds \`${PERMISSION}\` must be assigned to that OAuth client or user, in the same organization`;

function remediesFor(words: string): readonly string[] {
  return explainText(`${words}\n\n${BODY}`).flatMap(({ remedies }) => remedies.map(({ summary }) => summary));
}

describe("a paste that says that a role already holds the missing permission", () => {
  test.each([
    "The role has Analytics > Conversation Detail > View.",
    `I added ${PERMISSION} to the role of the client yesterday.`,
    "Our role includes analytics conversationDetail view",
    "My client was assigned a role with Analytics -> ConversationDetail -> View!",
    "We already granted “analytics:conversationDetail:view” to it.",
  ])("leads to advice to find out whose token was sent: %s", (words) => {
    expect(remediesFor(words)[0]).toBe(REMEDY);
  });

  test.each([
    "",
    "The role does not have Analytics > Conversation Detail > View.",
    "Which role has Analytics > Conversation Detail > View?",
    "The documentation says that it needs analytics:conversationDetail:view, and we have a role.",
    "The role has Routing > Queue > View.",
  ])("is not recognized in: %s", (words) => {
    expect(remediesFor(words)).not.toContain(REMEDY);
  });
});
