import { expect, test } from "vitest";
import { explainText } from "./packaged-knowledge.ts";

const curl = (request: string, status: number) =>
  `> ${request} HTTP/2\n> Host: api.mypurecloud.com\n>\n< HTTP/2 ${status}\n<\n{}\n\n`;
const statusesOf = (text: string) =>
  explainText(text).flatMap(({ layer, status }) => (layer === "none" ? [] : [status]));

test.each([
  ["a success after the 503", curl("GET /api/v2/users", 503) + curl("GET /api/v2/users", 200), []],
  ["a success before the 503", curl("GET /api/v2/users", 200) + curl("GET /api/v2/users", 503), [503]],
  [
    "a success with another method",
    curl("POST /api/v2/routing/queues", 503) + curl("GET /api/v2/routing/queues", 200),
    [503],
  ],
  ["a success on another path", curl("GET /api/v2/users", 503) + curl("GET /api/v2/groups", 200), [503]],
  [
    "a success for another page",
    curl("GET /api/v2/users?pageNumber=2", 503) + curl("GET /api/v2/users?pageNumber=3", 200),
    [503],
  ],
])("lists a 503 unless the same call succeeded later: %s", (_name, text, left) => {
  const statuses = statusesOf(text).filter((status) => status !== null);
  expect(statuses).toEqual(left);
});
