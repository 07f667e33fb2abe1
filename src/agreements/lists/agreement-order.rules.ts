import type { ErrorCode } from '../../platform/errors/codes.js';

export const AGREEMENT_ORDERS = ['CREATED_AT', 'UPDATED_AT', 'NEXT_DUE_ON', 'ENDS_ON', 'COMMITTED'] as const;
export type AgreementOrderField = (typeof AGREEMENT_ORDERS)[number];

interface Range {
  readonly gte?: unknown;
  readonly lte?: unknown;
}

/** Of a filter, what decides in which order the list is read. */
export interface OrderingFilter {
  readonly nextDueOn?: Range | null;
  readonly isLate?: boolean | null;
  readonly endsOn?: Range | null;
  readonly updatedAt?: Range | null;
  readonly committed?: Range | null;
}
interface Wish {
  readonly field: AgreementOrderField;
  readonly direction: 'ASC' | 'DESC';
}
export interface OrderProblem {
  readonly code: ErrorCode;
  readonly path: readonly string[];
  readonly parameters?: Readonly<Record<string, string>>;
}

const hasEnd = (range: Range | null | undefined): boolean => range?.gte != null || range?.lte != null;

/** What is late is what has been due the longest: the start of the order by due day. */
const ORDER_OF: Readonly<Record<keyof OrderingFilter, AgreementOrderField>> = {
  nextDueOn: 'NEXT_DUE_ON',
  isLate: 'NEXT_DUE_ON',
  endsOn: 'ENDS_ON',
  updatedAt: 'UPDATED_AT',
  committed: 'COMMITTED',
};
const EARLIEST_FIRST: readonly AgreementOrderField[] = ['NEXT_DUE_ON', 'ENDS_ON'];

/**
 * A page is a run of one index: a range fixes the order, so that two ranges, or another order, would read rows without
 * end to find a few. The order a list has, or why it cannot have it.
 */
export function orderOf(
  filter: OrderingFilter,
  wish: Wish | null,
): { field: AgreementOrderField; descending: boolean } | OrderProblem {
  const ranged = (Object.keys(ORDER_OF) as (keyof OrderingFilter)[]).filter((name) =>
    name === 'isLate' ? filter.isLate === true : hasEnd(filter[name]),
  );
  const [field, other] = [...new Set(ranged.map((name) => ORDER_OF[name]))];
  if (other !== undefined) {
    const [first, second] = ranged.filter((name, i) => i === 0 || ORDER_OF[name] === other);
    return { code: 'RANGES_DO_NOT_COMBINE', path: ['filter', second], parameters: { first, second } };
  }
  if (field !== undefined && wish !== null && wish.field !== field) {
    return { code: 'ORDER_DOES_NOT_FIT', path: ['orderBy'], parameters: { range: ranged[0], order: field } };
  }
  const chosen = wish?.field ?? field ?? 'CREATED_AT';
  if (chosen === 'COMMITTED' && filter.committed == null) return { code: 'ORDER_NEEDS_CURRENCY', path: ['orderBy'] };
  return { field: chosen, descending: wish ? wish.direction === 'DESC' : !EARLIEST_FIRST.includes(chosen) };
}
