// Signing in by another provider of identities: a real one, on this machine, in a real browser.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, type Page } from '@playwright/test';
import { PASSWORD, at, code, heading, office, press, setPassword, signIn } from './office.ts';
import { expectNoWider, test } from './official.ts';
import { axe, shot } from './page.ts';
import { freePort } from './server.ts';

const NAME = 'Đăng nhập bằng Cổng tỉnh';
const UNKNOWN = 'chưa được gắn với người dùng nào';
const STALE = 'Xin đăng nhập lại từ đầu';

/** Starts the provider and returns where it is, and how it ends. */
async function startProvider(back: string) {
  const script = fileURLToPath(new URL('provider.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, back], { stdio: ['ignore', 'pipe', 'ignore'] });
  const atExit = () => child.kill('SIGKILL');
  process.once('exit', atExit);
  const [issuer] = await once(child.stdout.setEncoding('utf8'), 'data');
  return {
    issuer: issuer.trim() as string,
    async stop() {
      process.off('exit', atExit);
      child.kill();
      await once(child, 'close');
    },
  };
}

/** An office that knows the provider, and the provider. */
async function houses() {
  const port = await freePort();
  const provider = await startProvider(`http://127.0.0.1:${port}/sign-in/oidc/back`);
  const env = {
    HAILONG_OIDC_ISSUER: provider.issuer,
    HAILONG_OIDC_CLIENT_ID: 'hailong',
    HAILONG_OIDC_CLIENT_SECRET: 'only for tests: of no use elsewhere',
    HAILONG_OIDC_NAME: 'Cổng tỉnh',
  };
  const { server, run, end } = await office({ port, env });
  const add = (name: string, role: string, unit: string, ...more: string[]) =>
    run('account', 'add', '--name', name, '--role', role, '--unit', unit, ...more);
  return {
    server,
    run,
    add,
    issuer: provider.issuer,
    async end() {
      await end();
      await provider.stop();
    },
  };
}

/** Presses the button, and says at the provider who one is; where that is known there, it asks nothing. */
async function by(page: Page, login?: string) {
  await page.getByRole('link', { name: NAME }).click();
  if (!login) return;
  await page.getByLabel('Name').fill(login);
  await press(page, 'Continue');
}

/** Nobody is signed in any more, neither here nor at the provider. */
async function stranger(page: Page, base: string) {
  await page.context().clearCookies();
  await page.goto(`${base}/sign-in`);
}

test('from the button to the board, once, and back out', async ({ page, errors }) => {
  test.setTimeout(90_000);
  const { server, run, add, end } = await houses();
  const { base } = server;
  add('an@daklak', 'administrator', 'dak-lak', '--oidc', 'an@daklak.example');
  expect(run('account', 'list')).toContain('an@daklak');
  // Another process has made the account; the service closes itself to others as soon as it knows.
  const board = `${base}/boards/dak-lak`;
  await expect.poll(async () => (await fetch(board)).url).toContain('/sign-in');

  // By keyboard, from where one wanted to go, and back to there. Nobody has set a password.
  await page.goto(`${base}/boards/dak-lak`);
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoWider(page, width);
    await axe(page);
    await shot(page, 'oidc-sign-in');
  }
  const backs: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/sign-in/oidc/back')) backs.push(request.url());
  });
  await page.getByRole('link', { name: NAME }).focus();
  await page.keyboard.press('Enter');
  await page.getByLabel('Name').fill('an');
  await press(page, 'Continue');
  await expect(page).toHaveURL(`${base}/boards/dak-lak`);
  await expect(heading(page)).toHaveText('Tỉnh Đắk Lắk');
  const names = (await page.context().cookies(base)).map(({ name }) => name);
  expect(names).toContain('hailong');
  expect(names).not.toContain('hailong-way');

  // What has come back once does not come back again, here or elsewhere.
  expect(backs).toHaveLength(1);
  await page.goto(backs[0]);
  await expect(page.getByRole('alert')).toContainText(STALE);
  await axe(page);

  // It stands in the trail.
  await page.goto(`${base}/admin/audit`);
  await expect(page.getByRole('cell', { name: 'Đăng nhập qua hệ thống khác' })).toBeVisible();

  // Signing out is about this house alone: the provider still knows who it is.
  await page.goto(`${base}/account`);
  await press(page, 'Đăng xuất');
  await expect(page.getByRole('status')).toHaveText('Đã đăng xuất.');
  await by(page);
  await expect(page).toHaveURL(`${base}/`);
  await expect(page.getByRole('link', { name: 'Người dùng' })).toBeVisible();

  // In English to the end.
  await stranger(page, base);
  await page.goto(`${base}/sign-in?lang=en`);
  await page.getByRole('link', { name: 'Sign in with Cổng tỉnh' }).click();
  await press(page, 'Cancel');
  await expect(page.getByRole('alert')).toContainText('cancelled or refused by the provider');
  await expect(page.locator('body')).not.toContainText('<b>');
  await axe(page);
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of 4(03|22)/.test(line)));
  await end();
});

