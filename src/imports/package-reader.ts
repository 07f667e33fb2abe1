import {
  type ParsedTokenInfo,
  Tokenizer,
  TokenizerError,
  TokenParser,
  TokenParserError,
  TokenType,
} from '@streamparser/json';
import { FileProgress } from './file-progress.js';
import { type FileWords, type Parameters, UnreadableFile } from './unreadable-file.js';
import { completeLength, validLength } from './utf-8.js';

export interface StreamedGrant {
  /** Index in the `grants` list, from 0. */
  readonly position: number;
  /** Length of the grant in the file. */
  readonly bytes: number;
  /** What JSON.parse would give, but each number is the text it has in the file: money must not pass through a double. */
  readonly raw: unknown;
}

/** What is held in memory at most. A grant over its own, far smaller limit is rejected as a row; this ends the file. */
const LARGEST_VALUE = 8 * 1024 * 1024;
const DEEPEST_NESTING = 64;
/** Strings are decoded in runs of this many bytes; character by character, the tokenizer's default, takes a fifth longer. */
const STRING_BUFFER = 4096;

/** Of the package as a whole. `dateModified` is the word for a row, and met of packages. */
const PUBLISHED_FIELDS = new Set(['issued', 'modified', 'dateModified']);

class ExactTokenizer extends Tokenizer {
  protected override parseNumber(text: string): number {
    // The documented hook for numbers that a double cannot hold; its return type knows only numbers.
    return text as unknown as number;
  }
}

/** Reads a 360Giving package piece by piece and hands out each grant as soon as its closing brace is read. */
export class PackageReader {
  private readonly tokenizer = new ExactTokenizer({ stringBufferSize: STRING_BUFFER });
  // Only grants leave the builder; whatever else the package holds is dropped as soon as it is read.
  private readonly builder = new TokenParser({ paths: ['$.grants.*'], keepStack: false });
  private readonly progress: FileProgress;
  /** The first bytes of a character whose others come with the next piece. */
  private cut: Uint8Array = new Uint8Array(0);
  private found: StreamedGrant[] = [];
  private position = 0;
  private depth = 0;
  private key: unknown = null;
  private previous: ParsedTokenInfo | null = null;
  private hasGrants = false;
  private grantStart: number | null = null;
  private tokenStart: number;
  /** The start of the piece in which the last token was complete: a value still being read began after it. */
  private tokenPiece: number;

  /**
   * `firstByte`: how many bytes of the file were skipped before the first piece. `published` takes what the package says
   * of its own time, by field; it may stand after the grants.
   */
  constructor(
    private readonly firstByte: number,
    private readonly published: Map<string, unknown>,
  ) {
    this.progress = new FileProgress(firstByte);
    this.tokenStart = this.tokenPiece = firstByte;
    this.tokenizer.onToken = (token) => this.onToken(token);
    this.builder.onValue = ({ value }) => this.onGrant(value);
  }

  /** The grants that end in this piece. A failure comes after them, so that it makes no difference where pieces end. */
  *read(bytes: Uint8Array): Generator<StreamedGrant, void> {
    const piece = this.wholeCharacters(bytes);
    const valid = validLength(piece);
    this.progress.next(piece);
    let failure: UnreadableFile | null = null;
    try {
      this.tokenizer.write(piece.subarray(0, valid));
      if (valid < piece.length) throw this.failure('NOT_UTF_8', this.progress.pieceStart + valid);
      this.refuseLargeValue();
    } catch (error) {
      failure = this.explain(error);
    }
    const found = this.found;
    this.found = [];
    yield* found;
    if (failure) throw failure;
  }

