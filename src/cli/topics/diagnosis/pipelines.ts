import type { HelpRow } from "../../layout/section.ts";
import type { TopicPage } from "../page.ts";

const REPORTS: readonly HelpRow[] = [
  [
    "junit=FILE",
    "a denied check is a failure, an undecided check is an error, and verdicts that `--fail-on` ignores pass",
  ],
  ["sarif=FILE", "omits allowed checks, so that a code scanner closes their alerts"],
  ["markdown=FILE", "a readable page, such as a job summary"],
  ["html=FILE", "a self-contained page for a browser, with filters"],
  ["github", "annotations; switched on by GITHUB_ACTIONS=true"],
];

const GITLAB = `check-scopes:
  stage: test
  image: node:24
  variables: { GENESYSCLOUD_REGION: eu-central-1 }
  before_script:
    - git clone --depth 1 "$GENSCOPE_REPOSITORY" /opt/genscope
    - cd /opt/genscope && npm ci --ignore-scripts && npm run build && npm link
    - cd "$CI_PROJECT_DIR"
  script:
    - |
      genscope check-scopes --policy genscope.policy.yaml --env prod \\
        --report junit=genscope.xml
  allow_failure: { exit_codes: 5 }
  artifacts: { when: always, reports: { junit: genscope.xml } }`;

const JENKINS = `stage('Permissions') {
  environment { GENESYSCLOUD_REGION = 'eu-central-1' }
  steps {
    withCredentials([usernamePassword(credentialsId: 'genesys-cloud',
      usernameVariable: 'GENESYSCLOUD_OAUTHCLIENT_ID',
      passwordVariable: 'GENESYSCLOUD_OAUTHCLIENT_SECRET')]) {
      sh '''genscope check-scopes --policy genscope.policy.yaml --env prod \\
        --report junit=genscope.xml'''
    }
  }
  post { always { junit 'genscope.xml' } }
}`;

export function pipelinesPage(): TopicPage {
  return {
    sections: [
      "In a pipeline, `check-scopes` fails before a deployment when the token of the target environment lacks access. Credentials come from the environment: GENESYSCLOUD_REGION, GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET. Exit code 3 means denied; 5 means that a verdict is conditional or unknown.",
      "Reports, with `--report` (repeatable), which creates missing directories:",
      REPORTS,
      "When nothing can be checked (no token, an unknown operation, no response, Ctrl-C), every report is still written and contains the reason: as an error in JUnit, and as `executionSuccessful: false` with a notification in SARIF.",
      "The README shows a workflow for GitHub Actions. This job for GitLab CI reads the client's id and secret from masked variables; an undecided verdict causes only a warning. GENSCOPE_REPOSITORY is a CI variable that you define: the URL of genscope's Git repository.",
      { lines: GITLAB },
      "This stage for Jenkins reads the client's id and secret from a username-with-password credential:",
      { lines: JENKINS },
      "In a GitHub workflow, `::` at the start of a line becomes `: :` and `##[` becomes `## [` in readable output and in `query -o csv`, because the runner would read them as commands. In JSON and NDJSON from `query`, the values stay the same.",
    ],
    examples: [
      [
        "genscope check-scopes --fail-on denied --report sarif=genscope.sarif GET /api/v2/users",
        "let undecided verdicts pass",
      ],
    ],
  };
}
