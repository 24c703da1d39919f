import { expect, test } from "vitest";
import { act } from "./client.ts";
import { dataSandbox, daysOf } from "./data.ts";

const AUDITS = "/api/v2/audits/query";
const WEEK = daysOf("2026-09-24", "2026-09-30");

test("an audit query is submitted, polled and read by cursor, each audit once", async () => {
  const data = await dataSandbox();
  await act(data.sandbox, "settings.patch", { settings: { jobPolls: 2 } });
  const submitted = await data.ask(`POST ${AUDITS}`, { interval: WEEK, serviceName: "Architect" });
  expect(submitted.at("state")).toBe("Queued");
  const path = `${AUDITS}/${submitted.text("id")}`;
  const states: unknown[] = [];
  for (let poll = 0; poll < 3; poll += 1) states.push((await data.ask(`GET ${path}`)).at("state"));
  expect(states).toEqual(["Queued", "Running", "Succeeded"]);
  const ids: unknown[] = [];
  let cursor: unknown = "";
  while (cursor !== undefined) {
    const page = await data.ask(
      `GET ${path}/results?pageSize=500&cursor=${encodeURIComponent(String(cursor))}`,
    );
    ids.push(...page.each("entities", "id"));
    expect(new Set(page.each("entities", "serviceName"))).toEqual(new Set(["Architect"]));
    cursor = page.at("cursor");
  }
  expect(ids.length).toBeGreaterThan(1_300);
  expect(ids.length).toBeLessThan(1_700);
  expect(new Set(ids).size).toBe(ids.length);
});

test("an audit query applies its filter", async () => {
  const data = await dataSandbox();
  await act(data.sandbox, "settings.patch", { settings: { jobPolls: 0 } });
  const filters = [{ property: "Action", value: "Delete" }];
  const { id } = (await data.ask(`POST ${AUDITS}`, { interval: WEEK, filters })).value as { id: string };
  const page = await data.ask(`GET ${AUDITS}/${id}/results`);
  expect(page.each("entities", "action")).toEqual(Array.from({ length: 25 }, () => "Delete"));
});

test.each([
  ["more than 7 days", { interval: daysOf("2026-09-23", "2026-09-30") }, "does not exceed 7 days"],
  ["an unknown service", { interval: WEEK, serviceName: "Weather" }, "Weather is not audited"],
])("an audit query is refused for %s", async (_name, body, words) => {
  const { ask } = await dataSandbox();
  const reply = await ask(`POST ${AUDITS}`, body);
  expect(reply.status).toBe(400);
  expect(reply.at("message")).toContain(words);
});

test("an audit query returns at most 500 audits per page, and the services are listed", async () => {
  const data = await dataSandbox();
  await act(data.sandbox, "settings.patch", { settings: { jobPolls: 0 } });
  const id = (await data.ask(`POST ${AUDITS}`, { interval: WEEK })).text("id");
  expect((await data.ask(`GET ${AUDITS}/${id}/results?pageSize=501`)).status).toBe(400);
  expect((await data.ask(`GET ${AUDITS}/servicemapping`)).each("services", "name")).toEqual([
    "Architect",
    "ContactCenter",
    "PeoplePermissions",
    "Directory",
    "Groups",
  ]);
});
