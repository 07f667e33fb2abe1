const MAX_LOCAL_PART = 64;
const LOCAL_PART = /^[^\s@<>()[\]",;:\\]+$/;
const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]*[\p{L}\p{M}\p{N}])?$/u;

/** Whether mail can be addressed so: one name, one `@`, a domain with a dot. Letters of every script may stand in both. */
export function isEmail(text: string): boolean {
  const [local = '', domain = '', ...others] = text.split('@');
  const labels = domain.split('.');
  return (
    others.length === 0 &&
    local.length <= MAX_LOCAL_PART &&
    LOCAL_PART.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1)!)
  );
}

/** E.164 allows fifteen; short numbers have as few as three. */
const [MIN_DIGITS, MAX_DIGITS] = [3, 15];
const PHONE = /^(\+?[\d\s().\u2010-\u2015/-]+)(?:(?:ext\.?|x|#)\s*\d{1,6})?$/i;

/** Whether this can be dialed: digits as people group them, with an extension perhaps. */
export function isPhone(text: string): boolean {
  const digits = PHONE.exec(text.normalize('NFKC'))?.[1].replace(/\D/g, '').length ?? 0;
  return digits >= MIN_DIGITS && digits <= MAX_DIGITS;
}
