import { describe, expect, test } from "vitest";
import { hclLabel, quoteHcl } from "../../../src/access/emit/hcl.ts";
import { emitTerraform, type TerraformOptions } from "../../../src/access/emit/terraform.ts";
import { findLeastPrivilege } from "../../../src/access/least/least-privilege.ts";
import { operation } from "../../support/principals.ts";

const LEAST = findLeastPrivilege([
  { kind: "operation", operation: operation() },
  { kind: "permission", permission: "routing:queue:view" },
  { kind: "permission", permission: "routing:queue:edit" },
]);
const OPTIONS: TerraformOptions = {
  name: "Nightly export",
  description: "Reads conversations",
  clientName: "Reporting service",
  clientKind: "client-credentials",
  divisions: [],
};

const ROLE = `resource "genesyscloud_auth_role" "nightly_export" {
  name        = "Nightly export"
  description = "Reads conversations"

  permission_policies {
    domain      = "analytics"
    entity_name = "conversationDetail"
    action_set  = ["view"]
  }

  permission_policies {
    domain      = "routing"
    entity_name = "queue"
    action_set  = ["edit", "view"]
  }
}
`;

test("assigns the role in the home division when no division is given", () => {
  expect(emitTerraform(LEAST, OPTIONS)).toBe(`${ROLE}
data "genesyscloud_auth_division_home" "home" {}

# The provider can assign a role only if the OAuth client that Terraform uses holds it.
# If it exists already: terraform import genesyscloud_oauth_client.reporting_service CLIENT_ID
resource "genesyscloud_oauth_client" "reporting_service" {
  name                  = "Reporting service"
  authorized_grant_type = "CLIENT-CREDENTIALS"

  roles {
    role_id     = genesyscloud_auth_role.nightly_export.id
    division_id = data.genesyscloud_auth_division_home.home.id
  }
}
`);
});

test("names the client after the role when no name is given", () => {
  expect(emitTerraform(LEAST, { name: "Nightly export" })).toContain(
    'resource "genesyscloud_oauth_client" "nightly_export" {\n  name                  = "Nightly export"',
  );
});

test("refers to divisions by name, by id, or to all of them", () => {
  const id = "0F0E0D0C-0000-4000-8000-000000000001";
  const text = emitTerraform(LEAST, { ...OPTIONS, divisions: ["Sales EU", "sales-eu", id, "*", "Sales EU"] });
  expect(text.slice(ROLE.length)).toBe(`
data "genesyscloud_auth_division" "sales_eu" {
  name = "Sales EU"
}

data "genesyscloud_auth_division" "sales_eu_2" {
  name = "sales-eu"
}

# The provider can assign a role only if the OAuth client that Terraform uses holds it.
# If it exists already: terraform import genesyscloud_oauth_client.reporting_service CLIENT_ID
resource "genesyscloud_oauth_client" "reporting_service" {
  name                  = "Reporting service"
  authorized_grant_type = "CLIENT-CREDENTIALS"

  roles {
    role_id     = genesyscloud_auth_role.nightly_export.id
    division_id = data.genesyscloud_auth_division.sales_eu.id
  }

  roles {
    role_id     = genesyscloud_auth_role.nightly_export.id
    division_id = data.genesyscloud_auth_division.sales_eu_2.id
  }

  roles {
    role_id     = genesyscloud_auth_role.nightly_export.id
    division_id = "0f0e0d0c-0000-4000-8000-000000000001"
  }

  roles {
    role_id     = genesyscloud_auth_role.nightly_export.id
    division_id = "*"
  }
}
`);
});

test("gives scopes and no role to a client that users log in through", () => {
  expect(emitTerraform(LEAST, { ...OPTIONS, clientKind: "user" }).slice(ROLE.length)).toBe(`
# People log in through this client: they need the role, and the client needs the scopes.
# If it exists already: terraform import genesyscloud_oauth_client.reporting_service CLIENT_ID
resource "genesyscloud_oauth_client" "reporting_service" {
  name                  = "Reporting service"
  authorized_grant_type = "CODE"
  scopes                = ["analytics:readonly"]
}
`);
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
  ])("%j as a label is %s", (text, label) => {
    expect(hclLabel(text)).toBe(label);
  });
});
