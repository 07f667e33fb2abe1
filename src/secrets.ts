/**
 * The secrets of the service, the newest first, from the setting that separates them by commas. What is new is made with the
 * newest, and what the older ones made is still read.
 */
export function readSecrets(text: string): string[] {
  return text
    .split(',')
    .map((secret) => secret.trim())
    .filter(Boolean);
}
