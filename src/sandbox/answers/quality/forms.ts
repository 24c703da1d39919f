import { ok } from "../../answer.ts";
import { type Exchange, type Handler, refuse } from "../../exchange.ts";
import { NOT_FOUND } from "../../refusal.ts";
import type { Member } from "../../state/roster.ts";
import { namedId } from "../../state/sequence.ts";
import { page } from "../paging.ts";

/** A group of questions in a form, with their ids. */
export interface QuestionGroup {
  readonly id: string;
  readonly questionIds: readonly string[];
}

const GROUPS = 2;
const QUESTIONS_PER_GROUP = 3;

/** Operations that return published forms. Listings omit the questions. */
export const FORM_ANSWERS: Readonly<Record<string, Handler>> = {
  "GET /api/v2/quality/publishedforms/evaluations": (exchange) => listing(exchange, "evaluations"),
  "GET /api/v2/quality/publishedforms/surveys": (exchange) => listing(exchange, "surveys"),
  "GET /api/v2/quality/forms/evaluations/{formId}": (exchange) => single(exchange, "evaluations"),
  "GET /api/v2/quality/forms/surveys/{formId}": (exchange) => single(exchange, "surveys"),
};

/** Returns the groups of questions of a form. The ids depend only on the seed and the form's id. */
export function groupsOf(seed: number, form: Pick<Member, "id">): readonly QuestionGroup[] {
  const idOf = (text: string) => namedId(seed, `${text} of form ${form.id}`);
  return Array.from({ length: GROUPS }, (_, group) => ({
    id: idOf(`group ${group}`),
    questionIds: Array.from({ length: QUESTIONS_PER_GROUP }, (_, place) =>
      idOf(`question ${group}.${place}`),
    ),
  }));
}

type FormKind = "evaluations" | "surveys";

function listing(exchange: Exchange, kind: FormKind): ReturnType<Handler> {
  return ok(page(exchange, exchange.world.roster.forms, (form) => formBody(form, kind)));
}

function single(exchange: Exchange, kind: FormKind): ReturnType<Handler> {
  const { world, match } = exchange;
  const form = world.roster.forms.find(({ id }) => id === match.parameters[0]);
  if (form === undefined) return refuse(exchange, NOT_FOUND);
  const questionGroups = groupsOf(world.seed, form).map(({ id, questionIds }, place) => ({
    id,
    name: `Group ${place + 1}`,
    type: "questionGroup",
    questions: questionIds.map((questionId, number) => ({
      id: questionId,
      text: `Question ${number + 1}: "how?"`,
      type: "multipleChoiceQuestion",
      answerOptions: [{ id: `${questionId.slice(0, -1)}0`, text: "Yes", value: 10 }],
    })),
  }));
  return ok({ ...formBody(form, kind), questionGroups });
}

/** Returns an `EvaluationFormResponse` or a `SurveyForm`. */
function formBody({ id, name }: Member, kind: FormKind): Readonly<Record<string, unknown>> {
  return {
    id,
    name,
    modifiedDate: "2025-06-30T23:59:59.999Z",
    published: true,
    contextId: id,
    ...(kind === "surveys" ? { disabled: false, language: "en-US" } : { weightMode: "OFF" }),
    selfUri: `/api/v2/quality/forms/${kind}/${id}`,
  };
}
