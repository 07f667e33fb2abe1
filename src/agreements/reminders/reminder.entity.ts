import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReminderType } from './reminder.rules.js';

/** That somebody was reminded of a fact and its day: never a second time, also when a job runs twice. */
@Entity('reminders')
@Check('reminders_type', 'type IN (...)')
export class ReminderRow {
  @PrimaryColumn({ type: 'text' })
  type: ReminderType;

  @PrimaryColumn({ type: 'uuid', name: 'subject_id' })
  subjectId: string;

  @PrimaryColumn({ type: 'date' })
  day: string;

  @Column({ type: 'timestamptz', name: 'reminded_at', precision: 3 })
  remindedAt: Date;
}
