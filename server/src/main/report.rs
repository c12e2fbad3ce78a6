//! `hailong report`: the report of a unit and month as a file.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use domain::questionnaire::Lang;
use domain::report::{Month, Status};
use server::config::ReportFormat;
use server::export::report::{Format, file, note};
use server::run::Base;
use server::service::access::Actor;
use server::service::report::{Issued, NoReport};

/// Writes the report; of a sealed month as it was sealed, and nothing where the seal does not hold.
pub(super) async fn report(
    base: &Base,
    unit: &str,
    month: Month,
    (format, lang): (ReportFormat, Lang),
    out: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let out = out.filter(|path| *path != Path::new("-"));
    if out.is_none() && matches!(format, ReportFormat::Xlsx | ReportFormat::Docx) {
        eprintln!("--out: xlsx, docx cần một tệp (need a file)");
        return Ok(ExitCode::from(2));
    }
    let issued = issue(base, unit, month).await?;
    let file = file(&issued, named(format), lang)?;
    match out {
        Some(path) => std::fs::write(path, file)
            .with_context(|| format!("không ghi được {}", path.display()))?,
        None => io::stdout().lock().write_all(&file)?,
    }
    let named = out.map_or("stdout".into(), |path| path.display().to_string());
    let state = match issued.edition.status() {
        Status::Open => "tháng chưa kết thúc (the month still runs)".to_owned(),
        Status::Due => "chưa khóa sổ (not sealed yet)".to_owned(),
        Status::Sealed | Status::Corrected | Status::Broken => {
            let hash = issued.edition.seal.as_ref().map_or("", |seal| &seal.hash);
            format!("đã khóa sổ (sealed) SHA-256 {hash}")
        }
    };
    eprintln!("{named}: {unit} {month}: {state}");
    if let Some(correction) = &issued.edition.correction {
        eprintln!(
            "{named}: {} phiếu đến sau khi khóa sổ (responses came in later)",
            correction.more
        );
    }
    if issued.edition.report.simulated {
        eprintln!("{named}: dữ liệu mô phỏng (simulated data)");
    }
    Ok(ExitCode::SUCCESS)
}

async fn issue(base: &Base, unit: &str, month: Month) -> anyhow::Result<Issued> {
    let (service, writer) = base.start().await?;
    let found = match service.readable(&Actor::Local, unit) {
        Ok(unit) => service.report(&Actor::Local, &unit, month, note).await,
        Err(_) => anyhow::bail!("không có đơn vị {unit} (no such unit)"),
    };
    drop(service);
    writer.finish().await;
    found.map_err(|no| match no {
        NoReport::Missing => anyhow::anyhow!(
            "{unit} không có báo cáo tháng {month}: tháng chưa bắt đầu hoặc đơn vị không tồn tại \
             trong tháng (no such report)"
        ),
        NoReport::Tampered(_) => anyhow::anyhow!(
            "báo cáo {unit} {month} không khớp với mã niêm phong: nội dung lưu đã bị thay đổi \
             (the stored report is not the one that was sealed)"
        ),
        other => other.into(),
    })
}

fn named(format: ReportFormat) -> Format {
    match format {
        ReportFormat::Html => Format::Html,
        ReportFormat::Xlsx => Format::Xlsx,
        ReportFormat::Docx => Format::Docx,
        ReportFormat::Csv => Format::Csv,
        ReportFormat::Json => Format::Json,
    }
}
