import { expect, test } from "vitest";
import { chooseDivision } from "../../src/access/decide/division-choice.ts";
import { openDiagnosis } from "../../src/access/diagnose.ts";
import { loadCatalogue } from "../../src/catalogue/facts/load-catalogue.ts";
import { DIAGNOSIS_FACTS, readPrincipal } from "../../src/platform/identity/identity.ts";
import { packagedDefinition } from "../../src/sandbox/server.ts";
import { inProcessSandbox } from "../support/in-process-sandbox.ts";

const catalogue = loadCatalogue();
const definition = packagedDefinition();
const QUEUE = "00000000-0000-4000-8000-0000000000aa";
const PERMISSION = "routing:queue:view";

/** The sources of a token's grants that can be read. */
interface Sources {
  readonly me: boolean;
  readonly byId: boolean;
  readonly roles: boolean;
  readonly permitted: boolean;
  /** Whether `users/me` returns the permissions; a client has no such source. */
  readonly names: boolean;
}

const HOLDINGS = ["everywhere", "here", "elsewhere", "under a condition", "not at all"] as const;
type Held = (typeof HOLDINGS)[number];

const BITS = [false, true];
const SITUATIONS = (["client", "user"] as const).flatMap((subject) =>
  BITS.flatMap((me) =>
    BITS.flatMap((byId) =>
      BITS.flatMap((roles) =>
        BITS.flatMap((permitted) =>
          (subject === "user" ? BITS : [false]).flatMap((names) =>
            HOLDINGS.map((held) => ({ subject, held, sources: { me, byId, roles, permitted, names } })),
          ),
        ),
      ),
    ),
  ),
);

/** Returns the verdict that these sources allow for an object in the division Sales. */
function expected(subject: "client" | "user", { me, byId, roles, permitted, names }: Sources, held: Held) {
  const isSpelledOut = me || byId || (subject === "client" && roles);
  switch (held) {
    case "not at all":
      return isSpelledOut || permitted || names ? "denied" : "unknown";
    case "elsewhere":
      if (isSpelledOut || permitted) return "denied";
      return names ? "conditional" : "unknown";
    case "under a condition":
      return isSpelledOut || permitted || names ? "conditional" : "unknown";
    default:
      if (isSpelledOut || (permitted && names)) return "allowed";
      return permitted || names ? "conditional" : "unknown";
  }
}

test(`every combination of readable and unreadable facts yields the strongest verdict that it supports`, async () => {
  const wrong: string[] = [];
  for (const { subject, held, sources } of SITUATIONS) {
    const { verdict, status } = await play(subject, held, sources);
    const what = `${subject}, held ${held}, answers: ${JSON.stringify(sources)}`;
    const wanted = expected(subject, sources, held);
    if (verdict !== wanted) wrong.push(`${what}: ${verdict} instead of ${wanted}`);
    if (verdict === "allowed" && status === 403) wrong.push(`${what}: FALSE ALLOWED`);
    if (verdict === "denied" && status !== 403) wrong.push(`${what}: FALSE DENIED`);
  }
  expect(SITUATIONS.length).toBe(240);
  expect(wrong).toEqual([]);
});

async function play(subject: "client" | "user", held: Held, sources: Sources) {
  const { act, api: apiOf } = inProcessSandbox(definition);
  act("settings.patch", {
    settings: {
      enforceScopes: false,
      subjectsMeForClients: sources.me,
      subjectsMeForUsers: sources.me,
      divisionsPermittedForClients: sources.permitted,
      divisionsPermittedForUsers: sources.permitted,
      expandAuthorization: sources.names,
    },
  });
  const grantType = subject === "client" ? "CLIENT-CREDENTIALS" : "CODE";
  act("client.upsert", { name: "App", grantType, scope: ["user-basic-info"] });
  if (subject === "user") act("user.upsert", { name: "Person" });
  const name = subject === "client" ? "App" : "Person";
  const reading = [
    "authorization:policy:view",
    ...(sources.byId ? ["authorization:grant:view"] : []),
    ...(sources.roles ? ["authorization:role:view"] : []),
  ];
  act("role.upsert", { name: "Reading", permissions: reading });
  act("role.grant", { subject: name, role: "Reading", division: "*" });
  if (held !== "not at all") {
    const condition = { variableName: "flavour", operator: "EQ", operands: [{ type: "SCALAR", value: "x" }] };
    act("role.upsert", {
      name: "Queues",
      permissions: [PERMISSION],
      ...(held === "under a condition" ? { condition } : {}),
    });
    const division = held === "elsewhere" ? "Support" : held === "here" ? "Sales" : "*";
    act("role.grant", { subject: name, role: "Queues", division });
  }
  act("object.upsert", { id: QUEUE, name: "Queue", type: "queue", division: "Sales", attributes: {} });
  const user = subject === "user" ? { user: "Person" } : {};
  const token = String(act("token.mint", { client: "App", ...user })["access_token"]);
  const api = apiOf(token);
  const principal = await readPrincipal(api, DIAGNOSIS_FACTS, { permissions: [PERMISSION] });
  const operation = catalogue.find("GET", "/api/v2/routing/queues/{queueId}");
  if (operation === null) throw new Error("the catalogue lacks queues");
  const divisionId = chooseDivision(principal, "sales").id;
  const { verdict } = openDiagnosis(principal)({ kind: "operation", operation }, { divisionId });
  const { status } = await api.send({ method: "GET", path: `/api/v2/routing/queues/${QUEUE}` });
  return { verdict, status };
}
