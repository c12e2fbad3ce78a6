// People: the first account, an invitation, the second step, roles and keys, as they are used; the same
// without JavaScript.
import { expect, type Browser, type Page } from '@playwright/test';
import { PASSWORD, at, code, heading, office, press, setPassword, signIn } from './office.ts';
import { expectNoScript, look, test } from './official.ts';
import { axe } from './page.ts';
import { startDemo } from './server.ts';

/** Another browser, as scripted as this one. */
async function other(browser: Browser, scripted: boolean): Promise<Page> {
  const viewport = { width: 1280, height: 800 };
  const context = await browser.newContext({ javaScriptEnabled: scripted, viewport, locale: 'vi-VN' });
  return context.newPage();
}

test('from the first account to roles, the second step and a key', async ({ page, browser, errors }, info) => {
  // A whole office's beginning, with axe on a dozen pages in two widths.
  test.setTimeout(240_000);
  const scripted = info.project.use.javaScriptEnabled !== false;
  const { server, run, end } = await office();
  const { base } = server;

  // The first administrator, by a link that the command line prints.
  const link = run('account', 'add', '--name', 'an@daklak', '--role', 'administrator', '--unit', 'dak-lak');
  await page.goto(at(server, link));
  await look(page, 'people-link');
  await page.getByLabel('Mật khẩu mới', { exact: true }).fill('password1234');
  await page.getByLabel('Nhập lại mật khẩu mới').fill('password1234');
  await press(page, 'Đặt mật khẩu');
  await expect(page.getByText('quá phổ biến')).toBeVisible();
  await expect(page.getByLabel('Mật khẩu mới', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await axe(page);
  await setPassword(page, at(server, link));
  await page.goto(at(server, link));
  await expect(heading(page)).toHaveText('Đường dẫn không còn dùng được');

  // Led to the sign-in, and back to where one wanted to go; by keyboard alone.
  await page.goto(`${base}/boards/dak-lak`);
  await expect(heading(page)).toHaveText('Đăng nhập dành cho cán bộ');
  await look(page, 'people-sign-in');
  await signIn(page, 'an@daklak', 'sai mật khẩu rồi');
  await expect(page.getByRole('alert')).toHaveText('Tên đăng nhập hoặc mật khẩu không đúng.');
  await axe(page);
  await page.getByLabel('Mật khẩu').focus();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`${base}/boards/dak-lak`);
  await expect(heading(page)).toHaveText('Tỉnh Đắk Lắk');

  // Somebody is invited; the link is shown once.
  await page.goto(`${base}/`);
  await page.getByRole('link', { name: 'Người dùng' }).click();
  await look(page, 'people-people');
  await page.getByLabel('Tên đăng nhập').fill('binh@eakar');
  await page.getByLabel('Họ và tên').fill('Người Được Mời');
  await page.getByLabel('Vai trò').selectOption('viewer');
  await page.getByLabel('Đơn vị').selectOption('ea-kar');
  await press(page, 'Tạo lời mời');
  await expect(heading(page)).toHaveText('binh@eakar');
  await look(page, 'people-person');
  const invitation = await page.locator('.once code').innerText();
  await page.reload();
  await expect(page.locator('.once')).toHaveCount(0);
  const person = page.url();

  const guest = await other(browser, scripted);
  await setPassword(guest, at(server, invitation));
  await signIn(guest, 'Binh@EaKar');
  await expect(guest).toHaveURL(`${base}/`);
  await expect(guest.getByRole('link', { name: 'Xã Ea Kar' })).toBeVisible();
  await expect(guest.getByRole('link', { name: 'Xã Sông Hinh' })).toHaveCount(0);
  await expect(guest.getByRole('link', { name: 'Người dùng' })).toHaveCount(0);
  for (const [path, status] of [['/boards/ea-kar', 200], ['/boards/song-hinh', 403], ['/admin/people', 403]] as const) {
    expect((await guest.goto(base + path))?.status(), path).toBe(status);
  }

  // The second step is required, set up from the page, and asked for.
  await press(page, 'Bắt buộc bật xác thực hai bước');
  await expect(page.getByRole('status')).toHaveText('Đã lưu thay đổi.');
  await guest.goto(`${base}/boards/ea-kar`);
  await expect(heading(guest)).toHaveText('Xác thực hai bước');
  await look(guest, 'people-second');
  const secret = (await guest.locator('section code').first().innerText()).replaceAll(' ', '');
  await guest.getByLabel('Mã xác thực').fill(code(secret));
  await guest.getByLabel('Mật khẩu hiện nay').fill(PASSWORD);
  await press(guest, 'Bật xác thực hai bước');
  await expect(guest.locator('.codes li')).toHaveCount(10);
  await look(guest, 'people-codes');
  const recovery = await guest.locator('.codes code').first().innerText();
  await guest.goto(`${base}/account`);
  await look(guest, 'people-account');
  await press(guest, 'Đăng xuất');
  await expect(guest.getByRole('status')).toHaveText('Đã đăng xuất.');
  await signIn(guest, 'binh@eakar');
  await expect(heading(guest)).toHaveText('Xác thực hai bước');
  await look(guest, 'people-code');
  await guest.getByLabel('Mã xác thực').fill('000000');
  await press(guest, 'Xác nhận');
  await expect(guest.getByRole('alert')).toContainText('Mã không đúng');
  await guest.getByLabel('Mã xác thực').fill(recovery.toLowerCase());
  await press(guest, 'Xác nhận');
  await expect(guest).toHaveURL(`${base}/`);

  // A role is added and taken away; the account is disabled by its name.
  await page.getByLabel('Vai trò').selectOption('manager');
  await page.getByLabel('Đơn vị').selectOption('song-hinh');
  await press(page, 'Thêm quyền');
  expect((await guest.goto(`${base}/boards/song-hinh`))?.status()).toBe(200);
  await page.getByRole('button', { name: 'Bỏ quyền Người quản lý – Xã Sông Hinh' }).click();
  expect((await guest.goto(`${base}/boards/song-hinh`))?.status()).toBe(403);
  await page.getByLabel('xác nhận khóa tài khoản').fill('binh');
  await press(page, 'Khóa tài khoản');
  await expect(page.getByRole('alert')).toContainText('không trùng');
  await page.getByLabel('xác nhận khóa tài khoản').fill('binh@eakar');
  await press(page, 'Khóa tài khoản');
  await expect(page.getByText('Đã khóa từ')).toBeVisible();
  await guest.goto(`${base}/boards/ea-kar`);
  await expect(heading(guest)).toHaveText('Đăng nhập dành cho cán bộ');
  expect(page.url()).toContain(person);

  // A key works until it is revoked, at once.
  await page.getByRole('link', { name: 'Khóa truy cập' }).click();
  await page.getByLabel('Dùng cho việc gì').fill('Cổng dữ liệu');
  await page.getByLabel('Vai trò').selectOption('viewer');
  await page.getByLabel('Đơn vị').selectOption('ea-kar');
  await press(page, 'Tạo khóa');
  await look(page, 'people-keys');
  const key = await page.locator('.once code').innerText();
  const read = async (unit: string) => {
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`${base}/api/v1/units/${unit}/index`, { headers })).status;
  };
  expect([await read('ea-kar'), await read('song-hinh')]).toEqual([200, 403]);
  await page.getByRole('link', { name: 'Thu hồi Cổng dữ liệu' }).click();
  await look(page, 'people-key-ending');
  await page.getByLabel('để xác nhận').fill('Cổng');
  await press(page, 'Thu hồi');
  await expect(page.getByRole('alert')).toContainText('không trùng');
  expect(await read('ea-kar')).toBe(200);
  await page.getByLabel('để xác nhận').fill('cổng dữ liệu');
  await press(page, 'Thu hồi');
  await expect(page.getByText('Đã thu hồi')).toBeVisible();
  expect(await read('ea-kar')).toBe(401);

  // The link of a screen, made on its page.
  await page.getByRole('link', { name: 'Màn hình' }).click();
  await look(page, 'people-displays');

  // In English, with the same forms.
  await page.getByRole('link', { name: 'English' }).click();
  await expect(heading(page)).toHaveText('Links for screens in a hall');
  await page.goto(`${base}/account?lang=en`);
  await axe(page);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(page.getByRole('status')).toHaveText('You are signed out.');
  await page.goto(`${base}/admin/people`);
  await expect(heading(page)).toHaveText('Đăng nhập dành cho cán bộ');
  errors.splice(0, errors.length, ...errors.filter((line) => !/status of (4\d\d)/.test(line)));
  await guest.context().close();
  await end();
});

test('no page of people has a script', { tag: '@desktop' }, async ({ page, errors }) => {
  const demo = await startDemo();
  const password = /quan-tri \/ ([0-9a-f]{20})/.exec(demo.output())![1];
  await page.goto(`${demo.base}/sign-in?next=/admin/people`);
  await signIn(page, 'quan-tri', password);
  await expect(heading(page)).toHaveText('Người dùng');
  const house = { base: demo.base } as never;
  const paths = ['/admin/people', '/admin/keys', '/admin/displays', '/account', '/account/second', '/sign-in'];
  await expectNoScript(page, house, paths);
  expect(errors).toEqual([]);
  await demo.stop();
});
