import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../platform/access/authenticator.js';
import { ApiKeysResolver } from './api-keys.resolver.js';
import { ApiKeys } from './api-keys.service.js';
import { KeyAuthenticator } from './key-authenticator.service.js';
import { KeyRotation } from './key-rotation.service.js';
import { KeySecrets } from './key-secrets.service.js';
import { LeakedKeys } from './leaked-keys.service.js';

@Global()
@Module({
  providers: [
    ApiKeys,
    ApiKeysResolver,
    KeyRotation,
    KeySecrets,
    LeakedKeys,
    { provide: Authenticator, useClass: KeyAuthenticator },
  ],
  exports: [ApiKeys, KeySecrets, LeakedKeys, Authenticator],
})
export class AccountsModule {}
