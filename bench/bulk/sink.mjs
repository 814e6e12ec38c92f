import { SMTPServer } from 'smtp-server';

/*
 * The mail server both sides send to: takes everything, keeps the instant and the recipient of each mail, and tells
 * how many it has when its owner asks. A process of its own, so that its cost is nobody's.
 */
const arrivals = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  logger: false,
  onData(stream, session, done) {
    stream.resume();
    stream.once('end', () => {
      arrivals.push([performance.timeOrigin + performance.now(), session.envelope.rcptTo[0]?.address ?? '']);
      done();
    });
  },
});
server.on('error', () => undefined); // a line that broke is what some measurements are about
server.server.on('connection', (socket) => socket.setNoDelay(true));
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.server.address().port }));

process.on('message', (question) => {
  if (question === 'count') process.send?.({ count: arrivals.length });
  if (question === 'times') process.send?.({ times: arrivals.map(([at]) => at) });
  if (question === 'recipients') process.send?.({ recipients: arrivals.map(([, to]) => to) });
  if (question === 'clear') {
    arrivals.length = 0;
    process.send?.({ cleared: true });
  }
});
process.on('disconnect', () => process.exit(0));
