import { Clock } from '../../../src/platform/clock/clock.js';
import { serve } from '../../../src/serve.js';

/**
 * The service with a clock that is forty days late beside its database's. What its own clock puts into the next weeks,
 * such as a reminder, the database's clock has due at once: jobs come while the test runs.
 */
const LATE_MS = 40 * 86_400_000;

class LateClock extends Clock {
  override now(): Date {
    return new Date(super.now().getTime() - LATE_MS);
  }
}

await serve({ clock: new LateClock() });
