import { CheckedField } from '../platform/api/fields.js';
import { isTimeZone } from './time-zone.rules.js';

/** The time zone of an organization, where its days end. */
export function TimeZoneField(description: string): PropertyDecorator {
  return CheckedField(
    () => String,
    (value) => (isTimeZone(value) ? null : { code: 'UNKNOWN_TIME_ZONE' }),
    {
      nullable: true,
      description,
    },
  );
}
