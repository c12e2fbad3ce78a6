// The code on the counter: drawn by Chromium, read by another program, opened as a citizen would.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './house.ts';

/** What a scanner reads from the picture. */
function scan(file: string): string {
  const read = execFileSync('zbarimg', ['--quiet', '--raw', file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return read.replace(/\n$/, '');
}

/** A picture of a whole SVG file of millimetres, so many pixels wide. */
async function picture(page: Page, svg: string, width: number, over = ''): Promise<string> {
  const file = svg.replace(/\.svg$/, `-${width}.png`);
  await page.setContent(
    `<style>body { margin: 0; width: ${width}px; position: relative }</style>
     <style>svg { display: block; width: 100%; height: auto }</style>
     ${readFileSync(svg, 'utf8')}${over}`,
  );
  await page.locator('body').screenshot({ path: file });
  return file;
}

test('the QR of a point gives exactly its address', async ({ page, office }) => {
  const code = office.code('son-tra-tt', 'Quầy 1');
  const svg = join(office.folder, 'point.svg');
  for (const base of [office.base, 'https://hailong.tayson.gialai.gov.vn']) {
    office.run(['qr', '--point', code.toLowerCase(), '--out', svg], { HAILONG_BASE_URL: base });
    const address = `${base}/s/${code}`;
    // Large, small, and with a blot over a part of it.
    expect(scan(await picture(page, svg, 800))).toBe(address);
    expect(scan(await picture(page, svg, 180))).toBe(address);
    const blot =
      '<div style="position:absolute;left:52%;top:40%;width:14%;height:12%;background:#777"></div>';
    expect(scan(await picture(page, svg, 801, blot))).toBe(address);
    // For those whose camera does not read it.
    const letters = await page.locator('svg text').allTextContents();
    expect(letters.join('')).toBe(address);
    const [symbol, text] = await Promise.all(
      ['svg path', 'svg g'].map((part) => page.locator(part).boundingBox()),
    );
    expect(text!.y).toBeGreaterThan(symbol!.y + symbol!.height);
    for (const line of await page.locator('svg text').all()) {
      const { x, width } = (await line.boundingBox())!;
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(801);
    }
  }
});

test('what is scanned opens the questionnaire of that point', async ({ page, office }) => {
  const code = office.code('son-tra-tt', 'Quầy 2');
  const svg = join(office.folder, 'scanned.svg');
  office.run(['qr', '--point', code, '--out', svg], { HAILONG_BASE_URL: office.base });
  await page.goto(scan(await picture(page, svg, 400)));
  await expect(page.locator('header')).toContainText('Quầy 2 – Đất đai, xây dựng');
});

test('an unknown point has no QR', async ({ office }) => {
  const svg = join(office.folder, 'unknown.svg');
  expect(() => office.run(['qr', '--point', 'ABCDEFGHJK', '--out', svg])).toThrow(/ABCDEFGHJK/);
});

test('the demo shows a code in the terminal that can be scanned', async ({ demo }) => {
  const lines = demo.output().split('\n').filter((line) => /^[█▀▄ ]{20,}$/.test(line));
  // Two rows of dots to a line; on a dark ground, what is printed is light.
  const rows = lines.flatMap((line) =>
    ['█▀', '█▄'].map((light) => [...line].map((dot) => (light.includes(dot) ? 255 : 0))),
  );
  const grown = rows.flatMap((row) => Array(8).fill(row.flatMap((dot) => Array(8).fill(dot))));
  const head = `P5\n${grown[0].length} ${grown.length}\n255\n`;
  const file = join(demo.folder, 'terminal.pgm');
  writeFileSync(file, Buffer.concat([Buffer.from(head), Buffer.from(grown.flat())]));
  expect(scan(file)).toBe(`${demo.base}/s/${demo.points[0].code}`);
});
