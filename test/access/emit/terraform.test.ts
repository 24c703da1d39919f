import { describe, expect, test } from "vitest";
import { type Emission, type PlacedNeed, planEmission } from "../../../src/access/emit/emission.ts";
import { hclLabel, quoteHcl } from "../../../src/access/emit/hcl.ts";
import { emitTerraform } from "../../../src/access/emit/terraform.ts";
import { operation } from "../../support/principals.ts";

const at = (line: number) => ({ file: "src/export.ts", line });
const call = (differences: object = {}, division: string | null = null, line = 12): PlacedNeed => ({
  kind: "operation",
  operation: operation(differences),
  division,
  location: at(line),
});
const permission = (name: string, division: string | null = null): PlacedNeed => ({
  kind: "permission",
  permission: name,
  division,
  location: null,
});
const plan = (needs: readonly PlacedNeed[], division: string | null = null): Emission =>
  planEmission(needs, { name: "Nightly export", division });
const emit = (needs: readonly PlacedNeed[], division: string | null = null) =>
  emitTerraform(plan(needs, division), { clientName: "Reporting service" });

const ME = call({
  method: "GET",
  path: "/api/v2/users/me",
  permissionMode: "NONE",
  permissions: [],
  scopes: ["user-basic-info"],
  grantRule: "not-client-credentials",
});

test("grants the role in every division when none is given, and lists the calls in comments", () => {
  const text = emit([call(), permission("routing:queue:view"), permission("routing:queue:edit")]);
  expect(text).toBe(`# an equally small role has \`analytics:agentConversationDetail:view\` instead
# of \`analytics:conversationDetail:view\`

resource "genesyscloud_auth_role" "nightly_export" {
  name        = "Nightly export"
  description = "Least privilege for POST /api/v2/analytics/conversations/details/query, routing:queue:edit, routing:queue:view"

  # POST /api/v2/analytics/conversations/details/query (src/export.ts:12)
  permission_policies {
    domain      = "analytics"
    entity_name = "conversationDetail"
    action_set  = ["view"]
  }

  # routing:queue:edit
  # routing:queue:view
  permission_policies {
    domain      = "routing"
    entity_name = "queue"
    action_set  = ["edit", "view"]
  }
}

# The provider can assign a role only if the OAuth client that Terraform uses
# holds that role.
# If the client already exists, import it:
#   terraform import genesyscloud_oauth_client.reporting_service CLIENT_ID
resource "genesyscloud_oauth_client" "reporting_service" {
  name                  = "Reporting service"
  authorized_grant_type = "CLIENT-CREDENTIALS"

  roles {
    role_id     = genesyscloud_auth_role.nightly_export.id
    division_id = "*"
  }
}
`);
});

test("emits one role per division, and refers to divisions by name or id", () => {
  const id = "0F0E0D0C-0000-4000-8000-000000000001";
  const text = emit([
    permission("a:b:everywhere"),
    permission("a:b:sales", "Sales EU"),
    permission("a:b:sales2", "sales eu"),
    permission("a:b:punctuation", "sales-eu"),
    permission("a:b:byid", id),
    permission("a:b:home", "Home"),
    permission("a:b:all", "*"),
    permission("a:b:everywhere", "Sales EU"),
  ]);
  const granted = [...text.matchAll(/role_id {5}= (\S+)\n {4}division_id = (\S+)/g)].map(
    ([, role, division]) => [role, division],
  );
  expect(granted).toEqual([
    ["genesyscloud_auth_role.nightly_export_every_division.id", '"*"'],
    ["genesyscloud_auth_role.nightly_export_sales_eu.id", "data.genesyscloud_auth_division.sales_eu.id"],
    ["genesyscloud_auth_role.nightly_export_sales_eu_2.id", "data.genesyscloud_auth_division.sales_eu_2.id"],
    [
      `genesyscloud_auth_role.nightly_export_0f0e0d0c_0000_4000_8000_000000000001.id`,
      '"0f0e0d0c-0000-4000-8000-000000000001"',
    ],
    ["genesyscloud_auth_role.nightly_export_home.id", "data.genesyscloud_auth_division_home.home.id"],
  ]);
  const actions = [...text.matchAll(/action_set {2}= (\[.*\])/g)].map(([, list]) => list);
  expect(actions).toEqual([
    '["all", "everywhere"]',
    '["sales", "sales2"]',
    '["punctuation"]',
    '["byid"]',
    '["home"]',
  ]);
});

test("uses the division given for the whole check when a policy entry names no division", () => {
  expect(
    plan([permission("a:b:c"), permission("a:b:d", "Support")], "Sales").roles.map(
      ({ division }) => division,
    ),
  ).toEqual(["Sales", "Support"]);
});

