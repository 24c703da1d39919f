import { configuredListings, type ListedKind } from "./configured/configured-kinds.ts";
import { namedId } from "./sequence.ts";

/** How many objects of each kind the organization has. */
export interface RosterSizes {
  readonly agents: number;
  readonly queues: number;
  readonly divisions: number;
  readonly wrapUpCodes: number;
  readonly skills: number;
  readonly languages: number;
  readonly flows: number;
  readonly teams: number;
  readonly contacts: number;
  /** Number of objects of each configured kind (campaigns, schedules, stations, …). */
  readonly configured: number;
  readonly audits: number;
}

/** Numbers of objects in the small default organization. */
export const SMALL_ROSTER: RosterSizes = {
  agents: 12,
  queues: 5,
  divisions: 3,
  wrapUpCodes: 40,
  skills: 20,
  languages: 6,
  flows: 12,
  teams: 4,
  contacts: 60,
  configured: 8,
  audits: 2_000,
};

/** Numbers of objects in an organization with a large archive of conversations. */
export const LARGE_ROSTER: RosterSizes = {
  agents: 260,
  queues: 45,
  divisions: 8,
  wrapUpCodes: 140,
  skills: 80,
  languages: 10,
  flows: 40,
  teams: 15,
  contacts: 1_500,
  configured: 120,
  audits: 20_000,
};

/** An object that conversations reference by id. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly divisionId: string;
  /** Set for a deleted user, whose id still appears in conversations. */
  readonly isDeleted?: true;
}

/** The users and objects that conversations and listings share. */
export interface Roster {
  readonly sizes: RosterSizes;
  readonly divisions: readonly { readonly id: string; readonly name: string }[];
  readonly agents: readonly Member[];
  readonly queues: readonly Member[];
  readonly wrapUpCodes: readonly Member[];
  readonly skills: readonly Member[];
  readonly languages: readonly Member[];
  readonly flows: readonly Member[];
  readonly deletedFlows: readonly Member[];
  readonly teams: readonly Member[];
  readonly skillGroups: readonly Member[];
  readonly contacts: readonly Member[];
  readonly forms: readonly Member[];
  readonly configured: Readonly<Record<ConfiguredKind, readonly Member[]>>;
}

/** Kinds of objects that administrators configure and listings return. */
export type ConfiguredKind = ListedKind | "management unit";

/** Maximum number of management units. There are few, because each contains many agents. */
const MOST_UNITS = 6;

const FIRST_QUEUES: readonly (readonly [name: string, division: number])[] = [
  ["Sales inbound", 1],
  ["Sales chat", 1],
  ["Support inbound", 2],
  ["Support messages", 2],
  ["Reception", 0],
];

/** Awkward endings for names (other scripts, quotes, separators), keyed by the last two digits of a member's number. */
const FLOURISHES: Readonly<Record<number, string>> = {
  3: " – Zürich",
  14: " 東京 🎧",
  17: ' "priority"',
  28: " a, b; c",
  31: " العربية",
  39: " \\ backup",
};

function awkwardSuffix(number: number): string {
  return FLOURISHES[number % 100] ?? "";
}

/** Creates a roster. The same seed and sizes always produce the same roster. */
export function createRoster(seed: number, sizes: RosterSizes): Roster {
  const divisions = [
    { id: namedId(seed, "Home"), name: "Home" },
    ...["Sales", "Support"].map((name) => ({ id: namedId(seed, `division ${name}`), name })),
    ...list(Math.max(0, sizes.divisions - 3), (number) => ({
      id: namedId(seed, `division Region ${number}`),
      name: `Region ${number}`,
    })),
  ];
  const divisionAt = (number: number) => divisions[number % divisions.length]?.id ?? "";
  const member = (kind: string, name: string, division: number): Member => ({
    id: namedId(seed, `${kind} ${name}`),
    name,
    divisionId: divisionAt(division),
  });
  const members = (kind: string, label: string, count: number) =>
    list(count, (number) => member(kind, `${label} ${number}${awkwardSuffix(number)}`, number));
  const configured = Object.fromEntries(
    configuredListings().map(([kind, { label }]) => [kind, members(kind, label, sizes.configured)]),
  ) as Record<ListedKind, readonly Member[]>;
  return {
    sizes,
    divisions,
    agents: list(sizes.agents, (number) =>
      number <= 12
        ? member("user", `Agent ${number}`, number % 2 === 0 ? 1 : 2)
        : {
            ...member("user", `Agent ${number}${awkwardSuffix(number)}`, number),
            ...(number % 25 === 0 ? { isDeleted: true } : {}),
          },
    ),
    queues: list(sizes.queues, (number) => {
      const [name, division] = FIRST_QUEUES[number - 1] ?? [
        `Queue ${number}${awkwardSuffix(number)}`,
        number,
      ];
      return member("queue", name, division);
    }),
    wrapUpCodes: members("wrap-up code", "Outcome", sizes.wrapUpCodes),
    skills: members("skill", "Skill", sizes.skills),
    languages: members("language", "Language", sizes.languages),
    flows: members("flow", "Flow", sizes.flows),
    deletedFlows: members("deleted flow", "Former flow", 2),
    teams: members("team", "Team", sizes.teams),
    skillGroups: members("skill group", "Skill group", sizes.teams),
    contacts: members("contact", "Contact", sizes.contacts),
    forms: members("form", "Form", 3),
    configured: {
      ...configured,
      "management unit": members("management unit", "Unit", Math.min(sizes.configured, MOST_UNITS)),
    },
  };
}

function list<Item>(count: number, make: (number: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
