import { asArray, asRecord } from "../../core/json.ts";
import type { Flattener } from "../table.ts";
import { textOf } from "./record-text.ts";
import { columnsOf, fieldColumnsOf, planTable, readFields } from "./table-plan.ts";

const SUBJECT = columnsOf("string", "id", "name", "type", "selfUri");
const DIVISION = columnsOf("string", "id", "name");

/** Flattens the holders of roles: one row per role, subject and division; a subject without a division has one row. */
export function grantsFlattener(): Flattener {
  const { table, blank, extra } = planTable("grants", {
    model: {
      columns: columnsOf(
        "string",
        ...["roleId", "roleName", "subjectId", "subjectName", "subjectType", "subjectUri"],
        ...["divisionId", "divisionName"],
      ),
    },
  });
  const role = columnsOf("string", "roleId", "roleName");
  const fields = {
    subject: fieldColumnsOf({ columns: [...role, ...SUBJECT], lists: ["divisions"] }, 0),
    division: fieldColumnsOf({ columns: DIVISION }, role.length + SUBJECT.length),
  };
  return {
    tables: [table],
    flatten(record, emit) {
      const divisions = asArray(record["divisions"]).map(asRecord);
      for (const { selfUri: _address, ...division } of divisions.length === 0 ? [{}] : divisions) {
        const row = [...blank];
        const unknown = readFields(fields.subject, record, row);
        const ofDivision = readFields(fields.division, division, row);
        const leftovers = { ...unknown, ...(ofDivision === null ? {} : { division: ofDivision }) };
        if (Object.keys(leftovers).length > 0) row[extra] = textOf(leftovers);
        emit(0, row);
      }
    },
  };
}
