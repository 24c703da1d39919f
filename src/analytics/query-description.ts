import { namedObjectOf } from "./named-objects.ts";
import type { NamedQuery } from "./named-query.ts";
import { filterPlacesOf, groupingsOf, metricsOf } from "./vocabulary.ts";

/** A dimension that a query can filter by. */
export interface DescribedDimension {
  readonly name: string;
  /** Request field that contains filters on this dimension. */
  readonly field: string;
  /** Every value of an enumeration; null for any other dimension. */
  readonly values: readonly string[] | null;
  /**
   * Plural noun of the objects whose names a filter accepts in place of their ids; null for any other
   * dimension.
   */
  readonly names: string | null;
}

/** The possible parameters of a query. The lists may lack the platform's latest words, which `--body` accepts too. */
export interface QueryDescription {
  readonly dimensions: readonly DescribedDimension[];
  /** Metrics that a filter can limit. */
  readonly filterMetrics: readonly string[];
  /** Metrics that the query can return. */
  readonly metrics: readonly string[];
  /** Dimensions that the query can group by. */
  readonly groupings: readonly string[];
}

/** Returns the dimensions, metrics and values of a query. Empty lists when the query takes none. */
export function describeQuery(query: NamedQuery): QueryDescription {
  const places = filterPlacesOf(query);
  const dimensions = places.flatMap(({ field, dimensions: names, valuesOf }) =>
    names.map((name) => ({
      name,
      field,
      values: valuesOf(name),
      names: namedObjectOf(name)?.noun ?? null,
    })),
  );
  return {
    // A dimension with several possible fields uses the first of them.
    dimensions: dimensions.filter(
      ({ name }, index) => dimensions.findIndex((each) => each.name === name) === index,
    ),
    filterMetrics: places.flatMap(({ metrics }) => metrics),
    metrics: metricsOf(query),
    groupings: groupingsOf(query),
  };
}
