// Leaves a picture of every page and state in output/, to be looked at.
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { test } from './house.ts';
import { shot } from './page.ts';
import { STATES } from './states.ts';


/** They look like another one. */
const SAME = ['citizen-full', 'citizen-switched', 'board-centre', 'board-enough', 'board-none'];

for (const { name, open } of STATES.filter(({ name }) => !SAME.includes(name))) {
  test(`picture: ${name}`, async ({ page, demo, office }) => {
    await open(page, { demo, office }, 'vi');
    await shot(page, name);
  });
}

// The main pages as others see them, where they are mostly seen.
for (const [main, tag] of [
  ['citizen-answered', '@phone'],
  ['board-commune', '@desktop'],
]) {
  test(`pictures: ${main}, otherwise`, { tag }, async ({ page, demo, office }) => {
    const { open } = STATES.find(({ name }) => name === main)!;
    await open(page, { demo, office }, 'en');
    await shot(page, `${main}-en`);
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    await shot(page, `${main}-forced`);
    await page.emulateMedia({ forcedColors: 'none' });
    await shot(page, `${main}-dark`);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.route('**/*.css', (route) => route.abort());
    await open(page, { demo, office }, 'vi');
    await shot(page, `${main}-plain`);
    await page.unrouteAll();
    // Twice as large is half as wide.
    const { width, height } = page.viewportSize()!;
    await page.setViewportSize({ width: width / 2, height: height / 2 });
    await open(page, { demo, office }, 'vi');
    await shot(page, `${main}-large`);
  });
}

test('picture: board, on paper', { tag: '@desktop' }, async ({ page, demo, office }) => {
  await STATES.find(({ name }) => name === 'board-commune')!.open(page, { demo, office }, 'vi');
  const path = fileURLToPath(new URL('output/board-commune.pdf', import.meta.url));
  const pdf = await page.pdf({ path, preferCSSPageSize: true });
  expect(pdf.length).toBeGreaterThan(10_000);
});
