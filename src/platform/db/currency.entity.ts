import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** ISO 4217: how many decimals an amount has. Changes only with a migration. */
@Entity('currencies')
@Check('currencies_code', "code ~ '^[A-Z]{3}$'")
@Check('currencies_decimals', 'decimals BETWEEN 0 AND 4')
export class CurrencyRow {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'smallint' })
  decimals: number;

  @Column({ type: 'text' })
  name: string;
}
