import { expect } from '@jest/globals';
import type { AgreementModel } from './agreement-model.js';
import type { View } from './agreement-system.js';
import { dayText } from './agreement-system.js';
import type { Step } from './commands.js';
import type { Day } from './money-model.js';
import { daysLate, isLate, openHold, receivedOn, repaid, stateOf } from './money-model.js';

const minorOf = ({ amount }: { amount: string }): number => Math.round(Number(amount) * 100);

/** Ids and versions are the service's to give: the model learns them by place, and only for what it has itself. */
export function learn(model: AgreementModel, view: View | null): void {
  if (view === null) return;
  model.installments.forEach((one, i) => {
    const told = view.installments[i];
    if (!told) return;
    one.id = told.id;
    one.payments.forEach((payment, p) => (payment.id = told.disbursements[p]?.id ?? ''));
    one.holds.forEach((hold, h) => (hold.id = told.legalHolds[h]?.id ?? ''));
  });
  const amendment = model.amendments.at(-1);
  if (amendment?.id === '') amendment.id = view.amendments.at(-1)?.id ?? '';
}

/** Both parties read the same but for the version, which is each party's own, and it is what the model says. */
export function compare(
  model: AgreementModel,
  ofFunder: View | null,
  ofGrantee: View | null,
  today: Day,
  step: Step,
): void {
  const after = JSON.stringify(step);
  if (model.state === 'GONE')
    return expect({ after, ofFunder, ofGrantee }).toEqual({ after, ofFunder: null, ofGrantee: null });
  if (model.state === 'DRAFT') expect({ after, ofGrantee }).toEqual({ after, ofGrantee: null });
  else expect({ after, view: ofGrantee }).toEqual({ after, view: { ...ofFunder, version: ofGrantee?.version } });
  expect({ after, ...seenIn(ofFunder!) }).toEqual({ after, ...seenIn(told(model, today)) });
  const shown = model.amendments.map(({ id }) => ofFunder!.amendments.find((one) => one.id === id)!);
  expect({
    after,
    amendments: shown.map(({ state, isStale, lapsedBecause }) => [state, isStale, lapsedBecause]),
  }).toEqual({
    after,
    amendments: model.amendments.map(({ state, isStale, lapsedBecause }) => [
      ...[state, state === 'PROPOSED' && isStale, lapsedBecause],
    ]),
  });
  // The numbers of revisions come when they are written.
  const unwritten = model.amendments.filter(({ isDone }, i) => isDone && shown[i].revision === null).length;
  expect({ after, revision: ofFunder!.revision + unwritten }).toEqual({ after, revision: model.revision });
}

type Seen = Omit<View, 'id' | 'revision' | 'version' | 'amendments'>;

/** Without what only the service can know. */
function seenIn({ state, endsOn, committed, installments, expectations }: Seen): object {
  return {
    ...{ state, endsOn, committed: minorOf(committed) },
    installments: installments.map((one) => ({
      ...{ dueOn: one.dueOn, amount: minorOf(one.amount), state: one.state, receivedOn: one.receivedOn },
      ...{
        daysLate: one.daysLate,
        isLate: one.isLate,
        isHeld: one.legalHolds.some(({ liftedOn }) => liftedOn === null),
      },
      payments: one.disbursements.map((payment) => [
        ...[payment.version, payment.state, minorOf(payment.amount), payment.isSurplus, minorOf(payment.repaid)],
      ]),
    })),
    expectations: expectations.map(({ movedTo, state }) => [movedTo, state === 'WAIVED']),
  };
}

function told(model: AgreementModel, today: Day): Seen {
  const money = (minor: number): { amount: string } => ({ amount: (minor / 100).toFixed(2) });
  const wasAccepted = ['ACTIVE', 'COMPLETED', 'RELEASED'].includes(model.state);
  return {
    ...{ state: model.state, endsOn: dayText(model.endsOn), committed: money(model.committed) },
    installments: model.installments.map((one) => {
      const days = wasAccepted ? daysLate(one, today) : 0;
      const state = stateOf(one);
      const isAwaited = state === 'SCHEDULED' || state === 'SENT';
      const arrived = receivedOn(one);
      return {
        ...{ id: one.id, dueOn: dayText(one.dueOn), amount: money(one.amount), state, daysLate: days },
        receivedOn: arrived === null ? null : dayText(arrived),
        isLate: wasAccepted && isAwaited && isLate(one, today) && openHold(one) === undefined,
        legalHolds: one.holds.map(({ id, version, to }) => ({
          id,
          version,
          liftedOn: to === null ? null : dayText(to),
        })),
        disbursements: one.payments.map((payment) => ({
          ...{ id: payment.id, version: payment.version, state: payment.state, amount: money(payment.amount) },
          ...{ isSurplus: payment.isSurplus, repaid: money(repaid(payment)) },
        })),
      };
    }),
    expectations: [model.expectation].map(({ movedTo, isWaived }) => ({
      ...{ id: '', version: 0, movedTo: movedTo === null ? null : dayText(movedTo) },
      state: isWaived ? 'WAIVED' : 'UPCOMING',
    })),
  };
}
