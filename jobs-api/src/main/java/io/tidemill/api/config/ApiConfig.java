package io.tidemill.api.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Everything an operator can set for jobs-api; described in {@code docs/configuration.md}. */
@ConfigMapping(prefix = "tidemill")
public interface ApiConfig {

    Database database();

    Telemetry telemetry();

    Storage storage();

    Upload upload();

    Job job();

    Dispatch dispatch();

    Lease lease();

    Reconcile reconcile();

    Retention retention();

    Overload overload();

    Estimate estimate();

    Scaling scaling();

    Webhook webhook();

    Mail mail();

    Stream stream();

    /** Where PostgreSQL is; {@code application.properties} hands it to the data source. */
    interface Database {
        @WithDefault("localhost")
        String host();

        @WithDefault("5432")
        @Min(1)
        @Max(65_535)
        int port();

        @WithDefault("tidemill")
        String name();

        @WithDefault("tidemill")
        String username();

        @WithDefault("tidemill")
        String password();

        /** How long a request waits for a connection, free or new, before it is answered 503. */
        @WithDefault("4s")
        Duration timeout();

        /**
         * How long a statement or transaction may take before the request is answered 503; what
         * comes of it is then unknown. Longer than {@link #timeout()}.
         */
        @WithDefault("15s")
        Duration answerTimeout();
    }

    /** Traces. */
    interface Telemetry {
        /** Nothing is sent while true. */
        @WithDefault("true")
        boolean disabled();
    }

    /** Where the bytes of files live. */
    interface Storage {
        /** Folder shared with the processors. */
        Path root();
    }

    /** What may be uploaded. */
    interface Upload {
        /** Bytes of one file. */
        @WithDefault("2147483648")
        @Min(1)
        long maxBytes();
    }

    /** Submissions. */
    interface Job {
        /**
         * Seconds that {@code POST /v1/processFiles} waits unless told otherwise; keep below the
         * time-outs of balancers.
         */
        @WithDefault("25")
        @Min(1)
        @Max(60)
        int processFilesWait();

        /** How often schedules, deadlines and failure limits are looked at. */
        @WithDefault("1s")
        Duration clockInterval();
    }

    /** How tasks reach the broker. */
    interface Dispatch {
        /** How often the dispatcher looks without being nudged. */
        @WithDefault("500ms")
        Duration interval();

        /** Bundles on their way to processors at least, so that a pool scaled to zero wakes up. */
        @WithDefault("8")
        @Min(1)
        int minBundles();

        /** Tasks in one bundle at most. */
        @WithDefault("64")
        @Min(1)
        @Max(256)
        int maxBundleTasks();

        /** Expected working time of one bundle. */
        @WithDefault("100ms")
        Duration bundleWork();

        /** A message without an answer for this long is sent again. */
        @WithDefault("60s")
        Duration resendAfter();
    }

    /** How long a silent processor is trusted. */
    interface Lease {
        /** Renewed by every heartbeat. */
        @WithDefault("20s")
        Duration duration();

        /** How often the rescuer looks. */
        @WithDefault("2s")
        Duration interval();
    }

    /** The look for what should never be wrong. */
    interface Reconcile {
        /** How often the next open jobs are looked at. */
        @WithDefault("10s")
        Duration interval();
    }

    /** How long things are kept. */
    interface Retention {
        /** Idempotency keys. */
        @WithDefault("48h")
        Duration idempotencyKeys();

        /** Bytes of files nobody refers to any more. */
        @WithDefault("24h")
        Duration unreferencedContent();

        /** Jobs, after the last of those submitted within the same days has ended. */
        @WithDefault("30d")
        Duration jobs();

        /** Deliveries of webhooks that have ended. */
        @WithDefault("30d")
        Duration webhookDeliveries();

        /** How often the pruner looks. */
        @WithDefault("10m")
        Duration interval();
    }

    /** How much is taken on at once; beyond it, work is refused before it is accepted. */
    interface Overload {
        /** Open tasks of all owners. */
        @WithDefault("1000000")
        @Min(1)
        long backlog();

        /** Open tasks of one owner. */
        @WithDefault("200000")
        @Min(1)
        long ownerBacklog();

        /** How often open tasks are counted. */
        @WithDefault("1s")
        Duration interval();

        /** Requests one replica handles at once. */
        @WithDefault("2000")
        @Min(1)
        int requests();

        /** Uploads one replica receives at once. */
        @WithDefault("200")
        @Min(1)
        int uploads();

        /** Bytes these uploads may have together. */
        @WithDefault("17179869184")
        @Min(1)
        long uploadBytes();
    }

    /** What the autoscaler of processors may ask. */
    interface Scaling {
        /** What it shows as its bearer token; nobody may ask where there is none. */
        Optional<String> token();
    }

    /** How long jobs will still take. */
    interface Estimate {
        /** How often measured durations are told and asked for, and slots counted. */
        @WithDefault("5s")
        Duration interval();
    }

    /**
     * The mail server; {@code application.properties} hands it to Quarkus, whose keys set the rest.
     */
    interface Mail {
        /** None: no mails. */
        Optional<String> host();

        @WithDefault("587")
        @Min(1)
        @Max(65_535)
        int port();

        /** Whom mails come from. */
        Optional<String> from();
    }

    /** How others are told that jobs have ended. */
    interface Webhook {
        /**
         * Whether endpoints may use plain http, any port and this machine; for one machine only.
         */
        @WithDefault("false")
        boolean local();

        /** Ports that endpoints may have otherwise. */
        @WithDefault("443,8443")
        Set<@Min(1) @Max(65_535) Integer> ports();

        /** Name servers to ask, as {@code address:port}; those of the system when absent. */
        Optional<List<String>> nameServers();

        /** Endpoints of one owner. */
        @WithDefault("20")
        @Min(1)
        int endpoints();

        /** How long the secret before the last rotation counts as well. */
        @WithDefault("24h")
        Duration secretOverlap();

        /** Waits after the first failed attempt, the second and so on. */
        @WithDefault("5s,5m,30m,2h,5h,10h,14h,20h,24h")
        List<Duration> retryWaits();

        /** One attempt, from looking up the name to the end of the answer. */
        @WithDefault("15s")
        Duration timeout();

        /** An attempt of which nothing was heard for this long is made again. */
        @WithDefault("45s")
        Duration lease();

        /** How often the relay looks without being nudged. */
        @WithDefault("500ms")
        Duration interval();

        /** Deliveries under way at once on one replica. */
        @WithDefault("256")
        @Min(2)
        int concurrency();

        /** Of them, to one endpoint. */
        @WithDefault("4")
        @Min(1)
        int endpointConcurrency();
    }

    /** Streams of events, over SSE and WebSocket. */
    interface Stream {
        /** Streams and subscriptions that one replica serves at once. */
        @WithDefault("10000")
        @Min(1)
        int max();

        /** How often a silent stream is shown to be alive. */
        @WithDefault("15s")
        Duration ping();

        /** How long changes of jobs can be streamed afterwards. */
        @WithDefault("24h")
        Duration keep();
    }
}
