import type { Share } from '../funder-share.rules.js';
import type { Period } from '../period.rules.js';
import type { ReleaseView } from '../published/release-view.rules.js';
import type { Epsilons } from '../views.rules.js';

/** What the page is made of: the latest figures of each view, where there are any. */
export interface Insights {
  readonly category: ReleaseView | null;
  /** Of the quarter above. */
  readonly share: Share | null;
  readonly kindByRegion: ReleaseView | null;
  readonly funder: ReleaseView | null;
  /** A later quarter that was closed without figures, because too few could have reported. */
  readonly refused: Period | null;
  /** The name of the steward's own organization; null where none takes part, undefined while nobody has said. */
  readonly steward: string | null | undefined;
  /** Of the latest release; the standard while there is none. */
  readonly epsilons: Epsilons;
}
