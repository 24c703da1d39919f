import { asArray, asRecord, asString, type JsonRecord } from "../../core/json.ts";
import type { Cell, Column, Flattener } from "../table.ts";
import { type RecordModel, recordFlattener } from "./record-flattener.ts";
import { columnsOf, planTable, rowOf } from "./table-plan.ts";

/** Columns of records with `answers` to a form: evaluations and surveys. */
export interface ScoredModel {
  readonly record: RecordModel;
  /** Fields of `answers` other than its lists, such as totals. They become columns of the record. */
  readonly answers: readonly Column[];
  readonly groups: readonly Column[];
  readonly questions: readonly Column[];
}

/**
 * Flattens records with answers: one row per record with its totals, one per group of questions and one per
 * question. A multiple-choice answer is JSON.
 */
export function scoredFlattener({ record, answers, groups, questions }: ScoredModel): Flattener {
  const own = recordFlattener({ ...record, columns: [...record.columns, ...answers] });
  const stem = record.table.replace(/s$/, "");
  const keys = columnsOf("string", `${stem}Id`, "conversationId");
  const ofGroups = planTable(`${stem}_group_scores`, {
    keys,
    model: { columns: groups, lists: ["questionScores"] },
  });
  const ofQuestions = planTable(`${stem}_question_scores`, {
    keys: [...keys, ...columnsOf("string", "questionGroupId")],
    model: { columns: questions },
  });
  return {
    tables: [...own.tables, ofGroups.table, ofQuestions.table],
    flatten(found, emit) {
      const { answers: given, ...fields } = found;
      const { questionGroupScores, ...totals } = asRecord(given);
      own.flatten({ ...fields, ...totals }, emit);
      const key: readonly Cell[] = [asString(found["id"]), asString(asRecord(found["conversation"])["id"])];
      for (const group of asArray(questionGroupScores).map(asRecord)) {
        emit(1, rowOf(ofGroups, key, group));
        emitQuestions(group, (question) =>
          emit(2, rowOf(ofQuestions, [...key, asString(group["questionGroupId"])], question)),
        );
      }
    },
  };
}

function emitQuestions(group: JsonRecord, emit: (question: unknown) => void): void {
  for (const question of asArray(group["questionScores"])) emit(question);
}
