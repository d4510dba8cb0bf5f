/**
 * Checks the text of messages as it comes, frame by frame and, where a frame
 * is cut by chunk edges, piece by piece, so that a message fails at its first
 * bad byte (RFC 6455 §8.1). A message that comes in one frame and one chunk
 * goes to the platform's check alone.
 */
import { Utf8Validator } from '@hybi/frame';

export class TextChecker {
  private validator: Utf8Validator | undefined;
  /** Bytes of the message under way went through the validator. */
  private begun = false;
  /** The frame under way was checked in pieces. */
  private inPieces = false;

  constructor(private readonly isUtf8: (bytes: Uint8Array) => boolean) {}

  /** Takes a piece of an incomplete frame; false when it is malformed. */
  addPiece(piece: Uint8Array): boolean {
    this.inPieces = true;
    return this.push(piece);
  }

  /**
   * Takes a whole frame, whose pieces may have been taken before; false when
   * it is malformed, or ends the message inside a character.
   */
  addFrame(payload: Uint8Array, fin: boolean): boolean {
    const { inPieces } = this;
    this.inPieces = false;
    if (fin && !inPieces && !this.begun) return this.isUtf8(payload);
    if (!inPieces && !this.push(payload)) return false;
    return !fin || this.end();
  }

  private push(bytes: Uint8Array): boolean {
    this.begun = true;
    this.validator ??= new Utf8Validator(this.isUtf8);
    return this.validator.push(bytes);
  }

  private end(): boolean {
    this.begun = false;
    const validator = this.validator as Utf8Validator;
    const complete = validator.end();
    validator.reset();
    return complete;
  }
}
