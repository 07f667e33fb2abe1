import type { Share } from '../funder-share.rules.js';
import type { PublishedHead } from '../../platform/events/history-heads.service.js';
import type { Period } from '../period.rules.js';
import type { ReleaseView } from '../published/release-view.rules.js';
import type { Trend } from '../published/trend.rules.js';
import type { PublishedRelease } from '../releases.service.js';
import type { Epsilons } from '../views.rules.js';

/** What the page is made of: the latest figures of each view, or those of the period that was asked for, where there are any. */
export interface Insights {
  /** The period that was asked for; null for the latest figures. */
  readonly asked: Period | null;
  readonly category: ReleaseView | null;
  /** Of the quarter above, or of the year that was asked for. */
  readonly share: Share | null;
  readonly kindByRegion: ReleaseView | null;
  readonly funder: ReleaseView | null;
  /** Over the last quarters, beside the latest figures only. */
  readonly trend: Trend | null;
  /** Every closed period, the latest first. */
  readonly closed: readonly PublishedRelease[];
  /** The head of the history that was published last. */
  readonly head: PublishedHead | null;
  /** The period that was asked for, or a later quarter, that was closed without figures, because too few could have reported. */
  readonly refused: Period | null;
  /** The name of the steward's own organization; null where none takes part, undefined while nobody has said. */
  readonly steward: string | null | undefined;
  /** Of the latest release; the standard while there is none. */
  readonly epsilons: Epsilons;
}
