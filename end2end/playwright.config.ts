// Drives target/release/hailong in Debian's Chromium.
import { defineConfig } from '@playwright/test';

/** What is the same on every screen is looked at on one. */
const CITIZEN = /(citizen|reach)\.spec/;
const SERVER = /(smoke|budget|qr)\.spec/;
/** Pictures are for people: they are taken by `make pictures` alone. */
const pictures = Boolean(process.env.PICTURES);

const left = pictures ? [] : [/shots\.spec/];

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true };

export default defineConfig({
  testMatch: pictures ? 'shots.spec.ts' : '*.spec.ts',
  outputDir: 'output/failures',
  reporter: 'list',
  workers: 2,
  // Each worker has houses of its own, so tests never share one at the same time.
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  use: {
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    screenshot: 'only-on-failure',
    // Takes time from every test, so only where somebody looks for a fault.
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    { name: 'phone', testIgnore: [SERVER, ...left], grepInvert: /@desktop/, use: phone },
    {
      name: 'phone-nojs',
      testMatch: /(citizen|reach|board|targets|published|analysis|people|oidc|admin|import|paper|reporter)\.spec/,
      use: { ...phone, javaScriptEnabled: false },
    },
    {
      name: 'desktop',
      testIgnore: [CITIZEN, ...left],
      grepInvert: /@phone/,
      use: { viewport: { width: 1280, height: 800 } },
    },
  ],
});
