//! `hailong account`: people, keys and screens from the command line, where nobody has to be signed in.

use anyhow::Context;
use domain::day;
use domain::unit::Kind;
use server::config::{Account, Config};
use server::run::Base;
use server::service::people::{Invitation, add_known_account, reset_account};
use server::service::sign_in::name_key;
use server::service::{access, display, units};
use server::store::{By, Write};
use uuid::Uuid;

/// Does what is asked, and prints what a script needs on stdout.
pub(super) async fn run(config: &Config, base: &Base, what: Account) -> anyhow::Result<()> {
    let Base { store, clock, .. } = base;
    let by = By::command(clock.now());
    let address = config.public_url(config.listen);
    let named = |unit: &str| format!("đơn vị {unit} (unit {unit})");
    match what {
        Account::Add { name, role, unit, unit_name, unit_kind, oidc } => {
            first_unit(base, &unit, unit_name.as_deref(), unit_kind, &by).await?;
            let invited =
                Invitation { name: &name, display_name: "", role: role.name(), unit: &unit };
            let identity = match oidc {
                Some(typed) => Some(identity(config, &typed)?),
                None => None,
            };
            let added = add_known_account(store, &invited, role, identity.as_deref(), &by).await;
            let (_, link) = added.with_context(|| format!("{name}, {}", named(&unit)))?;
            println!("{address}/link/{link}");
        }
        Account::Reset { name, second } => {
            let id = account(base, &name).await?;
            if second {
                store.set_second(id, None, None, &[], &by).await?;
            }
            println!("{address}/link/{}", reset_account(store, id, &by).await?);
        }
        Account::Disable { name } => {
            let id = account(base, &name).await?;
            store.set_disabled(id, true, &by).await?;
        }
        Account::List => list(base).await?,
        Account::Key { name, role, unit, until } => {
            let end = match until {
                Some(last) => {
                    let end = clock.end_of(last).filter(|end| *end > clock.now());
                    Some(end.with_context(|| format!("--until {last}: đã qua (is over)"))?)
                }
                None => None,
            };
            let key = access::make_key(store, &name, (role, &unit), end, &by).await;
            println!("{}", key.with_context(|| named(&unit))?);
        }
        Account::Keys => keys(base).await?,
        Account::RevokeKey { id } => {
            let wrong = || format!("không có khóa {id} còn hiệu lực (no such key in force)");
            let id = id.parse().with_context(wrong)?;
            store.revoke_key(id, &by).await.with_context(wrong)?;
        }
        Account::Display { name, unit } => {
            let token = display::make_display(store, &name, &unit, &by).await;
            let token = token.with_context(|| named(&unit))?;
            println!("{address}/boards/{unit}?tv=1&display={token}");
        }
        Account::Displays => {
            for link in store.displays().await? {
                let used = used(link.used_on);
                let state = if link.revoked_at.is_some() { "revoked" } else { "valid" };
                println!("{}\t{}\t{state}\t{used}\t{}", link.id, link.unit, link.name);
            }
        }
        Account::RevokeDisplay { id } => {
            let wrong = || format!("không có đường dẫn màn hình {id} (no such link in force)");
            let id = id.parse().with_context(wrong)?;
            store.revoke_display(id, &by).await.with_context(wrong)?;
        }
    }
    Ok(())
}

fn identity(config: &Config, typed: &str) -> anyhow::Result<String> {
    let claim = config.oidc.oidc_claim;
    let wrong = || format!("--oidc {typed}: không phải {0} (not of the kind {0})", claim.name());
    claim.key(typed.trim()).with_context(wrong)
}

/// Makes the highest unit, where there is none at all: an account needs one to have a role on.
async fn first_unit(
    base: &Base,
    code: &str,
    name: Option<&str>,
    kind: Kind,
    by: &By,
) -> anyhow::Result<()> {
    let (seen, organisation) = base.store.organisation().await?;
    let none = organisation.units().next().is_none();
    let Some(name) = name else {
        anyhow::ensure!(
            !none,
            "chưa có đơn vị nào: thêm --unit-name \"TÊN ĐƠN VỊ\" để tạo đơn vị cao nhất có mã {code} \
             (there are no units yet: --unit-name makes the highest one)"
        );
        return Ok(());
    };
    if organisation.unit(code).is_some() {
        return Ok(());
    }
    anyhow::ensure!(
        none,
        "--unit-name chỉ tạo đơn vị đầu tiên; đơn vị khác thêm ở /admin/units hoặc nhập từ tệp \
         (makes the first unit alone; others are added at /admin/units or imported)"
    );
    let unit = units::first_unit(code, name, kind)?;
    base.store.write_units(&[unit], Write::Since(seen), by).await?;
    Ok(())
}

async fn account(base: &Base, name: &str) -> anyhow::Result<Uuid> {
    let found = base.store.account_of(&name_key(name)).await?;
    found.with_context(|| format!("không có tài khoản {name} (no such account)"))
}

fn used(day: Option<i32>) -> String {
    day.map_or("-".to_owned(), |number| day::from_number(number).to_string())
}

/// State, second factor, last day of use, roles and name of each account.
async fn list(base: &Base) -> anyhow::Result<()> {
    let (_, organisation) = base.store.organisation().await?;
    for account in base.store.accounts().await? {
        let state = match (account.disabled_at, account.has_password) {
            (Some(_), _) => "disabled",
            (None, true) => "active",
            (None, false) => "invited",
        };
        let second = if account.enrolled { "second-factor" } else { "-" };
        let grants = account.grants.iter().map(|grant| {
            let unit = organisation.unit_by_key(grant.unit).map_or("?", |unit| &unit.code);
            format!("{}@{unit}", grant.role.name())
        });
        let grants = grants.collect::<Vec<_>>().join(",");
        println!("{state}\t{second}\t{}\t{grants}\t{}", used(account.used_on), account.name);
    }
    Ok(())
}

/// Id, role and unit, state, last day in force, last day of use and name of each key.
async fn keys(base: &Base) -> anyhow::Result<()> {
    let (_, organisation) = base.store.organisation().await?;
    let now = base.clock.now().as_millisecond();
    for key in base.store.keys().await? {
        let unit = organisation.unit_by_key(key.unit).map_or("?", |unit| &unit.code);
        let state = match (key.revoked_at, key.expires_at) {
            (Some(_), _) => "revoked",
            (None, Some(end)) if end <= now => "expired",
            _ => "valid",
        };
        let last = key.expires_at.map(|end| base.clock.at(end - 1).date().to_string());
        let last = last.unwrap_or_else(|| "-".to_owned());
        let used = used(key.used_day);
        println!("{}\t{}@{unit}\t{state}\t{last}\t{used}\t{}", key.id, key.role, key.name);
    }
    Ok(())
}
