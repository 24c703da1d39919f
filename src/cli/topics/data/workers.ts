import type { TopicPage } from "../page.ts";

const KUBERNETES = `# Kubernetes Indexed Job; JOB_COMPLETION_INDEX counts from 0
completions: 4
parallelism: 4
completionMode: Indexed
template:
  spec:
    restartPolicy: OnFailure
    containers:
      - name: export
        image: genscope
        command: [sh, -c]
        args:
          - |
            genscope export conversations details --interval 2026-10 \\
              --shard $((JOB_COMPLETION_INDEX + 1))/4 --resume \\
              --out /lake/2026-10`;

const AIRFLOW = `# Airflow mapped task
COMMAND = "genscope export conversations details --incremental \\
  --out /lake --shard {}/4"
BashOperator.partial(task_id="export").expand(bash_command=[
    COMMAND.format(i) for i in range(1, 5)])`;

const GITHUB = `# GitHub Actions
strategy: { matrix: { shard: [1, 2, 3, 4] } }
steps:
  - run: |
      DAY=$(date -u -d yesterday +%F)
      genscope export conversations details --interval "$DAY" \\
        --out "lake/$DAY" --shard \${{ matrix.shard }}/4 --resume`;

/** Returns the page of `genscope help workers`. */
export function workersPage(): TopicPage {
  return {
    sections: [
      "`export --shard I/N` gives a worker every N-th day. Workers write to one shared directory, each with its own state and manifest, and need no merge afterwards. The rate limit (300 requests per minute) applies per token: give each worker its own client only if your organization allows it.",
      "Workers of one account need nothing else. For workers of several accounts, give the directory to their group, let the group inherit it, and use `umask 002` for every worker: `install -d -m 2770 -g etl /lake/2026-10`. Otherwise .genscope belongs to one account, and genscope refuses one that another account owns or can change.",
      { lines: KUBERNETES },
      { lines: AIRFLOW },
      { lines: GITHUB },
    ],
    examples: [
      [
        "genscope export conversations details --interval 2026-10 --shard 1/4 --out /lake/2026-10 --resume",
        "the first of four workers",
      ],
    ],
  };
}
