import { z } from 'zod';
import { instant } from '../http/fields.js';

const base64url = z.string().regex(/^[\w-]{10,200}={0,2}$/, 'Pass the key as the browser gives it, in base64url');

/** What `PushSubscription.toJSON()` gives in a browser. */
export const subscribeSchema = z
  .strictObject({
    endpoint: z.string().min(1).max(1_000).meta({ description: 'An https address at the push service of the browser’s maker' }),
    expirationTime: z.number().nullish(),
    keys: z.strictObject({ p256dh: base64url, auth: base64url }),
  })
  .meta({ id: 'PushSubscribe' });
export type Subscribe = z.infer<typeof subscribeSchema>;

export const subscriptionSchema = z
  .object({
    id: z.uuid(),
    host: z.string().meta({ description: 'The push service behind it' }),
    createdAt: instant,
    lastSentAt: instant.nullable(),
  })
  .meta({ id: 'PushSubscription' });

export const pushSchema = z
  .object({
    publicKey: z.string().nullable().meta({ description: 'What a browser subscribes with (applicationServerKey); null where notifications are not set up' }),
    subscriptions: z.array(subscriptionSchema),
  })
  .meta({ id: 'Push' });
