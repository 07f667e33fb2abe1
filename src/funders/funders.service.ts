import { Injectable } from '@nestjs/common';
import { FunderRow } from '../organizations/face.entity.js';
import type { Actor } from '../platform/access/actor.js';
import { organizationOf } from '../platform/access/actor.js';
import type { Page, PageArguments } from '../platform/api/page.js';
import { readPage } from '../platform/api/page.js';
import { updateRow } from '../platform/db/columns.js';
import { CursorCipher } from '../platform/db/cursor.service.js';
import { expectVersion } from '../platform/db/expect-version.js';
import type { Reader } from '../platform/db/reader.js';
import { notFound } from '../platform/errors/refusal.js';
import { appendEvent } from '../platform/events/append-event.js';
import type { Answer, MutationRequest } from '../platform/idempotency/mutations.service.js';
import { Mutations } from '../platform/idempotency/mutations.service.js';
import type { SetReportPromptsInput, UpdateFunderProfileInput } from './funders.inputs.js';
import type { Funder } from './funders.store.js';
import { FUNDER_DIRECTORY, lockFunder } from './funders.store.js';

@Injectable()
export class Funders {
  constructor(
    private readonly mutations: Mutations,
    private readonly cipher: CursorCipher,
  ) {}

  list(reader: Reader, page: PageArguments): Promise<Page<Funder>> {
    return readPage(reader, this.cipher, { ...FUNDER_DIRECTORY, arguments: page });
  }

  updateProfile(actor: Actor, input: UpdateFunderProfileInput): Promise<Answer> {
    const { mission, responseDays, noticeDays } = input;
    const changes = { mission, responseDays: responseDays ?? undefined, noticeDays: noticeDays ?? undefined };
    return this.change(actor, 'updateFunderProfile', input, changes, 'FUNDER_PROFILE_UPDATED');
  }

  setReportPrompts(actor: Actor, input: SetReportPromptsInput): Promise<Answer> {
    const reportPrompts = input.prompts.map(({ en, vi }) => ({ en, vi: vi ?? null }));
    return this.change(actor, 'setReportPrompts', input, { reportPrompts }, 'FUNDER_REPORT_PROMPTS_SET');
  }

  private change(
    actor: Actor,
    operation: string,
    input: MutationRequest & { readonly expectedVersion: number },
    changes: Partial<FunderRow>,
    type: string,
  ): Promise<Answer> {
    return this.mutations.run(actor, operation, input, async (tx) => {
      const organizationId = organizationOf(actor);
      const funder = await lockFunder(tx, organizationId);
      if (!funder) throw notFound();
      expectVersion(funder, input.expectedVersion);
      const version = funder.version + 1;
      updateRow(tx, FunderRow, { ...changes, organizationId, version, updatedAt: tx.now });
      appendEvent(tx, { type, subjectType: 'FUNDER', subjectId: organizationId, organizationId, forSteward: true });
      return { id: organizationId, version };
    });
  }
}
