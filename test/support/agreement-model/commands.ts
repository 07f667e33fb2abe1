import fc from 'fast-check';

export type By = 'funder' | 'grantee' | 'secondFunder' | 'secondGrantee';
export type Kind =
  | 'ADD_FUNDS'
  | 'MOVE_PAYMENT_EARLIER'
  | 'EXTEND_TERM'
  | 'DROP_REPORT'
  | 'REDUCE_FUNDS'
  | 'MOVE_PAYMENT_LATER'
  | 'SHORTEN_TERM'
  | 'RELEASE';

/** What somebody tries. Numbers pick among what there is, so that a command means something in any state. */
export type Command = { by: By; isStale: boolean } & (
  | { do: 'revise'; parts: number[]; isOff: boolean }
  | { do: 'offer' | 'requestChanges' | 'decline' | 'withdraw' | 'discard' | 'renew' }
  | { do: 'accept'; isOld: boolean }
  | { do: 'record'; installment: number; percent: number }
  | { do: 'confirm' | 'correct'; payment: number; less: number }
  | { do: 'reportMissing' | 'return' | 'void'; payment: number }
  | { do: 'repay'; payment: number; percent: number }
  | { do: 'placeHold' | 'liftHold'; installment: number }
  | { do: 'moveExpectation'; days: number }
  | { do: 'waiveExpectation' }
  | { do: 'propose'; kind: Kind; installment: number; percent: number; days: number; notice: number; waives: boolean }
  | { do: 'answer'; how: 'accept' | 'decline' | 'withdraw'; waives: boolean; which: number }
);
/** Time passes, or the jobs run: nobody does it. */
export type Step = Command | { do: 'wait'; days: number } | { do: 'runJobs' };

const KINDS: Kind[] = [
  'ADD_FUNDS',
  'MOVE_PAYMENT_EARLIER',
  'EXTEND_TERM',
  'DROP_REPORT',
  'REDUCE_FUNDS',
  'MOVE_PAYMENT_LATER',
  'SHORTEN_TERM',
  'RELEASE',
];
/** Who usually does it; now and then somebody else tries. */
const by = (usual: By): fc.Arbitrary<By> =>
  fc.oneof(
    { weight: 16, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom<By>('funder', 'grantee', 'secondFunder', 'secondGrantee') },
  );
const either = fc.constantFrom<By>('funder', 'funder', 'funder', 'grantee', 'grantee', 'grantee', 'secondFunder');
const isStale = fc.nat(19).map((n) => n === 0);
const pick = fc.nat(3);

const command = <const Name extends string, Rest extends object>(
  name: Name,
  who: fc.Arbitrary<By>,
  rest?: { [Field in keyof Rest]: fc.Arbitrary<Rest[Field]> },
): fc.Arbitrary<{ do: Name; by: By; isStale: boolean } & Rest> =>
  fc.record({ do: fc.constant(name), by: who, isStale, ...rest }) as unknown as fc.Arbitrary<
    { do: Name; by: By; isStale: boolean } & Rest
  >;

const parts = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 3 });
const percent = fc.constantFrom(1, 30, 50, 100, 100, 100, 101);

const negotiation: fc.Arbitrary<Step>[] = [
  command('revise', by('funder'), { parts, isOff: fc.nat(5).map((n) => n === 0) }),
  command('offer', by('funder')),
  command('requestChanges', by('grantee')),
  command('accept', by('grantee'), { isOld: fc.nat(9).map((n) => n === 0) }),
  command('decline', by('grantee')),
  command('withdraw', by('funder')),
  command('discard', by('funder')),
];
const course: fc.Arbitrary<Step>[] = [
  command('record', by('funder'), { installment: pick, percent }),
  command('record', by('funder'), { installment: pick, percent }),
  command('confirm', by('grantee'), { payment: pick, less: fc.constantFrom(0, 0, 3, -1) }),
  command('confirm', by('grantee'), { payment: pick, less: fc.constant(0) }),
  command('correct', by('grantee'), { payment: pick, less: fc.constantFrom(0, 5) }),
  command('reportMissing', by('grantee'), { payment: pick }),
  command('return', by('funder'), { payment: pick }),
  command('void', by('funder'), { payment: pick }),
  command('repay', by('grantee'), { payment: pick, percent }),
  command('placeHold', by('funder'), { installment: pick }),
  command('liftHold', by('funder'), { installment: pick }),
  command('moveExpectation', by('grantee'), { days: fc.constantFrom(-91, -90, -1, 1, 60, 90, 91) }),
  command('waiveExpectation', by('funder')),
  command('renew', by('funder')),
  ...Array.from({ length: 3 }, () =>
    command('propose', either, {
      kind: fc.constantFrom(...KINDS),
      installment: pick,
      percent: fc.constantFrom(0, 50, 99, 120),
      days: fc.constantFrom(1, 20, 200),
      notice: fc.constantFrom(0, 59, 60, 90),
      waives: fc.boolean(),
    }),
  ),
  ...Array.from({ length: 3 }, () =>
    command('answer', either, {
      how: fc.constantFrom<'accept' | 'decline' | 'withdraw'>('accept', 'accept', 'accept', 'decline', 'withdraw'),
      waives: fc.boolean(),
      which: fc.constantFrom(0, 0, 0, 1, 2),
    }),
  ),
  fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 10, 61, 400) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.constantFrom(1, 10, 61, 400) }),
  fc.record({ do: fc.constant('runJobs' as const) }),
];

