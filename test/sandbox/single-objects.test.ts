import { expect, test } from "vitest";
import { call, clientHolding, sandboxFor } from "./client.ts";

const MADE_UP = "0b1c2d3e-0000-4000-8000-000000000000";

test.each([
  ["a queue", "GET /api/v2/routing/queues", "routing:queue:view", "GET /api/v2/routing/queues/ID"],
  ["a skill", "GET /api/v2/routing/skills", "routing:skill:view", "GET /api/v2/routing/skills/ID"],
  ["a flow", "GET /api/v2/flows", "architect:flow:view", "GET /api/v2/flows/ID"],
])(
  "an object of %s in the sandbox is found by its id, but not by an invented id",
  async (_name, listing, permission, one) => {
    const sandbox = await sandboxFor();
    const { token } = await clientHolding(sandbox, [permission]);
    const list = await call(sandbox, listing, { token });
    const [id = "", name] = [list.each("entities", "id")[0], list.each("entities", "name")[0]];
    const found = await call(sandbox, one.replace("ID", String(id)), { token });
    expect([found.status, found.at("id"), found.at("name")]).toEqual([200, id, name]);
    const missing = await call(sandbox, one.replace("ID", MADE_UP), { token });
    expect([missing.status, missing.at("code")]).toEqual([404, "not.found"]);
  },
);

test("the sandbox reports a missing permission before an id that does not exist", async () => {
  const sandbox = await sandboxFor();
  const { token } = await clientHolding(sandbox, ["routing:skill:view"]);
  expect((await call(sandbox, `GET /api/v2/routing/queues/${MADE_UP}`, { token })).status).toBe(403);
});

test("the sandbox finds an object by the id that its creation returned", async () => {
  const sandbox = await sandboxFor();
  const { token } = await clientHolding(sandbox, ["routing:queue:add", "routing:queue:view"]);
  const created = await call(sandbox, "POST /api/v2/routing/queues", { token, body: { name: "New" } });
  const found = await call(sandbox, `GET /api/v2/routing/queues/${created.at("id")}`, { token });
  expect([found.status, found.at("id")]).toEqual([200, created.at("id")]);
});

test("the sandbox's search of users takes its page from the fields of the body, and ignores a nested page", async () => {
  const sandbox = await sandboxFor();
  const { token } = await clientHolding(sandbox, ["directory:user:view"]);
  const idsOf = async (body: object) =>
    (await call(sandbox, "POST /api/v2/users/search", { token, body })).each("results", "id");
  const first = await idsOf({ pageSize: 5 });
  const second = await idsOf({ pageSize: 5, pageNumber: 2 });
  expect(new Set([...first, ...second]).size).toBe(10);
  expect(await idsOf({ pageSize: 5, paging: { pageNumber: 2 } })).toEqual(first);
});
