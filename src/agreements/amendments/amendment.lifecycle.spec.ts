import { describe, expect, it } from '@jest/globals';
import type { AmendmentParty, AmendmentState } from './amendment.lifecycle.js';
import {
  AMENDMENT_COMMAND_NAMES,
  AMENDMENT_STATES,
  amendmentActions,
  amendmentTransitions,
  decideAmendment,
} from './amendment.lifecycle.js';

describe('the lifecycle', () => {
  const cases = AMENDMENT_STATES.flatMap((state) =>
    (['FUNDER', 'GRANTEE'] as const).flatMap((by) =>
      ['FUNDER', 'GRANTEE', 'STEWARD', 'ANALYST', 'PUBLIC', 'SYSTEM'].map((role) => [state, by, role] as const),
    ),
  );
  it.each<readonly [AmendmentState, AmendmentParty, string]>(cases)('%s by %s, for %s', (state, proposedBy, role) => {
    const allowed = AMENDMENT_COMMAND_NAMES.filter(
      (name) => decideAmendment({ state, proposedBy }, name, role) !== null,
    );
    const isParty = role === 'FUNDER' || role === 'GRANTEE';
    const expected = !isParty || state !== 'PROPOSED' ? [] : role === proposedBy ? ['WITHDRAW'] : ['ACCEPT', 'DECLINE'];
    expect(allowed).toEqual(expected);
    expect(amendmentActions({ state, proposedBy, staleAt: new Date(0) }, role)).toEqual(
      expected.filter((name) => name !== 'ACCEPT'),
    );
  });

  it('ends with an answer', () => {
    expect(amendmentTransitions()).toEqual(['PROPOSED>ACCEPTED', 'PROPOSED>DECLINED', 'PROPOSED>WITHDRAWN']);
  });
});
