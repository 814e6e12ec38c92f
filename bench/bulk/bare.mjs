import { connect } from 'node:net';
import { createTransport } from 'nodemailer';

/* The least: a nodemailer pool with noDelay that sends the same mails to the same mail server, and keeps nothing. */
const { SMTP_PORT, COUNT, SUBJECT, TEXT, HTML, CONNECTIONS = '20' } = process.env;
const pool = createTransport({
  pool: true, host: '127.0.0.1', port: Number(SMTP_PORT), maxConnections: Number(CONNECTIONS), maxMessages: Infinity,
  getSocket: ({ host, port }, done) => {
    const socket = connect({ host, port, noDelay: true });
    socket.once('connect', () => done(null, { connection: socket }));
    socket.once('error', done);
  },
});
const count = Number(COUNT);
let next = 0;
const one = async () => {
  for (let i = next++; i < count; i = next++) {
    await pool.sendMail({ from: { name: 'Bench', address: 'bench@sevenfold.test' }, to: `c${i}@creators.test`, subject: SUBJECT, text: TEXT, html: HTML });
  }
};
const began = performance.now();
const cpu = process.cpuUsage();
await Promise.all(Array.from({ length: Number(CONNECTIONS) * 2 }, one));
const sendMs = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);
pool.close();
process.send({ sendMs, cpuMicros: user + system, peakMb: process.resourceUsage().maxRSS / 1_024 });
process.disconnect();
