import { expect, test } from '@playwright/test';
import { type Server, startDemo } from './server.ts';

let server: Server;

test.beforeAll(async () => {
  server = await startDemo();
});

test.afterAll(async () => {
  await server?.stop();
});

test('the process is healthy', async ({ page }) => {
  const answer = await page.goto(`${server.base}/healthz`);
  expect(answer?.status()).toBe(200);
});
