import { CheckedField } from '../platform/api/fields.js';
import { isSecretDigest } from './api-key.rules.js';

/** For a secret that the client made: nothing secret travels, and a lost answer loses no key. */
export const SecretDigestField = (rule: string): PropertyDecorator =>
  CheckedField(
    () => String,
    (value) => (isSecretDigest(value as string) ? null : { code: 'INVALID_SECRET_DIGEST' }),
    {
      nullable: true,
      description: `For a secret of your own: write 32 random bytes as base64url (43 characters) and send the SHA-256 of that text in lower-case hexadecimal. The key is \`apiKey.prefix\` followed by your text. ${rule}`,
    },
  );