  /** Called at the end of the file: throws if something is missing. */
  end(): void {
    this.progress.next(new Uint8Array(0));
    let isBetweenTokens = true;
    try {
      this.tokenizer.end();
    } catch (error) {
      if (!(error instanceof TokenizerError)) throw this.explain(error);
      isBetweenTokens = false;
    }
    if (isBetweenTokens && this.previous === null) throw new UnreadableFile('EMPTY_FILE');
    if (!this.builder.isEnded || this.cut.length > 0) {
      throw this.failure('TRUNCATED', this.progress.pieceStart);
    }
    if (!this.hasGrants) throw new UnreadableFile('NO_GRANTS_LIST');
  }

  private wholeCharacters(bytes: Uint8Array): Uint8Array {
    const joined = this.cut.length === 0 ? bytes : Buffer.concat([this.cut, bytes]);
    const length = completeLength(joined);
    this.cut = Uint8Array.from(joined.subarray(length));
    return joined.subarray(0, length);
  }

  private onToken(token: ParsedTokenInfo): void {
    this.tokenStart = this.firstByte + token.offset;
    this.tokenPiece = this.progress.pieceStart;
    this.builder.write(token);
    if (this.previous === null && token.token !== TokenType.LEFT_BRACE) throw new UnreadableFile('NO_GRANTS_LIST');
    if (this.depth === 1) this.followPackage(token);
    this.followNesting(token);
    this.previous = token;
  }

  /** At the top level of the package: is this the `grants` list? */
  private followPackage(token: ParsedTokenInfo): void {
    if (token.token === TokenType.COLON) {
      this.key = this.previous?.value;
    } else if (this.previous?.token === TokenType.COLON && PUBLISHED_FIELDS.has(String(this.key))) {
      if (token.token === TokenType.STRING) this.published.set(String(this.key), token.value);
    } else if (this.previous?.token === TokenType.COLON && this.key === 'grants') {
      if (token.token !== TokenType.LEFT_BRACKET) throw new UnreadableFile('NO_GRANTS_LIST');
      if (this.hasGrants) {
        throw this.failure('REPEATED_GRANTS_LIST', this.tokenStart);
      }
      this.hasGrants = true;
    }
  }

  private followNesting(token: ParsedTokenInfo): void {
    if (token.token === TokenType.LEFT_BRACE || token.token === TokenType.LEFT_BRACKET) {
      if (this.depth === 2 && this.key === 'grants') this.grantStart = this.tokenStart;
      this.depth += 1;
      if (this.depth > DEEPEST_NESTING) {
        throw this.failure('NESTED_TOO_DEEPLY', this.tokenStart, { limit: DEEPEST_NESTING });
      }
    } else if (token.token === TokenType.RIGHT_BRACE || token.token === TokenType.RIGHT_BRACKET) {
      this.depth -= 1;
    }
  }

  private onGrant(raw: unknown): void {
    const bytes = this.grantStart === null ? 0 : this.tokenStart + 1 - this.grantStart;
    this.found.push({ position: this.position, bytes, raw });
    this.position += 1;
    this.grantStart = null;
  }

  private refuseLargeValue(): void {
    const begun = Math.min(this.grantStart ?? Infinity, this.tokenPiece);
    if (this.progress.pieceEnd - begun <= LARGEST_VALUE) return;
    throw this.failure('VALUE_TOO_LARGE', begun, { limit: LARGEST_VALUE });
  }

  private explain(error: unknown): UnreadableFile {
    if (error instanceof UnreadableFile) return error;
    if (error instanceof TokenParserError) {
      return this.failure(this.builder.isEnded ? 'TEXT_AFTER_END' : 'NOT_JSON_HERE', this.tokenStart);
    }
    if (error instanceof TokenizerError) {
      // The tokenizer tells the place in its message only.
      const offset = /absolute position "(\d+)"/.exec(error.message)?.[1];
      const byte = offset === undefined ? this.progress.pieceStart : this.firstByte + Number(offset);
      return this.failure('NOT_JSON', byte, { character: this.progress.characterAt(byte) });
    }
    throw error;
  }

  private failure(words: FileWords, byte: number, parameters: Parameters = {}): UnreadableFile {
    return new UnreadableFile(words, this.progress.placeOf(byte), parameters);
  }
}
