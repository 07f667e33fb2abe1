import { registerEnumType } from '@nestjs/graphql';

export const OrderDirections = { ASC: 'ASC', DESC: 'DESC' } as const;
export type OrderDirection = keyof typeof OrderDirections;
registerEnumType(OrderDirections, { name: 'OrderDirection' });

/** What a list may be ordered by and which way; each list has its own closed set of fields. */
export interface Order<Field extends string> {
  readonly field: Field;
  readonly direction: OrderDirection;
}
