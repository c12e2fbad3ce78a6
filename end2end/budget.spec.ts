// What travels to the phone: measured as bytes on the wire, not as what the browser unpacked.
import { get, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { test } from './house.ts';

const BUDGET = { br: 12_000, gzip: 16_000 };
const UNPACK = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body };

type Encoding = keyof typeof UNPACK;

interface Answer {
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

/** One document or file, packed as asked for. */
function load(url: string, encoding: Encoding): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ask = get(url, { headers: { 'accept-encoding': encoding } }, async (answer) => {
      const parts: Buffer[] = [];
      for await (const part of answer) parts.push(part);
      const body = Buffer.concat(parts);
      expect(answer.statusCode, url).toBe(200);
      expect(answer.headers['content-encoding'] ?? 'identity').toBe(encoding);
      resolve({ headers: answer.headers, body, text: UNPACK[encoding](body).toString() });
    });
    ask.on('error', reject);
  });
}

const stylesheet = (html: string) => html.match(/<link rel="stylesheet" href="([^"]+)"/)![1];

const ID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

for (const lang of ['vi', 'en']) {
  for (const encoding of ['br', 'gzip'] as const) {
    test(`page and style sheet, ${lang}, ${encoding}`, async ({ demo }) => {
      // The point with the longest names, and forms enough to meet a long one.
      const code = demo.code('tay-son-tt', 'Quầy 3');
      let largest = 0;
      for (let draw = 0; draw < 40; draw++) {
        const page = await load(`${demo.base}/s/${code}?lang=${lang}`, encoding);
        expect(page.headers['cache-control']).toBe('private, no-cache');
        const css = await load(demo.base + stylesheet(page.text), encoding);
        largest = Math.max(largest, page.body.length + css.body.length);
      }
      console.log(`${lang} ${encoding}: ${largest} of ${BUDGET[encoding]} bytes`);
      expect(largest).toBeLessThanOrEqual(BUDGET[encoding]);
    });
  }
}

test('every packing holds the same page, and each page an id of its own', async ({ demo }) => {
  const url = `${demo.base}/s/${demo.code('tay-son-tt', 'Quầy 1')}?form=full`;
  const encodings: Encoding[] = ['br', 'br', 'gzip', 'gzip', 'identity', 'identity'];
  const pages = await Promise.all(encodings.map((encoding) => load(url, encoding)));
  const ids = pages.map(({ text }) => {
    expect(text.match(ID)).toHaveLength(1);
    return text.match(ID)![0];
  });
  expect(new Set(ids).size).toBe(pages.length);
  expect(new Set(pages.map(({ text }) => text.replace(ID, ''))).size).toBe(1);
  for (const { headers } of pages) {
    expect(headers.vary).toContain('accept-encoding');
    expect(headers.etag ?? headers['last-modified']).toBeUndefined();
  }
});
