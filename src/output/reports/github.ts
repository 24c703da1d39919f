import { printable } from "../../core/text.ts";
import { breakWorkflowCommands } from "../workflow-commands.ts";
import {
  countVerdicts,
  explainFailure,
  explainResult,
  type Level,
  levelOfVerdict,
  type Report,
  type ReportLocation,
  VERDICT_MARKS,
  worstFirst,
} from "./report.ts";

const COMMANDS: Readonly<Record<Level, string>> = { error: "error", warning: "warning", note: "notice" };

interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly location: ReportLocation | null;
}

/**
 * Renders workflow commands, which GitHub Actions shows as annotations on lines of the policy or the source. The
 * worst come first, because only some are shown. A passed check is reported as one notice, and a check that could not
 * run as one error.
 */
export function renderGithub({ results, findings, warnings, failure }: Report): string {
  const annotations: readonly Annotation[] = [
    ...(failure === null ? [] : [annotationOf(failure)]),
    ...worstFirst(results).flatMap((result) => {
      const level = levelOfVerdict(result.verdict);
      if (level === null) return [];
      const { verdict, name, layer, location } = result;
      const title = `${VERDICT_MARKS[verdict]} ${verdict}: ${name}`;
      return [{ level, title, message: [`layer: ${layer}`, ...explainResult(result)].join("\n"), location }];
    }),
    ...findings.map(({ kind, level, message, location }) => ({ level, title: kind, message, location })),
  ];
  const shown: readonly Annotation[] =
    annotations.length > 0
      ? annotations
      : [{ level: "note", title: "genscope", message: countVerdicts(results), location: null }];
  const doubts = warnings.map(
    (message): Annotation => ({ level: "warning", title: "genscope", message, location: null }),
  );
  return [...shown, ...doubts].map((annotation) => `${renderCommand(annotation)}\n`).join("");
}

function annotationOf(failure: NonNullable<Report["failure"]>): Annotation {
  const { code, message } = failure;
  const lines = [message, ...explainFailure(failure)];
  return {
    level: "error",
    title: `genscope checked nothing: ${code}`,
    message: lines.join("\n"),
    location: null,
  };
}

function renderCommand({ level, title, message, location }: Annotation): string {
  const properties = [
    ...(location === null ? [] : [`file=${escapeProperty(location.file)}`, `line=${location.line}`]),
    `title=${escapeProperty(title)}`,
  ];
  return `::${COMMANDS[level]} ${properties.join(",")}::${escapeData(message)}`;
}

/**
 * Escapes text as the runner unescapes it: percent first, then line ends. The runner prints the lines of a message to
 * the log again, so none of its lines may look like a command.
 */
function escapeData(text: string): string {
  const lines = breakWorkflowCommands(printable(text.replaceAll("\r", "\n")));
  return lines.replaceAll("%", "%25").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
