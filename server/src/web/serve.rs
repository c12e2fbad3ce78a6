//! Connections, from the listener to their end. Whoever is slow is cut off, so that nobody can keep the
//! doors shut by doing nothing; events, which go on without end, are not.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::{BoxError, Router};
use hyper::Request;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};
use tokio_util::sync::CancellationToken;

/// The largest head of a request.
const HEAD_MAX: usize = 32 << 10;
/// How much of a connection is read ahead.
const BUFFER_MAX: usize = 64 << 10;
/// Connections at once, where the process may open so many files.
const CONNECTIONS_MAX: u32 = 10_000;
/// Files that are not connections to the doors: of the database, its connections, listeners, what is sent.
const OTHER_FILES: u64 = 200;
/// Before the next try where no connection can be taken, such as for want of files.
const BREATH: Duration = Duration::from_secs(1);

/// How slow somebody may be, and how many there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until the head of the next request has come whole: so long may a connection also rest. Longer than
    /// reverse proxies keep theirs, so that none sends a request into an end.
    pub head: Duration,
    /// Until the body has come whole.
    pub body: Duration,
    /// How long the other side may take nothing of what it is sent.
    pub take: Duration,
    /// Connections at once; more wait to be taken.
    pub connections: u32,
}

impl Default for Limits {
    /// What suits a process that may open as many files as this one.
    fn default() -> Self {
        let seconds = Duration::from_secs;
        let room = files().saturating_sub(OTHER_FILES).max(1);
        let connections = u32::try_from(room).unwrap_or(u32::MAX).min(CONNECTIONS_MAX);
        Self { head: seconds(75), body: seconds(60), take: seconds(60), connections }
    }
}

/// How many files the process may open from now on: as many as the system lets it have, of which shells
/// and service managers often give 1,024 to begin with.
#[cfg(unix)]
fn files() -> u64 {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    match setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        Ok(()) => maximum.unwrap_or(u64::MAX),
        Err(_) => current.unwrap_or(u64::MAX),
    }
}

#[cfg(not(unix))]
fn files() -> u64 {
    u64::MAX
}

/// A body that did not come in time.
#[derive(Debug, thiserror::Error)]
#[error("the body did not come in time")]
pub(super) struct Slow;

/// Answers until `stop` is cancelled, and then until all that is under way has ended.
///
/// # Errors
/// Where there is no room for a single connection.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let room = Arc::new(Semaphore::new(limits.connections as usize));
    let router = TowerToHyperService::new(router);
    loop {
        let taken = tokio::select! {
            biased;
            () = stop.cancelled() => break,
            taken = async {
                let place = room.clone().acquire_owned().await?;
                anyhow::Ok((place, accept(&listener).await))
            } => taken,
        };
        let (place, (stream, peer)) = taken?;
        let (router, stop) = (router.clone(), stop.clone());
        tokio::spawn(async move {
            connection(stream, peer, router, limits, stop).await;
            drop(place);
        });
    }
    drop(listener);
    let _all = room.acquire_many(limits.connections).await?;
    Ok(())
}

/// The next connection.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // Somebody who gave up before being taken is no fault of ours.
            Err(error) if is_about_one(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                sleep(BREATH).await;
            }
        }
    }
}

fn is_about_one(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

/// One connection, to its end. Why it ended is nobody's concern but the other side's.
async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: TowerToHyperService<Router>,
    limits: Limits,
    stop: CancellationToken,
) {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(|body| Body::new(Timed::new(body, limits.body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        router.call(request)
    });
    let io = TokioIo::new(Patient { stream, take: limits.take, sleep: None });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_header_size(HEAD_MAX)
        .max_buf_size(BUFFER_MAX);
    let mut served = pin!(http.serve_connection(io, service));
    tokio::select! {
        biased;
        _ = served.as_mut() => return,
        () = stop.cancelled() => served.as_mut().graceful_shutdown(),
    }
    let _ = served.await;
}

/// The body of a request, which has to come in time. Most have come with their head, and no clock is
/// started for them.
struct Timed {
    body: Incoming,
    limit: Duration,
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Timed {
    fn new(body: Incoming, limit: Duration) -> Self {
        Self { body, limit, sleep: None }
    }
}

impl hyper::body::Body for Timed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        let limit = self.limit;
        let late = self.sleep.get_or_insert_with(|| Box::pin(sleep(limit)));
        ready!(late.as_mut().poll(cx));
        Poll::Ready(Some(Err(Slow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A connection that is given up where the other side takes nothing for too long.
struct Patient {
    stream: TcpStream,
    take: Duration,
    /// Since when nothing was taken.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn watch<T>(&mut self, cx: &mut Context<'_>, sent: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if sent.is_ready() {
            self.sleep = None;
            return sent;
        }
        let take = self.take;
        let late = self.sleep.get_or_insert_with(|| Box::pin(sleep(take)));
        ready!(late.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Patient {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Patient {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(cx, sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.watch(cx, sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
