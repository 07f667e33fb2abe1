import { it } from '@jest/globals';
import { expectRealSealsToFit } from './support/real-seals.js';

/** The longer run is real-seals.statistics.ts. */
it('thirty quarters sealed by the service differ from the truth as the law of the noise says', async () => {
  await expectRealSealsToFit(30, 41, 20);
}, 120_000);
