//! The running service: from an open listener to a clean end.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use domain::instrument::Instruments;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::export::report::note;
use crate::ingest::{self, Ingest, Writer};
use crate::mail::Post;
use crate::service::Service;
use crate::store::Store;
use crate::web;

/// How long requests may take to end once the service is asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// The store and the questionnaires that every command needs.
pub struct Base {
    pub store: Store,
    pub instruments: Arc<Instruments>,
    pub clock: Clock,
}

impl Base {
    /// Opens the database, migrates it and makes the questionnaires known to it.
    ///
    /// # Errors
    /// Where the database does not open or knows another wording of a questionnaire.
    pub async fn open(url: &str, clock: Clock) -> anyhow::Result<Self> {
        let store = Store::open(url).await?;
        let all = app::catalogue::questionnaires()?;
        let fields = app::catalogue::fields()?;
        let instruments = Arc::new(store.sync_questionnaires(all, fields).await?);
        Ok(Self { store, instruments, clock })
    }

    /// Starts the one writer and the service around it.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn start(&self) -> anyhow::Result<(Arc<Service>, Writer)> {
        let Self { store, instruments, clock } = self;
        let (ingest, writer) =
            Ingest::start(store.clone(), instruments.clone(), clock.clone(), ingest::QUEUE);
        let service =
            Service::new(store.clone(), instruments.clone(), ingest, clock.clone()).await?;
        Ok((service, writer))
    }
}

/// What the service is told beside its database.
pub struct Settings<'a> {
    /// What QR codes and links begin with.
    pub base_url: &'a str,
    /// Hour of the first day of a month, 0 to 23, from which the reports of the month before are sealed.
    pub month_close_hour: u8,
    /// Reverse proxies that are believed.
    pub proxies: web::Proxies,
    /// Answers that one point takes in a minute.
    pub point_limit: u32,
    /// The way by which sealed reports are sent; none are without.
    pub post: Option<Post>,
    /// What people may sign in by beside name and password.
    pub ways_in: web::WaysIn,
}

/// Serves until `stop` resolves, seals and sends each month's reports; then answers what is under way,
/// empties the queue and lets go of the database.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    base: Base,
    listener: TcpListener,
    settings: Settings<'_>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let (service, writer) = base.start().await?;
    let looking = tokio::spawn(Service::keep_looking(Arc::downgrade(&service)));
    let closing = Service::keep_closing(Arc::downgrade(&service), settings.month_close_hour, note);
    let closing = tokio::spawn(closing);
    let sending = settings.post.map(|post| {
        service.begin_sending();
        tokio::spawn(post.keep_sending(Arc::downgrade(&service), service.stop().clone()))
    });
    let streams = service.stop().clone();
    service.limit_points(settings.point_limit);
    let router = web::router_with(service, settings.base_url, settings.proxies, settings.ways_in);
    let stopping = CancellationToken::new();
    let serving = web::serve(listener, router, web::Limits::default(), stopping.clone());
    tokio::select! {
        ended = serving => ended?,
        () = async {
            stop.await;
            streams.cancel();
            stopping.cancel();
            tokio::time::sleep(LAST_REQUESTS).await;
        } => tracing::warn!("some connections did not end in time and were cut"),
    }
    looking.abort();
    // A report that is being sealed is one row: it is there or it is not.
    closing.abort();
    let _ = tokio::join!(looking, closing);
    if let Some(sending) = sending {
        // A mail that is cut off here is due again later.
        sending.abort();
        let _ = sending.await;
    }
    writer.finish().await;
    // A connection that was cut may still hold one of the database.
    let _ = tokio::time::timeout(LAST_REQUESTS, base.store.close()).await;
    Ok(())
}

/// Resolves when the process is asked to stop.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await;
}
