package io.tidemill.faults.load;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What clients wanted, what they were told, and when they first saw each job ended. */
public final class Ledger {
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Map<String, Promise> promises = new ConcurrentHashMap<>();
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<SentFile> files = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> breaches = new ConcurrentLinkedQueue<>();

    void wanted(String key) {
        keys.add(key);
    }

    void uploaded(SentFile file) {
        files.add(file);
    }

    /** The same key must always be answered with the same job. */
    void told(Promise promise) {
        Promise before = promises.putIfAbsent(promise.key(), promise);
        if (before != null && !before.jobId().equals(promise.jobId())) {
            breach("key " + promise.key() + " has jobs " + before.jobId() + ", " + promise.jobId());
        }
    }

    void sawEnd(String jobId) {
        ended.putIfAbsent(jobId, Instant.now());
    }

    /** Notes something that clients must never see. */
    void breach(String what) {
        breaches.add(what);
    }

    public int wanted() {
        return keys.size();
    }

    public List<Promise> promises() {
        return List.copyOf(promises.values());
    }

    public List<SentFile> files() {
        return List.copyOf(files);
    }

    public List<String> breaches() {
        return List.copyOf(breaches);
    }

    /** Accepted and not yet seen ended. */
    public List<Promise> open() {
        List<Promise> open = new ArrayList<>(promises.values());
        open.removeIf(promise -> ended.containsKey(promise.jobId()));
        return open;
    }

    public int ended() {
        return ended.size();
    }

    public Optional<Instant> firstEndAfter(Instant time) {
        return ended.values().stream().filter(end -> end.isAfter(time)).min(Instant::compareTo);
    }

    public Optional<Instant> lastEnd() {
        return ended.values().stream().max(Instant::compareTo);
    }
}
