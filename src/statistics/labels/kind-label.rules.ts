import type { Locale } from '../../platform/errors/codes.js';
import type { Kind } from '../views.rules.js';

const LABELS: Readonly<Record<Kind, Readonly<Record<Locale, string>>>> = {
  FUNDER: { en: 'From funders', vi: 'Từ nhà tài trợ' },
  EXTERNAL: { en: 'From outside', vi: 'Từ bên ngoài' },
  ORGANIZATION: { en: 'From within', vi: 'Từ nội bộ' },
};

export function kindLabel(kind: Kind, locale: Locale): string {
  return LABELS[kind][locale];
}
