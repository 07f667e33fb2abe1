import { it } from '@jest/globals';
import { expectRealSealsToFit } from './support/real-seals.js';

it('two hundred quarters sealed by the service differ from the truth as the law of the noise says', async () => {
  await expectRealSealsToFit(200, 43, 100);
});
