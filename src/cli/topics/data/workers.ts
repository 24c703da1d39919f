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

const SLURM = `#!/bin/sh
# Slurm array job for sbatch; a task whose export fails is queued again
#SBATCH --array=1-4
genscope export conversations details --interval 2026-10 \\
  --shard "$SLURM_ARRAY_TASK_ID/4" --resume --out /lake/2026-10 ||
  { [ \${SLURM_RESTART_COUNT:-0} -lt 3 ] && scontrol requeue $SLURM_JOB_ID; }`;

const PARALLEL = `# GNU parallel; a worker that fails starts again
parallel --jobs 4 --retries 3 genscope export conversations details \\
  --interval 2026-10 --shard {}/4 --resume --out /lake/2026-10 ::: 1 2 3 4`;

const AIRFLOW = `# Airflow mapped task
COMMAND = "genscope export conversations details --interval 2026-10 \\
  --shard {}/4 --resume --out /lake/2026-10"
BashOperator.partial(task_id="export").expand(bash_command=[
    COMMAND.format(i) for i in range(1, 5)])`;

const GITHUB = `# GitHub Actions, on runners that share /lake
strategy: { matrix: { shard: [1, 2, 3, 4] } }
steps:
  - run: |
      genscope export conversations details --interval 2026-10 \\
        --shard \${{ matrix.shard }}/4 --resume --out /lake/2026-10`;

export function workersPage(): TopicPage {
  return {
    sections: [
      "With `export --shard I/N`, each worker exports every Nth day. Workers write to one shared directory, each with its own state and manifest, and no merge is needed. The rate limit (300 requests per minute) applies to each token: give each worker its own client only if your organization allows it.",
      "Workers that share one account need no further setup. For workers under several accounts, give the directory to a common group that new files inherit, and use `umask 002`: `install -d -m 2770 -g etl /lake/2026-10`. Otherwise .genscope belongs to one account, and genscope refuses a .genscope directory that another account owns or can change.",
      "A killed worker continues with `--resume`. Give every worker dates, because `yesterday` means a different day after midnight. Slurm stores the environment of sbatch, including the client's secret, in files of its own account: use `sbatch --export=NONE`, and keep the secret in a private file.",
      { lines: KUBERNETES },
      { lines: SLURM },
      { lines: PARALLEL },
      { lines: AIRFLOW },
      { lines: GITHUB },
    ],
    examples: [
      [
        "genscope export conversations details --interval 2026-10 --shard 1/4 --out /lake/2026-10 --resume",
        "the first of four workers",
      ],
      [
        "genscope export conversations details --incremental --shard 1/4 --out /lake/all",
        "the same every night: what is new since the last run",
      ],
    ],
  };
}
