import { expect, it } from '@jest/globals';
import type { OrderingFilter } from './agreement-order.rules.js';
import { AGREEMENT_ORDERS, orderOf } from './agreement-order.rules.js';

const asc = (field: (typeof AGREEMENT_ORDERS)[number]): { field: typeof field; direction: 'ASC' } => ({
  field,
  direction: 'ASC',
});

it.each<[OrderingFilter, string]>([
  [{}, 'CREATED_AT DESC'],
  [{ nextDueOn: {}, isLate: false, endsOn: null, committed: { gte: null } }, 'CREATED_AT DESC'],
  [{ nextDueOn: { lte: '2027-01-01' } }, 'NEXT_DUE_ON ASC'],
  [{ isLate: true }, 'NEXT_DUE_ON ASC'],
  [{ isLate: true, nextDueOn: { gte: '2027-01-01' } }, 'NEXT_DUE_ON ASC'],
  [{ endsOn: { gte: '2027-01-01' } }, 'ENDS_ON ASC'],
  [{ updatedAt: { gte: 0 } }, 'UPDATED_AT DESC'],
  [{ committed: { lte: '1' } }, 'COMMITTED DESC'],
])('%j is read in the order %s', (filter, order) => {
  const found = orderOf(filter, null);
  expect('field' in found && `${found.field} ${found.descending ? 'DESC' : 'ASC'}`).toBe(order);
});

it('has the order one asks for, both ways, where no range has its own', () => {
  for (const field of AGREEMENT_ORDERS) {
    const filter = field === 'COMMITTED' ? { committed: {} } : {};
    expect(orderOf(filter, asc(field))).toEqual({ field, descending: false });
    expect(orderOf(filter, { field, direction: 'DESC' })).toEqual({ field, descending: true });
  }
});

it('refuses what no index holds together', () => {
  const late = { isLate: true };
  expect(orderOf({ ...late, endsOn: { lte: 1 } }, null)).toMatchObject({
    code: 'RANGES_DO_NOT_COMBINE',
    path: ['filter', 'endsOn'],
    parameters: { first: 'isLate', second: 'endsOn' },
  });
  expect(orderOf({ ...late, nextDueOn: { lte: 1 }, updatedAt: { lte: 1 } }, null)).toMatchObject({
    code: 'RANGES_DO_NOT_COMBINE',
    parameters: { first: 'nextDueOn', second: 'updatedAt' },
  });
  expect(orderOf(late, asc('CREATED_AT'))).toMatchObject({
    code: 'ORDER_DOES_NOT_FIT',
    parameters: { range: 'isLate', order: 'NEXT_DUE_ON' },
  });
  expect(orderOf({}, asc('COMMITTED'))).toMatchObject({ code: 'ORDER_NEEDS_CURRENCY' });
});
