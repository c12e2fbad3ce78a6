//! Codes of points that are taken back and replaced.

use domain::day;
use jiff::civil::Date;

use super::audit::{By, Told, record};
use super::organisation::{organisation_since, point_now};
use super::steps::Write;
use super::{Error, Result, Store, on};

impl Store {
    /// Takes the code of a point back and gives it another one. The point stays the same row, so answers
    /// and counts of the old code are those of the new one.
    ///
    /// # Errors
    /// `Stale` where the organisation has changed since `seen`; `Missing` where no point has the code.
    pub async fn replace_code(
        &self,
        (old, new): (&str, &str),
        revoked_on: Date,
        seen: i64,
        by: &By,
    ) -> Result<()> {
        on!(&self.pool, |db| {
            let mut tx = db.begin_with(BEGIN).await?;
            organisation_since!(tx, Write::Since(seen));
            let before = point_now!(tx, old);
            sqlx::query(
                "insert into revoked_code (code, point, revoked_on)
                 select code, key, $2 from point where code = $1",
            )
            .bind(old)
            .bind(day::number(revoked_on))
            .execute(&mut *tx)
            .await?;
            let changed = sqlx::query("update point set code = $2 where code = $1")
                .bind(old)
                .bind(new)
                .execute(&mut *tx)
                .await?;
            if changed.rows_affected() == 0 {
                return Err(Error::Missing(old.to_owned()));
            }
            let after = point_now!(tx, new);
            // Whoever looks for either code finds what became of it.
            let told = [("point.revoke", old), ("point.reissue", new)];
            let told = told.map(|(act, code)| Told {
                act,
                about: code.to_owned(),
                before: before.clone(),
                after: after.clone(),
            });
            record!(tx, by, told.into());
            tx.commit().await?;
        });
        Ok(())
    }
}
