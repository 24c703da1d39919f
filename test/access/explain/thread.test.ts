import { expect, test } from "vitest";
import { withoutReplies } from "../../../src/access/explain/paste/text/thread.ts";

const QUESTION = "GET /api/v2/routing/queues answers 403 for our client.";

test.each([
  ["a quotation", "> you'd need routing:queue:view"],
  ["a heading", "--- reply ---\nadd the scope routing"],
  ["a subject", "2. RE: queues\nadd the scope routing"],
  ["a comment", "**dana** commented\nadd the scope routing"],
  ["a paragraph of advice", "Make sure the role of the client is in every division."],
  [
    "a question about the host",
    "Are you hitting the host of the right region? It must be the one of your org.",
  ],
  ["a summary", "TL;DR: remove the field and send a form."],
  ["the usual meaning of a code", "invalid_client mostly means that the region is wrong."],
  ["a statement from the manual", "Docs state that the id goes into the header."],
  ["the approach of the person who replies", "The way I solve this is by another query."],
  ["a likely cause", "The likely cause is that the role lacks a division."],
  ["a bullet point", "  • 2.  RE: I am getting a 403\nthere are several limits"],
  ["the report of a status that another person got", "> same here, we get 429 on top"],
  ["a person who joins in", "same here, with 429"],
  ["a short “same here”", "+1, 429 for me"],
  ["advice after a greeting", "Hi Sam, have you checked the role of the client?"],
])("removes from a forum thread a reply that begins with %s", (_kind, reply) => {
  expect(withoutReplies(`${QUESTION}\n\n${reply}`).trim()).toBe(QUESTION);
});

test.each([
  ["reports another call", "> same here, and PUT /api/v2/users/{userId} gives 429"],
  [
    "quotes a response with an id",
    '> {"code":"not.found","status":404,"contextId":"0b1c2d3e-1111-4222-8333-444455556666"}',
  ],
  [
    "is the question itself in a reversed email",
    "Original Message:\nSent: today\nGET /api/v2/users gives 403",
  ],
])("keeps in a forum thread a post that %s", (_kind, post) => {
  expect(withoutReplies(`${QUESTION}\n\n${post}`)).toContain(post.split("\n").at(-1));
});

test("keeps later posts in a forum thread by the person who asked", () => {
  const thread = `${QUESTION}\n> check the role\nUPDATE: the body says missing.permissions`;
  expect(withoutReplies(thread)).toContain("missing.permissions");
  expect(withoutReplies(thread)).not.toContain("check the role");
});

test("keeps only the messages of the first author of a chat", () => {
  const chat = "mia  10:42 AM\nthe export fails\nleo  10:44 AM\nprobably a 403\nmia  10:45 AM\nno, a 429";
  expect(withoutReplies(chat)).toContain("no, a 429");
  expect(withoutReplies(chat)).not.toContain("403");
});

test.each([
  ["a transcript of curl", "> GET /api/v2/users HTTP/2\n> Host: api.mypurecloud.com\n< HTTP/2 403\n{}"],
  ["text without replies", `${QUESTION}\nThe role is there.`],
  ["nothing but a quotation", "> GET /api/v2/users answers 403"],
])("removes no replies from %s", (_kind, text) => {
  expect(withoutReplies(text)).toBe(text);
});
