export type UnreadableFileCode =
  | 'EMPTY_FILE'
  | 'GZIP_FILE'
  | 'ZIP_OR_EXCEL_FILE'
  | 'UTF_16_FILE'
  | 'NOT_UTF_8'
  | 'NOT_JSON'
  | 'TRUNCATED'
  | 'NO_GRANTS_LIST'
  | 'REPEATED_GRANTS_LIST'
  | 'NESTED_TOO_DEEPLY'
  | 'VALUE_TOO_LARGE';

/** The byte counts from 0, as a hex editor does; the line from 1, as a text editor does. */
export interface FilePlace {
  readonly byte: number;
  readonly line: number;
}

/** The file as a whole cannot be read (further): no row is to blame. The message is for the person who sent it. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';

  constructor(
    readonly code: UnreadableFileCode,
    message: string,
    readonly place: FilePlace | null = null,
  ) {
    super(message);
  }
}
