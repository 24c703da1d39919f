import type { TopicPage } from "../page.ts";

export function scanPage(): TopicPage {
  return {
    sections: [
      "`check-scopes --scan PATH…` reads source code in any language, finds API paths, SDK methods and notification topics, and checks each one, with its file and line. It respects .gitignore. A directory that is missing, empty or unreadable never passes.",
      "Calls in test files count only with `--include-tests`. Code that calls an operation such as GET /api/v2/users/me needs a user: `--emit terraform` then writes a client that people log in through.",
      "Terraform: `.tf` and `.tf.json` files, and the output of `terraform show -json` for a plan or a state. Each genesyscloud_* block needs the operations that the official provider may call for it, and the provider itself needs two more. A data source only reads. A plan needs only the permissions of its actions: creating a queue does not require the permission to delete one. A resource type that genscope does not know, a call that is missing from the catalog, and a module outside the scanned files leave the check undecided; the output names each one with its line.",
      "`--scan` takes a list of paths. The list ends at the name of a flag, such as `--json`, or at `--`; anything else inside the list is a path, even --region=x. If a flag after the list is also the name of a file in the working directory, the command exits with 2, because the word could mean either. `--scan=PATH` takes one path. In scripts, write `--flag=value` and put `--` before the operations, so that file names and input are never read as flags.",
    ],
    examples: [
      ["genscope check-scopes --scan src --write-policy genscope.policy.yaml", "write a policy from code"],
      [
        "genscope check-scopes --scan terraform --emit role",
        "the smallest role that can apply this configuration",
      ],
      [
        "terraform show -json plan.out > plan.json && genscope check-scopes --scan plan.json",
        "check whether this token may apply the plan",
      ],
    ],
  };
}
