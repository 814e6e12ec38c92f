import { describe, expect, it } from '@jest/globals';
import { maxBlobBytes, MemoryBlobStore } from './index.js';

describe('blob store', () => {
  it('gives back what it was given, once per content', async () => {
    const store = new MemoryBlobStore();
    const bytes = Buffer.from('a picture');
    const first = await store.put({ bytes, contentType: 'image/png' });
    bytes.fill(0);
    expect((await store.get(first.id))?.bytes.toString()).toBe('a picture');
    expect(await store.put({ bytes: Buffer.from('a picture'), contentType: 'image/png' })).toEqual(first);
    expect((await store.put({ bytes: Buffer.from('a picture'), contentType: 'image/jpeg' })).id).not.toBe(first.id);
    expect(await store.head(first.id)).toEqual(first);
  });

  it('forgets on demand, and says so of the unknown', async () => {
    const store = new MemoryBlobStore();
    const { id } = await store.put({ bytes: Buffer.from('x'), contentType: 'text/plain' });
    await store.delete(id);
    await store.delete(id);
    expect(await store.get(id)).toBeNull();
    expect(await store.head(id)).toBeNull();
  });

  it('refuses a file above the limit', async () => {
    const tooLarge = new MemoryBlobStore().put({ bytes: Buffer.alloc(maxBlobBytes + 1), contentType: 'video/mp4' });
    await expect(tooLarge).rejects.toMatchObject({ code: 'payload_too_large', details: { maxBytes: maxBlobBytes } });
  });
});
