package io.tidemill.api.change;

import io.tidemill.api.store.JobVersion;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a job this replica answered with lately, so that a client that already holds
 * that version can be told so without a look into the database. Pure: every moment is handed in, on
 * a clock that never goes back ({@link System#nanoTime()}).
 *
 * <p><b>Confirmed</b> is a version that some read or sweep found, which began after the latest hint
 * and not longer ago than {@value #CONFIRMED_SECONDS} s. The version was therefore right at a
 * moment after that beginning, and what is answered from memory is at most that old. A hint that
 * comes while a read is under way leaves its outcome unconfirmed, for the read may have been too
 * early to see the change.
 *
 * <p><b>Never older.</b> Versions of a job are ordered, and only a newer one takes the place of
 * another; a late outcome of an early read is ignored. Only a tag equal to the client's own is ever
 * affirmed, so no client is taken back behind what it has seen.
 *
 * <p>It keeps the {@value #MOST} jobs asked for last; a job nobody has asked for in a minute is
 * forgotten, and so is one that a sweep does not find any more.
 */
@Singleton
public class JobMemory {
    static final int MOST = 10_000;
    static final int CONFIRMED_SECONDS = 2;
    private static final long CONFIRMED_NANOS = Duration.ofSeconds(CONFIRMED_SECONDS).toNanos();
    private static final long KEPT_NANOS = Duration.ofMinutes(1).toNanos();

    /** The job asked for last comes last. */
    private final LinkedHashMap<UUID, Entry> entries = new LinkedHashMap<>();

    /**
     * What a read found.
     *
     * @param tag entity tag of the answer
     */
    public record Known(String owner, JobVersion version, String tag, boolean ended) {}

    /** A read under way. */
    public static final class Reading {
        private final UUID job;
        private final long began;
        private final Entry entry;

        private Reading(UUID job, long began, Entry entry) {
            this.job = job;
            this.began = began;
            this.entry = entry;
        }
    }

    private static final class Entry {
        private @Nullable Known known;
        private @Nullable JobVersion newest;
        private long doubtedAt;
        private long confirmedAt;
        private long askedAt;

        private Entry(long now) {
            doubtedAt = now - 1;
            confirmedAt = now - 1;
        }

        private boolean isConfirmed(long now) {
            return known != null
                    && known.version().equals(newest)
                    && confirmedAt - doubtedAt > 0
                    && now - confirmedAt <= CONFIRMED_NANOS;
        }

        private void doubt(long now) {
            if (now - doubtedAt > 0) {
                doubtedAt = now;
            }
        }

        /** Whether it is not older than what was found before. */
        private boolean found(JobVersion version, long began) {
            int order = newest == null ? 1 : version.compareTo(newest);
            if (order < 0) {
                return false;
            }
            newest = version;
            if (began - doubtedAt > 0 && began - confirmedAt > 0) {
                confirmedAt = began;
            }
            return true;
        }
    }

    /** To be called before a read of that job begins. */
    public synchronized Reading begin(UUID job, long now) {
        Entry entry = entries.get(job);
        if (entry == null) {
            entry = new Entry(now);
        }
        asked(job, entry, now);
        if (entries.size() > MOST) {
            entries.pollFirstEntry();
        }
        return new Reading(job, now, entry);
    }

    private void asked(UUID job, Entry entry, long now) {
        entry.askedAt = now;
        entries.putLast(job, entry);
    }

    /** The read has found the job. */
    public synchronized void learned(Reading reading, Known known) {
        Entry entry = reading.entry;
        if (entries.get(reading.job) == entry && entry.found(known.version(), reading.began)) {
            entry.known = known;
        }
    }

    /** The read has failed, or found nothing that the caller may see. */
    public synchronized void failed(Reading reading, long now) {
        Entry entry = reading.entry;
        if (entries.get(reading.job) == entry) {
            if (entry.known == null) {
                entries.remove(reading.job);
            } else {
                entry.doubt(now);
            }
        }
    }

    /**
     * What is known of a job of that owner, when it is confirmed; null when only a read can tell.
     */
    public synchronized @Nullable Known confirmed(UUID job, String owner, long now) {
        Entry entry = entries.get(job);
        if (entry == null || !entry.isConfirmed(now)) {
            return null;
        }
        Known known = entry.known;
        if (known == null || !known.owner().equals(owner)) {
            return null;
        }
        asked(job, entry, now);
        return known;
    }

    /** These jobs may have changed. */
    synchronized void doubt(Collection<UUID> jobs, long now) {
        for (UUID job : jobs) {
            Entry entry = entries.get(job);
            if (entry != null) {
                entry.doubt(now);
            }
        }
    }

    /** The jobs a sweep should look at; forgets those nobody asks for any more. */
    synchronized List<UUID> remembered(long now) {
        Map.Entry<UUID, Entry> first = entries.firstEntry();
        while (first != null && now - first.getValue().askedAt > KEPT_NANOS) {
            entries.pollFirstEntry();
            first = entries.firstEntry();
        }
        return List.copyOf(entries.keySet());
    }

    /**
     * A sweep has looked at these jobs.
     *
     * @param began when
     * @param found versions of those that are there
     */
    synchronized void swept(Collection<UUID> jobs, Map<UUID, JobVersion> found, long began) {
        for (UUID job : jobs) {
            Entry entry = entries.get(job);
            JobVersion version = found.get(job);
            if (version == null) {
                entries.remove(job);
            } else if (entry != null && entry.known != null) {
                entry.found(version, began);
            }
        }
    }
}