test('who is not known, not verified, disabled or changed on the way is not let in', async ({ page, errors }) => {
  test.setTimeout(90_000);
  const { server, run, add, issuer, end } = await houses();
  const { base } = server;
  add('an@daklak', 'administrator', 'dak-lak', '--oidc', 'an@daklak.example');
  add('chi@eakar', 'viewer', 'ea-kar', '--oidc', 'chi@eakar.example');
  run('account', 'disable', '--name', 'chi@eakar');
  const alert = page.getByRole('alert');
  await page.goto(`${base}/sign-in`);
  const said: string[] = [];
  for (const login of ['la', 'chi']) {
    await by(page, login);
    await expect(alert).toContainText(UNKNOWN);
    said.push(await page.locator('main').innerText());
    await stranger(page, base);
  }
  expect(said[0]).toBe(said[1]);
  // The address is an administrator's, and nobody has verified it.
  await by(page, 'moi');
  await expect(alert).toContainText('chưa xác minh địa chỉ thư điện tử');
  await expectNoWider(page, page.viewportSize()!.width);
  await axe(page);

  // Changed on the way: the state, so that it belongs to another browser, or the nonce of the token.
  for (const [name, words] of [['state', STALE], ['nonce', 'không đáng tin cậy']] as const) {
    await stranger(page, base);
    const led = await page.request.get(`${base}/sign-in/oidc`, { maxRedirects: 0 });
    const there = new URL(led.headers().location);
    expect(there.origin).toBe(issuer);
    expect(there.searchParams.get('code_challenge_method')).toBe('S256');
    there.searchParams.set(name, '0'.repeat(64));
    await page.goto(there.href);
    await page.getByLabel('Name').fill('an');
    await press(page, 'Continue');
    await expect(alert).toContainText(words);
  }
  const names = (await page.context().cookies(base)).map(({ name }) => name);
  expect(names).not.toContain('hailong');
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of (403|422|502)/.test(line)));
  await end();
});

test('the second step is asked for here, and an administrator says who is known by what', async ({ page, errors }) => {
  test.setTimeout(90_000);
  const { server, add, end } = await houses();
  const { base } = server;
  add('an@daklak', 'administrator', 'dak-lak', '--oidc', 'an@daklak.example');
  await setPassword(page, at(server, add('binh@eakar', 'viewer', 'ea-kar')));
  await signIn(page, 'binh@eakar');
  await expect(page).toHaveURL(`${base}/`);
  await page.goto(`${base}/account/second`);
  const secret = (await page.locator('section code').first().innerText()).replaceAll(' ', '');
  await page.getByLabel('Mã xác thực').fill(code(secret, -1));
  await page.getByLabel('Mật khẩu hiện nay').fill(PASSWORD);
  await press(page, 'Bật xác thực hai bước');
  await expect(page.locator('.codes li')).toHaveCount(10);

  await stranger(page, base);
  await by(page, 'an');
  await expect(page).toHaveURL(`${base}/`);
  await page.goto(`${base}/admin/people`);
  await page.getByRole('link', { name: 'binh@eakar' }).click();
  const field = page.getByLabel('Địa chỉ thư điện tử ở hệ thống đó');
  const save = page.getByRole('button', { name: 'Lưu', exact: true });
  await field.fill('AN@daklak.example');
  await save.click();
  await expect(page.getByText('Giá trị này đã gắn với người khác.').first()).toBeVisible();
  await expect(field).toHaveValue('AN@daklak.example');
  await axe(page);
  await field.fill('Binh@EaKar.example');
  await save.click();
  await expect(page.getByRole('status')).toHaveText('Đã lưu thay đổi.');
  await expect(field).toHaveValue('binh@eakar.example');
  for (const width of [360, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoWider(page, width);
    await shot(page, 'oidc-person');
  }

  await stranger(page, base);
  await page.goto(`${base}/sign-in?next=/boards/ea-kar`);
  await by(page, 'binh');
  await expect(heading(page)).toHaveText('Xác thực hai bước');
  await page.getByLabel('Mã xác thực').fill(code(secret));
  await press(page, 'Xác nhận');
  await expect(page).toHaveURL(`${base}/boards/ea-kar`);
  // The board has loaded, and lets go of its events before the house ends.
  await page.waitForLoadState();
  await page.goto('about:blank');
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of 422/.test(line)));
  await end();
});
