import { SetMetadata } from '@nestjs/common';
import type { Role } from './actor.js';

export const REQUIRED_ROLES = 'goodfaith:roles';

/** Declares who may call an operation. Without it nobody may. */
export const Requires = (...roles: Role[]): MethodDecorator => SetMetadata(REQUIRED_ROLES, roles);

/** For everybody, with a key or without. */
export const Public = (): MethodDecorator => Requires('FUNDER', 'GRANTEE', 'ANALYST', 'STEWARD', 'PUBLIC');

export const OPEN_TO_HELD = 'goodfaith:open-to-held';

/** Also for a key that may do nothing but rotate, or repeat its rotation. */
export const EvenHeld = (): MethodDecorator => SetMetadata(OPEN_TO_HELD, true);

/** For every caller who has a key. */
export const AnyKey = (): MethodDecorator => Requires('FUNDER', 'GRANTEE', 'ANALYST', 'STEWARD');
