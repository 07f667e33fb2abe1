import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { FunderRow } from '../../organizations/face.entity.js';

export const DUTIES = ['REPORT_RESPONSE', 'OBSTACLE_RESPONSE'] as const;
export type DutyKind = (typeof DUTIES)[number];

/** The mark of a year whose records were frozen, with them and once. */
@Entity('duty_record_years')
@Check('duty_record_years_duty', "duty IN ('REPORT_RESPONSE', 'OBSTACLE_RESPONSE')")
@Check('duty_record_years_year', 'year BETWEEN 2000 AND 9999')
export class DutyRecordYearRow {
  @PrimaryColumn('text')
  duty: DutyKind;

  @PrimaryColumn('integer')
  year: number;

  @Column({ type: 'timestamptz', name: 'frozen_at', precision: 3 })
  frozenAt: Date;
}

/** How a funder kept a duty in a year: numbers of bands, and no figure. */
@Entity('duty_records')
@ForeignKey(() => FunderRow, ['funderId'], ['organizationId'], { name: 'duty_records_funder' })
@ForeignKey(() => DutyRecordYearRow, ['duty', 'year'], ['duty', 'year'], { name: 'duty_records_year' })
@Check('duty_records_answered', 'answered BETWEEN 0 AND 4')
@Check('duty_records_in_time', 'in_time BETWEEN 0 AND 4')
@Check('duty_records_resolved', 'resolved BETWEEN 0 AND 4')
@Check('duty_records_days', 'days BETWEEN 0 AND 4')
export class DutyRecordRow {
  @PrimaryColumn({ type: 'uuid', name: 'funder_id' })
  funderId: string;

  @PrimaryColumn('text')
  duty: DutyKind;

  @PrimaryColumn('integer')
  year: number;

  @Column('smallint')
  answered: number;

  @Column({ type: 'smallint', name: 'in_time' })
  inTime: number;

  @Column('smallint')
  resolved: number;

  @Column({ type: 'smallint', nullable: true })
  days: number | null;
}