test("emits scopes and no role for a client that users log in through", () => {
  const text = emit([ME, call({}, "Sales")]);
  expect(
    text.slice(text.indexOf("# GET /api/v2/users/me needs")),
  ).toBe(`# GET /api/v2/users/me needs a user: people log in through this client.
# Assign role "Nightly export" to these users in division "Sales".
# If the client already exists, import it:
#   terraform import genesyscloud_oauth_client.reporting_service CLIENT_ID
resource "genesyscloud_oauth_client" "reporting_service" {
  name                  = "Reporting service"
  authorized_grant_type = "CODE"
  scopes                = ["analytics:readonly", "user-basic-info"]
}
`);
  expect(text).not.toContain("CLIENT-CREDENTIALS");
});

test("emits two clients when some calls need a user and others a client", () => {
  const text = emit([ME, call({ path: "/api/v2/x", grantRule: "client-credentials-only" })]);
  expect(text).toContain('"CLIENT-CREDENTIALS"');
  expect(text).toContain('resource "genesyscloud_oauth_client" "reporting_service_login"');
});

test("emits no user login for an alternative that a client may call", () => {
  const both = {
    kind: "alternatives",
    alternatives: [ME, call()],
    division: null,
    location: null,
  } as unknown as PlacedNeed;
  expect(plan([both]).login.ofUsers).toEqual([]);
});

test("names the operations that need no permission next to those that do", () => {
  const status = call({ method: "GET", path: "/api/v2/date", permissionMode: "NONE", permissions: [] });
  expect(plan([call(), ME]).notes).toContain("left out: GET /api/v2/users/me, which needs no permission");
  expect(plan([call(), ME, status]).notes).toContain(
    "left out: GET /api/v2/users/me, GET /api/v2/date, which need no permission",
  );
});

describe("the Terraform output", () => {
  test.each<[string, PlacedNeed, RegExp]>([
    [
      "unpublished permissions",
      call({ permissionMode: "UNKNOWN", permissions: [] }),
      /^left out: POST .*: its permissions are not published$/m,
    ],
    [
      "a permission that only some requests need",
      call({ conditionalPermissions: ["a:b:c"] }),
      /^left out: `a:b:c`, which only some requests to POST .* need$/m,
    ],
    [
      "an operation with a note in the catalog",
      call({ note: "free text" }),
      /^undecided: POST .*: free text$/m,
    ],
    ["a preview operation", call({ isPreview: true }), /^undecided: POST .*: a preview operation/m],
    [
      "a role that is empty because no permission is needed",
      call({ permissionMode: "NONE", permissions: [] }),
      /^the role is empty: none of these/m,
    ],
    [
      "a role that is empty because nothing could be determined",
      call({ permissionMode: "UNKNOWN", permissions: [] }),
      /^the role is empty: what these/m,
    ],
  ])("mentions in a comment %s", (_name, need, words) => {
    expect(plan([need]).notes.join("\n")).toMatch(words);
    expect(
      emit([need])
        .split("\n")
        .filter((line) => line.startsWith("# "))
        .map((line) => line.slice(2))
        .join(" "),
    ).toMatch(new RegExp(words.source.replace(/[$^]/g, "")));
  });

  test("grants legacy permissions alongside the policies", () => {
    expect(emit([permission("admin"), permission("a:b:c")])).toContain('  permissions = ["admin"]');
  });

  test("keeps a hostile file name inside its comment", () => {
    const need = { ...call(), location: { file: 'x\n}\nresource "evil" "x" {', line: 1 } };
    expect(emit([need])).not.toMatch(/^resource "evil"/m);
  });
});

describe("HCL strings", () => {
  test.each([
    ["plain", '"plain"'],
    ['a "quoted" \\ word', '"a \\"quoted\\" \\\\ word"'],
    ["two\nlines\tand\r", '"two\\nlines\\tand\\r"'],
    [`\${var.secret}`, '"$${var.secret}"'],
    ["%{ if true }", '"%%{ if true }"'],
    ["$${x}", '"\\u0024\\u0024{x}"'],
    ["100 % and $5 {x}", '"100 % and $5 {x}"'],
    ["\u001b[31m\u2028\u202e", '"\\u001b[31m\\u2028\\u202e"'],
    ["Köln 🎧", '"Köln 🎧"'],
  ])("%j is quoted as %s", (text, quoted) => {
    expect(quoteHcl(text)).toBe(quoted);
  });

  test.each([
    ["Nightly export (v2)", "nightly_export_v2"],
    ["24/7 desk", "_24_7_desk"],
    ["Köln", "koln"],
    ["日本", "genscope"],
    ["", "genscope"],
  ])("the resource label for the name %j is %s", (text, label) => {
    expect(hclLabel(text)).toBe(label);
  });
});
