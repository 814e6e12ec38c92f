import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { startMaildev, startMailSink, type MailSink } from '@sevenfold/testing/mail';
import { freePort } from '@sevenfold/testing/util';

describe('the mail sink', () => {
  let sink: MailSink;
  beforeAll(async () => {
    sink = await startMailSink();
  });
  afterEach(() => sink.faults.clear());
  afterAll(() => sink.close());

  const send = (to: string, subject = 'Hello') => {
    const transport = createTransport({ host: '127.0.0.1', port: sink.port, socketTimeout: 1000 });
    return transport.sendMail({ from: 'team@brand.test', to, subject, text: 'Zoë 😀' }).finally(() => transport.close());
  };

  test('keeps what arrives, parsed', async () => {
    await send('ann@creators.test');
    expect(sink.to('ann@creators.test')).toMatchObject([
      { from: 'team@brand.test', to: ['ann@creators.test'], parsed: { subject: 'Hello', text: 'Zoë 😀' } },
    ]);
  });

  test('refuses one recipient, as often as told', async () => {
    sink.faults.add({ kind: 'recipient', address: 'bob@creators.test', code: 550, message: 'no such box', times: 1 });
    await expect(send('bob@creators.test')).rejects.toMatchObject({ responseCode: 550 });
    await send('bob@creators.test');
    expect(sink.to('bob@creators.test')).toHaveLength(1);
  });

  test('answers after the data with any code', async () => {
    sink.faults.add({ kind: 'data', code: 451, times: 1 });
    await expect(send('cas@creators.test')).rejects.toMatchObject({ responseCode: 451 });
    expect(sink.to('cas@creators.test')).toEqual([]);
  });

  test('cuts the line after the last byte, with the mail kept or lost', async () => {
    sink.faults.add({ kind: 'cut', keep: true, times: 1 });
    await expect(send('dee@creators.test')).rejects.toThrow();
    expect(sink.to('dee@creators.test')).toHaveLength(1);
    sink.faults.add({ kind: 'cut', keep: false, times: 1 });
    await expect(send('eve@creators.test')).rejects.toThrow();
    expect(sink.to('eve@creators.test')).toEqual([]);
  });

  test('never answers, or turns connections away', async () => {
    sink.faults.add({ kind: 'hang', times: 1 });
    await expect(send('fay@creators.test')).rejects.toMatchObject({ code: 'ETIMEDOUT' });
    sink.faults.add({ kind: 'refuse-connections', times: 1 });
    await expect(send('gus@creators.test')).rejects.toMatchObject({ responseCode: 421 });
  });
});

test('the sink with a web page shows a mail over REST', async () => {
  const [smtpPort, webPort] = [await freePort(), await freePort()];
  await using _sink = await startMaildev({ smtpPort, webPort });
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort });
  await transport.sendMail({ from: 'a@b.test', to: 'c@d.test', subject: 'On the page', text: 'x' });
  transport.close();
  const mails = await (await fetch(`http://127.0.0.1:${webPort}/api/email`)).json();
  expect(JSON.stringify(mails)).toContain('On the page');
});