const proposal = (
  kind: Kind,
  proposer: By,
  notice: fc.Arbitrary<number> = fc.constantFrom(0, 60, 90),
): fc.Arbitrary<Step> =>
  command('propose', fc.constant(proposer), {
    ...{ kind: fc.constant(kind), installment: pick, percent: fc.constantFrom(0, 50), days: fc.constantFrom(1, 20) },
    ...{ notice, waives: fc.boolean() },
  });
const answering = (by: By, how: 'accept' | 'withdraw', which: number): Step => ({
  ...{ do: 'answer', by, how, which, isStale: false, waives: true },
});
const accepting = (by: By): Step => answering(by, 'accept', 0);
/** Asked for by the funder, and agreed to. */
const agreed = (notice: number): fc.Arbitrary<Step[]> =>
  fc
    .constantFrom<Kind>('REDUCE_FUNDS', 'REDUCE_FUNDS', 'MOVE_PAYMENT_LATER', 'SHORTEN_TERM', 'RELEASE')
    .chain((kind) => proposal(kind, 'funder', fc.constant(notice)))
    .map((proposed) => [proposed, accepting('grantee')]);

/** What usually follows on each other, so that chance comes where things get interesting. */
const scenes: fc.Arbitrary<Step[]>[] = [
  fc.tuple(course[1], course[3]),
  fc.tuple(course[1], course[3], course[3]),
  fc.tuple(course[1], course[5], fc.oneof(course[6], course[7], course[1], course[3]), course[3]),
  fc
    .tuple(fc.constantFrom(...KINDS), fc.constantFrom<By>('funder', 'grantee'))
    .chain(([kind, proposer]) => fc.tuple(proposal(kind, proposer), fc.constant(proposer)))
    .map(([proposed, proposer]) => [proposed, accepting(proposer === 'funder' ? 'grantee' : 'funder')]),
  fc
    .tuple(
      fc.constantFrom<Kind>('REDUCE_FUNDS', 'MOVE_PAYMENT_LATER', 'RELEASE'),
      course[1],
      fc.oneof(course[7], course[3]),
    )
    .chain(([kind, paid, then]) =>
      proposal(kind, 'funder', fc.constant(60)).map((proposed): Step[] => [
        ...[proposed, accepting('grantee'), paid],
        ...[{ do: 'wait' as const, days: 61 }, then],
      ]),
    ),
  // Two that wait, and something beside them; the funder gives one up, or not.
  fc
    .tuple(
      fc.constantFrom(60, 90).chain(agreed),
      fc.constantFrom(60, 75, 90).chain(agreed),
      fc.oneof(course[1], proposal('ADD_FUNDS', 'funder'), proposal('ADD_FUNDS', 'grantee')),
      fc.oneof(
        fc.constantFrom<Step>(answering('funder', 'withdraw', 1), answering('grantee', 'withdraw', 1)),
        proposal('REDUCE_FUNDS', 'funder'),
      ),
    )
    .map(([first, second, beside, then]): Step[] => [
      ...[...first, ...second, beside, { do: 'wait' as const, days: 10 }, then, { do: 'wait' as const, days: 61 }],
      ...[accepting('grantee'), { do: 'runJobs' as const }, { do: 'wait' as const, days: 61 }],
    ]),
  fc.tuple(course[9], course[course.length - 2], course[10]),
  fc.constant<Step[]>([{ do: 'wait', days: 800 }, { do: 'runJobs' }]),
];

/** Most begin as an agreement that was accepted. */
export const begins = fc.constantFrom<'DRAFT' | 'OFFERED' | 'ACTIVE'>('DRAFT', 'OFFERED', 'ACTIVE', 'ACTIVE', 'ACTIVE');
export const firstParts = parts;
const alone = (...steps: fc.Arbitrary<Step>[]): fc.Arbitrary<Step[]> => fc.oneof(...steps).map((step) => [step]);
const several = (scene: fc.Arbitrary<Step[]>, most: number): fc.Arbitrary<Step[]> =>
  fc.array(scene, { minLength: 3, maxLength: most, size: 'max' }).map((found) => found.flat());

export const negotiating = several(alone(...negotiation, ...negotiation, course[0]), 8);
export const underWay = several(
  fc.oneof(
    { weight: 6, arbitrary: alone(...course) },
    { weight: 4, arbitrary: fc.oneof(...scenes) },
    { weight: 1, arbitrary: alone(...negotiation) },
  ),
  10,
);
