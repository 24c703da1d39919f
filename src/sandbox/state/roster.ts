import { namedId } from "./sequence.ts";

/** How many of each the organization has. */
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
  readonly audits: number;
}

/** What the usual small organization has. */
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
  audits: 2_000,
};

/** What an organization has whose conversations are worth exporting. */
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
  audits: 20_000,
};

/** A thing that conversations name by its id. */
export interface Member {
  readonly id: string;
  readonly name: string;
  readonly divisionId: string;
  /** A user who has left: conversations still name the id. */
  readonly isDeleted?: true;
}

/** The people and things of the organization that conversations and listings share. */
export interface Roster {
  readonly sizes: RosterSizes;
  readonly divisions: readonly { readonly id: string; readonly name: string }[];
  readonly agents: readonly Member[];
  readonly queues: readonly Member[];
  readonly wrapUpCodes: readonly Member[];
  readonly skills: readonly Member[];
  readonly languages: readonly Member[];
  readonly flows: readonly Member[];
  readonly teams: readonly Member[];
  readonly skillGroups: readonly Member[];
  readonly contacts: readonly Member[];
  readonly forms: readonly Member[];
}

const FIRST_QUEUES: readonly (readonly [name: string, division: number])[] = [
  ["Sales inbound", 1],
  ["Sales chat", 1],
  ["Support inbound", 2],
  ["Support messages", 2],
  ["Reception", 0],
];

/** Some names as they come: other scripts, quotes, separators; by the last two digits of the number. */
const FLOURISHES: Readonly<Record<number, string>> = {
  3: " – Zürich",
  14: " 東京 🎧",
  17: ' "priority"',
  28: " a, b; c",
  31: " العربية",
  39: " \\ backup",
};

function flourish(number: number): string {
  return FLOURISHES[number % 100] ?? "";
}

/** The roster of a seed: a function of its arguments and nothing else. */
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
    list(count, (number) => member(kind, `${label} ${number}${flourish(number)}`, number));
  return {
    sizes,
    divisions,
    agents: list(sizes.agents, (number) =>
      number <= 12
        ? member("user", `Agent ${number}`, number % 2 === 0 ? 1 : 2)
        : {
            ...member("user", `Agent ${number}${flourish(number)}`, number),
            ...(number % 25 === 0 ? { isDeleted: true } : {}),
          },
    ),
    queues: list(sizes.queues, (number) => {
      const [name, division] = FIRST_QUEUES[number - 1] ?? [`Queue ${number}${flourish(number)}`, number];
      return member("queue", name, division);
    }),
    wrapUpCodes: members("wrap-up code", "Outcome", sizes.wrapUpCodes),
    skills: members("skill", "Skill", sizes.skills),
    languages: members("language", "Language", sizes.languages),
    flows: members("flow", "Flow", sizes.flows),
    teams: members("team", "Team", sizes.teams),
    skillGroups: members("skill group", "Skill group", sizes.teams),
    contacts: members("contact", "Contact", sizes.contacts),
    forms: members("form", "Form", 3),
  };
}

function list<Item>(count: number, make: (number: number) => Item): readonly Item[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}
