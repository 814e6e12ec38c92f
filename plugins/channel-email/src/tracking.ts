import type { Readable } from 'node:stream';
import type { Transporter } from 'nodemailer';
import { bytesOf } from './mail-bytes.js';
import type { HandOver } from './outcome-of.js';
import { readBytes } from './read-bytes.js';

/**
 * Makes a transport tell how far each mail got, and give the connection a short one in one piece.
 * The errors of nodemailer do not tell whether the closing dot had gone out. The mail's own stream does: its end is
 * reached only when the connection has read all of it. Signing reads it before, so it comes first.
 * @returns watches the mail with this envelope, which no other mail has
 */
export function tracking(transport: Transporter, sign?: (input: Readable) => Readable): (envelope: object) => HandOver {
  const tracked = new WeakMap<object, HandOver>();
  transport.use('stream', ({ data, message }, done) => {
    const handOver = data.envelope && tracked.get(data.envelope);
    const watch = (input: Readable): Readable => {
      // A pool takes a mail again only when not a byte was read; this makes sure of it.
      if (handOver?.complete === true) input.destroy(new Error('handed over before'));
      input.once('end', () => {
        if (handOver !== undefined) handOver.complete = true;
      });
      return input;
    };
    const bytes = bytesOf(message);
    if (bytes !== undefined) {
      message.createReadStream = () => watch(sign ? sign(readBytes(bytes)) : readBytes(bytes));
    } else {
      if (sign) message.processFunc(sign);
      message.processFunc(watch);
    }
    done();
  });
  return (envelope) => {
    const handOver: HandOver = { complete: false };
    tracked.set(envelope, handOver);
    return handOver;
  };
}
