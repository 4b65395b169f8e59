package io.tidemill.processor.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a file-processor. Each can be given as an environment variable, such as {@code
 * TIDEMILL_WORKER_SLOTS}. Where the broker is stands apart, under the names the AMQP connectors of
 * Quarkus use: {@code amqp-host}, {@code amqp-port}, {@code amqp-username}, {@code amqp-password}.
 */
@ConfigMapping(prefix = "tidemill")
public interface ProcessorConfig {

    Worker worker();

    Storage storage();

    Workspace workspace();

    Engines engines();

    Clamd clamd();

    Pod pod();

    /** How this process works. */
    interface Worker {

        /** Begins this worker's id; the rest is drawn at each start. */
        @WithDefault("processor")
        String name();

        /** Bundles worked on at once, 1 to 256; {@code cores} is one for each processor core. */
        @WithDefault("cores")
        @WithConverter(SlotsConverter.class)
        int slots();

        /** The task queue it takes from. */
        @WithDefault("standard")
        String taskQueue();

        /** Between two heartbeats; the lease in jobs-api is about four times as long. */
        @WithDefault("5s")
        Duration heartbeat();

        /** Between two announcements of what it offers. */
        @WithDefault("30s")
        Duration announce();

        /** How long running work may finish after SIGTERM. */
        @WithDefault("20s")
        Duration drain();

        /** A worker that has had nothing to do for this long ends in good order. */
        Optional<Duration> endWhenIdle();
    }

    /** Where files are kept. */
    interface Storage {
        /** The folder shared with jobs-api. */
        Path root();
    }

    /** Where attempts work. */
    interface Workspace {
        /** A folder on local disk; several processors may share it. */
        @WithDefault("${java.io.tmpdir}/tidemill-workspace")
        Path root();

        /** All outputs of one attempt together, in bytes. */
        @WithDefault("2147483648")
        long maxOutputBytes();
    }

    /** What does the work. */
    interface Engines {
        /** Leaves installed engines aside, as on a machine that has none. */
        @WithDefault("false")
        boolean embeddedOnly();

        /** A libvips to be loaded in place of the system's. */
        Optional<Path> libvips();
    }

    /** The pod of Kubernetes it runs in, if it may tell there how busy it is. */
    interface Pod {
        /** Its name; without it nothing is told. */
        Optional<String> name();

        /** Its namespace. */
        @WithDefault("tidemill")
        String namespace();

        /** Where the API server is. */
        @WithDefault("https://kubernetes.default.svc")
        String apiServer();

        /** A folder with {@code token} and {@code ca.crt}. */
        @WithDefault("/var/run/secrets/tidemill")
        Path credentials();

        /** Between two looks at how busy it is. */
        @WithDefault("10s")
        Duration interval();
    }

    /** The virus scanner, if there is one. */
    interface Clamd {
        /** {@code host:port} of a clamd; without either, Debian's usual socket is tried. */
        Optional<String> address();

        /** Unix socket of a clamd; goes before {@code address}. */
        Optional<Path> socket();
    }
}
