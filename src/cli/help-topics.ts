/** A help page that is about no single command. */
export interface HelpTopic {
  readonly name: string;
  readonly description: string;
  readonly read: () => Promise<string>;
}

/** The topics of `genscope help` beside the commands. */
export const HELP_TOPICS: readonly HelpTopic[] = [
  {
    name: "environment",
    description: "the environment variables",
    read: async () => (await import("./topics/environment.ts")).environmentHelp(),
  },
  {
    name: "regions",
    description: "the regions and the forms of --region",
    read: async () => (await import("./topics/regions.ts")).regionsHelp(),
  },
  {
    name: "filters",
    description: "the filters of query and export",
    read: async () => (await import("./topics/filters.ts")).filtersHelp(),
  },
  {
    name: "intervals",
    description: "the intervals of query and export",
    read: async () => (await import("./topics/intervals.ts")).intervalsHelp(),
  },
  {
    name: "policy",
    description: "the policy file of check-scopes",
    read: async () => (await import("./topics/policy.ts")).policyHelp(),
  },
  {
    name: "layers",
    description: "the layers that can refuse a call",
    read: async () => (await import("./topics/layers.ts")).layersHelp(),
  },
  {
    name: "exit-codes",
    description: "the exit codes, and which one counts when several apply",
    read: async () => (await import("./topics/exit-codes.ts")).exitCodesHelp(),
  },
  {
    name: "errors",
    description: "the stable codes of errors",
    read: async () => (await import("../core/error-codes.ts")).errorCodesHelp(),
  },
];
