/** The topics of `genscope help` besides the commands, each with the subject of its page. */
const TOPICS = {
  credentials: "how to log in: grants, redirect URI, where secrets are stored",
  services: "a valid token for a long-running service",
  environment: "the environment variables",
  regions: "the regions and the values that --region accepts",
  verdicts: "the four verdicts, and what makes one weaker",
  layers: "the layers that can refuse a call",
  policy: "the policy file of check-scopes",
  scan: "what check-scopes --scan reads: source code and Terraform",
  pipelines: "check-scopes in CI, and its reports",
  filters: "the filters of query and export",
  intervals: "the intervals of query and export",
  output: "formats, JSON documents, and what narrows a result",
  limits: "long intervals, retries, rate limits and sizes",
  tables: "the files of an export and their columns",
  recordings: "the list and the files of recordings, and why a file is missing",
  resume: "interrupted, incremental and incomplete exports",
  workers: "an export on more than one machine",
  "object-stores": "an export to S3 and other object stores",
  "exit-codes": "the exit codes, and which one wins when several apply",
  errors: "the stable error codes",
} as const;

export type TopicName = keyof typeof TOPICS;

/** A help page that is not about a single command. */
export interface HelpTopic {
  readonly name: TopicName;
  readonly description: string;
}

/** The topics in the order of the help. */
export const HELP_TOPICS: readonly HelpTopic[] = (Object.keys(TOPICS) as TopicName[]).map((name) => ({
  name,
  description: TOPICS[name],
}));
