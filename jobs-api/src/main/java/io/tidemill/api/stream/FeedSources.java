package io.tidemill.api.stream;

import io.tidemill.api.change.JobChanges;
import io.tidemill.api.store.JobStore;

/** What all feeds draw from. */
record FeedSources(LogReader log, JobStore jobs, JobChanges changes, EventViews views) {}
