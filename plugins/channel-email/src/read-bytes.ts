import { Readable } from 'node:stream';

/** As much of a mail as goes to the connection at once. */
const pieceSize = 64 * 1_024;

/** A stream of these bytes, given piece by piece as they are wanted: its end means that all of them were taken. */
export function readBytes(bytes: Buffer): Readable {
  let at = 0;
  return new Readable({
    read() {
      const piece = bytes.subarray(at, at + pieceSize);
      at += piece.length;
      if (piece.length > 0) this.push(piece);
      if (at >= bytes.length) this.push(null);
    },
  });
}
