import type { Message } from './message.js';

export const IMPORT_MESSAGES = {
  // Import
  IMPORT_UNREADABLE: { status: 422, en: '{why}', vi: '{why}' },
  IMPORT_RUNNING: {
    status: 409,
    retryable: true,
    en: 'Another import is running. Try again when it is done.',
    vi: 'Một lần nhập khác đang chạy. Hãy thử lại khi xong.',
  },
} satisfies Record<string, Message>;
