import type { DemoClient } from './demo-client.js';
import type { Plan } from './demo-terms.js';
import { termsOf } from './demo-terms.js';

/** One agreement between two callers, told call by call. */
export class Story {
  private agreementId: string;

  constructor(
    private readonly name: string,
    private readonly funder: DemoClient,
    private readonly grantee: DemoClient,
  ) {}

  async draft(granteeId: string, plan: Plan): Promise<void> {
    const input = { granteeId, terms: termsOf(plan), idempotencyKey: this.name };
    const { agreement } = await this.funder.act<{ agreement: { id: string } }>(
      'draftAgreement',
      input,
      'agreement { id }',
    );
    this.agreementId = agreement.id;
  }

  async offer(granteeId: string, plan: Plan): Promise<void> {
    await this.draft(granteeId, plan);
    await this.change(this.funder, 'offerAgreement', { expectedVersion: 1 });
  }

  async agree(granteeId: string, plan: Plan, acceptedByName: string, acceptedByTitle: string): Promise<void> {
    await this.offer(granteeId, plan);
    await this.change(this.grantee, 'acceptAgreement', { revision: 1, acceptedByName, acceptedByTitle });
  }

  async askForChanges(message: string): Promise<void> {
    await this.change(this.grantee, 'requestAgreementChanges', { expectedVersion: 2, message });
  }

  /** Sent, and confirmed when it says what arrived. */
  async pay(number: number, amount: object, sentOn: string, received?: object, receivedOn?: string): Promise<void> {
    const { agreement } = await this.funder.ask<{ agreement: { installments: { id: string; number: number }[] } }>(
      'query ($id: ID!) { agreement(id: $id) { installments { id number } } }',
      { id: this.agreementId },
    );
    const installmentId = agreement.installments.find((one) => one.number === number)!.id;
    const idempotencyKey = `${this.name}-${number}`;
    const reference = `DEMO-${this.name.toUpperCase()}-${number}`;
    const { disbursement } = await this.funder.act<{ disbursement: { id: string } }>(
      'recordDisbursement',
      { installmentId, amount, sentOn, reference, idempotencyKey },
      'disbursement { id }',
    );
    if (!received) return;
    const confirmation = { id: disbursement.id, expectedVersion: 1, received, receivedOn, idempotencyKey };
    await this.grantee.act('confirmDisbursement', confirmation, 'disbursement { id }');
  }

  async report(language: string, answers: readonly (readonly [prompt: string, text: string])[]): Promise<void> {
    const sections = answers.map(([prompt, text]) => ({ prompt, text }));
    const input = { language, sections, minutesSpent: 35, peopleInvolved: 2, shareWith: [this.agreementId] };
    await this.grantee.act('submitReport', { ...input, idempotencyKey: this.name }, 'narrativeReport { id }');
  }

  async obstacle(name: string, details: object): Promise<void> {
    const input = { ...details, agreementId: this.agreementId, idempotencyKey: name };
    await this.grantee.act('logObstacle', input, 'obstacle { id }');
  }

  private async change(client: DemoClient, operation: string, input: object): Promise<void> {
    await client.act(operation, { id: this.agreementId, ...input, idempotencyKey: this.name }, 'agreement { id }');
  }
}
