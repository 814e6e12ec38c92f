import type { Transporter } from 'nodemailer';
import type { HandOver } from '../outcome-of.js';

/** Watches the one message that is sent by this transport: its stream ends only when the connection has read all of it. */
export function watch(transport: Transporter): HandOver {
  const handOver: HandOver = { complete: false };
  transport.use('stream', (mail, done) => {
    mail.message.processFunc((input) => {
      input.once('end', () => {
        handOver.complete = true;
      });
      return input;
    });
    done();
  });
  return handOver;
}
