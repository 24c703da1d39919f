import { describe, expect, test } from "vitest";
import { asArray, asRecord } from "../../src/core/json.ts";
import { act } from "./client.ts";
import { type DataSandbox, dataSandbox } from "./data.ts";

const AUDITS = "/api/v2/audits/query";
const REALTIME = `${AUDITS}/realtime`;
const ORGANIZATION = /^[0-9a-f-]{36}--[0-9a-f-]{36}--[0-9a-f-]{36}$/;

type Audit = Readonly<Record<string, unknown>>;

/** Reads the audits of the last hour with the realtime query, oldest first. */
async function recent(data: DataSandbox, filters: object = {}): Promise<readonly Audit[]> {
  const now = data.clock.now();
  const interval = `${new Date(now - 3_600_000).toISOString()}/${new Date(now + 1_000).toISOString()}`;
  const reply = await data.ask(`POST ${REALTIME}?expand=user`, {
    interval,
    serviceName: "PeoplePermissions",
    pageSize: 500,
    ...filters,
  });
  expect(reply.status).toBe(200);
  return asArray(reply.at("entities")).map(asRecord);
}

const isRecorded = ({ application, level }: Audit) =>
  application === "Example admin pages" && level !== undefined;

async function changed(
  actions: readonly (readonly [string, object])[],
  settings: object = {},
): Promise<readonly Audit[]> {
  const data = await dataSandbox();
  await act(data.sandbox, "settings.patch", { settings });
  await act(data.sandbox, "role.upsert", { name: "Watched", permissions: ["routing:queue:view"] });
  await act(data.sandbox, "client.upsert", { name: "Watched client", scope: ["routing"] });
  data.clock.advance(7_200_000);
  for (const [name, fields] of actions) await act(data.sandbox, name, fields);
  return (await recent(data)).filter(isRecorded);
}

describe("an admin action of the sandbox is audited", () => {
  test("with the permissions of a changed role before and after, and its author by name", async () => {
    const [audit, ...more] = await changed([
      ["role.upsert", { name: "Watched", permissions: ["routing:skill:view"], by: "Reporting analyst" }],
      ["role.upsert", { name: "Watched", permissions: ["routing:skill:view"] }],
    ]);
    expect(more).toEqual([]);
    expect(audit).toMatchObject({
      serviceName: "PeoplePermissions",
      entityType: "Role",
      action: "Update",
      entity: { name: "Watched" },
      user: { name: "Reporting analyst" },
      propertyChanges: [
        { property: "permissions", oldValues: ["routing:queue:view"], newValues: ["routing:skill:view"] },
      ],
    });
  });

  test("with the composed key of a grant, and the division that was granted or revoked", async () => {
    const subject = "Watched client";
    const audits = await changed([
      ["role.grant", { subject, role: "Watched", division: "*", by: "system" }],
      ["role.grant", { subject, role: "Watched", division: "*" }],
      ["role.revoke", { subject, role: "Watched", division: "*" }],
      ["role.revoke", { subject, role: "Watched", division: "*" }],
      ["role.delete", { role: "Watched" }],
    ]);
    expect(audits.map(({ action }) => action)).toEqual(["MemberAdd", "MemberRemove", "Delete"]);
    expect(String(asRecord(audits[0]?.["entity"])["name"])).toMatch(ORGANIZATION);
    expect(audits.map(({ level }) => level)).toEqual(["SYSTEM", "USER", "USER"]);
    expect(audits.map(({ propertyChanges }) => propertyChanges)).toEqual([
      [{ property: "divisions", oldValues: [], newValues: ["*"] }],
      [{ property: "divisions", oldValues: ["*"], newValues: [] }],
      [{ property: "permissions", oldValues: ["routing:queue:view"], newValues: [] }],
    ]);
  });

  test("with the scopes and the state of a changed client, and never its secret", async () => {
    const client = "Watched client";
    const audits = await changed([
      ["client.update", { client, scope: ["users"], state: "disabled", secret: "not-to-be-audited" }],
      ["client.update", { client, secret: "not-to-be-audited-either" }],
    ]);
    expect(audits.map(({ propertyChanges }) => propertyChanges)).toEqual([
      [
        { property: "scope", oldValues: ["routing"], newValues: ["users"] },
        { property: "state", oldValues: ["active"], newValues: ["disabled"] },
      ],
    ]);
    expect(JSON.stringify(audits)).not.toContain("not-to-be");
  });

  test.each([
    ["a condition, which names of permissions can't express", {}],
    ["the setting for audits without changes", { auditChanges: "absent" }],
  ])("without its changes for %s", async (_name, settings) => {
    const condition = { variableName: "x", operator: "EQ", operands: [{ type: "SCALAR", value: "1" }] };
    const isBare = Object.keys(settings).length > 0;
    const audits = await changed(
      [["role.upsert", { name: "Watched", permissions: ["a:b:c"], ...(isBare ? {} : { condition }) }]],
      settings,
    );
    expect(audits.map(({ propertyChanges }) => propertyChanges)).toEqual([[]]);
  });
});

describe("the realtime audit query", () => {
  test("pages, sorts and filters", async () => {
    const data = await dataSandbox();
    for (const name of ["a", "b", "c"]) await act(data.sandbox, "role.upsert", { name, permissions: [] });
    const query = {
      filters: [{ property: "EntityType", value: "Role" }],
      sort: [{ name: "Timestamp", sortOrder: "descending" }],
    };
    const newest = await recent(data, query);
    const paged = [
      ...(await recent(data, { ...query, pageSize: 2 })),
      ...(await recent(data, { ...query, pageSize: 2, pageNumber: 2 })),
    ];
    expect(paged).toEqual(newest.slice(0, 4));
    expect(new Set(newest.map(({ entityType }) => entityType))).toEqual(new Set(["Role"]));
    expect(asRecord(newest[0]?.["entity"])["name"]).toBe("c");
  });

  test.each([
    ["more than 14 days", "2026-09-10", "PeoplePermissions", "14 days"],
    ["a service without realtime audits", "2026-09-30", "Quality", "has no realtime audits"],
  ])("is refused for %s", async (_name, first, serviceName, words) => {
    const data = await dataSandbox();
    const interval = `${first}T00:00:00Z/2026-10-01T00:00:00Z`;
    const reply = await data.ask(`POST ${REALTIME}`, { interval, serviceName });
    expect([reply.status, String(reply.at("message")).includes(words)]).toEqual([400, true]);
  });

  test("lists the services that it serves, with the audited entities", async () => {
    const data = await dataSandbox();
    await act(data.sandbox, "settings.patch", { settings: { realtimeAuditServices: ["PeoplePermissions"] } });
    const reply = await data.ask(`GET ${REALTIME}/servicemapping`);
    expect(reply.at("services")).toMatchObject([
      {
        name: "PeoplePermissions",
        entities: ["AccessToken", "User", "Role", "OAuthClient", "Policy"].map((name) => ({ name })),
      },
    ]);
  });
});
