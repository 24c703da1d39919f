import { expect, test } from "vitest";
import type { Remedy } from "../../../../../src/access/verdict/verdict.ts";
import { viewRemedies } from "../../../../../src/cli/commands/check-scopes/views/remedies.ts";
import { plainStyle } from "../../../../../src/output/style.ts";

const MENU = "Admin > Integrations > OAuth > Reporting service > Roles";
const CREATE: Remedy = { kind: "create-role", summary: "create a role", extraPermissions: 0 };

function assign(name: string | null, extraPermissions?: number): Remedy {
  const summary = `assign role "${name ?? "id"}"`;
  const size = extraPermissions === undefined ? {} : { extraPermissions };
  return { kind: "assign-role", summary, menuPath: MENU, roles: [{ id: "id", name }], ...size };
}

function linesOf(remedies: readonly Remedy[], detail?: "whole"): readonly string[] {
  const [list] = viewRemedies(remedies, plainStyle, detail);
  return (list?.children ?? []).flatMap(({ text, children = [] }) => [
    text,
    ...children.map((one) => one.text),
  ]);
}

test("shows the fix with the smallest role in full, and lists other roles with the number of permissions that they add", () => {
  const remedies = [assign("Exact", 0), CREATE, assign("Large", 7), assign("Huge", 1), assign(null)];
  expect(linesOf(remedies)).toEqual([
    '1. assign role "Exact"',
    MENU,
    "2. create a role",
    '3. or assign an existing role: "Large" (7 more permissions), "Huge" (1 more permission), "id"',
  ]);
});

test("lists a single larger role after the creation of a role", () => {
  expect(linesOf([CREATE, assign("Large", 7)])).toEqual([
    "1. create a role",
    '2. or assign an existing role: "Large" (7 more permissions)',
  ]);
});

test("shows fixes of other kinds, and one without a role name, in full", () => {
  const reading: Remedy = { kind: "grant-reading", summary: "grant reading", command: "genscope whoami" };
  const unnamed: Remedy = { kind: "assign-role", summary: "assign a role that holds it", menuPath: MENU };
  expect(linesOf([reading, assign("Exact", 0), unnamed])).toEqual([
    "1. grant reading",
    "genscope whoami",
    '2. assign role "Exact"',
    MENU,
    "3. assign a role that holds it",
    MENU,
  ]);
});

test("shows every fix in full when the detail is `whole`", () => {
  expect(linesOf([CREATE, assign("Large", 7), assign("Huge", 9)], "whole")).toEqual([
    "1. create a role",
    '2. assign role "Large"',
    MENU,
    '3. assign role "Huge"',
    MENU,
  ]);
});

test("shows no list of fixes when there is no fix", () => {
  expect(viewRemedies([], plainStyle)).toEqual([]);
});
