import { REHEARSALS } from "../../../access/rehearsal/rehearsal-kind.ts";
import catalogSearchSchema from "../../../output/schemas/catalog/catalog-search.v1.json" with {
  type: "json",
};
import catalogShowSchema from "../../../output/schemas/catalog/catalog-show.v1.json" with { type: "json" };
import checkScopesSchema from "../../../output/schemas/check-scopes.v1.json" with { type: "json" };
import clientsSchema from "../../../output/schemas/clients/clients.v1.json" with { type: "json" };
import explainSchema from "../../../output/schemas/explain.v1.json" with { type: "json" };
import whoamiSchema from "../../../output/schemas/whoami.v1.json" with { type: "json" };
import type { ObjectSchema } from "./result.ts";
import {
  asObjectSchema,
  DAY,
  DURATION,
  flag,
  listOf,
  OFFLINE,
  OPERATIONS,
  objectOf,
  TEXT,
  values,
  WORD,
} from "./tool-arguments.ts";

/** The command line for a tool call, and its standard input. */
export interface ToolCommand {
  readonly argv: readonly string[];
  readonly input: string;
}

/** One tool: the description for an agent, and the command that a call runs. */
export interface AgentTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly inputSchema: ObjectSchema;
  /** The schema of the document that the command prints with `--json`. */
  readonly outputSchema: ObjectSchema;
  /** Whether a call may reach the service. */
  readonly usesService: boolean;
  /** Returns the command for arguments that match the input schema. */
  commandOf(given: Readonly<Record<string, unknown>>): ToolCommand;
}

/** The tools in the order in which they are listed. None of them writes anything to the platform. */
export const TOOLS: readonly AgentTool[] = [
  {
    name: "explain",
    title: "Explain a failed API call",
    description:
      "Explains a failure of the Genesys Cloud API: the layer that refused, which claims are true, and the fix. Takes an error body, `curl -v` output, a HAR, a log line or an exception. Compares it with the token unless `offline` is true. Secrets in the text are removed first.",
    inputSchema: objectOf(
      {
        text: { type: "string", minLength: 1, description: "The complete text of the failure." },
        offline: OFFLINE,
      },
      ["text"],
    ),
    outputSchema: asObjectSchema(explainSchema),
    usesService: true,
    commandOf: ({ text, offline }) => ({
      argv: ["explain", ...flag("--offline", offline)],
      input: String(text),
    }),
  },
  {
    name: "check",
    title: "Check what a token may call",
    description:
      "Checks operations or permissions before a call: what each requires, what the token holds, the verdict (allowed, denied, conditional, unknown), the layer that decides, and the smallest fix. With `offline`, returns the requirements without a verdict and without a token. Sends no write to the platform.",
    inputSchema: objectOf(
      {
        operations: { ...OPERATIONS, minItems: 0 },
        permissions: {
          type: "array",
          items: TEXT,
          maxItems: 100,
          description: "Permissions as `domain:entity:action`.",
        },
        division: { ...TEXT, description: "Division of the objects to access, by name or id." },
        client: {
          ...TEXT,
          description:
            "OAuth client to check, by name or id; its roles are read with this login, without the client's secret.",
        },
        user: {
          ...TEXT,
          description:
            "User to check, by name, email address or id; with `client`, the token that this user would get through that client.",
        },
        history: {
          ...DURATION,
          description:
            "How far back to read audits, as `14d`: who changed what, and how long each verdict has held.",
        },
        as_of: DAY,
        who: {
          ...WORD,
          description:
            "In place of `operations`: one operation, to list the OAuth clients and roles that may call it.",
        },
        list: {
          ...WORD,
          maxLength: 200,
          description:
            "In place of `operations`: an area such as `routing`, to list what may be called there.",
        },
        offline: OFFLINE,
      },
      [],
    ),
    outputSchema: asObjectSchema(checkScopesSchema),
    usesService: true,
    commandOf: ({ operations, permissions, division, client, user, history, as_of, who, list, offline }) => ({
      argv: [
        "check-scopes",
        ...flag("--offline", offline),
        ...values("--permission", permissions),
        ...values("--division", division),
        ...values("--client", client),
        ...values("--user", user),
        ...values("--history", history),
        ...values("--as-of", as_of),
        ...values("--who", who),
        ...values("--list", list),
        ...listOf(operations),
      ],
      input: "",
    }),
  },
  {
    name: "whoami",
    title: "Show whose token is in use",
    description:
      "Shows who genscope's token acts for: organization, region, OAuth client, user, grant, scopes, roles with divisions, and expiry. Never returns the token itself.",
    inputSchema: objectOf({}, []),
    outputSchema: asObjectSchema(whoamiSchema),
    usesService: true,
    commandOf: () => ({ argv: ["whoami"], input: "" }),
  },
  {
    name: "clients",
    title: "List the organization's OAuth clients",
    description:
      "Lists the organization's OAuth clients: roles, scopes, recent calls, what each lacks and what breaks next. With `client`, returns everything about that client. A client whose calls were not seen may still be in use. Returns no secret.",
    inputSchema: objectOf(
      {
        client: { ...WORD, maxLength: 200, description: "Name or id of one client." },
        days: {
          type: "integer",
          minimum: 1,
          maximum: 365,
          description: "Whole UTC days before today, 30 by default.",
        },
        as_of: { ...DAY, description: "Last day to check for breaking changes, as `2027-03-01`." },
        rehearse: {
          enum: REHEARSALS,
          description: "A change to rehearse: shows which observed calls would break.",
        },
      },
      [],
    ),
    outputSchema: asObjectSchema(clientsSchema),
    usesService: true,
    commandOf: ({ client, days, as_of, rehearse }) => ({
      argv: [
        "clients",
        ...values("--days", days),
        ...values("--as-of", as_of),
        ...values("--rehearse", rehearse),
        ...listOf(client),
      ],
      input: "",
    }),
  },
  {
    name: "catalog_search",
    title: "Search API operations",
    description:
      "Finds operations of the Genesys Cloud API by words, by a permission that they require, or by a scope that they accept. Needs no token.",
    inputSchema: objectOf(
      {
        words: {
          type: "array",
          items: WORD,
          maxItems: 20,
          description: "Words that must all occur in the operation.",
        },
        permission: { ...TEXT, description: "Required permission, as `domain:entity:action`." },
        scope: { ...TEXT, description: "Accepted OAuth scope." },
        limit: {
          type: "integer",
          minimum: 1,
          maximum: 200,
          description: "Number of operations, 20 by default.",
        },
      },
      [],
    ),
    outputSchema: asObjectSchema(catalogSearchSchema),
    usesService: false,
    commandOf: ({ words, permission, scope, limit }) => ({
      argv: [
        "catalog",
        "search",
        ...values("--permission", permission),
        ...values("--scope", scope),
        ...values("--limit", limit),
        ...listOf(words),
      ],
      input: "",
    }),
  },
  {
    name: "catalog_show",
    title: "Show API operations in full",
    description:
      "Shows what operations of the Genesys Cloud API require: permissions, scopes, token types, caveats, and the refusals that they may return, each with its source and date. Needs no token.",
    inputSchema: objectOf({ operations: OPERATIONS }, ["operations"]),
    outputSchema: asObjectSchema(catalogShowSchema),
    usesService: false,
    commandOf: ({ operations }) => ({ argv: ["catalog", "show", ...listOf(operations)], input: "" }),
  },
];
