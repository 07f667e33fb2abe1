import type { FilePlace } from './unreadable-file.js';

const NEWLINE = 0x0a;

/** Keeps count of bytes and lines while a file goes by in pieces, so that an error can say where it is. */
export class FileProgress {
  /** The file's byte at which the piece begins. */
  pieceStart: number;
  private piece: Uint8Array = new Uint8Array(0);
  private line = 1;

  constructor(firstByte: number) {
    this.pieceStart = firstByte;
  }

  get pieceEnd(): number {
    return this.pieceStart + this.piece.length;
  }

  next(piece: Uint8Array): void {
    this.line += newlines(this.piece, this.piece.length);
    this.pieceStart += this.piece.length;
    this.piece = piece;
  }

  /** A byte before the piece belongs to a token that reaches into it; no JSON token spans lines, so the line is right. */
  placeOf(byte: number): FilePlace {
    return { byte, line: this.line + newlines(this.piece, byte - this.pieceStart) };
  }

  /** The character at a byte of the piece, for a message; a control character by its code. */
  characterAt(byte: number): string {
    const code = this.piece[byte - this.pieceStart] ?? 0;
    return code > 0x20 && code < 0x7f
      ? `"${String.fromCharCode(code)}"`
      : `byte 0x${code.toString(16).padStart(2, '0')}`;
  }
}

function newlines(bytes: Uint8Array, end: number): number {
  let count = 0;
  for (let index = 0; index < end; index += 1) {
    if (bytes[index] === NEWLINE) count += 1;
  }
  return count;
}
