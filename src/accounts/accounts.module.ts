import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../platform/access/authenticator.js';
import { ApiKeysResolver } from './api-keys.resolver.js';
import { ApiKeys } from './api-keys.service.js';
import { KeyAuthenticator } from './key-authenticator.service.js';

@Global()
@Module({
  providers: [ApiKeys, ApiKeysResolver, { provide: Authenticator, useClass: KeyAuthenticator }],
  exports: [ApiKeys, Authenticator],
})
export class AccountsModule {}
