import { describe, expect, test } from "vitest";
import { loadCatalogue } from "../../../src/catalogue/facts/load-catalogue.ts";
import { requireFound } from "../../../src/catalogue/lookup/require-name.ts";
import { indexOperations } from "../../../src/catalogue/scan/read/operation-index.ts";
import { createScanIndex } from "../../../src/catalogue/scan/read/scan-index.ts";
import { scanText } from "../../../src/catalogue/scan/scan-text.ts";

const catalogue = loadCatalogue();
const ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";

describe("a notification topic is looked up like an operation", () => {
  test.each([
    ["v2.routing.queues.{id}.conversations", "v2.routing.queues.{id}.conversations"],
    [`v2.routing.queues.${ID}.conversations`, "v2.routing.queues.{id}.conversations"],
    ["v2.routing.queues.{queueId}.conversations", "v2.routing.queues.{id}.conversations"],
    ["V2.Routing.Queues.{id}.Users", "v2.routing.queues.{id}.users"],
    [` v2.users.${ID}.presence `, "v2.users.{id}.presence"],
    ["v2.users.$USER.routingStatus", "v2.users.{id}.routingStatus"],
    [`v2.architect.prompts.${ID}.resources.${ID}`, "v2.architect.prompts.{id}.resources.{id}"],
    // A word that belongs to another topic takes precedence over an id.
    ["v2.analytics.users.details.jobs.availability", "v2.analytics.users.details.jobs.availability"],
    ["v2.architect.dependencytracking.build", "v2.architect.dependencytracking.build"],
  ])("%s", (name, topic) => {
    const { operation } = requireFound(catalogue, name);
    expect([operation.method, operation.path, operation.scopes]).toEqual([
      "SUBSCRIBE",
      topic,
      ["notifications"],
    ]);
  });

  test("every known topic is found by its own name, and each has requirements", () => {
    expect(catalogue.topics()).toHaveLength(243);
    for (const { topic, permissions } of catalogue.topics()) {
      const { operation } = requireFound(catalogue, topic);
      expect(operation.path).toBe(topic);
      expect(operation.permissionMode).toBe(permissions === null ? "UNKNOWN" : "ANY");
    }
    expect(catalogue.topics().filter(({ permissions }) => permissions !== null)).toHaveLength(6);
  });

  test.each([
    ["v2.routing.queue.{id}.conversations", "v2.routing.queues.{id}.conversations"],
    ["v2.users.{id}.presense", "v2.users.{id}.presence"],
  ])("%s is unknown, with the closest names", (name, near) => {
    expect(() => requireFound(catalogue, name)).toThrow(
      expect.objectContaining({ code: "usage.unknown_operation", hint: expect.stringContaining(near) }),
    );
  });
});

describe("suggestions for an unknown topic", () => {
  const hintFor = (name: string) => {
    try {
      return requireFound(catalogue, name).operation.path;
    } catch (error) {
      return (error as { readonly hint?: string }).hint;
    }
  };

  test.each(["v2.zebra.{id}.stripes", `v2.unicorn.${ID}.horns`, "v2.x.y", "v2.invoices.{id}.paid"])(
    "are missing for %s, which shares no word with a topic",
    (name) => {
      expect(hintFor(name)).toMatch(/^search for it/);
    },
  );

  test.each([
    ["v2.users.{id}.presense", "v2.users.{id}.presence"],
    ["v2.routing.queue.{id}.user", "v2.routing.queues.{id}.users"],
    ["v2.quality.evaluation", "v2.quality.evaluations"],
    ["v2.architect.prompt.{id}", "v2.architect.prompts.{id}"],
  ])("%s begin with %s", (name, first) => {
    expect(hintFor(name)?.startsWith(`did you mean \`${first}\``)).toBe(true);
  });
});

describe("notification topics in source code", () => {
  test.each<[string, string, readonly string[]]>([
    ["a.js", `subscribe("v2.users." + user.id + ".presence");`, ["v2.users.{id}.presence"]],
    [
      "a.js",
      `topics.push(\`v2.routing.queues.\${queue}.conversations\`);`,
      ["v2.routing.queues.{id}.conversations"],
    ],
    ["a.ts", `const t = 'v2.routing.queues.${ID}.users';`, ["v2.routing.queues.{id}.users"]],
    ["a.py", `topic = f"v2.users.{user_id}.conversations"`, ["v2.users.{id}.conversations"]],
    ["a.py", `topic = "v2.users.%s.routingStatus" % user_id`, ["v2.users.{id}.routingStatus"]],
    [
      "A.java",
      `String t = "v2.users." + me.getId() + ".conversations.calls";`,
      ["v2.users.{id}.conversations.calls"],
    ],
    ["A.cs", `var t = $"v2.users.{me.Id}.station";`, ["v2.users.{id}.station"]],
    ["a.go", `t := fmt.Sprintf("v2.users.%s.presence", id)`, ["v2.users.{id}.presence"]],
    ["a.rb", `t = "v2.users.#{id}.presence"`, ["v2.users.{id}.presence"]],
    ["a.js", `call("v2.something.else.entirely");`, []],
    ["a.js", `require("v2.x");`, []],
  ])("%s: %s", (file, text, topics) => {
    const findings = scanText(text, { file, index: createScanIndex(indexOperations(catalogue)) });
    expect(findings.map(({ operation, kind }) => [kind, operation?.path])).toEqual(
      topics.map((topic) => ["topic", topic]),
    );
  });

  test("are reported as mentioned, not used, inside a comment", () => {
    const text = `// subscribe("v2.users.{id}.presence")\n`;
    const [finding] = scanText(text, { file: "a.js", index: createScanIndex(indexOperations(catalogue)) });
    expect(finding?.kind).toBe("comment");
  });
});
