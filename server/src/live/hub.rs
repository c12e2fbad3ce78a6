//! What is computed once for all who watch the same: one task a topic, from its first watcher to its
//! last.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Topics that somebody watches, by name.
pub struct Hub<K, S> {
    topics: Mutex<HashMap<K, Weak<Topic<S>>>>,
}

/// The newest snapshot of a topic, `None` until the first is there. It is kept up while held.
pub struct Topic<S> {
    newest: watch::Receiver<Option<Arc<S>>>,
    task: JoinHandle<()>,
}

impl<S> Topic<S> {
    /// A reader that begins with the newest snapshot; one that lags is never shown an older one.
    pub fn read(&self) -> watch::Receiver<Option<Arc<S>>> {
        let mut reader = self.newest.clone();
        reader.mark_changed();
        reader
    }
}

impl<S> Drop for Topic<S> {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl<K, S> Default for Hub<K, S> {
    fn default() -> Self {
        Self { topics: Mutex::default() }
    }
}

impl<K: Eq + Hash, S: Send + Sync + 'static> Hub<K, S> {
    /// The topic of a name. `publish` begins what publishes its snapshots, where nobody watches it yet.
    pub fn watch<P>(
        &self,
        name: K,
        publish: impl FnOnce(watch::Sender<Option<Arc<S>>>) -> P,
    ) -> Arc<Topic<S>>
    where
        P: Future<Output = ()> + Send + 'static,
    {
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        topics.retain(|_, topic| topic.strong_count() > 0);
        let known = topics.get(&name).and_then(Weak::upgrade);
        // One whose task has ended has nothing new to say.
        if let Some(topic) = known.filter(|topic| !topic.task.is_finished()) {
            return topic;
        }
        let (sender, newest) = watch::channel(None);
        let task = tokio::spawn(publish(sender));
        let topic = Arc::new(Topic { newest, task });
        topics.insert(name, Arc::downgrade(&topic));
        topic
    }
}
