import type { CellRow, LedgerRow, ReleaseRow } from '../release.entity.js';

/** All that closing a period adds, with the noise in it: drawn once, and the same wherever the period is closed again. */
export interface SealedRelease {
  readonly release: ReleaseRow;
  /** Since when entries count in it; of a year null, since its quarters have marked theirs. */
  readonly countedSince: Date | null;
  readonly spent: readonly LedgerRow[];
  readonly cells: readonly CellRow[];
}

const FORM = 1;
const INSTANTS = new Set(['sealedAt', 'spentAt', 'countedSince']);

export function textOf(network: string, sealed: SealedRelease): string {
  return `${JSON.stringify({ form: FORM, network, ...sealed }, null, 2)}\n`;
}

/** Null for what is not the text of this period of this network. */
export function readSealedRelease(network: string, period: string, text: string): SealedRelease | null {
  try {
    const { form, network: whose, ...sealed } = JSON.parse(text, reviveInstants) as SealedRelease & Envelope;
    const isWhole = [sealed.spent, sealed.cells].every(Array.isArray);
    return form === FORM && whose === network && sealed.release.period === period && isWhole ? sealed : null;
  } catch {
    return null;
  }
}

interface Envelope {
  readonly form: number;
  readonly network: string;
}

function reviveInstants(name: string, value: unknown): unknown {
  return INSTANTS.has(name) && typeof value === 'string' ? new Date(value) : value;
}
