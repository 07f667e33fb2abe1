import { updateRow } from '../platform/db/columns.js';
import type { Tx } from '../platform/db/transaction.js';
import { refuse } from '../platform/errors/refusal.js';
import { GranteeRow } from './face.entity.js';
import type { UpdateOrganizationInput } from './organizations.inputs.js';
import * as store from './organizations.store.js';

type GranteeChanges = Pick<UpdateOrganizationInput, 'legalForm' | 'place' | 'fiscalSponsorId'>;

/** What a grantee changes of itself: a group that becomes registered, moves, or finds a sponsor. The organization is locked. */
export async function changeGrantee(tx: Tx, organizationId: string, changes: GranteeChanges): Promise<void> {
  const { legalForm, place, fiscalSponsorId } = changes;
  const isChanged = legalForm != null || place != null;
  if (!isChanged && fiscalSponsorId == null) return;
  const sponsorInvalid = refuse('FISCAL_SPONSOR_INVALID', { path: ['fiscalSponsorId'] });
  const old = tx.actor.role === 'GRANTEE' ? await store.granteeStanding(tx, organizationId) : null;
  if (old === null) throw isChanged ? refuse('GRANTEE_KEY_NEEDED', { path: ['legalForm'] }) : sponsorInvalid;
  const form = legalForm ?? old.legalForm;
  const sponsorId = fiscalSponsorId ?? (form === 'FISCALLY_SPONSORED' ? old.fiscalSponsorId : null);
  if ((form === 'FISCALLY_SPONSORED') !== (sponsorId !== null)) throw sponsorInvalid;
  if (fiscalSponsorId != null) {
    const isRight = fiscalSponsorId !== organizationId && (await store.isRegisteredGrantee(tx, fiscalSponsorId));
    if (!isRight) throw sponsorInvalid;
  }
  if (form === 'INFORMAL_GROUP' && !((place ?? old.place) && old.hasContact)) {
    throw refuse('INFORMAL_GROUP_INCOMPLETE', { path: ['legalForm'] });
  }
  if (old.legalForm === 'REGISTERED' && form !== 'REGISTERED' && old.isSponsor) {
    throw refuse('SPONSOR_MUST_BE_REGISTERED', { path: ['legalForm'] });
  }
  const changed = { legalForm: form, fiscalSponsorId: sponsorId, place: place ?? undefined };
  updateRow(tx, GranteeRow, { organizationId, ...changed, updatedAt: tx.now });
}
