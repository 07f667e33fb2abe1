import type { OnModuleInit } from '@nestjs/common';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { POOL } from '../db/database.service.js';
import { refuse } from '../errors/refusal.js';
import type { MoneyInput } from './money.type.js';
import { rememberDecimals } from './money.type.js';
import type { Amount } from './money.rules.js';
import { MOST_MAJOR_UNITS, toMinor } from './money.rules.js';

/** The ISO 4217 table of the database, read once: it changes only with a migration. */
@Injectable()
export class Currencies implements OnModuleInit {
  private table: ReadonlyMap<string, number> = new Map();

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  async onModuleInit(): Promise<void> {
    const { rows } = await this.pool.query<{ code: string; decimals: number }>('SELECT code, decimals FROM currencies');
    this.table = new Map(rows.map((row) => [row.code, row.decimals]));
    rememberDecimals(this.table);
  }

  decimalsOf(currency: string): number | null {
    return this.table.get(currency) ?? null;
  }

  /** Exact minor units of an input; refuses an unknown currency, a decimal too many, and what is not above zero. */
  read(money: MoneyInput, path: readonly string[], least = 1n): Amount {
    return this.readAt(money, { currency: [...path, 'currency'], amount: [...path, 'amount'] }, least);
  }

  /** As `read`, where the input has its currency and its amount in other places. */
  readAt(
    money: MoneyInput,
    paths: { readonly currency: readonly string[]; readonly amount: readonly string[] },
    least: bigint,
  ): Amount {
    const decimals = this.table.get(money.currency);
    if (decimals === undefined) {
      throw refuse('UNKNOWN_CURRENCY', { path: paths.currency, parameters: { currency: money.currency } });
    }
    const minor = toMinor(money.amount, decimals);
    if (minor === null) {
      const parameters = { currency: money.currency, decimals, amount: money.amount };
      throw refuse('MONEY_TOO_PRECISE', { path: paths.amount, parameters });
    }
    if (minor < least || minor >= MOST_MAJOR_UNITS * 10n ** BigInt(decimals)) {
      throw refuse('MONEY_OUT_OF_RANGE', {
        path: paths.amount,
        parameters: { limit: MOST_MAJOR_UNITS.toString() },
      });
    }
    return { minor, currency: money.currency };
  }
}
